"""The names that other modules and systems build on: their signatures, and the examples of the page that lists them."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from db.base import Base
from db.models import AttendanceRow, EmbeddingRow, EmployeeRow
from db.session import Database, make_engine
from kiosk.app.api import open_api
from kiosk.app.models import LoadedModels
from kiosk.app.services import (
    open_attendance_service,
    open_employee_service,
    open_recognition_service,
    open_services,
)
from kiosk.attendance import get_attendance_service
from kiosk.attendance.service import AttendanceService
from kiosk.config.paths import PROJECT_DIR
from kiosk.core.logger import configure, log
from kiosk.core.storage import SnapshotStore, TemporaryPhotographs
from kiosk.employees import EmployeeCreate, EmployeeResponse, EmployeeUpdate, get_employee_service
from kiosk.employees.router import PREFIX
from kiosk.employees.router import router as employee_routes
from kiosk.employees.schemas import Employee
from kiosk.employees.service import EmployeeService
from kiosk.recognition import get_recognition_service
from kiosk.recognition.service import RecognitionService
from support import photographs
from support.api_server import serving
from support.builders import make_settings
from support.documents import document

PAGE = document("docs/contract.md")
WRITTEN_ADDRESS = "http://127.0.0.1:8750"

METHODS = {
    EmployeeService: {
        "create_employee": "(self, data: 'EmployeeCreate') -> 'Employee'",
        "get_employee": "(self, employee_id: 'int') -> 'Employee | None'",
        "update_employee": "(self, employee_id: 'int', data: 'EmployeeUpdate') -> 'Employee'",
        "delete_employee": "(self, employee_id: 'int') -> 'bool'",
        "list_employees": "(self, skip: 'int' = 0, limit: 'int' = 100",
        "get_employee_by_email": "(self, email: 'str') -> 'Employee | None'",
        "enroll_employee": "(self, full_name: 'str', email: 'str', photo: 'bytes'",
        "get_all_embeddings": "(self) -> 'list[tuple[int, list[float]]]'",
    },
    RecognitionService: {
        "create_embedding": "(self, image: 'bytes') -> 'list[float]'",
        "recognize_face": "(self, image: 'bytes') -> 'Recognition'",
        "compare_faces": "(self, a: 'Sequence[float]', b: 'Sequence[float]') -> 'float'",
    },
    AttendanceService: {
        "log_entry": "(self, employee_id: 'int') -> 'AttendanceEvent'",
        "log_exit": "(self, employee_id: 'int') -> 'AttendanceEvent'",
        "log_event": "(self, employee_id: 'int', event_type: 'EventType | None' = None) -> 'AttendanceEvent'",
        "can_log_entry": "(self, employee_id: 'int') -> 'bool'",
        "get_employee_status": "(self, employee_id: 'int') -> 'EmployeeStatus'",
        "get_statuses": "(self) -> 'tuple[EmployeeStatus, ...]'",
        "get_present_employees": "(self) -> 'tuple[EmployeeStatus, ...]'",
        "get_attendance_history": (
            "(self, since: 'datetime | None' = None, until: 'datetime | None' = None, "
            "employee_id: 'int | None' = None, *, skip: 'int' = 0, limit: 'int | None' = None"
        ),
        "count_attendance_history": (
            "(self, since: 'datetime | None' = None, until: 'datetime | None' = None, "
            "employee_id: 'int | None' = None) -> 'int'"
        ),
        "get_hours": "(self, since: 'datetime', until: 'datetime', employee_id: 'int | None' = None",
        "export_history": "(self, file_format: 'ExportFormat', since: 'datetime', until: 'datetime'",
    },
}
FUNCTIONS = {
    get_employee_service: "() -> 'EmployeeService'",
    get_recognition_service: "() -> 'RecognitionService'",
    get_attendance_service: "() -> 'AttendanceService'",
    open_employee_service: "(settings: 'Settings', *, actor: 'str | None' = None",
    open_recognition_service: "(settings: 'Settings', *, actor: 'str | None' = None",
    open_attendance_service: "(settings: 'Settings', *, actor: 'str | None' = None",
    open_services: "(settings: 'Settings', *, actor: 'str | None' = None",
    make_engine: "(url: 'str') -> 'Engine'",
    log: "(level: 'int', event: 'str'",
    configure: "(level: 'str'",
}
FIELDS: dict[type, tuple[str, ...]] = {
    EmployeeCreate: ("full_name", "email", "department", "external_id", "position", "called"),
    EmployeeUpdate: ("full_name", "email", "department", "external_id", "position", "called"),
}
EMPLOYEE_FIELDS = (
    "id", "full_name", "email", "department", "photo_path", "is_active", "created_at", "updated_at", "external_id",
    "position", "called",
)  # fmt: skip
ROUTES = {
    ("POST", "/"),
    ("GET", "/"),
    ("GET", "/{employee_id}"),
    ("PUT", "/{employee_id}"),
    ("DELETE", "/{employee_id}"),
    ("POST", "/enroll"),
    ("GET", "/embeddings"),
}
ROWS: dict[str, type[Base]] = {"employees": EmployeeRow, "embeddings": EmbeddingRow, "attendance_log": AttendanceRow}
METHOD_CASES = [
    pytest.param(service, name, signature, id=f"{service.__name__}.{name}")
    for service, methods in METHODS.items()
    for name, signature in methods.items()
]


def assert_signature(function: Any, signature: str) -> None:
    """The function has the ordered parameters and answer; what is added comes last and may be left out."""
    ordered, _, answer = signature.partition(") -> ")
    real = inspect.signature(function)
    assert str(real).startswith(ordered.removesuffix(")"))
    assert str(real).endswith(answer)
    known = re.findall(r"\w+", ordered)
    added = [each for each in real.parameters.values() if each.name not in known]
    assert all(each.default is not inspect.Parameter.empty or each.kind is each.VAR_KEYWORD for each in added)


@pytest.mark.parametrize(("service", "name", "signature"), METHOD_CASES)
def test_the_methods_are_coroutines_with_the_ordered_signatures(service: type, name: str, signature: str) -> None:
    method = getattr(service, name)
    assert inspect.iscoroutinefunction(method)
    assert_signature(method, signature)
    assert f"`{name}(" in PAGE.text


@pytest.mark.parametrize(("function", "signature"), FUNCTIONS.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_the_functions_have_the_ordered_signatures(function: Any, signature: str) -> None:
    assert_signature(function, signature)
    assert f"{function.__name__}" in PAGE.text


def test_the_schemas_have_the_ordered_fields() -> None:
    for schema, fields in FIELDS.items():
        assert tuple(getattr(schema, "model_fields")) == fields  # noqa: B009  each is a pydantic model
    assert tuple(EmployeeResponse.model_fields) == (*EMPLOYEE_FIELDS, "has_email")
    assert tuple(Employee.__dataclass_fields__) == EMPLOYEE_FIELDS
    assert [name for name in EMPLOYEE_FIELDS if f"`{name}`" not in PAGE.section("Employees")] == []


def test_the_ordered_classes_are_where_they_were() -> None:
    for name in (Database, SnapshotStore, TemporaryPhotographs, EmployeeRow, EmbeddingRow, AttendanceRow):
        assert f"`{name.__name__}`" in PAGE.text


def test_the_ordered_files_are_there() -> None:
    named = [span for span in PAGE.code_spans if re.fullmatch(r"[\w/]+\.py", span)]
    assert len(named) > 12
    assert [name for name in named if not (PROJECT_DIR / name).is_file()] == []


def test_the_seven_routes_are_there() -> None:
    there = {
        (method, route.path.removeprefix(PREFIX).replace(":int", ""))
        for route in employee_routes.routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }
    assert there >= ROUTES
    told = [row[0].strip("`").split(" ") for row in PAGE.table("The seven routes of employees")]
    assert {(method, path.removeprefix(PREFIX)) for method, path in told} == ROUTES


@pytest.mark.parametrize("table", ROWS)
def test_the_page_has_the_columns_of_each_table(table: str) -> None:
    columns = ROWS[table].__table__.c
    assert ROWS[table].__tablename__ == table
    told = [(row[0].strip("`"), row[1].endswith("or NULL")) for row in PAGE.table(table)]
    assert told == [(column.name, bool(column.nullable)) for column in columns]


def script() -> str:
    """All examples in Python as one program, each on the line on which it stands on the page."""
    lines = [""] * len(PAGE.text.splitlines())
    for token in PAGE.tokens:
        if token.type == "fence" and token.info == "python" and token.map is not None:
            for place, line in enumerate(token.content.splitlines(), token.map[0] + 1):
                lines[place] = line
    return "\n".join(lines) + "\n"


@pytest.fixture
def photographs_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photographs"
    folder.mkdir()
    shutil.copy(photographs.path("obama.jpg"), folder / "anna.jpg")
    shutil.copy(photographs.path("obama2.jpg"), folder / "anna-again.jpg")
    return folder


def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    return os.environ | {"KIOSK_DATABASE_URL": database_url, "KIOSK_DATA_DIR": str(tmp_path / "data")}


@pytest.mark.models
def test_the_examples_in_python_do_what_they_say(database_url: str, photographs_folder: Path, tmp_path: Path) -> None:
    program = script()
    assert program.count("asyncio.run(") >= 4
    path = photographs_folder / "contract.py"
    path.write_text(program, encoding="utf-8")
    command: list[str | Path] = [sys.executable, "-W", "error", path]
    told = subprocess.run(
        command,
        cwd=photographs_folder,
        env=environment(database_url, tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert re.search(r"^Anna Karenina exit 20\d\d-", told.stdout, re.MULTILINE)
    assert "payroll.photograph_held bytes=" in told.stderr


def test_the_examples_over_http_are_answered(
    database_url: str, loaded_models: LoadedModels, photographs_folder: Path, tmp_path: Path
) -> None:
    blocks = PAGE.code_blocks("sh")
    office = make_settings(tmp_path / "data", database_url=database_url)
    with open_api(office, loaded_models) as app, serving(app) as address:
        kiosk = f'kiosk() {{ "{sys.executable}" -m kiosk "$@"; }}'
        metrics = f'ask "{address}/metrics"'
        told = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", "\n".join([kiosk, *blocks, metrics]).replace(WRITTEN_ADDRESS, address)],
            cwd=photographs_folder,
            env=environment(database_url, tmp_path) | {"PYTHONPATH": str(PROJECT_DIR)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert told.returncode == 0, told.stdout + told.stderr
    answered = re.findall(r'kiosk_api_requests_total\{method="(\w+)",route="([^"]+)",status="2\d\d"\}', told.stdout)
    assert {(method, route.removeprefix(PREFIX).replace(":int", "")) for method, route in answered} == ROUTES
