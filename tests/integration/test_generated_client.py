"""A client that openapi-python-client generates from the API's description enrolls a person with a photograph."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.api_client import Api
from support.api_server import serving
from support.photographs import path as photograph

NAME = "attendance_kiosk_client"


@pytest.fixture
def generated(api_on_sqlite: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the generated package, from which it can be imported."""
    description = tmp_path / "openapi.json"
    description.write_text(json.dumps(api_on_sqlite.app.openapi()), encoding="utf-8")
    folder = tmp_path / "generated"
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--fail-on-warning"]
    command += ["--path", str(description), "--output-path", str(folder / NAME)]
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}  # it calls ruff
    made = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
    assert made.returncode == 0, made.stdout + made.stderr
    monkeypatch.syspath_prepend(folder)
    return folder


@pytest.mark.slow
@pytest.mark.usefixtures("generated")
def test_a_generated_client_enrolls_a_person(api_on_sqlite: Api) -> None:
    client_module = importlib.import_module(NAME)
    enroll = importlib.import_module(f"{NAME}.api.employees.enroll_employee")
    find = importlib.import_module(f"{NAME}.api.employees.list_employees")
    models = importlib.import_module(f"{NAME}.models")
    types = importlib.import_module(f"{NAME}.types")
    token = api_on_sqlite.write["Authorization"].removeprefix("Bearer ")
    with serving(api_on_sqlite.app) as address, photograph("obama.jpg").open("rb") as content:
        file = types.File(payload=content, file_name="obama.jpg", mime_type="image/jpeg")
        form = models.BodyEnrollEmployee(
            full_name="Anna Karenina", email="anna@office.test", consent_version="1", photos=[file]
        )
        with client_module.AuthenticatedClient(base_url=address, token=token) as client:
            enrolled = enroll.sync(client=client, body=form)
            people = find.sync(client=client, search="karenina")
    assert enrolled.employee.email == "anna@office.test"
    assert [one.accepted for one in enrolled.photographs] == [True]
    assert [person.id for person in people] == [enrolled.employee.id]
