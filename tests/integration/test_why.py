"""`kiosk why`: from the door over the journal to the table and to sentences, on both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from db.attendance_log import DatabaseAttendanceLog
from db.decision_records import decision_record_of, delete_decision_records
from db.session import Database
from db.templates import templates_of
from kiosk.__main__ import app
from kiosk.app.attendance_config import build_attendance_config
from kiosk.app.databases import open_database
from kiosk.app.mode import Mode
from kiosk.app.personal_data import build_eraser
from kiosk.app.storage import build_snapshot_store
from kiosk.attendance.decision_explanation import explain_event, newest_decision
from kiosk.attendance.event_registrar import EventRegistrar
from kiosk.attendance.journal import Journal
from kiosk.config.settings import load_settings
from kiosk.domain.decision_record import DecisionRecord
from kiosk.domain.registration import Registered
from kiosk.domain.types import AttendanceEvent, Method
from kiosk.errors import EventNotFound
from support.api_client import Api
from support.builders import event, make_settings, match
from support.database_rows import add_person, enroll
from support.fakes import MORNING

ZONE = ZoneInfo("Europe/Moscow")
RECORD = DecisionRecord(
    model_version="mobilefacenet@1",
    person_count=45,
    threshold=0.47,
    threshold_fmr=1.1e-5,
    target_fpir=0.001,
    minimum_margin=0.05,
    sample_count=6,
    qualities=(0.94, 0.9),
    first_id=1,
    first_similarity=0.71,
    second_id=2,
    second_similarity=0.31,
    template_id=55,
    template_similarity=0.78,
    similarity_without_template=0.66,
)


@pytest.fixture
def people(database: Database) -> tuple[int, int]:
    return add_person(database, "Anna"), add_person(database, "Борис")


def write(database: Database, people: tuple[int, int], **changed: object) -> AttendanceEvent:
    anna, boris = people
    record = replace(RECORD, first_id=anna, second_id=boris, **changed)  # type: ignore[arg-type]
    one = replace(event(anna), decision=record)
    DatabaseAttendanceLog(database).record([one])
    return one


def words(database: Database, one: AttendanceEvent) -> str:
    return "\n".join(explain_event(database, one.trace_id).sentences(ZONE))


def test_what_the_door_decided_by_is_in_the_table_after_the_journal(
    database: Database, people: tuple[int, int], tmp_path: Path
) -> None:
    journal = Journal(tmp_path / "events.journal")
    settings = make_settings(tmp_path)
    registrar = EventRegistrar(build_attendance_config(settings, Mode.DOOR), journal, build_snapshot_store(settings))
    record = replace(RECORD, first_id=people[0], second_id=people[1])
    outcome = registrar.register(replace(match(people[0]), record=record), MORNING, 0.0)
    assert isinstance(outcome, Registered)
    journal.close()
    waiting = Journal(tmp_path / "events.journal").pending(10)  # as after a power cut
    DatabaseAttendanceLog(database).record(waiting)
    DatabaseAttendanceLog(database).record(waiting)  # sent twice, written once
    assert explain_event(database, outcome.event.trace_id).record == record


def test_with_no_days_nothing_is_kept(people: tuple[int, int], tmp_path: Path) -> None:
    settings = make_settings(tmp_path, decision_record_days=0)
    journal = Journal(tmp_path / "events.journal")
    registrar = EventRegistrar(build_attendance_config(settings, Mode.DOOR), journal, build_snapshot_store(settings))
    registrar.register(replace(match(people[0]), record=RECORD), MORNING, 0.0)
    assert journal.pending(1)[0].decision is None


def test_a_match_names_the_picture_that_carried_it(database: Database, people: tuple[int, int]) -> None:
    one = write(database, people)
    said = words(database, one)
    assert f"Anna (no. {people[0]}) came in." in said
    assert "one that has been deleted since (picture no. 55) was the most like it (0.78)" in said
    enroll(database, people[0], 1)
    with database.reading() as session:
        template = templates_of(session, people[0])[0]
    there = write(database, people, template_id=template.id)
    day = f"{template.created_at.astimezone(ZONE):%Y-%m-%d}"
    assert f"the one of {day} (picture no. {template.id}) was the most like it" in words(database, there)


def test_the_newest_event_of_a_person_or_of_anybody(database: Database, people: tuple[int, int]) -> None:
    first = write(database, people)
    later = replace(event(None, at=MORNING + timedelta(hours=1)), decision=RECORD)
    by_pin = replace(event(people[0], at=MORNING + timedelta(hours=2)), method=Method.PIN)
    DatabaseAttendanceLog(database).record([later, by_pin])
    assert newest_decision(database) == later.trace_id
    assert newest_decision(database, people[0]) == first.trace_id
    assert newest_decision(database, people[1]) is None


def test_an_unknown_trace_id_is_said(database: Database) -> None:
    with pytest.raises(EventNotFound, match="no event with the trace id"):
        explain_event(database, uuid4())


def test_records_end_after_their_days(database: Database, people: tuple[int, int]) -> None:
    one = write(database, people)
    now = datetime.now(UTC)
    with database.transaction() as session:
        assert delete_decision_records(session, now - timedelta(hours=1)) == 0
        assert delete_decision_records(session, now + timedelta(hours=1)) == 1
        assert decision_record_of(session, one.trace_id) is None


@pytest.mark.parametrize("whose", [0, 1], ids=["the person", "the runner-up"])
def test_whoever_is_erased_is_in_no_record(
    database: Database, people: tuple[int, int], tmp_path: Path, whose: int
) -> None:
    one = write(database, people)
    build_eraser(make_settings(tmp_path), database).erase(people[whose])
    assert explain_event(database, one.trace_id).record is None


def test_people_who_are_gone_keep_no_event_from_the_log(database: Database, people: tuple[int, int]) -> None:
    runner_up_gone = write(database, (people[0], 999))
    first_gone = replace(event(None), decision=replace(RECORD, first_id=999, second_id=people[0]))
    DatabaseAttendanceLog(database).record([first_gone])
    record = explain_event(database, runner_up_gone.trace_id).record
    assert record is not None
    assert (record.first_id, record.second_id) == (people[0], None)
    assert explain_event(database, first_gone.trace_id).record is None


def test_other_systems_ask_for_the_same(api: Api, database: Database) -> None:
    person = api.create()["id"]
    one = write(database, (person, person))
    answer = api.client.get(f"/api/v1/attendance/explanations/{one.trace_id}", headers=api.read).json()
    assert answer["event"]["trace_id"] == str(one.trace_id)
    assert (answer["decision"]["threshold"], answer["decision"]["reasons"]) == (0.47, [])
    assert any("at least 0.47 was needed" in sentence for sentence in answer["sentences"])
    in_russian = api.client.get(f"/api/v1/attendance/explanations/{one.trace_id}?language=ru", headers=api.read).json()
    assert "Человек уверенно узнан по лицу." in in_russian["sentences"]
    unknown = api.client.get(f"/api/v1/attendance/explanations/{uuid4()}", headers=api.read)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "event_not_found")


def test_the_command_explains_the_newest_event_of_a_person(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_DATABASE_URL", sqlite_url)
    runner = CliRunner()
    said = runner.invoke(app, ["why"], catch_exceptions=False)
    assert (said.exit_code, "no event for which a face was compared" in said.stderr) == (0, True)
    with open_database(load_settings()) as database:
        anna = add_person(database, "Anna")
        one = write(database, (anna, anna))
    lines = runner.invoke(app, ["why", "--employee", str(anna)], catch_exceptions=False).stdout.splitlines()
    assert lines[0].endswith("Anna (no. 1) came in.")
    assert lines[-1] == f"Trace id: {one.trace_id}"
    in_russian = runner.invoke(app, ["why", "--language", "ru"], catch_exceptions=False).stdout
    assert "• Человек уверенно узнан по лицу." in in_russian
    monkeypatch.setenv("KIOSK_LANGUAGE", "ru")
    assert runner.invoke(app, ["why"], catch_exceptions=False).stdout == in_russian
    assert runner.invoke(app, ["why", "--language", "tlh"]).exit_code == 2
    numbers = json.loads(runner.invoke(app, ["why", str(one.trace_id), "--json"], catch_exceptions=False).stdout)
    assert numbers["decision"]["template_id"] == 55


@pytest.mark.parametrize(
    ("verdict", "reasons", "said"),
    [
        pytest.param("live", (), "as that of a living person (watched for 1.4 s)", id="live"),
        pytest.param("doubtful", ("little_motion",), "could not be told yet", id="doubtful"),
        pytest.param("attack", ("moves_with_surround",), "moved together with what is around it", id="held picture"),
        pytest.param("attack", ("unchanged",), "did not change at all in 1.4 s", id="still picture"),
        pytest.param("attack", ("of_a_newer_version",), "Of a newer version.", id="unknown reason"),
    ],
)
def test_what_was_seen_of_a_live_person_is_said_in_words(
    database: Database, people: tuple[int, int], verdict: str, reasons: tuple[str, ...], said: str
) -> None:
    seen = {"liveness": verdict, "liveness_reasons": reasons, "liveness_co_motion": 0.4, "liveness_motions": 5}
    one = write(database, people, **seen, liveness_unchanged_s=0.0, liveness_seen_s=1.4)
    assert said in words(database, one)
    assert "in 5 motions 40 %" in words(database, one)
