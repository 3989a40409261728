"""Who is believed to stand where, with faces that are told by their colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pytest

from kiosk.domain.alignment import AlignmentTemplate
from kiosk.domain.decision import Decider
from kiosk.domain.frame_result import FrameResult
from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.rejections import REMEMBERED_S, RejectedFace
from kiosk.domain.types import Box, DecisionStatus, Embedding, FaceDetection, Frame, Image, Template
from kiosk.recognition.recognizer import STILL_SEARCH_EVERY_S, TRUSTED_FOR_S, Recognizer
from support.fakes import MORNING

MODEL = "colours@1"
TAIL = ImpostorTail((0.349, 0.454, 0.535, 0.602), (1e-2, 1e-3, 1e-4, 1e-5))
ANNA, BORIS, NOBODY = 0, 1, 2
AXES = np.eye(4, dtype=np.float32)
FRAME_S = 0.04
RELIEFS = [np.kron(np.random.default_rng(who).integers(40, 200, (24, 24)), np.ones((16, 16))) for who in range(3)]


@dataclass(frozen=True)
class Face:
    """x: of its middle. who: the colour channel it is painted in. has_good_sample: the sample passes the gate."""

    x: float
    who: int
    size: float = 100
    has_good_sample: bool = True


class FakeDetector:
    """Finds what the test has put into the frame."""

    def __init__(self) -> None:
        self.faces: Sequence[Face] = ()
        self.searches = 0

    def detect(self, image_bgr: Image) -> tuple[FaceDetection, ...]:  # noqa: ARG002
        self.searches += 1
        return tuple(_detection(face) for face in self.faces)

    def detect_at(self, image_bgr: Image, places: Sequence[Box]) -> tuple[FaceDetection, ...]:  # noqa: ARG002
        return tuple(d for d in map(_detection, self.faces) if any(_reaches(place, d.box_xyxy) for place in places))

    def close(self) -> None:
        pass


class FakeEmbedder:
    """Sees a face's colour; counts the faces it was given."""

    model_version = MODEL
    alignment = AlignmentTemplate(112, ((38.3, 51.7), (73.5, 51.5), (56.0, 71.7), (56.1, 92.3)))
    impostor_tail = TAIL

    def __init__(self) -> None:
        self.embedded = 0

    def embed(self, faces_bgr: Sequence[Image]) -> tuple[Embedding, ...]:
        self.embedded += len(faces_bgr)
        return tuple(Embedding(AXES[int(face.mean(axis=(0, 1)).argmax())], MODEL) for face in faces_bgr)


def _detection(face: Face) -> FaceDetection:
    unit = face.size / 100
    points = np.array([(-20, -18), (20, -18), (0, 4), (0, 26), (-40, -10), (40, -10)]) * unit + (face.x, 200)
    half = face.size / 2
    box = (face.x - half, 200 - half, face.x + half, 200 + half)
    return FaceDetection(box, points.astype(np.float32), 0.95 if face.has_good_sample else 0.3)


def _reaches(place: Box, box: Box) -> bool:
    return abs(place[0] + place[2] - box[0] - box[2]) / 2 < place[2] - place[0]


def _painted(faces: Sequence[Face]) -> Image:
    picture = np.zeros((400, 800, 3), np.uint8)
    for face in faces:
        half = int(face.size * 0.9)
        left, top = int(face.x) - half, 200 - half
        place = np.s_[max(0, top) : top + 2 * half, max(0, left) : left + 2 * half]
        area = picture[place]
        relief = RELIEFS[face.who][: area.shape[0], : area.shape[1]]
        area[:] = relief[..., None] / 2
        area[..., face.who] = relief
    return picture


