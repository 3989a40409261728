"""People who pass a door while the office changes its embedder, with the real networks and real faces."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from db.consents import record_consent
from db.embedder_switches import visits_of
from db.session import Database
from db.templates import add_templates, load_templates, templates_of
from kiosk.app.decision import build_decider
from kiosk.app.doctor import build_examined_device
from kiosk.app.embedder_switch import build_switch_sync, change_to, start_switch
from kiosk.app.models import LoadedModels, build_model_store, embedder_in_use, load_detector
from kiosk.app.services import open_services
from kiosk.config.settings import Settings
from kiosk.core.photographs import read_photograph
from kiosk.doctor.embedder_switch import of_embedder
from kiosk.doctor.findings import Level
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Embedding, Frame
from kiosk.employees.samples import SampleExtractor
from kiosk.errors import ConfigurationError
from kiosk.recognition.embedder_switches import EmbedderSwitches
from kiosk.recognition.recognizer import Recognizer
from kiosk.recognition.switch_sync import SwitchSync
from support import photographs
from support.api_client import opened_api
from support.builders import make_settings
from support.database_rows import add_person
from support.fakes import MORNING

OLD, NEW = "mobilefacenet", "sface"
pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LoadedModels, LoadedModels]]:
    """The old network and the new one, loaded once."""
    settings = Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("both"))
    detector, store = load_detector(settings), build_model_store(settings)
    yield tuple(LoadedModels(detector, store.open_embedder(model_id)) for model_id in (OLD, NEW))
    detector.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    made = make_settings(
        tmp_path / "data", database_url=database_url, embedder=OLD, templates_from_visits=True, door_calibration=False
    )
    made.data_dir.mkdir(mode=0o700)
    return made


@pytest.fixture
def third(settings: Settings) -> str:
    """An embedder of the office's own catalogue whose file is not there."""
    catalogue = (settings.models_dir / "catalogue.toml").read_text(encoding="utf-8")
    (block,) = (block for block in catalogue.split("[[model]]") if 'id = "dlib-resnet"' in block)
    own = block.replace('"dlib-resnet"', '"third"')
    own = own.replace('"dlib_face_recognition_resnet_model_v1.dat"', '"third.onnx"')
    settings.own_models_dir.mkdir()
    (settings.own_models_dir / "catalogue.toml").write_text(f"[[model]]{own}", encoding="utf-8")
    return "third"


@pytest.fixture
def obama(database: Database, both: tuple[LoadedModels, LoadedModels]) -> int:
    """Enrolled with the old network, with consent."""
    sample = SampleExtractor(both[0].detector, both[0].embedder).extract(photograph("obama.jpg"))
    person = add_person(database, "Obama")
    with database.transaction() as session:
        record_consent(session, person, "1", "test")
        add_templates(session, person, [sample.embedding], [0.9])
    return person


def photograph(name: str) -> np.ndarray:
    return read_photograph(photographs.path(name))


class Door:
    """A recognizer with what follows the change; a visit is some frames of one photograph, and then an empty door."""

    def __init__(self, settings: Settings, database: Database, old: LoadedModels) -> None:
        with database.reading() as session:
            gallery = Gallery(old.embedder.model_version, load_templates(session, old.embedder.model_version))
        decider = build_decider(settings, old.embedder)
        self.recognizer = Recognizer(old.detector, old.embedder, lambda: gallery, decider)
        self.sync: SwitchSync = build_switch_sync(settings, database, old.embedder, decider, lambda: gallery)
        self.at_s = 0.0

    def visit(self, name: str, day: int) -> None:
        for image in [photograph(name)] * 14 + [np.zeros((300, 300, 3), np.uint8)]:
            self.at_s += 0.2 if image.any() else 5.0
            frame = Frame(image, MORNING + timedelta(days=day), self.at_s, 0)
            assert self.sync.collector is not None
            self.sync.collector(self.recognizer.process(frame), ())


def test_three_days_at_the_door_make_templates(settings, database, both, obama):
    start_switch(settings, database, NEW)
    door = Door(settings, database, both[0])
    door.sync.step()
    for day, name in enumerate(("obama.jpg", "biden.jpg", "obama.jpg", "astronaut.png", "obama.jpg")):
        door.visit(name, day)
        door.sync.step()
    with database.reading() as session:
        made = [one for one in templates_of(session, obama) if one.model_version == both[1].embedder.model_version]
        assert len(made) == 3
        switch = EmbedderSwitches(database).progress().switch
        assert visits_of(session, switch, obama) == ()
    enrolled = SampleExtractor(both[1].detector, both[1].embedder).extract(photograph("obama.jpg")).embedding
    assert all(float(one.vector @ enrolled.vector) > 0.9 for one in made)


