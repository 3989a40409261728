"""What a door counts of those whom it recognises, and what the threshold makes of it."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from kiosk.domain.decision import Decider
from kiosk.domain.frame_result import Announcement, FrameResult, Observation
from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.types import Decision, DecisionStatus, Embedding, Frame, Template
from kiosk.recognition import door_calibration
from kiosk.recognition.calibration_report import describe
from kiosk.recognition.door_calibration import DoorCalibration, StoredRise, camera_hash
from support.fakes import MORNING, FakeClock

MODEL = "model@1"
TAIL = ImpostorTail((0.204, 0.296, 0.364, 0.425, 0.476), (1e-1, 1e-2, 1e-3, 1e-4, 1e-5), 0.10)
IMAGE = np.zeros((2, 2, 3), np.uint8)


def faces(count: int, alike: float) -> np.ndarray:
    """Vectors of length 1 whose cosines lie about this similarity."""
    vectors = np.random.default_rng(5).normal(size=(count, 200))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.hstack([np.full((count, 1), np.sqrt(alike)), vectors * np.sqrt(1 - alike)])
    return vectors.astype(np.float32)


def gallery_of(vectors: np.ndarray) -> Gallery:
    return Gallery(MODEL, [Template(n, vector) for n, vector in enumerate(vectors)])


class Door:
    """A door with its file and people; a visit is a new decision on a track."""

    def __init__(self, folder: Path, vectors: np.ndarray, camera: str = "0", model: str = MODEL) -> None:
        self.clock, self.path, self.tracks = FakeClock(), folder / door_calibration.FILE_NAME, 0
        self.gallery, self.vectors = gallery_of(vectors), vectors
        self.calibration = DoorCalibration(
            self.path,
            model_version=model,
            camera=camera_hash(camera),
            tail=TAIL,
            gallery=lambda: self.gallery,
            clock=self.clock,
        )
        self.decider = Decider(TAIL, 0.001, rise=self.calibration.rise)
        self.calibration.use(self.decider)

    def visit(self, person: int, day: int = 0) -> None:
        probe = Embedding(self.vectors[person], MODEL)
        self.decided(Decision(DecisionStatus.MATCH, person, 0.9, 0.5), probe, day=day)

    def decided(self, decision: Decision, probe: Embedding, *, track: int | None = None, day: int = 0) -> None:
        self.tracks += 1
        track = self.tracks if track is None else track
        seen = Observation(track, (0, 0, 1, 1), decision, True, None, 0.1, probe)
        frame = Frame(IMAGE, MORNING + timedelta(days=day), 0.0, 0)
        result = FrameResult(frame, (seen,), 1.0)
        self.calibration.listen(result, (Announcement(result, seen, decision, None),))

    def everybody(self, day: int = 0) -> None:
        for person in range(len(self.vectors)):
            self.visit(person, day)

    @property
    def histogram(self):
        return self.calibration.measured.histogram


def test_a_visit_is_counted_once_a_person_and_day(tmp_path):
    door = Door(tmp_path, faces(6, 0.1))
    for _ in range(3):
        door.visit(0)
    door.visit(1)
    door.visit(0, day=1)
    assert (door.histogram.visits, door.histogram.people, door.histogram.comparisons) == (3, 2, 15)


@pytest.mark.parametrize(("alike", "low", "high"), [(0.10, 0.0, 0.04), (0.30, 0.1, 0.25)], ids=["as usual", "alike"])
def test_the_threshold_follows_how_much_alike_people_are_there(tmp_path, alike, low, high):
    """Most of what all have in common is the cohort's; what few people leave of it is the rise."""
    door = Door(tmp_path, faces(8, alike))
    assert door.calibration.rise() is None
    careful = door.decider.thresholds(door.gallery).accept
    door.everybody()
    assert low <= door.calibration.rise() <= high
    without = replace(door.decider, rise=lambda: 0.0).thresholds(door.gallery).accept
    rise = door.calibration.rise()
    assert rise is not None
    assert door.decider.thresholds(door.gallery).accept == pytest.approx(without + rise)
    assert careful > without


def test_two_people_who_may_be_one_stay_out(tmp_path):
    vectors = faces(8, 0.1)
    door = Door(tmp_path, np.vstack([vectors, vectors[:1]]))
    door.everybody()
    assert door.calibration.measured.suspected == 2
    assert door.histogram.comparisons == 9 * 8 - 2
    assert door.histogram.counts[-1] == 0


