"""kiosk corrections and kiosk months, typed as somebody who keeps the time types them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from db.correction_requests import add_request
from kiosk.__main__ import app
from kiosk.app.databases import open_database
from kiosk.config.settings import load_settings
from kiosk.domain.correction_requests import RequestKind
from kiosk.errors import InvalidInput, MonthClosed, RequestAnswered
from support.database_rows import add_person

runner = CliRunner()


@pytest.fixture(autouse=True)
def anna(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The number of somebody in the database."""
    monkeypatch.setenv("KIOSK_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("KIOSK_TIMEZONE", "Europe/Moscow")
    with open_database(load_settings()) as database:
        return str(add_person(database))


def run(*words: str) -> Result:
    done = runner.invoke(app, list(words), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def counting() -> list[str]:
    rows = json.loads(run("log", "--format", "json").stdout)
    return [f"{row['event_type']} {row['timestamp'][:16]} {row['employee_id']}" for row in rows if not row["voided"]]


def test_a_forgotten_exit_is_added_moved_given_away_and_undone(anna: str) -> None:
    with open_database(load_settings()) as database:
        boris = str(add_person(database, "Boris"))
    added = run("corrections", "add", anna, "exit", "2026-10-05T18:00", "--reason", "forgot").stdout.strip()
    assert counting() == [f"exit 2026-10-05T18:00 {anna}"]
    moved = run("corrections", "change", added, "--at", "2026-10-05T19:00", "--reason", "later").stdout.strip()
    assert counting() == [f"exit 2026-10-05T19:00 {anna}"]
    run("corrections", "assign", moved, boris, "--reason", "it was Boris")
    assert counting() == [f"exit 2026-10-05T19:00 {boris}"]
    listed = json.loads(run("corrections", "list", "--format", "json").stdout)
    assert listed[-1]["original_trace_id"] == added
    for number in [row["correction"] for row in reversed(listed) if row["part_of"] is None]:
        run("corrections", "undo", str(number), "--reason", "was right")
    assert counting() == []
    assert "undoes" in run("corrections", "list").stdout


def test_a_closed_month_is_not_corrected_and_verified(anna: str) -> None:
    trace_id = run("corrections", "add", anna, "entry", "2026-10-05T09:00", "--reason", "forgot").stdout.strip()
    run("months", "close", "2026-10", "--by", "Anna Petrova")
    assert "2026-10" in run("months", "list").stdout
    with pytest.raises(MonthClosed):
        run("corrections", "void", trace_id, "--reason", "not there")
    run("audit", "verify")
    with open_database(load_settings()) as database, database.transaction() as session:
        session.execute(text("UPDATE attendance_log SET timestamp = '2026-10-05 07:00:00.000000'"))
    changed = runner.invoke(app, ["audit", "verify"])
    assert changed.exit_code == 2
    assert "2026-10: an entry, exit or correction was changed or deleted after it was closed" in changed.output
    run("months", "reopen", "2026-10", "--by", "Anna Petrova", "--reason", "the clock was wrong")
    run("corrections", "void", trace_id, "--reason", "not there")


def test_what_cannot_be_taken_is_told(anna: str) -> None:
    with pytest.raises(InvalidInput, match="a reason is needed"):
        run("corrections", "add", anna, "exit", "2026-10-05T18:00", "--reason", " ")
    wrong = runner.invoke(app, ["corrections", "add", anna, "exit", "yesterday", "--reason", "x"])
    assert wrong.exit_code == 2
    assert "write it like 2026-11-27T18:00" in " ".join(wrong.output.replace("│", "").split())


def test_the_log_says_who_corrected_and_why(anna: str) -> None:
    run("corrections", "add", anna, "exit", "2026-10-05T18:00", "--reason", "forgot to look up")
    (row,) = json.loads(run("log", "--format", "json", "--corrections").stdout)
    assert (row["corrected_by"], row["correction_reason"], row["is_automatic"]) == (
        "local", "forgot to look up", False,
    )  # fmt: skip
    assert "forgot" in run("log", "--corrections").stdout


def test_what_is_asked_is_listed_and_answered(anna: str) -> None:
    with open_database(load_settings()) as database, database.transaction() as session:
        for day in (5, 6):
            add_request(session, int(anna), date(2026, 10, day), RequestKind.OTHER, text="I was in", kiosk_id="door")
    entry = run("corrections", "add", anna, "entry", "2026-10-05T09:00", "--reason", "forgot").stdout.strip()
    shown = run("questions", "--month", "2026-10").stdout
    assert "exit missing" in shown and "I was in" in shown
    (asked,) = json.loads(run("questions", "--month", "2026-10", "--employee", anna, "--format", "json").stdout)
    assert (asked["question"], asked["came"], asked["trace_id"]) == ("exit_missing", "2026-10-05 09:00", entry)
    assert run("questions", "--month", "2026-10", "--format", "csv").stdout.count("exit_missing") == 1
    assert "accepted" in run("questions", "accept", "1", "--reason", "so it was").output
    assert "refused" in run("questions", "refuse", "2", "--reason", "nobody saw you").output
    assert "I was in" not in run("questions", "--month", "2026-10").stdout
    with pytest.raises(RequestAnswered, match="request 1 is not open any more"):
        run("questions", "accept", "1", "--reason", "again")
    run("corrections", "void", entry, "--reason", "not there")
    assert "nothing to ask" in run("questions", "--month", "2026-10").output
