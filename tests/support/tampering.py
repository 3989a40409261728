"""What somebody who owns the database does to it: triggers set aside, rows changed, the audit log written anew."""

from __future__ import annotations

from sqlalchemy import select, text

from db import audit_log
from db.audit_log import AuditHead
from db.session import Database
from db.tables import AuditRow
from db.trigger_definitions import put_back

TRIGGERS = {
    "sqlite": "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) FROM pg_trigger"
    " WHERE NOT tgisinternal",
}


def run(database: Database, *statements: str) -> None:
    with database.transaction() as session:
        for statement in statements:
            session.execute(text(statement))


def drop_triggers(database: Database) -> None:
    with database.reading() as session:
        drops = session.scalars(text(TRIGGERS[database.engine.dialect.name])).all()
    run(database, *drops)


def tamper(database: Database, *statements: str) -> None:
    """Run statements past the triggers, which stand there again afterwards: missing ones are found at once."""
    drop_triggers(database)
    run(database, *statements)
    put_triggers_back(database)


def put_triggers_back(database: Database) -> None:
    with database.transaction() as session:
        put_back(session)


def forge_audit_log(database: Database) -> AuditHead:
    """Chain all rows of the audit log anew, as if they had always been what they are now, and return the new head."""
    drop_triggers(database)
    with database.transaction() as session:
        head = AuditHead(0, audit_log.GENESIS_HASH)
        rows = session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
        for row in rows:  # out of the way of the constraint that no two rows follow the same one
            session.execute(
                text("UPDATE audit_log SET previous_hash = 'p' || id, hash = 'h' || id WHERE id = :id"), {"id": row.id}
            )
        for row in rows:
            values = {"id": row.id, "previous": head.hash}
            session.execute(text("UPDATE audit_log SET previous_hash = :previous WHERE id = :id"), values)
            session.expire(row)
            head = AuditHead(head.row_count + 1, audit_log.row_hash(row))
            session.execute(text("UPDATE audit_log SET hash = :hash WHERE id = :id"), {"id": row.id, "hash": head.hash})
        session.execute(
            text("UPDATE audit_head SET row_count = :row_count, hash = :hash"),
            {"row_count": head.row_count, "hash": head.hash},
        )
    put_triggers_back(database)
    return head
