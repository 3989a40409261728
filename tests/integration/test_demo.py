"""The demo and the made-up office: what they write is marked, and what they delete is theirs and audited."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from db import audit_log
from db.attendance_log import DatabaseAttendanceLog
from db.session import Database
from kiosk.app.demo import remove_demo
from kiosk.app.demo_data import fill_with_demo_data, remove_demo_data
from kiosk.app.door import open_pipeline
from kiosk.app.mode import Mode
from kiosk.bench.frames import frame_with_people
from kiosk.config.paths import demo_dir
from kiosk.config.settings import Settings
from kiosk.core.context import acting_as
from kiosk.core.opencv import cv2
from kiosk.errors import StorageError
from support.builders import event, make_settings
from support.database_rows import add_person, enroll

FRAMES = 20


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return make_settings(tmp_path / "data", database_url=database_url)


@pytest.fixture
def stranger_stands(tmp_path: Path) -> Path:
    """A folder of pictures, played in two and a half seconds: somebody whom nobody knows stands there."""
    folder = tmp_path / "stands"
    folder.mkdir()
    for index in range(FRAMES):
        assert cv2.imwrite(str(folder / f"{index}.jpg"), frame_with_people((("obama3.jpg", 0.0),)))
    return folder


def write_events(database: Database, *kiosk_ids: str) -> None:
    anna = add_person(database)
    DatabaseAttendanceLog(database).record([replace(event(anna), kiosk_id=kiosk_id) for kiosk_id in kiosk_ids])


def doors(database: Database) -> list[str]:
    return [entry.kiosk_id for entry in DatabaseAttendanceLog(database).history()]


def audited(database: Database, action: str) -> list[tuple[str, str | None, object]]:
    with database.reading() as session:
        entries = [entry for entry in audit_log.entries(session) if entry.action == action]
    return [(entry.actor, entry.subject, json.loads(entry.details)) for entry in entries]


def test_the_demos_rows_go_and_are_audited(settings: Settings, database: Database) -> None:
    write_events(database, "demo", "door", "demo", "demo-data", "demo")
    with acting_as("cli:anna"):
        remove_demo(settings)
    assert doors(database) == ["door", "demo-data"]
    assert audited(database, "events_delete") == [("cli:anna", "kiosk:demo", {"events": 3})]
    remove_demo(settings)
    assert len(audited(database, "events_delete")) == 1, "there was nothing more to delete"


def test_nothing_goes_where_it_cannot_be_audited(settings: Settings, database: Database) -> None:
    write_events(database, "demo", "door")
    with database.transaction() as session:
        audit_log.append(session, "cli:anna", "edit", "employee:1")
    with database.transaction() as session:
        session.execute(text("UPDATE audit_head SET row_count = 0, hash = :hash"), {"hash": audit_log.GENESIS_HASH})
    with pytest.raises(StorageError, match="audit log"):
        remove_demo(settings)
    assert doors(database) == ["demo", "door"]


@pytest.mark.models
def test_the_made_up_offices_rows_go_and_are_audited(settings: Settings, database: Database) -> None:
    write_events(database, "demo", "door")
    made = fill_with_demo_data(settings, people=3, days=7, with_templates=True, progress=lambda *_: None)
    own = add_person(database, "Own")
    enroll(database, own, 1)
    with acting_as("cli:anna"):
        assert remove_demo_data(settings) == made.events
    assert doors(database) == ["demo", "door"]
    assert audited(database, "events_delete") == [("cli:anna", "kiosk:demo-data", {"events": made.events})]
    assert audited(database, "templates_delete") == [("cli:anna", "kiosk:demo-data", {"templates": 3})]
    with database.reading() as session:
        assert session.execute(text("SELECT employee_id FROM embeddings")).scalars().all() == [own]


@pytest.fixture(params=[Mode.DOOR, Mode.DEMO], ids=lambda mode: mode.name.lower())
def mode(request: pytest.FixtureRequest) -> Iterator[Mode]:
    return request.param


@pytest.mark.models
def test_the_demo_is_a_mode(mode: Mode, database: Database, settings: Settings, stranger_stands: Path) -> None:
    """Its rows are marked and its journal is its own; it does not report as this device's running kiosk."""
    played = settings.model_copy(update={"source": str(stranger_stands), "replay_fps": 8.0})
    demo_dir(settings.data_dir).mkdir(mode=0o700, parents=True)
    reported = []
    with open_pipeline(played, mode=mode) as pipeline:
        pipeline.listen(lambda *_: reported.append(settings.status_path.exists()))
        assert pipeline.run() == 0
    assert doors(database) == ["demo" if mode is Mode.DEMO else "door"]
    assert (demo_dir(settings.data_dir) / "events.journal").exists() == (mode is Mode.DEMO)
    assert (settings.data_dir / "events.journal").exists() == (mode is Mode.DOOR)
    assert reported[-1] == (mode is Mode.DOOR)
