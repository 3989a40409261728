import numpy as np
import pytest

from kiosk.domain.tracking import LOST_AFTER_S, Tracker
from kiosk.domain.types import FaceDetection

FRAME_S = 1 / 25


def face(x: float, y: float = 300, size: float = 100) -> FaceDetection:
    box = (x - size / 2, y - size / 2, x + size / 2, y + size / 2)
    return FaceDetection(box, np.zeros((6, 2), np.float32), 0.9)


def test_a_walker_keeps_one_track():
    tracker = Tracker()
    ids = {tracker.update([face(100 + 12 * i, size=60 + 3 * i)], i * FRAME_S)[0].id for i in range(40)}
    assert ids == {1}


def test_two_people_keep_their_tracks_whatever_the_order_of_detections():
    tracker = Tracker()
    for i in range(30):
        left, right = face(200 + 3 * i), face(700 - 3 * i)
        seen = tracker.update([left, right] if i % 2 else [right, left], i * FRAME_S)
        by_place = {track.id: track.detection.box_xyxy[0] for track in seen}
        assert by_place[min(by_place)] > by_place[max(by_place)]


def test_a_face_far_away_is_somebody_else():
    tracker = Tracker()
    first = tracker.update([face(100)], 0.0)[0]
    second = tracker.update([face(600)], FRAME_S)[0]
    assert first.id != second.id


def test_a_short_gap_is_bridged_and_a_long_one_is_not():
    tracker = Tracker()
    first = tracker.update([face(100)], 0.0)[0]
    tracker.update([], 0.3)
    assert tracker.update([face(105)], 0.4)[0] is first
    tracker.update([], 1.0)
    assert tracker.update([face(105)], 0.4 + LOST_AFTER_S + 0.1)[0] is not first


def test_a_replaced_track_inherits_nothing():
    tracker = Tracker()
    track = tracker.update([face(100)], 0.0)[0]
    fresh = tracker.replace(track, FRAME_S)
    assert fresh.id != track.id
    assert fresh.evidence.sample_count == 0
    assert tracker.update([face(101)], 2 * FRAME_S)[0] is fresh


def disturbed_by(*frames: list[FaceDetection]) -> bool:
    """Whether the track that begins first is disturbed after these frames."""
    tracker = Tracker()
    track = tracker.update(frames[0], 0.0)[0]
    for i, faces in enumerate(frames[1:], start=1):
        tracker.update(faces, i * FRAME_S)
    return track.is_disturbed


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        pytest.param([[face(100 + 8 * i, size=60 + 2 * i)] for i in range(20)], False, id="walking up"),
        pytest.param([[face(100), face(230)]] * 5, False, id="shoulder to shoulder"),
        pytest.param([[face(100)], [], [face(102)]], False, id="missed in one frame"),
        pytest.param([[face(100)], *[[]] * 5, [face(102)]], True, id="out of sight for a moment"),
        pytest.param([[face(100)], [face(165)]], True, id="a jump aside"),
        pytest.param([[face(100)], [face(102, size=135)]], True, id="a larger face in its place"),
        pytest.param([[face(100), face(180)], [face(110), face(170)]], True, id="two that come together"),
        pytest.param([[face(100), face(160)], [face(102)]], True, id="one of two is gone"),
    ],
)
def test_a_track_is_disturbed_when_another_face_may_be_in_its_place(frames, expected):
    assert disturbed_by(*frames) == expected
