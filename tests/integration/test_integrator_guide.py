"""What the integrator's guide shows does what it says; both languages show the same code."""

from __future__ import annotations

import base64
import csv
import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.receivers.webhook import signature
from support.api_client import Api
from support.api_server import serving
from support.documents import document

GUIDE = document("docs/integrator.en.md")
# Employee Checkin's fields that a file may fill, by label, as its published definition has them (frappe/hrms,
# hrms/hr/doctype/employee_checkin/employee_checkin.json).
PUBLISHED = {
    "Employee": ("Link", True),
    "Log Type": ("Select", False),
    "Time": ("Datetime", True),
    "Location / Device ID": ("Data", False),
    "Skip Auto Attendance": ("Check", False),
}
LOG_TYPES = ("", "IN", "OUT")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105
BODY = '{"test": "Анна"}'.encode()


def sample(word: str, *languages: str) -> str:
    """Return the one sample that has the word."""
    (found,) = [block for block in GUIDE.code_blocks(*languages) if word in block]
    return found


def test_both_languages_show_the_same_code() -> None:
    other = document("docs/integrator.ru.md")
    for language in ("python", "sh", "toml"):
        english, russian = GUIDE.code_blocks(language), other.code_blocks(language)
        assert [block.replace("Anna Karenina", "Анна Каренина") for block in english] == list(russian)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "feed.py").write_text(sample("def pages", "python"))
    (tmp_path / "frappe_checkins.py").write_text(sample("COLUMNS", "python"))
    (tmp_path / "out").mkdir()
    return tmp_path


def imported(folder: Path, kind: str) -> list[dict[str, str]]:
    """Return the rows of all files of a kind, the earliest first, once each is what Frappe HR takes."""
    rows = []
    for path in sorted((folder / "out").glob(f"{kind}-*.csv"), key=lambda path: int(path.stem.rpartition("-")[2])):
        with path.open(newline="", encoding="utf-8") as file:
            table = list(csv.DictReader(file))
        for row in table:
            assert set(row) <= set(PUBLISHED)
            assert all(row.get(label) for label, (_, is_required) in PUBLISHED.items() if is_required)
            assert row["Log Type"] in LOG_TYPES
            assert f"{datetime.fromisoformat(row['Time']):%Y-%m-%d %H:%M:%S}" == row["Time"]
        rows += table
    return rows


def test_the_import_into_frappe_hr_brings_everything_once_and_takes_back(api_on_sqlite: Api, folder: Path) -> None:
    api = api_on_sqlite
    api.create(external_id="HR-EMP-00042")
    api.create(full_name="Nobody's number", email="b@office.test")
    for employee, kind in ((1, "entry"), (2, "entry"), (1, "exit")):
        _log(api, employee, kind)
    with serving(api.app) as address:
        _run(folder, api, address)
        assert [(row["Employee"], row["Log Type"]) for row in imported(folder, "checkins")] == [
            ("HR-EMP-00042", "IN"), ("HR-EMP-00042", "OUT"),
        ]  # fmt: skip
        files = sorted((folder / "out").iterdir())
        _run(folder, api, address)
        assert sorted((folder / "out").iterdir()) == files
        left = api.client.get("/api/v1/attendance/history", headers=api.read).json()
        trace_id = next(row["trace_id"] for row in left if row["event_type"] == "exit")
        void = {"trace_id": trace_id, "reason": "mistaken"}
        assert api.client.post("/api/v1/corrections/void", json=void, headers=api.write).status_code == 201
        _run(folder, api, address)
    assert [row["Log Type"] for row in imported(folder, "taken-back")] == ["OUT"]
    assert len(imported(folder, "checkins")) == 2


def _log(api: Api, employee_id: int, event_type: str) -> None:
    sent = {"employee_id": employee_id, "event_type": event_type}
    answer = api.client.post("/api/v1/attendance/log", json=sent, headers=api.write)
    assert answer.status_code == 201, answer.text


def _run(folder: Path, api: Api, address: str) -> None:
    command = [sys.executable, "frappe_checkins.py", address, "out", "Europe/Moscow"]
    environment = os.environ | {"TOKEN": api.read["Authorization"].removeprefix("Bearer ")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def signed(body: bytes, at: float) -> dict[str, str]:
    """Return the headers that the kiosk sends, after a signature by the secret before."""
    moment = str(int(at))
    keys = (bytes(32), base64.b64decode(SECRET.removeprefix("whsec_")))
    signatures = " ".join(signature(key, "msg_1", moment, body) for key in keys)
    return {"webhook-id": "msg_1", "webhook-timestamp": moment, "webhook-signature": signatures}


@pytest.mark.parametrize(
    ("age_s", "changed", "body", "genuine"),
    [
        pytest.param(0, {}, BODY, True, id="genuine"),
        pytest.param(0, {}, BODY + b" ", False, id="another body"),
        pytest.param(3600, {}, BODY, False, id="an hour old"),
        pytest.param(0, {"webhook-id": "msg_2"}, BODY, False, id="another id"),
    ],
)
def test_signatures_are_verified(
    age_s: int, changed: dict[str, str], body: bytes, genuine: bool, tmp_path: Path
) -> None:
    headers = signed(BODY, time.time() - age_s) | changed
    names: dict[str, Any] = {}
    exec(sample("def is_genuine", "python"), names)  # noqa: S102
    assert names["is_genuine"](SECRET, headers, body) is genuine
    (tmp_path / "body.json").write_bytes(body)
    variables = {"ID": "webhook-id", "TIMESTAMP": "webhook-timestamp", "SIGNATURE": "webhook-signature"}
    environment = os.environ | {"SECRET": SECRET} | {name: headers[header] for name, header in variables.items()}
    script = sample("EXPECTED", "sh")
    done = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode == 0) is genuine, done.stdout + done.stderr


def test_the_scim_requests_are_answered(api_on_sqlite: Api, tmp_path: Path) -> None:
    script = sample("/scim/v2/Users", "sh")
    with serving(api_on_sqlite.app) as address:
        token = api_on_sqlite.scim["Authorization"].removeprefix("Bearer ")
        environment = os.environ | {"TOKEN": token, "KIOSK": address}
        done = subprocess.run(["sh", "-ec", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and '"totalResults": 1' in done.stdout, done.stdout + done.stderr
