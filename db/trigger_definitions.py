"""Which triggers a database must have, and those that it lacks: without them changes of the attendance have no number.

What each consists of stands in `triggers_sqlite.sql` and `triggers_postgresql.sql`, one piece under each `-- name`.
`python -m db.trigger_definitions URL` prints that file for a new, upgraded database.
"""

from __future__ import annotations

import re
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

STORED = {
    "sqlite": "SELECT name, sql, 'O' FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    # Functions come first, for triggers call them.
    "postgresql": """
        SELECT proname || '()' AS name, pg_get_functiondef(oid), 'O' FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'kiosk\\_%'
        UNION ALL
        SELECT tgname, pg_get_triggerdef(t.oid, true), tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
        WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
    """,
}
SWITCHED_ON = ("O", "A")
NAME = re.compile(r"^-- (\S+)\n", re.MULTILINE)
TABLE = re.compile(r"\bON (\w+)")
SCHEMA_OF_FUNCTION = re.compile(r"^(CREATE OR REPLACE FUNCTION )[^(]*\.(?=\w+\()")
COUNTER = "INSERT INTO gallery_changes (id, version) SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM gallery_changes)"
MEND = "put them back: kiosk db upgrade"


@dataclass(frozen=True, slots=True)
class TriggerFault:
    """What a database lacks.

    Attributes:
        name: of a trigger, a function that triggers call ("name()"), or the table of a counter without its row.
        sentence: what is wrong with it.
    """

    name: str
    sentence: str


def trigger_faults(session: Session) -> tuple[TriggerFault, ...]:
    """Return what is missing, switched off or another than this version made it; the tables are up to date."""
    kind = session.get_bind().dialect.name
    found = _stored(session, kind)
    faults = []
    for name, definition in defined_triggers(kind).items():
        what = _what(name, definition)
        if name not in found:
            faults.append(TriggerFault(name, f"{what} is missing"))
        elif not found[name].is_on:
            faults.append(TriggerFault(name, f"{what} is switched off"))
        elif found[name].text != _plain(definition):
            faults.append(TriggerFault(name, f"{what} is not what this version made it"))
    if session.execute(text("SELECT 1 FROM gallery_changes")).first() is None:
        faults.append(TriggerFault("gallery_changes", "the counter of the gallery's changes is missing"))
    return tuple(faults)


def put_back(session: Session) -> tuple[TriggerFault, ...]:
    """Make what is missing or another anew, and return what that was."""
    kind = session.get_bind().dialect.name
    faults, definitions = trigger_faults(session), defined_triggers(kind)
    connection = session.connection()
    for fault in faults:
        definition = definitions.get(fault.name, COUNTER)
        table = TABLE.search(definition)
        if table is not None and fault.name in definitions and not fault.name.endswith("()"):
            place = "" if kind == "sqlite" else f" ON {table[1]}"
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {fault.name}{place}")
        connection.exec_driver_sql(definition.replace("%", "%%") if kind == "postgresql" else definition)
    return faults


def defined_triggers(kind: str) -> dict[str, str]:
    """Return what this version's triggers consist of, by name; kind: "sqlite" or "postgresql"."""
    parts = NAME.split(Path(__file__).with_name(f"triggers_{kind}.sql").read_text(encoding="utf-8"))[1:]
    return {name: definition.strip() for name, definition in zip(parts[::2], parts[1::2], strict=True)}


@dataclass(frozen=True, slots=True)
class _StoredTrigger:
    """text: its definition with single blanks. is_on: whether it acts."""

    text: str
    is_on: bool


def _stored(session: Session, kind: str) -> dict[str, _StoredTrigger]:
    rows = session.execute(text(STORED[kind]))
    return {name: _StoredTrigger(_plain(definition), state in SWITCHED_ON) for name, definition, state in rows}


def _plain(definition: str) -> str:
    return " ".join(SCHEMA_OF_FUNCTION.sub(r"\1", definition).split())


def _what(name: str, definition: str) -> str:
    if name.endswith("()"):
        return f"the function {name}, which triggers call,"
    table = TABLE.search(definition)
    return f"the trigger {name} of the table {table[1] if table else '?'}"


def _written(session: Session) -> str:
    rows = session.execute(text(STORED[session.get_bind().dialect.name])).all()
    parts = ((name, SCHEMA_OF_FUNCTION.sub(r"\1", definition).strip()) for name, definition, _ in rows)
    return "\n".join(f"-- {name}\n{definition}\n" for name, definition in parts)


if __name__ == "__main__":
    from db.session import Database, make_engine

    with closing(Database(make_engine(sys.argv[1]))) as database, database.reading() as reading:
        sys.stdout.write(_written(reading))
