"""The audit log: whole after many writers at once, and telling when a row was changed, removed or cut off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from db import audit_log
from db.audit_log import AuditHead
from db.session import Database
from kiosk.errors import StorageError
from kiosk.security import audit_anchor, audit_verification
from kiosk.security.audit_anchor import AuditAnchor
from kiosk.security.audit_verification import KnownHead

OpenDatabase = Callable[[str], Database]
UNGUARD = {
    "sqlite": ("DROP TRIGGER audit_log_update", "DROP TRIGGER audit_log_delete"),
    "postgresql": (
        "DROP TRIGGER audit_log_append_only ON audit_log",
        "DROP TRIGGER audit_log_not_truncated ON audit_log",
    ),
}
NEW_HEAD = (
    "UPDATE audit_head SET row_count = (SELECT count(*) FROM audit_log), "
    "hash = (SELECT hash FROM audit_log ORDER BY id DESC LIMIT 1)"
)


def fill(database: Database, count: int = 6, actor: str = "cli:anna") -> None:
    for number in range(count):
        with database.transaction() as session:
            audit_log.append(session, actor, "edit", f"employee:{number}", {"fields": ["department"], "number": number})


def tamper(database: Database, *statements: str) -> None:
    with database.transaction() as session:
        for statement in (*UNGUARD[database.engine.dialect.name], *statements):
            session.execute(text(statement))


def verdict(database: Database, anchor: AuditHead | None = None) -> audit_verification.AuditVerdict:
    known = [] if anchor is None else [KnownHead("the anchor in the data directory", anchor)]
    with database.reading() as session:
        return audit_verification.verify(session, known)


def test_rows_are_chained_and_told_in_order(database: Database) -> None:
    assert verdict(database) == audit_verification.AuditVerdict(AuditHead(0, audit_log.GENESIS_HASH), ())
    fill(database, 3)
    found = verdict(database)
    assert (found.head.row_count, found.faults) == (3, ())
    with database.reading() as session:
        everything, newest = audit_log.entries(session), audit_log.entries(session, newest=2)
        of_one = audit_log.entries(session, subject="employee:1")
    assert [entry.subject for entry in everything] == ["employee:0", "employee:1", "employee:2"]
    assert newest == everything[1:]
    assert of_one == everything[1:2]
    assert of_one[0].details == '{"fields": ["department"], "number": 1}'


def test_what_is_taken_back_leaves_no_row(database: Database) -> None:
    fill(database, 1)
    with pytest.raises(KeyError), database.transaction() as session:
        audit_log.append(session, "cli:anna", "edit")
        raise KeyError
    fill(database, 1)
    assert verdict(database).head.row_count == 2
    assert not verdict(database).faults


def test_writers_at_once_make_one_chain(database_url: str, open_database: OpenDatabase) -> None:
    database, other = open_database(database_url), open_database(database_url)
    threads = [
        threading.Thread(target=fill, args=(chosen, 10, f"writer:{number}"))
        for number, chosen in enumerate([database, other] * 3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verdict(database) == audit_verification.AuditVerdict(verdict(other).head, ())
    assert verdict(database).head.row_count == 60


HARM = {
    "actor changed": (["UPDATE audit_log SET actor = 'b' WHERE id = 3"], "row 3 was changed"),
    "subject taken away": (["UPDATE audit_log SET subject = NULL WHERE id = 3"], "row 3 was changed"),
    "time changed": (["UPDATE audit_log SET at = '2020-01-01 00:00:00.000000' WHERE id = 3"], "row 3 was changed"),
    "details changed": (["UPDATE audit_log SET details = '{}' WHERE id = 6"], "row 6 was changed"),
    "row in the middle removed": (["DELETE FROM audit_log WHERE id = 3"], "row 4 does not follow row 2"),
    "first row removed": (["DELETE FROM audit_log WHERE id = 1"], "rows before it were removed"),
    "end cut off": (["DELETE FROM audit_log WHERE id > 4"], "has 4 rows and its head knows 6"),
    "all removed": (["DELETE FROM audit_log"], "has 0 rows and its head knows 6"),
    "two rows exchanged": (
        [f"UPDATE audit_log SET id = {new} WHERE id = {old}" for old, new in ((3, 99), (4, 3), (99, 4))],
        "row 3 does not follow row 2",
    ),
    "row added by hand": (
        ["INSERT INTO audit_log (actor, action, previous_hash, hash) VALUES ('a', 'b', 'c', 'd')"],
        "rows were added by hand",
    ),
    "head removed": (["DELETE FROM audit_head"], "head was removed"),
    "head changed": (["UPDATE audit_head SET hash = 'x'"], "not the one that the log's head knows"),
}


@pytest.mark.parametrize("name", HARM)
def test_harm_is_found(database: Database, name: str) -> None:
    fill(database)
    statements, words = HARM[name]
    tamper(database, *statements)
    faults = verdict(database).faults
    assert any(words in fault for fault in faults), faults


def test_log_cut_off_together_with_its_head_is_found_by_the_anchor(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "data" / audit_anchor.FILE_NAME
    kept = AuditAnchor(path)
    assert kept.read() is None
    fill(database)
    assert kept.update(database)
    assert path.stat().st_mode & 0o777 == 0o600
    fill(database, 2)
    anchor = kept.read()
    assert anchor is not None
    assert (anchor.row_count, verdict(database, anchor).faults) == (6, ())

    tamper(database, "DELETE FROM audit_log WHERE id > 4", NEW_HEAD)
    assert not verdict(database).faults, "without the anchor there is nothing to see"
    assert any("anchor" in fault for fault in verdict(database, anchor).faults)
    fill(database, 9)
    assert any("anchor" in fault for fault in verdict(database, anchor).faults)
    assert not kept.update(database), "the proof is not written over"
    assert kept.read() == anchor


def test_nothing_is_appended_to_a_log_whose_end_is_not_its_heads(database: Database) -> None:
    fill(database)
    tamper(database, "DELETE FROM audit_head")
    with pytest.raises(StorageError, match="kiosk audit verify"):
        fill(database, 1)


@pytest.mark.parametrize("content", [b"", b"6 abc\n", b"\xff\xff"], ids=["empty", "no hash", "no text"])
def test_damaged_anchor_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / audit_anchor.FILE_NAME
    path.write_bytes(content)
    with pytest.raises(StorageError, match=r"damaged|cannot be read"):
        AuditAnchor(path).read()