class Door:
    """Plays frames to a recognizer that knows Anna and Boris."""

    def __init__(self) -> None:
        self.detector, self.embedder = FakeDetector(), FakeEmbedder()
        self.gallery = Gallery(MODEL, [Template(ANNA, AXES[ANNA]), Template(BORIS, AXES[BORIS])])
        self.recognizer = Recognizer(self.detector, self.embedder, lambda: self.gallery, Decider(TAIL, 0.001))
        self.index = 0
        self.named: list[tuple[int, int]] = []

    def show(self, *faces: Face, frames: int = 1, missed: bool = False) -> FrameResult:
        """Play frames; missed: the detector sees nothing of the faces that are in them."""
        for _ in range(frames):
            self.detector.faces = () if missed else faces
            at_s = self.index * FRAME_S
            taken_at = MORNING + timedelta(seconds=at_s)
            result = self.recognizer.process(Frame(_painted(faces), taken_at, at_s, self.index))
            self.index += 1
            for seen, face in zip(result.observations, faces, strict=False):  # one who has just come may be unseen
                believed = seen.decision and seen.decision.employee_id
                assert believed in (None, face.who), f"{face} is taken for {believed}"
                if seen.is_new:
                    self.named.append((seen.track_id, face.who))
        return result


def identities(result: FrameResult) -> list[int | None]:
    return [seen.decision.employee_id if seen.decision else None for seen in result.observations]


def test_a_known_face_is_named_once():
    door = Door()
    result = door.show(Face(300, ANNA), frames=40)
    assert identities(result) == [ANNA]
    assert door.named == [(1, ANNA)]


def test_a_settled_face_is_rarely_embedded():
    door = Door()
    door.show(Face(300, ANNA), frames=50)
    assert door.embedder.embedded <= 8


def test_the_whole_frame_is_searched_now_and_then_while_a_face_is_followed():
    door = Door()
    door.show(Face(300, ANNA), frames=50)
    assert 10 <= door.detector.searches <= 16
    assert identities(door.show(Face(300, ANNA), Face(600, BORIS), frames=8)) == [ANNA, BORIS]


def test_an_empty_door_is_searched_now_and_then_and_who_comes_is_seen_at_once():
    door = Door()
    door.show(frames=50)
    assert door.detector.searches <= 50 * FRAME_S / STILL_SEARCH_EVERY_S + 1
    searches = door.detector.searches
    result = door.show(Face(400, ANNA))
    assert door.detector.searches == searches + 1
    assert len(result.observations) == 1


def test_who_was_missed_and_stands_still_is_found_half_a_second_later():
    door = Door()
    assert door.show(Face(400, ANNA), frames=3, missed=True).observations == ()
    result = door.show(Face(400, ANNA), frames=round(STILL_SEARCH_EVERY_S / FRAME_S) + 1)
    assert len(result.observations) == 1


def test_two_people_who_cross_keep_their_own_names():
    door = Door()
    door.show(Face(200, ANNA), Face(500, BORIS), frames=10)
    for step in range(30):
        left, right = 200 + 10 * step, 500 - 10 * step
        faces = [Face(left, ANNA), Face(right, BORIS)]
        door.show(*(faces if abs(left - right) > 40 else faces[:1]))
    assert identities(door.show(Face(500, ANNA), Face(200, BORIS), frames=6)) == [ANNA, BORIS]


@pytest.mark.parametrize("size", [100, 120, 150, 190])
@pytest.mark.parametrize("aside", [0, 20, 45])
def test_who_steps_in_front_of_somebody_inherits_nothing(size, aside):
    door = Door()
    door.show(Face(300, ANNA), frames=10)
    first = door.show(Face(300 + aside, BORIS, size=size))
    assert identities(first) == [None] or size == 100
    assert identities(door.show(Face(300 + aside, BORIS, size=size), frames=20)) == [BORIS]
    assert [who for _, who in door.named] == [ANNA, BORIS]
    assert len({track for track, _ in door.named}) == 2


def test_a_stranger_in_the_place_of_an_employee_is_unknown():
    door = Door()
    door.show(Face(300, ANNA), frames=10)
    door.show(frames=3)
    result = door.show(Face(305, NOBODY), frames=40)
    assert [seen.decision.status for seen in result.observations] == [DecisionStatus.UNKNOWN]


def test_who_turns_away_and_back_is_not_named_anew():
    door = Door()
    door.show(Face(300, ANNA), frames=10)
    door.show(frames=8)
    assert identities(door.show(Face(304, ANNA), frames=2)) == [ANNA]
    assert door.named == [(1, ANNA)]


