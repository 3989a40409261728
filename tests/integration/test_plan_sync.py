"""What people are planned to work, at a door whose database may be away."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db.schedules import StoredSchedule
from db.session import Database, make_engine
from kiosk.attendance.plan_sync import FILE_NAME, PlanSync
from kiosk.attendance.plans import Plans
from kiosk.attendance.schedule_store import ScheduleStore
from support.database_rows import add_person
from support.fakes import FakeClock

MOSCOW, DAY = ZoneInfo("Europe/Moscow"), date(2025, 3, 3)


class Door:
    """A door's plans, the last ones on top."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.taken: list[Plans] = []
        self.sync = PlanSync(database, MOSCOW, folder / FILE_NAME, self.taken.append, FakeClock())


def assign(database: Database, employee_id: int) -> None:
    store = ScheduleStore(database)
    store.save(StoredSchedule("duty", "08:00-08:00, off, off", DAY), has_start=True)
    store.assign("duty", DAY, None, employee_id, None)


def test_a_change_is_taken_over_once(database: Database, tmp_path: Path) -> None:
    door, anna = Door(database, tmp_path), add_person(database)
    door.sync.load()
    assign(database, anna)
    door.sync.follow()
    door.sync.follow()
    assert [plans.planned(anna, DAY) is not None for plans in door.taken] == [False, True]


def test_without_the_database_the_copy_says_what_is_planned(database: Database, tmp_path: Path) -> None:
    anna = add_person(database)
    assign(database, anna)
    Door(database, tmp_path).sync.load()
    away = Door(Database(make_engine("postgresql://nobody@127.0.0.1:1/none")), tmp_path)
    away.sync.load()
    (plans,) = away.taken
    (span,) = plans.planned(anna, DAY) or ()
    assert (span[1] - span[0]).total_seconds() == 24 * 3600
    assert plans.planned(anna + 1, DAY) is None


@pytest.mark.parametrize("content", [None, b"", b"no checksum\n{}"])
def test_a_copy_that_cannot_be_used_plans_nothing(
    tmp_path: Path, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    if content is not None:
        (tmp_path / FILE_NAME).write_bytes(content)
    away = Door(Database(make_engine("postgresql://nobody@127.0.0.1:1/none")), tmp_path)
    away.sync.load()
    assert away.taken == []
    assert ("schedules.copy_ignored" in caplog.text) is (content is not None)
