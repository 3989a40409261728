"""Which network recognises: an upgrade with another default one leaves nobody unrecognised."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from db.session import Database
from db.templates import DatabaseTemplates
from kiosk.app.doctor import build_examined_device
from kiosk.app.embedder_switch import start_switch
from kiosk.app.models import build_model_store, embedder_in_use, open_models
from kiosk.app.services import open_services
from kiosk.config.device_settings import DEFAULT_EMBEDDER
from kiosk.config.settings import Settings
from kiosk.doctor.data import models
from kiosk.doctor.findings import Level
from kiosk.domain.quality import Reason
from kiosk.domain.types import Template
from kiosk.errors import SampleRefused
from kiosk.recognition import gallery_cache
from kiosk.recognition.embedder_switches import EmbedderSwitches
from kiosk.vision.catalogue import EmbedderModel
from support import photographs
from support.builders import make_settings
from support.database_rows import add_person, enroll, face

OTHER = "mobilefacenet"


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Settings:
    return make_settings(tmp_path / "data", database_url=database_url)


def version(settings: Settings, model_id: str) -> str:
    model = build_model_store(settings).find(model_id)
    assert isinstance(model, EmbedderModel)
    return model.model_version


@pytest.mark.parametrize(
    ("enrolled", "expected"),
    [
        pytest.param([], DEFAULT_EMBEDDER, id="nobody"),
        pytest.param([[OTHER], [OTHER]], OTHER, id="all with another one"),
        pytest.param([[OTHER], [OTHER], [DEFAULT_EMBEDDER]], OTHER, id="most with another one"),
        pytest.param([[OTHER], [DEFAULT_EMBEDDER] * 3, [OTHER]], OTHER, id="people count, not templates"),
        pytest.param([[OTHER, DEFAULT_EMBEDDER]] * 2, DEFAULT_EMBEDDER, id="all with both"),
        pytest.param([["forgotten"], ["forgotten"]], DEFAULT_EMBEDDER, id="with one that is in no catalogue any more"),
    ],
)
def test_the_network_is_that_of_most_people(
    office: Settings, database: Database, enrolled: list[list[str]], expected: str
) -> None:
    for person in enrolled:
        employee_id = add_person(database)
        for seed, model_id in enumerate(person):
            made_by = model_id if model_id == "forgotten" else version(office, model_id)
            enroll(database, employee_id, seed, model_version=made_by)
    assert embedder_in_use(office) == expected
    assert embedder_in_use(office.model_copy(update={"embedder": "dlib-resnet"})) == "dlib-resnet", "a choice counts"


def test_those_who_have_left_do_not_count(office: Settings, database: Database) -> None:
    enroll(database, add_person(database, active=False), 1, model_version=version(office, OTHER))
    assert embedder_in_use(office) == DEFAULT_EMBEDDER


def test_a_new_device_has_no_database_afterwards_either(tmp_path: Path) -> None:
    assert embedder_in_use(make_settings(tmp_path / "data")) == DEFAULT_EMBEDDER
    assert not (tmp_path / "data").exists()


def test_while_the_database_is_away_its_copy_tells(tmp_path: Path) -> None:
    away = make_settings(tmp_path, database_url="postgresql://kiosk:secret@127.0.0.1:1/kiosk")
    assert embedder_in_use(away) == DEFAULT_EMBEDDER
    gallery_cache.save(tmp_path / gallery_cache.FILE_NAME, version(away, OTHER), (Template(1, face(1)),), {1: "Anna"})
    assert embedder_in_use(away) == OTHER


@pytest.mark.models
def test_people_enrolled_before_an_upgrade_are_recognised_after_it(office: Settings, database: Database) -> None:
    photo, again = (photographs.path(file).read_bytes() for file in ("obama.jpg", "obama2.jpg"))
    with open_services(office.model_copy(update={"embedder": OTHER})) as before:
        anna = asyncio.run(before.employees.enroll_employee("Anna", "anna@office.test", photo)).id
    with open_services(office) as after:
        assert asyncio.run(after.recognition.recognize_face(again)).employee_id == anna
        assert after.employees.model_version == version(office, OTHER)

    (kept,) = (finding for finding in models(build_examined_device(office)) if finding.subject == "embedder")
    assert kept.level is Level.OK
    assert f"enrolled with {OTHER}, so it stays in use" in kept.sentence
    assert f"kiosk models switch {DEFAULT_EMBEDDER}" in str(kept.next_step)


@pytest.mark.models
def test_the_photographs_that_people_were_enrolled_from_serve_the_new_network(
    office: Settings, database: Database
) -> None:
    """Once: before the change, and the second time in it, the same photograph adds nothing."""
    photo = photographs.path("obama.jpg").read_bytes()
    with open_services(office.model_copy(update={"embedder": OTHER})) as before:
        anna = asyncio.run(before.employees.enroll_employee("Anna", "anna@office.test", photo))
        with pytest.raises(SampleRefused) as unchanged:
            asyncio.run(before.employees.enroll_employee("Anna", "anna@office.test", photo))
    start_switch(office, database, DEFAULT_EMBEDDER)
    with open_services(office) as during:
        asyncio.run(during.employees.enroll_employee("Anna", "anna@office.test", photo))
        with pytest.raises(SampleRefused) as again:
            asyncio.run(during.employees.enroll_employee("Anna", "anna@office.test", photo))
    assert unchanged.value.reason == again.value.reason == Reason.SAME_PHOTOGRAPH
    for model_id in (OTHER, DEFAULT_EMBEDDER):
        templates = DatabaseTemplates(database).load_templates(version(office, model_id))
        assert [template.employee_id for template in templates] == [anna.id], model_id
    progress = EmbedderSwitches(database).progress()
    assert progress is not None
    assert progress.left == ()


@pytest.mark.models
def test_the_doctor_has_nothing_to_say_of_the_default_network(office: Settings, database: Database) -> None:
    enroll(database, add_person(database), 1, model_version=version(office, DEFAULT_EMBEDDER))
    assert {finding.subject for finding in models(build_examined_device(office))} == {"models"}


def test_without_the_face_landmarker_the_door_works_and_the_doctor_says_so(
    office: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    for file in office.models_dir.iterdir():
        if file.suffix != ".task":
            (folder / file.name).symlink_to(file)
    monkeypatch.setattr(Settings, "models_dir", folder)
    with open_models(office) as loaded:
        assert loaded.analyser is None
    levels = {finding.sentence: finding.level for finding in models(build_examined_device(office))}
    (told,) = (sentence for sentence in levels if "face-landmarker" in sentence)
    assert levels[told] is Level.WARNING
    assert "the door works" in told