def test_refusals_for_the_raised_threshold_are_counted_and_taken_back(tmp_path):
    door = Door(tmp_path, faces(8, 0.3))
    door.everybody()
    rise = door.calibration.rise() or 0.0
    assert rise > 0
    similarity = door.decider.thresholds(door.gallery).accept - rise / 2
    held = Decision(DecisionStatus.LOW_CONFIDENCE, similarity=similarity, reasons=("below_threshold",))
    probe = Embedding(door.vectors[0], MODEL)
    door.decided(held, probe, track=100)
    door.decided(held, probe, track=100)
    door.decided(held, probe, track=101)
    door.decided(replace(held, similarity=similarity - rise), probe, track=102)
    door.decided(replace(held, reasons=("below_threshold", "small_margin")), probe, track=103)
    assert door.calibration.measured.held_back == 2
    door.decided(Decision(DecisionStatus.MATCH, 0, 0.9, 0.5), probe, track=101)
    assert door.calibration.measured.held_back == 1


def test_the_file_holds_numbers_alone_and_is_gone_on_with(tmp_path):
    door = Door(tmp_path, faces(8, 0.1), camera="rtsp://anna:secret@door/1")
    door.everybody()
    door.calibration.save_now()
    stored = json.loads(door.path.read_text())
    assert stored.keys() == {"model_version", "camera", "since_at", "histogram", "suspected", "held_back"}
    assert "secret" not in door.path.read_text()
    assert door.path.stat().st_mode & 0o077 == 0
    again = Door(tmp_path, faces(8, 0.1), camera="rtsp://anna:secret@door/1")
    assert again.calibration.measured == door.calibration.measured
    assert again.calibration.rise() == door.calibration.rise() is not None
    assert StoredRise(door.path, MODEL, TAIL)() == door.calibration.rise()


@pytest.mark.parametrize(("camera", "model"), [("1", MODEL), ("0", "model@2")], ids=["camera", "network"])
def test_another_camera_or_network_begins_anew(tmp_path, camera, model):
    door = Door(tmp_path, faces(8, 0.1))
    door.everybody()
    door.calibration.save_now()
    assert Door(tmp_path, faces(8, 0.1), camera, model).calibration.rise() is None


def test_a_deleted_file_begins_anew_while_the_kiosk_runs(tmp_path):
    door = Door(tmp_path, faces(8, 0.1))
    stored = StoredRise(door.path, MODEL, TAIL)
    door.everybody()
    door.clock.advance(61)
    door.calibration.save()
    assert stored() is not None
    door.path.unlink()
    door.calibration.save()
    assert door.calibration.rise() is not None, "it is looked at once a minute"
    door.clock.advance(61)
    door.calibration.save()
    assert door.calibration.rise() is None is stored()
    assert door.histogram.visits == 0


def test_a_damaged_file_is_ignored_and_replaced(tmp_path, caplog):
    (tmp_path / door_calibration.FILE_NAME).write_text('{"visits": 3')
    door = Door(tmp_path, faces(8, 0.1))
    assert "door_calibration.ignored" in caplog.text
    assert door_calibration.load(door.path) is not None


def test_a_file_that_cannot_be_written_does_not_stop_the_door(tmp_path, caplog):
    door = Door(tmp_path, faces(8, 0.1))
    door.path.unlink()
    door.path.mkdir()
    door.calibration.save_now()
    assert "door_calibration.not_saved" in caplog.text


def test_what_is_measured_is_said_in_words(tmp_path):
    door = Door(tmp_path, faces(8, 0.3))
    assert "not measured yet" in describe(None, door.decider, door.gallery)
    door.visit(0)
    assert "5 people in one day are needed" in describe(door.calibration.measured, door.decider, door.gallery)
    door.everybody()
    words = describe(door.calibration.measured, door.decider, door.gallery)
    assert words.startswith("since 20")
    for part in ("8 visit(s)", "56 comparisons", "worth 28 different pairs", "about one stranger in", "at the worst"):
        assert part in words
    off = replace(door.decider, rise=lambda: None)
    assert "does not follow" in describe(door.calibration.measured, off, door.gallery)
