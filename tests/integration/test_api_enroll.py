"""Enrolling over HTTP: consent, photographs that are refused, and people who look alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from db import audit_log
from db.consents import consents_of
from db.session import Database
from db.templates import add_templates
from kiosk.app.models import LoadedModels
from kiosk.domain.types import Embedding
from kiosk.employees.consent import CURRENT_VERSION
from support import photographs
from support.api_client import Api, content, opened_api, problem
from support.builders import make_settings
from support.database_rows import add_person, face

EMPLOYEES = "/api/v1/employees"


@pytest.mark.parametrize("spoilt", photographs.SPOILT, ids=lambda spoilt: spoilt.name)
def test_a_photograph_that_cannot_be_used_is_refused_with_its_reason(
    api_on_sqlite: Api, spoilt: photographs.SpoiltPhotograph, tmp_path: Path
) -> None:
    api = api_on_sqlite
    problem(api.enroll(spoilt.write(tmp_path)), 422, spoilt.reason)
    assert api.client.get(f"{EMPLOYEES}/", headers=api.read).json() == [], "nothing was written"


def test_a_face_is_enrolled_once(api: Api) -> None:
    assert api.enroll("obama.jpg").status_code == 201
    problem(api.enroll("obama2.jpg", email="other@office.test"), 409, "already_enrolled")
    problem(api.enroll("obama.jpg"), 422, "same_photograph")
    assert api.enroll("obama2.jpg").status_code == 201, "a second photograph of the same person"


@pytest.fixture(params=["photos", "photo"])
def field(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_without_a_consent_nobody_is_enrolled_and_nobody_is_created(api: Api, field: str) -> None:
    form = {"full_name": "Anna", "email": "anna@office.test"}
    photos = [(field, ("a.jpg", content("obama.jpg")))]
    answer = api.client.post(f"{EMPLOYEES}/enroll", data=form, files=photos, headers=api.write)
    problem(answer, 422, "consent_required")
    problem(api.enroll("obama.jpg", consent_version="0.0"), 422, "invalid_input")
    assert api.client.get(f"{EMPLOYEES}/", params={"activity": "all"}, headers=api.read).json() == []
    assert api.client.get(f"{EMPLOYEES}/embeddings", headers=api.biometric).json() == []


def test_a_caller_who_vouches_need_not_name_the_text(
    database_url: str, database: Database, loaded_models: LoadedModels, tmp_path: Path, field: str
) -> None:
    settings = make_settings(tmp_path / "data", database_url=database_url, caller_vouches_for_consent=True)
    form = {"full_name": "Anna", "email": "anna@office.test"}
    photos = [(field, ("a.jpg", content("obama.jpg")))]
    with opened_api(settings, loaded_models, database) as api:
        answer = api.client.post(f"{EMPLOYEES}/enroll", data=form, files=photos, headers=api.write)
    assert answer.status_code == 201, answer.text
    with database.reading() as session:
        (given,) = consents_of(session, answer.json()["employee"]["id"])
        (enrolled,) = [entry for entry in audit_log.entries(session) if entry.action == "enroll"]
    assert (given.text_version, given.recorded_by) == (CURRENT_VERSION, "token:write")
    assert json.loads(enrolled.details)["vouched_by"] == "token:write"


def test_photographs_may_come_in_both_fields_and_are_five_at_the_most(api_on_sqlite: Api) -> None:
    def enroll(photos: int, photo: int) -> Any:
        form = {"full_name": "Anna", "email": "anna@office.test", "consent_version": "1"}
        files = [("photos", ("a.jpg", content("obama.jpg")))] * photos + [("photo", ("b.jpg", b"none"))] * photo
        return api_on_sqlite.client.post(f"{EMPLOYEES}/enroll", data=form, files=files, headers=api_on_sqlite.write)

    problem(enroll(0, 0), 422, "photographs")
    problem(enroll(3, 3), 422, "photographs")
    answer = enroll(1, 1)
    assert answer.status_code == 201, answer.text
    assert [photograph["code"] for photograph in answer.json()["photographs"]] == [None, "not_an_image"]


def test_look_alikes_are_told_of(api_on_sqlite: Api, database_of_api: Database) -> None:
    """Somebody enrolled resembles the person less than the threshold, and more than strangers do."""
    first = api_on_sqlite.enroll("obama.jpg").json()
    assert first["look_alikes"] == []
    (template,) = api_on_sqlite.client.get(f"{EMPLOYEES}/embeddings", headers=api_on_sqlite.biometric).json()
    api_on_sqlite.client.post(f"{EMPLOYEES}/{first['employee']['id']}/erase", headers=api_on_sqlite.write)
    sister = add_person(database_of_api, "Sister")
    vector = np.array(template["embedding"], np.float32)
    other = face(1, len(vector))
    across = other - vector * float(vector @ other)
    alike = 0.38 * vector + np.sqrt(1 - 0.38**2) * across / np.linalg.norm(across)
    with database_of_api.transaction() as session:
        add_templates(session, sister, [Embedding(alike.astype(np.float32), template["model_version"])])
    again = api_on_sqlite.enroll("obama.jpg").json()
    assert again["look_alikes"] == [{"employee_id": sister, "similarity": pytest.approx(0.38, abs=0.01)}]
