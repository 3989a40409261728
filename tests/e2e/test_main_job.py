"""People walk past, are recognised, and their entry is in the database."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

DEMO_PEOPLE = {"Barack Obama", "Joe Biden"}


def rows_of(completed: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert completed.returncode == 0, completed.stderr
    rows: list[dict[str, Any]] = json.loads(completed.stdout)
    return rows


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def check_demo(rows: list[dict[str, Any]]) -> None:
    """Both enrolled people have one entry each, at least one visitor is unknown, and nobody has another's name."""
    known = [row for row in rows if row["employee_id"] is not None]
    assert sorted(str(row["full_name"]) for row in known) == sorted(DEMO_PEOPLE)
    assert {row["event_type"] for row in rows} == {"entry"}
    assert any(row["employee_id"] is None for row in rows)
    assert all(row["kiosk_id"] == "demo" and row["method"] == "face" for row in rows)


@pytest.fixture(params=["sqlite", "postgresql"])
def on_each_database(request, environment) -> None:
    if request.param == "postgresql":
        environment["KIOSK_DATABASE_URL"] = request.getfixturevalue("postgresql_url")


@pytest.mark.usefixtures("on_each_database", "with_clip")
def test_the_demo_logs_who_walked_past_is_played_again_and_leaves_when_told_to(kiosk, data_dir: Path):
    played = kiosk("demo")
    assert played.returncode == 0, played.stderr
    assert "walks by and is nobody's employee" in played.stderr
    first = rows_of(kiosk("log", "--format", "json"))
    check_demo(first)
    for row in first:
        assert (row["photo_path"] is not None) == (row["employee_id"] is not None)
        assert row["photo_path"] is None or (data_dir / str(row["photo_path"])).stat().st_mode & 0o077 == 0

    again = kiosk("demo", "--json")
    assert again.returncode == 0, again.stderr
    second = rows_of(kiosk("log", "--format", "json"))
    check_demo(second)
    assert len(second) == len(first)

    lines = lines_of(again.stdout)
    events = {line["trace_id"]: line for line in lines if line["kind"] == "event"}
    assert events.keys() == {row["trace_id"] for row in second}
    for row in second:
        line = events[row["trace_id"]]
        assert (line["employee_id"], line["event_type"]) == (row["employee_id"], row["event_type"])
        assert line["confidence"] == pytest.approx(row["confidence"], abs=1e-6)

    assert kiosk("demo", "--remove").returncode == 0
    assert rows_of(kiosk("log", "--format", "json")) == []
    assert "no rows" in kiosk("log").stderr
    assert not list((data_dir / "static").rglob("*.jpg"))


def test_json_lines_carry_each_decision(kiosk, with_clip: Path):
    completed = kiosk("run", "--headless", "--json", "--speed", "max", "--source", with_clip)
    assert completed.returncode == 0, completed.stderr
    decisions = [line for line in lines_of(completed.stdout) if line["kind"] == "decision"]
    assert decisions, "nobody is enrolled, so everybody is unknown"
    assert {line["status"] for line in decisions} == {"unknown"}
    for line in decisions:
        assert line.keys() >= {"at", "track", "similarity", "margin", "box", "frame", "latency_ms", "employee_id"}
        assert len(line["box"]) == 4


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(environment, with_clip: Path, number: signal.Signals):
    arguments = [sys.executable, "-m", "kiosk", "run", "--headless", "--json", "--source", str(with_clip)]
    with subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["kind"] == "decision"
        process.send_signal(number)
        assert process.wait(timeout=20) == 0


def test_it_ends_after_the_time_given(kiosk, with_clip: Path):
    started_s = time.monotonic()
    completed = kiosk("run", "--headless", "--for", "1", "--source", with_clip)
    assert completed.returncode == 0, completed.stderr
    assert time.monotonic() - started_s < 25, "the clip alone lasts longer"


@pytest.mark.parametrize("source", ["missing.mp4", "/dev/video97", "97"])
def test_a_source_that_cannot_be_opened_is_named(kiosk, source: str):
    completed = kiosk("run", "--headless", "--source", source)
    assert completed.returncode == 2
    assert "Traceback" not in completed.stderr
    assert completed.stderr.startswith("kiosk: ")
    assert source in completed.stderr
    assert completed.stdout == ""


def test_a_setting_that_does_not_exist_is_named(kiosk):
    completed = kiosk("log", KIOSK_COLDOWN_S="5")
    assert completed.returncode == 2
    assert "did you mean KIOSK_COOLDOWN_S" in completed.stderr
