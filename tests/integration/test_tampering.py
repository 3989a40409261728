"""Six tamperings of database and disk together: what finds them, and what a thorough forger can be caught by alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cv2
import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from db.attendance_log import DatabaseAttendanceLog
from db.session import Database, make_engine
from kiosk.app.storage import build_audit_anchor
from kiosk.cli.audit import app
from kiosk.config.settings import load_settings
from kiosk.domain.types import AttendanceEvent, EventType, Method
from kiosk.jobs.attendance_digest import digest_attendance
from kiosk.security.audit_anchor import FILE_NAME
from support.builders import make_corrections
from support.database_rows import add_person, trace
from support.migrated_databases import MigratedDatabases
from support.tampering import forge_audit_log, run, tamper

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
UPDATE_TIME = "UPDATE attendance_log SET timestamp = '2026-03-02 07:00:00.000000' WHERE id = 4"


def audit(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


class Office:
    """A database with six events, one of them voided, as the night has left it; and the head as printed on paper."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.anchor_path = load_settings().data_dir / FILE_NAME
        assert audit("show").exit_code == 0  # the first command makes tables and anchor
        with self.opened() as database:
            anna = add_person(database)
            DatabaseAttendanceLog(database).record([self.event(number, anna) for number in range(1, 7)])
            make_corrections(database).void(trace(2), "admin:boris", "somebody else's")
        printed = audit("head")
        assert printed.exit_code == 0, printed.output
        self.paper = printed.stdout.strip()
        whole = audit("verify", "--head", self.paper)
        assert whole.exit_code == 0, whole.output

    @staticmethod
    def event(number: int, employee_id: int | None = None) -> AttendanceEvent:
        at = START + timedelta(minutes=number)
        return AttendanceEvent(trace(number), employee_id, EventType.ENTRY, at, 0.5, "kiosk-1", Method.FACE, None)

    def opened(self) -> closing[Database]:
        return closing(Database(make_engine(self.url)))

    def renew_anchor(self) -> None:
        with self.opened() as database:
            build_audit_anchor(load_settings()).renew(database)


@pytest.fixture(params=["sqlite", "postgresql"])
def office(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, migrated_databases: MigratedDatabases
) -> Iterator[Office]:
    if request.param == "sqlite":
        yield Office(load_settings().effective_database_url)
        return
    url = migrated_databases.lend()
    monkeypatch.setenv("KIOSK_DATABASE_URL", url)
    yield Office(url)
    migrated_databases.take_back(url)


def change_a_time(office: Office) -> None:
    with office.opened() as database:
        tamper(database, UPDATE_TIME)


def delete_with_its_change(office: Office) -> None:
    with office.opened() as database:
        own = f"WHERE trace_id = '{trace(5).hex}'"
        tamper(database, f"DELETE FROM attendance_log {own}", f"DELETE FROM attendance_changes {own}")


def insert_without_a_change(office: Office) -> None:
    with office.opened() as database:
        tamper(
            database,
            "INSERT INTO attendance_log (employee_id, timestamp, event_type, trace_id)"
            f" VALUES (1, '2026-03-02 09:00:00.000000', 'exit', '{trace(255).hex}')",
        )


def remove_a_correction(office: Office) -> None:
    with office.opened() as database:
        tamper(database, "DELETE FROM attendance_corrections")


def remove_the_digest(office: Office) -> None:
    """The row's time is changed, its digest in the audit log removed, and the log chained anew: all but the anchor."""
    with office.opened() as database:
        tamper(database, UPDATE_TIME, "DELETE FROM audit_log WHERE action = 'attendance_digest'")
        forge_audit_log(database)


def write_everything_anew(office: Office) -> None:
    """As somebody who has read this code: rows, changes, digests, chain, head and anchor are all forged alike."""
    remove_the_digest(office)
    with office.opened() as database:
        tamper(database, "UPDATE attendance_changes SET digest = NULL")
        digest_attendance(database)
    office.renew_anchor()


FOUND_ON_THE_DEVICE: dict[str, tuple[Callable[[Office], None], str]] = {
    "1 a time changed": (change_a_time, str(trace(4))),
    "2 a row deleted with its change": (delete_with_its_change, "the changes 1 to 7 are not those"),
    "3 a row inserted without a change": (insert_without_a_change, str(trace(255))),
    "4 a correction removed": (remove_a_correction, str(trace(2))),
    "5 a digest removed and the log chained anew": (remove_the_digest, "the anchor in the data directory knows"),
}


@pytest.mark.parametrize("name", FOUND_ON_THE_DEVICE)
def test_tampering_is_found_on_the_device(office: Office, name: str) -> None:
    forge, words = FOUND_ON_THE_DEVICE[name]
    forge(office)
    found = audit("verify")
    assert found.exit_code == 2
    assert words in found.output
    assert "kiosk restore" in found.output, "with the way back"


def test_6_everything_written_anew_is_found_by_a_head_kept_elsewhere_alone(office: Office) -> None:
    write_everything_anew(office)
    assert audit("verify").exit_code == 0, "nothing on this device remembers how it was"
    found = audit("verify", "--head", office.paper)
    assert found.exit_code == 2
    assert "the head that you gave knows" in found.output


