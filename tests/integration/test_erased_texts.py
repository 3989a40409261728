"""What was typed about a person goes with the erasure; what hours are paid by stays."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from db.absences import Absence, list_absences
from db.attendance_log import DatabaseAttendanceLog
from db.correction_requests import add_request, answer_request, list_requests
from db.erasures import erase_texts
from db.session import Database
from kiosk.attendance.absence_store import AbsenceStore
from kiosk.core.storage import SnapshotStore
from kiosk.domain.correction_requests import RequestKind, RequestOutcome
from kiosk.domain.types import EventType
from kiosk.domain.work_calendar import AbsenceKind
from kiosk.employees.erase import Eraser
from kiosk.security import audit_verification
from kiosk.vision.jpeg import encode_jpeg
from support.builders import event, make_corrections
from support.database_rows import LONG_AGO, add_person
from support.fakes import MORNING


def test_what_was_typed_goes_and_reasons_of_exits_and_corrections_stay(database: Database, tmp_path: Path) -> None:
    anna, boris = add_person(database), add_person(database, "Boris")
    left = event(anna, EventType.EXIT, MORNING, reason="break")
    DatabaseAttendanceLog(database).record([left])
    make_corrections(database).void(left.trace_id, "admin", "wrong person")
    with database.transaction() as session:
        for person in (anna, boris):
            asked = add_request(session, person, MORNING.date(), RequestKind.OTHER, text="my doctor", kiosk_id="door")
            answer_request(session, asked, "admin", RequestOutcome.REFUSED, "no note")
    for person in (anna, boris):
        note = Absence(person, AbsenceKind.SICK_LEAVE, MORNING.date(), MORNING.date(), note="broken leg")
        AbsenceStore(database).add(note)
    with database.transaction() as session:
        assert erase_texts(session, anna, LONG_AGO) == 0, "a restore leaves what was typed after the erasure"
    store = SnapshotStore(tmp_path, ZoneInfo("Europe/Moscow"), encode_jpeg)
    Eraser(database, store, tmp_path / "gallery.npz", "door").erase(anna)
    with database.reading() as session:
        words = [(one.employee_id, one.text, one.answer) for one in list_requests(session, only_open=False)]
        notes = {one.employee_id: one.note for one in list_absences(session)}
        assert audit_verification.verify(session).faults == ()
    assert words == [(anna, "", None), (boris, "my doctor", "no note")]
    assert notes == {anna: "", boris: "broken leg"}
    (row,) = DatabaseAttendanceLog(database).history()
    assert (row.reason, row.correction_reason) == ("break", "wrong person")