def test_another_face_turns_back():
    door = Door()
    door.show(Face(300, ANNA), frames=10)
    door.show(Face(300, ANNA, has_good_sample=False), frames=5)
    door.show(Face(300, BORIS, has_good_sample=False), frames=5)
    assert identities(door.show(Face(300, BORIS), frames=20)) == [BORIS]


def test_one_spoilt_sample_does_not_end_a_track():
    door = Door()
    door.show(Face(300, ANNA), frames=30)
    door.show()  # so that a sample is taken of the next frame
    door.detector.faces = [Face(300, ANNA)]
    spoilt = _painted([Face(300, NOBODY)])
    at_s = door.index * FRAME_S
    (seen,) = door.recognizer.process(Frame(spoilt, MORNING, at_s, door.index)).observations
    assert (seen.track_id, seen.decision) == (1, None)
    door.index += 1
    assert identities(door.show(Face(300, ANNA))) == [ANNA]
    assert door.named == [(1, ANNA)]


def test_trust_ends_when_no_sample_will_do():
    door = Door()
    door.show(Face(300, ANNA), frames=10)
    unfit = Face(300, ANNA, has_good_sample=False)
    assert identities(door.show(unfit, frames=10)) == [ANNA]
    assert identities(door.show(unfit, frames=round(TRUSTED_FOR_S / FRAME_S))) == [None]
    assert identities(door.show(Face(300, ANNA), frames=2)) == [ANNA]
    assert door.named == [(1, ANNA)]


def said_not_to_be(door: Door, employee_id: int) -> None:
    """Let the person whose face is taken for this employee say that they are somebody else."""
    door.show(Face(300, employee_id), frames=10)
    (track,) = door.recognizer.tracks
    face = RejectedFace(
        employee_id, track.id, track.detection.box_xyxy, track.evidence.fused(), (door.index - 1) * FRAME_S
    )
    door.recognizer.reject(face)
    door.named.clear()


def frames(seconds: float) -> int:
    return round(seconds / FRAME_S)


def test_whoever_says_it_is_not_them_is_not_named_so_again_as_long_as_they_stay():
    door = Door()
    said_not_to_be(door, ANNA)
    result = door.show(Face(300, ANNA), frames=frames(REMEMBERED_S + 15))
    assert [seen.decision.status for seen in result.observations] == [DecisionStatus.UNKNOWN]
    assert result.observations[0].decision.reasons[0] == "rejected"
    assert len({track for track, _ in door.named}) == 1


@pytest.mark.parametrize("x", [310, 560], ids=["at the same place", "elsewhere"])
def test_the_face_is_known_again_within_half_a_minute_and_believed_after_it(x):
    door = Door()
    said_not_to_be(door, ANNA)
    door.show(Face(300, ANNA), frames=10)
    door.show(frames=frames(REMEMBERED_S - 5))
    assert identities(door.show(Face(x, ANNA), frames=40)) == [None]
    door.show(frames=frames(REMEMBERED_S + 1))
    assert identities(door.show(Face(x, ANNA), frames=40)) == [ANNA]


def test_somebody_else_in_that_place_is_named():
    door = Door()
    said_not_to_be(door, ANNA)
    door.show(Face(300, ANNA), frames=10)
    assert identities(door.show(Face(305, BORIS), frames=20)) == [BORIS]


def test_a_face_that_is_found_again_at_its_place_is_believed_whatever_its_first_sample_says():
    door = Door()
    said_not_to_be(door, ANNA)
    door.show(frames=frames(1))
    door.show(Face(300, ANNA, has_good_sample=False), frames=5)
    (track,) = door.recognizer.tracks
    assert track.evidence.rejected == {ANNA}


def test_the_others_are_named_beside_a_face_that_is_believed():
    door = Door()
    said_not_to_be(door, ANNA)
    assert identities(door.show(Face(300, ANNA), Face(700, BORIS), frames=60)) == [None, BORIS]
