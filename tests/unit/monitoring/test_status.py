"""What a running kiosk says of itself, and what machines are told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.clock import this_boot
from kiosk.monitoring import health
from kiosk.monitoring.clock_sync import kernel_is_synchronised, timesyncd_is_synchronised
from kiosk.monitoring.frame_stats import FrameStats
from kiosk.monitoring.health import DeviceProbe, HealthCheck, HealthGrade, kiosk_checks, worst_grade
from kiosk.monitoring.metrics import Metrics
from kiosk.monitoring.publisher import StatusPublisher
from kiosk.monitoring.status import BUCKETS_S, SILENT_AFTER_S, CameraReport, KioskStatus, read_status
from support.fakes import MORNING
from support.kiosk_status import status

LOST = CameraReport(state="lost", fault="missing", since_at=MORNING, size_px=None)
SEEN: dict[str, tuple[dict[str, Any], HealthCheck | None]] = {
    "all is well": ({}, None),
    "the machine was started anew": ({"boot_id": "other"}, HealthCheck("kiosk", HealthGrade.FAILED, "silent")),
    "the database was replaced": (
        {"database_replaced": True},
        HealthCheck("events", HealthGrade.FAILED, "database_replaced"),
    ),
    "a thread hangs": ({"stuck_threads": ("camera",)}, HealthCheck("kiosk", HealthGrade.FAILED, "stuck_camera")),
    "the camera is gone": ({"camera": LOST}, HealthCheck("camera", HealthGrade.DEGRADED, "missing")),
    "the database is away": (
        {"database_away_since_at": MORNING},
        HealthCheck("events", HealthGrade.DEGRADED, "waiting_for_database"),
    ),
    "rows were refused": ({"events_refused": 1}, HealthCheck("events", HealthGrade.DEGRADED, "refused_by_database")),
    "nobody is enrolled": ({"gallery_templates": 0}, HealthCheck("gallery", HealthGrade.DEGRADED, "nobody_enrolled")),
}


def assert_told(said: KioskStatus | None, expected: HealthCheck | None, *, should_run: bool = True) -> None:
    checks = tuple(kiosk_checks(said, should_run=should_run))
    assert [check for check in checks if check.grade is not HealthGrade.OK] == ([] if expected is None else [expected])
    assert worst_grade(checks) is (HealthGrade.OK if expected is None else expected.grade)


@pytest.mark.parametrize(("changes", "expected"), SEEN.values(), ids=SEEN)
def test_what_machines_are_told(changes: dict[str, Any], expected: HealthCheck | None) -> None:
    assert_told(status(**changes), expected)


@pytest.mark.parametrize(
    ("should_run", "grade"),
    [pytest.param(True, HealthGrade.FAILED, id="it should"), pytest.param(False, HealthGrade.DEGRADED, id="never ran")],
)
def test_machines_are_told_of_a_kiosk_that_does_not_run(should_run: bool, grade: HealthGrade) -> None:
    assert_told(None, HealthCheck("kiosk", grade, "not_running"), should_run=should_run)


def test_no_kiosk_is_missed_where_the_api_is_alone() -> None:
    long_ago_s = this_boot().running_s - SILENT_AFTER_S - 1
    for said in (None, status(running_s=long_ago_s)):
        checks = tuple(kiosk_checks(said, should_run=True, api_alone=True))
        assert checks == (HealthCheck("kiosk", HealthGrade.OK, "not_expected"),)
    hanging = tuple(kiosk_checks(status(stuck_threads=("camera",)), should_run=True, api_alone=True))
    assert worst_grade(hanging) is HealthGrade.FAILED, "one that runs all the same is looked at"


def test_machines_are_told_of_a_kiosk_that_says_nothing_any_more() -> None:
    long_ago_s = this_boot().running_s - SILENT_AFTER_S - 1
    assert_told(status(running_s=long_ago_s), HealthCheck("kiosk", HealthGrade.FAILED, "silent"))


def test_status_is_published_and_withdrawn(tmp_path: Path) -> None:
    path = tmp_path / "run" / "status.json"
    said = status()
    publisher = StatusPublisher(path, lambda: said)
    publisher.request_stop()
    assert publisher.step() is False
    assert read_status(path) == said
    assert path.stat().st_mode & 0o777 == 0o600
    publisher.withdraw()
    publisher.withdraw()
    assert read_status(path) is None


def test_folder_that_cannot_be_written_to_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    publisher = StatusPublisher(tmp_path / "file" / "status.json", status)
    publisher.request_stop()
    with caplog.at_level("WARNING", logger="kiosk"):
        publisher.step()
        publisher.step()
    assert [record.message for record in caplog.records] == ["status.not_written"]


@pytest.mark.parametrize("content", ["", "{}", '{"pid": 1}', "\0\0\0"])
def test_file_of_another_version_is_no_status(tmp_path: Path, content: str) -> None:
    (tmp_path / "status.json").write_text(content, encoding="utf-8")
    assert read_status(tmp_path / "status.json") is None


def test_frames_are_counted_by_how_long_they_took() -> None:
    tally = FrameStats()
    assert tally.latency.p95_ms is None
    for latency_ms in (5, 10, 11, 400, 5000):
        tally.count_frame(latency_ms)
    tally.count_decision("match")
    latency = tally.latency
    assert dict(zip((*BUCKETS_S, None), latency.bucket_counts, strict=True)) == dict.fromkeys((*BUCKETS_S, None), 0) | {
        0.01: 2,
        0.02: 1,
        0.5: 1,
        None: 1,
    }
    assert latency.p50_ms == 11
    assert latency.sum_s == pytest.approx(5.426)
    assert tally.decisions == {"match": 1}


def device(tmp_path: Path) -> DeviceProbe:
    return DeviceProbe(
        tmp_path / "status.json", tmp_path, lambda: None, lambda: None, lambda: datetime.now(UTC), lambda: False
    )


@pytest.mark.parametrize(
    ("free_bytes", "expected"),
    [
        (10**12, HealthCheck("disk", HealthGrade.OK)),
        (10**8, HealthCheck("disk", HealthGrade.DEGRADED, "nearly_full")),
        (10**6, HealthCheck("disk", HealthGrade.FAILED, "full")),
        (None, HealthCheck("disk", HealthGrade.FAILED, "unreadable")),
    ],
)
def test_room_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_bytes: int | None, expected: HealthCheck
) -> None:
    monkeypatch.setattr(DeviceProbe, "_free_bytes", lambda _self: free_bytes)
    assert expected in device(tmp_path).probe().checks


def test_what_was_done_long_ago_is_overdue_and_what_never_was_is_not(tmp_path: Path) -> None:
    new = {check.name: check for check in device(tmp_path).probe().checks}
    assert (new["purge"].grade, new["backup"].code) == (HealthGrade.OK, "never_done")
    long_ago = datetime.now(UTC) - health.BACKUP_OVERDUE - timedelta(minutes=1)
    old = replace(device(tmp_path), purged_at=lambda: long_ago, backed_up_at=lambda: long_ago).probe()
    assert {check.name for check in old.checks if check.code == "overdue"} == {"purge", "backup"}


def test_clock_is_asked_as_the_system_can_be(tmp_path: Path) -> None:
    assert kernel_is_synchronised() in (True, False, None)
    assert timesyncd_is_synchronised(tmp_path / "none") is None
    assert timesyncd_is_synchronised(tmp_path) is False
    (tmp_path / "synchronized").touch()
    assert timesyncd_is_synchronised(tmp_path) is True


def test_figures_hold_no_numbers_of_people(tmp_path: Path) -> None:
    (tmp_path / "status.json").write_bytes(status().model_dump_json().encode())
    metrics = Metrics()
    metrics.count("GET", "/api/v1/employees/{employee_id}", 200, 0.01)
    text = metrics.text(device(tmp_path).probe(), 3).decode()
    assert 'kiosk_api_requests_total{method="GET",route="/api/v1/employees/{employee_id}",status="200"} 1.0' in text
    assert "kiosk_api_photographs_waiting 3.0" in text
    assert 'kiosk_frames_total{outcome="dropped"} 2.0' in text
    assert "kiosk_up 1.0" in text
    assert 'kiosk_check{check="kiosk"} 0.0' in text