def test_nothing_is_collected_unless_the_office_allows_it(settings, database, both, obama):
    start_switch(settings, database, NEW)
    sync = build_switch_sync(
        settings.model_copy(update={"templates_from_visits": False}),
        database,
        both[0].embedder,
        build_decider(settings, both[0].embedder),
        lambda: Gallery(both[0].embedder.model_version, ()),
    )
    sync.step()
    assert sync.collector is None
    assert sync.progress is not None and sync.progress.changed == 0


def test_nothing_is_kept_when_no_change_is_under_way(settings, database, both, obama):
    door = Door(settings, database, both[0])
    door.sync.step()
    door.visit("obama.jpg", 0)
    assert door.sync.collector.alignment is None
    door.sync.step()
    with database.reading() as session:
        assert len(templates_of(session, obama)) == 1


def test_the_old_network_decides_until_the_change_is_finished(settings, database, both, obama):
    start_switch(settings, database, NEW)
    assert embedder_in_use(settings) == embedder_in_use(settings.model_copy(update={"embedder": NEW})) == OLD
    assert embedder_in_use(settings.model_copy(update={"embedder": None})) == OLD
    EmbedderSwitches(database).finish(leave_out=True)
    assert embedder_in_use(settings) == embedder_in_use(settings.model_copy(update={"embedder": None})) == NEW
    EmbedderSwitches(database).cancel()
    assert embedder_in_use(settings) == OLD


def test_a_door_that_runs_the_old_network_is_told_once(settings, database, both, obama, caplog):
    start_switch(settings, database, NEW)
    EmbedderSwitches(database).finish(leave_out=True)
    door = Door(settings, database, both[0])
    with caplog.at_level("WARNING"):
        door.sync.step()
        door.sync.step()
    assert [record.getMessage().split()[0] for record in caplog.records] == ["switch.restart_needed"]


@pytest.mark.expects_errors
def test_a_door_without_the_new_network_goes_on(settings, third, monkeypatch, caplog):
    monkeypatch.setenv("NOTIFY_SOCKET", "/nonexistent")
    change_to(settings, third)
    assert "switch.embedder_missing" in caplog.text


def test_whoever_is_enrolled_meanwhile_gets_templates_of_both(settings, database, both):
    start_switch(settings, database, NEW)
    with opened_api(settings, both[0], database) as api:
        answer = api.enroll("obama.jpg")
        assert answer.status_code == 201
        given = api.client.get("/api/v1/employees/embeddings", headers=api.biometric).json()
        (person,) = {one["employee_id"] for one in given}
    assert [one["model_version"] for one in given] == [both[0].embedder.model_version]
    with database.reading() as session:
        versions = [one.model_version for one in templates_of(session, person)]
    assert versions == [models.embedder.model_version for models in both]
    switches = EmbedderSwitches(database)
    switches.finish()
    with open_services(settings) as services:
        assert services.employees.model_version == both[1].embedder.model_version
        ((_, embedding),) = asyncio.run(services.employees.get_all_embeddings())
    assert len(embedding) == 128
    assert switches.close() == 1


def test_the_doctor_tells_how_far_it_is(settings, database, both, obama):
    device = build_examined_device(settings)
    assert list(of_embedder(device, database)) == []
    start_switch(settings, database, NEW)
    (finding,) = of_embedder(device, database)
    assert (finding.level, "0 of 1 people" in finding.sentence) == (Level.OK, True)
    with database.transaction() as session:
        made = Embedding(np.eye(1, 128, dtype=np.float32)[0], both[1].embedder.model_version)
        add_templates(session, obama, [made], [0.9])
    (finding,) = of_embedder(device, database)
    assert (finding.level, finding.next_step) == (Level.WARNING, "run: kiosk models switch --finish")
    EmbedderSwitches(database).finish()
    told = [finding.sentence for finding in of_embedder(device, database)]
    assert any("--cancel" in sentence for sentence in told)
    assert any("KIOSK_EMBEDDER says mobilefacenet" in sentence for sentence in told)


def test_a_network_that_is_not_there_is_not_changed_to(settings, database, third):
    with pytest.raises(ConfigurationError, match=r"third \(third.onnx\) is not installed"):
        start_switch(settings, database, third)
    with pytest.raises(ConfigurationError, match="did you mean sface"):
        start_switch(settings, database, "sfaces")
    assert EmbedderSwitches(database).progress() is None
