"""The services' front door: opened in two lines, asked for from anywhere meanwhile, and named by the error before."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from db import audit_log
from db.consents import consents_of
from db.session import Database
from kiosk.app.services import (
    open_attendance_service,
    open_employee_service,
    open_recognition_service,
    open_services,
)
from kiosk.attendance import get_attendance_service
from kiosk.attendance.export import ExportFormat
from kiosk.attendance.office_attendance import PresenceStatus
from kiosk.config.settings import Settings
from kiosk.core.context import current_actor, traced
from kiosk.domain.types import EventType
from kiosk.employees import EmployeeCreate, get_employee_service
from kiosk.employees.crud import Filter
from kiosk.employees.store import ACTIVE
from kiosk.errors import ConfigurationError, EmployeeNotFound, EventRefused, StorageError
from kiosk.recognition import get_recognition_service
from support import photographs
from support.builders import make_settings
from support.database_rows import add_person, trace

pytestmark = pytest.mark.models

HEAVY = ("cv2", "mediapipe", "onnxruntime", "sqlalchemy", "fastapi", "PySide6", "numpy")


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Settings:
    return make_settings(tmp_path / "data", database_url=database_url)


def test_a_whole_service_is_open_for_as_long_as_the_block_runs(office: Settings, database: Database) -> None:
    photo = photographs.path("obama.jpg").read_bytes()
    before = current_actor()
    with open_employee_service(office, actor="payroll") as service:
        assert get_employee_service() is service
        enrolled = asyncio.run(service.enroll_employee("Anna", "anna@office.test", photo))
        found = asyncio.run(get_recognition_service().recognize_face(photographs.path("obama2.jpg").read_bytes()))
        assert found.employee_id == enrolled.id
    assert current_actor() == before
    with database.reading() as session:
        assert [given.recorded_by for given in consents_of(session, enrolled.id)] == ["payroll"]
        assert {entry.actor for entry in audit_log.entries(session)} == {"payroll"}


def test_it_is_used_from_within_a_coroutine_too(office: Settings) -> None:
    async def create() -> list[str]:
        with open_services(office) as services:
            await services.employees.create_employee(EmployeeCreate(full_name="Anna", email="anna@office.test"))
            return [person.full_name for person in await get_employee_service().list_employees()]

    assert asyncio.run(create()) == ["Anna"]


@pytest.mark.parametrize(
    ("get_service", "opened_by"),
    [
        pytest.param(get_employee_service, "open_employee_service", id="employees"),
        pytest.param(get_recognition_service, "open_recognition_service", id="recognition"),
        pytest.param(get_attendance_service, "open_attendance_service", id="attendance"),
    ],
)
def test_a_service_that_is_not_open_says_how_to_open_it(get_service, opened_by, sqlite_url, tmp_path, monkeypatch):
    with pytest.raises(ConfigurationError) as refused:
        get_service()
    opening = re.search(r"`(with .*:)`", str(refused.value))
    importing = re.search(r"`(from .*)`", str(refused.value))
    assert opening is not None
    assert importing is not None
    assert opening[1] == f"with {opened_by}(load_settings()) as service:"
    monkeypatch.setenv("KIOSK_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    lines = [importing[1], "from kiosk.config.settings import load_settings", opening[1], "    assert get() is service"]
    exec("\n".join(lines), {"get": get_service})  # noqa: S102  what the sentence says is what works
    with pytest.raises(ConfigurationError):
        get_service()


def test_asking_for_a_service_loads_nothing_heavy() -> None:
    """Other systems import the contract where no camera, no screen and no model is."""
    code = f"""
import sys
from kiosk.employees import get_employee_service, EmployeeCreate, EmployeeUpdate
from kiosk.recognition import get_recognition_service
from kiosk.attendance import get_attendance_service
print([name for name in {HEAVY} if name in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


async def a_day(person: int) -> None:
    """Come and go, and ask for all that the contract tells of it."""
    service = get_attendance_service()
    assert await service.can_log_entry(person)
    with traced(trace(7)):
        entry = await service.log_entry(person)
        assert await service.log_entry(person) == entry
    assert entry.event_type is EventType.ENTRY
    assert not await service.can_log_entry(person)
    with pytest.raises(EventRefused):
        await service.log_event(person)
    assert [each.employee_id for each in await service.get_present_employees()] == [person]
    left = await service.log_exit(person)
    assert (await service.get_employee_status(person)).status is PresenceStatus.LEFT
    assert [each.status for each in await service.get_statuses()] == [PresenceStatus.LEFT]
    with pytest.raises(EmployeeNotFound):
        await service.get_employee_status(4711)
    assert [row.trace_id for row in await service.get_attendance_history(limit=1, skip=1)] == [left.trace_id]
    assert await service.count_attendance_history(employee_id=person) == 2
    span = entry.occurred_at - timedelta(hours=1), left.occurred_at + timedelta(hours=1)
    (day,) = await service.get_hours(*span)
    assert day.complete
    assert len(json.loads(await service.export_history(ExportFormat.JSON, *span))) == 2


def test_the_attendance_of_a_day(office: Settings, database: Database) -> None:
    person = add_person(database, "Anna")
    with open_attendance_service(office, actor="payroll"):
        asyncio.run(a_day(person))
    with database.reading() as session:
        assert [(entry.action, entry.actor) for entry in audit_log.entries(session)] == [("export", "payroll")]


@pytest.mark.parametrize("page", [{"skip": -1}, {"limit": -1}, {"skip": -1, "limit": -1}], ids=str)
def test_a_negative_page_is_a_value_error(office: Settings, database: Database, page: dict[str, Any]) -> None:
    add_person(database, "Anna")

    async def ask() -> None:
        with open_services(office) as services:
            for which in (ACTIVE, Filter(search="anna")):
                with pytest.raises(ValueError, match="0 or more"):
                    await services.employees.list_employees(**page, which=which)
            with pytest.raises(ValueError, match="0 or more"):
                await services.attendance.get_attendance_history(**page)

    asyncio.run(ask())


def test_the_innermost_service_counts(office: Settings, sqlite_url: str, tmp_path: Path) -> None:
    with open_employee_service(office) as outer:
        with open_employee_service(make_settings(tmp_path / "other", database_url=sqlite_url)) as inner:
            assert get_employee_service() is inner
        assert get_employee_service() is outer


def test_a_database_that_is_away_is_told_at_once(tmp_path: Path) -> None:
    away = make_settings(tmp_path / "data", database_url="postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(StorageError), open_recognition_service(away):
        pytest.fail("nothing was opened")
    with pytest.raises(ConfigurationError):
        get_recognition_service()
