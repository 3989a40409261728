"""From frames to who is in: a night shift, and somebody who stays before the camera; real networks, made-up time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db.attendance_log import DatabaseAttendanceLog
from db.session import Database
from kiosk.app.attendance_config import build_attendance_config, build_stay_rules
from kiosk.app.decision import build_decider
from kiosk.app.event_dispatcher import EventDispatcher
from kiosk.app.mode import Mode
from kiosk.app.models import LoadedModels
from kiosk.app.storage import build_snapshot_store
from kiosk.attendance.database_writer import DatabaseWriter
from kiosk.attendance.event_registrar import EventRegistrar
from kiosk.attendance.journal import Journal
from kiosk.attendance.presence import present_entries
from kiosk.bench.frames import frame_with_people
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import EventVoid, Frame, Image, Template
from kiosk.recognition.recognizer import Recognizer
from kiosk.vision.warp import align_face
from support.builders import make_corrections, make_settings
from support.database_rows import add_person
from support.fakes import FakeClock

FRAME_S, LOOK_FRAMES = 0.2, 8
EVENING = datetime(2026, 11, 2, 22, 0, tzinfo=ZoneInfo("Europe/Moscow")).astimezone(UTC)


class Entrance:
    """The parts from the recognition to the database, and a clock that goes on by itself between looks."""

    def __init__(self, database: Database, models: LoadedModels, folder: Path, face_bgr: Image) -> None:
        self.settings = make_settings(folder)
        self.clock, self._face_bgr, self._blank_bgr = FakeClock(EVENING), face_bgr, face_bgr * 0
        self.log, self.anna = DatabaseAttendanceLog(database), add_person(database, "Anna")
        self._journal = Journal(folder / "events.journal")
        config = build_attendance_config(self.settings, Mode.DOOR)
        attendance = EventRegistrar(config, self._journal, build_snapshot_store(self.settings))
        take_back = make_corrections(database).take_back
        self._writer = DatabaseWriter(self._journal, self.log, attendance.update_from_database, self.clock, take_back)
        detector, embedder = models.detector, models.embedder
        detection = detector.detect(face_bgr)[0]
        (embedding,) = embedder.embed([align_face(face_bgr, detection.landmarks_xy, embedder.alignment)])
        gallery = Gallery(embedder.model_version, [Template(self.anna, embedding.vector)])
        decider = build_decider(self.settings, embedder)
        self._recognizer = Recognizer(detector, embedder, lambda: gallery, decider)
        self._attendance, self._dispatch = attendance, EventDispatcher(attendance)
        self.is_database_away = False
        self._index = 0

    def look(self, hidden_frames: int = 3) -> None:
        """Show the face for a second and a half, then nothing for a moment."""
        self._show([self._face_bgr] * LOOK_FRAMES + [self._blank_bgr] * hidden_frames)

    def _show(self, images: Sequence[Image]) -> None:
        for image in images:
            frame = Frame(image, self.clock.now(), self.clock.monotonic_s(), self._index)
            self._dispatch(self._recognizer.process(frame))
            self.clock.advance(FRAME_S)
            self._index += 1
        while self._journal.pending_count and not self.is_database_away:
            self._writer.step()

    def not_me(self) -> None:
        """Say of the last event what the button on its card says."""
        (event,) = [event for event in self._journal.events() if event.employee_id is not None]
        face = self._dispatch.face_of(event)
        assert face is not None
        self._recognizer.reject(face)
        self._attendance.take_back(event, EventVoid("kiosk:door", "not me"))

    @property
    def types(self) -> list[str]:
        return [entry.event_type.value for entry in self.log.history()]

    def present(self) -> list[int | None]:
        rules = build_stay_rules(self.settings)
        return [entry.employee_id for entry in present_entries(self.log.history(), rules, self.clock.now())]


@pytest.fixture
def entrance(database: Database, loaded_models: LoadedModels, tmp_path: Path) -> Entrance:
    return Entrance(database, loaded_models, tmp_path, frame_with_people((("obama3.jpg", 0.0),)))


def test_a_night_shift_is_present_until_its_exit(entrance: Entrance) -> None:
    entrance.look()
    assert (entrance.types, entrance.present()) == (["entry"], [entrance.anna])
    entrance.clock.advance(timedelta(hours=2, minutes=1).total_seconds())
    assert entrance.present() == [entrance.anna], "past midnight"
    entrance.clock.advance(timedelta(hours=5, minutes=59).total_seconds())
    entrance.look()
    assert (entrance.types, entrance.present()) == (["entry", "exit"], [])
    assert entrance.clock.now().astimezone(entrance.settings.zone).time() > time(6)


def test_eleven_minutes_before_the_camera_are_one_entry(entrance: Entrance) -> None:
    for hidden_frames in [3, 12] * 17:  # a hand before the face, or a glance aside until the track is lost
        entrance.look(hidden_frames)
        entrance.clock.advance(17)
    assert entrance.clock.now() - EVENING > timedelta(minutes=11)
    assert entrance.types == ["entry"]
    entrance.clock.advance(301)
    entrance.look()
    assert entrance.types == ["entry", "exit"], "the next look after a cooldown is a new one"


@pytest.mark.parametrize("is_away", [False, True], ids=["database there", "database away"])
def test_whoever_says_it_is_not_them_is_not_registered_again(entrance: Entrance, is_away: bool) -> None:
    entrance.is_database_away = is_away
    entrance.look()
    entrance.not_me()
    for hidden_frames in [3, 12] * 10:  # the same face for a minute, lost again and again for a moment
        entrance.look(hidden_frames)
    entrance.is_database_away = False
    entrance.look()
    known = [entry for entry in entrance.log.history() if entry.employee_id is not None]
    assert [(entry.voided, entry.corrected_by) for entry in known] == [(True, "kiosk:door")]
    assert entrance.present() == []
    entrance.clock.advance(31)
    entrance.look()
    assert entrance.present() == [entrance.anna], "half a minute after the face has gone it is recognised as before"