def test_6_database_and_anchor_put_back_to_an_older_copy_are_found_by_a_head_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data_dir = load_settings().data_dir
    office = Office(load_settings().effective_database_url)
    older = tmp_path / "older"
    shutil.copytree(data_dir, older)
    with office.opened() as database:
        DatabaseAttendanceLog(database).record([office.event(7)])
    paper = audit("head").stdout.strip()
    shutil.rmtree(data_dir)
    shutil.copytree(older, data_dir)
    assert audit("verify").exit_code == 0
    assert audit("verify", "--head", paper).exit_code == 2
    assert audit("verify", "--head", office.paper).exit_code == 0, "the older paper cannot tell"


def test_missing_anchor_is_a_fault_until_it_is_accepted(office: Office) -> None:
    office.anchor_path.unlink()
    if not office.url.startswith("sqlite"):
        (office.anchor_path.parent / "events.journal").touch()  # the device has been in use
    for _ in range(2):
        found = audit("verify")
        assert found.exit_code == 2
        assert "audit.head is missing" in found.output
        assert "kiosk audit accept" in found.output
        assert not office.anchor_path.exists(), "it is not made again by itself"
    assert audit("accept", "--reason", "the disk was changed").exit_code == 0
    assert audit("verify", "--head", office.paper).exit_code == 0
    with office.opened() as database, database.reading() as session:
        details = session.scalar(text("SELECT details FROM audit_log WHERE action = 'audit_accept'"))
    assert "the disk was changed" in details


@pytest.mark.parametrize("content", [b"", b"6 abc\n", b"\xff\xff"], ids=["empty", "no hash", "no text"])
def test_unreadable_anchor_is_a_fault_until_it_is_accepted(office: Office, content: bytes) -> None:
    office.anchor_path.write_bytes(content)
    found = audit("verify")
    assert found.exit_code == 2
    assert "kiosk audit accept" in found.output
    assert office.anchor_path.read_bytes() == content, "the proof is not written over"
    assert audit("accept", "--reason", "a bad disk").exit_code == 0
    assert audit("verify").exit_code == 0


def test_second_device_begins_with_an_anchor_of_its_own(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if office.url.startswith("sqlite"):
        monkeypatch.setenv("KIOSK_DATABASE_URL", office.url)
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path / "second"))
    assert audit("verify").exit_code == 0
    assert (tmp_path / "second" / FILE_NAME).read_text(encoding="ascii").split()[0] != "0"


ACCEPTED = {
    "a time changed": change_a_time,
    "a row inserted": insert_without_a_change,
    "a correction removed": remove_a_correction,
    "a row deleted with its change": delete_with_its_change,
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_an_administrator_accepts_is_no_fault_any_more_and_stays_in_the_log(office: Office, name: str) -> None:
    ACCEPTED[name](office)
    assert audit("verify").exit_code == 2
    assert audit("accept", "--reason", "mended after the flood").exit_code == 0
    again = audit("verify", "--head", office.paper)
    assert again.exit_code == 0, again.output
    with office.opened() as database:
        tamper(database, "UPDATE attendance_log SET timestamp = '2026-03-02 06:00:00.000000' WHERE id = 1")
    assert audit("verify").exit_code == 2, "what comes later is found again"


def test_change_in_plain_sql_is_named_and_can_be_accepted(office: Office) -> None:
    with office.opened() as database:
        run(database, UPDATE_TIME)
    found = audit("verify")
    assert found.exit_code == 2
    assert str(trace(4)) in found.output
    assert audit("accept", "--reason", "the clock was wrong").exit_code == 0
    assert audit("verify").exit_code == 0


def test_head_that_is_none_is_refused() -> None:
    refused = audit("verify", "--head", "12 abc")
    assert refused.exit_code != 0
    assert "64 characters" in str(refused.exception)


def test_head_as_a_qr_code_says_what_verify_takes(office: Office, tmp_path: Path) -> None:
    picture, drawing = tmp_path / "head.png", tmp_path / "head.svg"
    assert audit("head", "--qr", str(picture)).exit_code == 0
    said, _, _ = cv2.QRCodeDetectorAruco().detectAndDecode(cv2.imread(str(picture)))
    assert said == office.paper, "nothing has happened since"
    assert audit("verify", "--head", said).exit_code == 0
    assert audit("head", "--qr", str(drawing)).exit_code == 0
    assert "<svg" in drawing.read_text(encoding="utf-8")
    shown = audit("head", "--qr").stdout
    assert shown.strip().endswith(office.paper)
    assert "█" in shown


REFUSED_FILES = {
    "a file without --qr": (["head", "{}/head.png"], "--qr alone"),
    "another suffix": (["head", "--qr", "{}/head.pdf"], ".png or .svg"),
    "a file that is there": (["head", "--qr", "{}/there.png"], "is there already"),
    "a folder that is not": (["head", "--qr", "{}/no/head.png"], "cannot be written"),
}


@pytest.mark.parametrize("name", REFUSED_FILES)
def test_file_that_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "there.png").touch()
    arguments, words = REFUSED_FILES[name]
    refused = audit(*(argument.format(tmp_path) for argument in arguments))
    assert refused.exit_code != 0
    assert words in str(refused.exception)


def test_digest_is_in_the_log_before_the_head_is_printed(office: Office) -> None:
    with office.opened() as database, database.reading() as session:
        digested = session.scalar(text("SELECT count(*) FROM audit_log WHERE action = 'attendance_digest'"))
    assert digested == 1
