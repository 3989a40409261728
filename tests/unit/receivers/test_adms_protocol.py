"""Tests for the lines of the ADMS push protocol."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.types import EventType, Method
from kiosk.receivers.adms_protocol import (
    MOST_COMMANDS,
    AdmsCommand,
    AdmsSettings,
    ReturnCode,
    attendance_line,
    is_ok,
    is_pin,
    read_commands,
    read_settings,
    user_line,
)

BERLIN, MOSCOW = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Moscow")
GREETING = "GET OPTION FROM: K1\nATTLOGStamp=None\n"


@pytest.mark.parametrize(
    ("at", "zone", "local"),
    [
        pytest.param("2025-01-15T06:30:00", MOSCOW, "2025-01-15 09:30:00", id="no summer time"),
        pytest.param("2025-03-30T00:59:59", BERLIN, "2025-03-30 01:59:59", id="last second of winter time"),
        pytest.param("2025-03-30T01:00:00", BERLIN, "2025-03-30 03:00:00", id="first second of summer time"),
        pytest.param("2025-10-26T00:30:00", BERLIN, "2025-10-26 02:30:00", id="doubled hour, still summer"),
        pytest.param("2025-10-26T01:30:00", BERLIN, "2025-10-26 02:30:00", id="doubled hour, winter again"),
        pytest.param("2025-10-26T01:30:00", ZoneInfo("Etc/GMT-1"), "2025-10-26 02:30:00", id="winter time all year"),
        pytest.param("2025-10-26T00:30:00", ZoneInfo("Etc/GMT-1"), "2025-10-26 01:30:00", id="which doubles no hour"),
        pytest.param("2025-06-01T00:00:00", ZoneInfo("Asia/Kolkata"), "2025-06-01 05:30:00", id="half an hour"),
    ],
)
def test_the_time_is_the_terminals_own(at: str, zone: ZoneInfo, local: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    line = attendance_line("00417", moment, zone, EventType.ENTRY, Method.FACE)
    assert line == f"00417\t{local}\t0\t15\t0\t0\t0"


@pytest.mark.parametrize("zone", [BERLIN, ZoneInfo("America/St_Johns"), ZoneInfo("Australia/Lord_Howe")])
def test_local_times_go_on_but_for_the_doubled_hour(zone: ZoneInfo) -> None:
    """Every half an hour of a year: the clock is put back once, and what it shows is never off."""
    at, before, back = datetime(2025, 1, 1, tzinfo=UTC), "", 0
    while at.year == 2025:
        _, local, *_ = attendance_line("1", at, zone, EventType.EXIT, Method.PIN).split("\t")
        back += local <= before
        assert datetime.fromisoformat(local).replace(tzinfo=zone, fold=at.astimezone(zone).fold).astimezone(UTC) == at
        before, at = local, at + timedelta(minutes=30)
    assert back == 1


@pytest.mark.parametrize(
    ("event_type", "method", "told"),
    [
        (EventType.ENTRY, Method.FACE, "0\t15"),
        (EventType.EXIT, Method.FACE, "1\t15"),
        (EventType.ENTRY, Method.PIN, "0\t0"),
        (EventType.EXIT, Method.API, "1\t0"),
        (EventType.EXIT, Method.MANUAL, "1\t0"),
    ],
)
def test_status_and_what_verified(event_type: EventType, method: Method, told: str) -> None:
    line = attendance_line("7", datetime(2025, 1, 15, tzinfo=UTC), MOSCOW, event_type, method)
    assert line == f"7\t2025-01-15 03:00:00\t{told}\t0\t0\t0"


@pytest.mark.parametrize(
    ("answer", "taken"),
    [
        ("OK", True),
        ("OK\n", True),
        ("OK: 12", True),
        ("ok", True),
        ("OK:0", True),
        ("", False),
        ("ERROR", False),
        ("OKAPI", False),
        ("<html>OK</html>", False),
        ("UNKNOWN DEVICE OK", False),
    ],
)
def test_only_ok_is_ok(answer: str, taken: bool) -> None:
    assert is_ok(answer) is taken


@pytest.mark.parametrize(
    ("answer", "settings"),
    [
        pytest.param("OK", AdmsSettings(), id="OK alone"),
        pytest.param(GREETING, AdmsSettings(), id="nothing said"),
        pytest.param(f"{GREETING}Delay=10\r\nErrorDelay=60\r\n", AdmsSettings(10.0, 60.0), id="delays"),
        pytest.param(f"{GREETING}Delay=0\nErrorDelay=0\n", AdmsSettings(5.0, 1.0), id="too often"),
        pytest.param(f"{GREETING}Delay=86400\n", AdmsSettings(60.0), id="too seldom"),
        pytest.param(f"{GREETING}Delay=soon\n", AdmsSettings(), id="no number"),
        pytest.param(f"{GREETING}Realtime=1\nTransInterval=10\n", AdmsSettings(), id="at once"),
        pytest.param(f"{GREETING}Realtime=0\nTransInterval=10\n", AdmsSettings(interval_s=600.0), id="collected"),
        pytest.param(f"{GREETING}TimeZone=3\n", AdmsSettings(utc_offset_s=10800.0), id="hours"),
        pytest.param(f"{GREETING}TimeZone=-5\n", AdmsSettings(utc_offset_s=-18000.0), id="hours to the west"),
        pytest.param(f"{GREETING}TimeZone=330\n", AdmsSettings(utc_offset_s=19800.0), id="minutes"),
        pytest.param(f"{GREETING}TimeZone=5.5\n", AdmsSettings(utc_offset_s=19800.0), id="fractions of hours"),
        pytest.param(f"{GREETING}TimeZone=Berlin\n", AdmsSettings(), id="no offset"),
        pytest.param("<html>It works</html>", None, id="some web server"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_what_a_receiver_asks_of_a_terminal(answer: str, settings: AdmsSettings | None) -> None:
    assert read_settings(answer) == settings


@pytest.mark.parametrize(
    ("answer", "commands"),
    [
        pytest.param("OK", [], id="none"),
        pytest.param("", [], id="an empty answer"),
        pytest.param("C:7:REBOOT\r\nC:8:SHELL rm -rf /\r\n", [("7", "REBOOT"), ("8", "SHELL rm -rf /")], id="two"),
        pytest.param("OK\nC:7:CHECK", [("7", "CHECK")], id="after OK"),
        pytest.param("C:../1:CHECK\nC:2:LOG", [("2", "LOG")], id="an id that is none"),
        pytest.param("<html>", None, id="some web server"),
    ],
)
def test_commands_are_read(answer: str, commands: list[tuple[str, str]] | None) -> None:
    expected = None if commands is None else [AdmsCommand(*one) for one in commands]
    assert read_commands(answer) == expected


def test_a_flood_of_commands_is_cut() -> None:
    commands = read_commands("\n".join(f"C:{number}:REBOOT" for number in range(10_000)))
    assert commands is not None and len(commands) == MOST_COMMANDS


@pytest.mark.parametrize(
    ("text", "user"),
    [
        pytest.param("DATA UPDATE USERINFO PIN=9\tName=Анна", {"PIN": "9", "NAME": "Анна"}, id="present form"),
        pytest.param("DATA USER PIN=9\tName=A B\tPri=14", {"PIN": "9", "NAME": "A B", "PRI": "14"}, id="older form"),
        pytest.param("DATA DELETE USERINFO PIN=9", None, id="deletes"),
        pytest.param("DATA UPDATE FINGERTMP PIN=9\tTMP=AAAA", None, id="a fingerprint"),
        pytest.param("DATA UPDATE BIODATA Pin=9\tType=9\tTmp=AAAA", None, id="a face"),
        pytest.param("SHELL DATA USER PIN=9\tName=A", None, id="within another"),
    ],
)
def test_people_in_commands(text: str, user: dict[str, str] | None) -> None:
    assert AdmsCommand("1", text).user == user


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("REBOOT", "ID=5&Return=-1002&CMD=REBOOT"),
        ("shell cat /etc/passwd", "ID=5&Return=-1002&CMD=SHELL"),
        ("DATA QUERY ATTLOG", "ID=5&Return=-1002&CMD=DATA"),
        ("42", "ID=5&Return=-1002&CMD=UNKNOWN"),
        ("A&CMD=B\x00", "ID=5&Return=-1002&CMD=A"),
    ],
)
def test_an_answer_says_no_more_than_the_first_word(text: str, answer: str) -> None:
    assert AdmsCommand("5", text).answer(ReturnCode.NOT_SUPPORTED) == answer


@pytest.mark.parametrize(
    ("text", "fits"), [("00417", True), ("A-7 б", True), ("", False), (" 7", False), ("7\t0", False), ("7\n", False)]
)
def test_numbers_that_break_a_line_are_none(text: str, fits: bool) -> None:
    assert is_pin(text) is fits


def test_a_name_cannot_write_other_fields() -> None:
    line = user_line("7", "Eve\tPri=14\nUSER PIN=1")
    assert line.split("\t")[:3] == ["USER PIN=7", "Name=Eve Pri=14 USER PIN=1", "Pri=0"]
    assert "\n" not in line
