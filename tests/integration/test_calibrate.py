"""kiosk calibrate: what a door has measured counts for the door, the API and the doctor alike, until forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from db.templates import DatabaseTemplates
from kiosk.__main__ import app
from kiosk.app.databases import open_database
from kiosk.app.decision import build_decider, build_door_calibration
from kiosk.app.doctor import build_examined_device
from kiosk.app.models import LoadedModels
from kiosk.config.settings import Settings, load_settings
from kiosk.doctor.examination import examine
from kiosk.domain.door_tail import DoorHistogram
from kiosk.domain.gallery import Gallery
from kiosk.recognition import door_calibration
from kiosk.recognition.door_calibration import DoorMeasurement, camera_hash
from support.database_rows import add_person, enroll

pytestmark = pytest.mark.models
BEGAN_AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PEOPLE = 8


@pytest.fixture
def settings(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KIOSK_DATABASE_URL", sqlite_url)
    return load_settings()


@pytest.fixture
def measured(settings: Settings, loaded_models: LoadedModels) -> Path:
    """Eight people, each of whom came once and resembled the others more than the catalogue says."""
    version = loaded_models.embedder.model_version
    with open_database(settings) as database:
        for number in range(PEOPLE):
            enroll(database, add_person(database, f"Person {number}"), number, model_version=version)
    histogram = DoorHistogram()
    for number in range(PEOPLE):
        histogram = histogram.with_visit(np.full(PEOPLE - 1, 0.35), number + 1)
    made = DoorMeasurement(
        model_version=version, camera=camera_hash(settings.source), since_at=BEGAN_AT, histogram=histogram
    )
    path = settings.data_dir / door_calibration.FILE_NAME
    path.write_text(made.model_dump_json())
    return path


def calibrate(*options: str) -> str:
    done = CliRunner().invoke(app, ["calibrate", *options], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_threshold_is_one_for_the_door_the_api_and_the_doctor(
    settings: Settings, measured: Path, loaded_models: LoadedModels
) -> None:
    embedder = loaded_models.embedder
    with open_database(settings) as database:
        gallery = Gallery(embedder.model_version, DatabaseTemplates(database).load_templates(embedder.model_version))
    door = build_door_calibration(settings, embedder, lambda: gallery)
    assert door is not None
    at_door, elsewhere = build_decider(settings, embedder, door), build_decider(settings, embedder)
    assert at_door.thresholds(gallery) == elsewhere.thresholds(gallery)
    assert (elsewhere.rise() or 0) > 0.1
    off = settings.model_copy(update={"door_calibration": False})
    assert build_door_calibration(off, embedder, lambda: gallery) is None
    assert build_decider(off, embedder).rise() is None
    said = {finding.subject: finding.sentence for finding in examine(build_examined_device(settings))}
    assert "since 2026-03-02 the door has compared 8 visit(s)" in said["calibration"]
    assert "about one stranger in" in said["calibration"]


def test_what_was_measured_is_shown_and_forgotten(settings: Settings, measured: Path) -> None:
    assert "56 comparisons, worth 28 different pairs" in calibrate()
    assert "measures anew" in calibrate("--reset")
    assert not measured.exists()
    assert calibrate("--reset"), "there may be nothing to forget"
    assert "not measured yet" in calibrate()
