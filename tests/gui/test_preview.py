"""The mirrored picture and the frames in it: what is painted, pixel by pixel."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from kiosk.domain.types import Frame, Image
from kiosk.ui.entrance.face_frames import FACE_STYLES, face_label, free_place
from kiosk.ui.entrance.face_marks import FaceMark, FaceState
from kiosk.ui.entrance.preview import Crop, Preview, fill
from kiosk.ui.language import Language, Translations
from kiosk.ui.theme import colour

RED_BGR = (0, 0, 255)


def frame(image_bgr: Image) -> Frame:
    return Frame(image_bgr, datetime.now(UTC), 0.0, 0)


def grab(preview: Preview) -> QImage:
    return preview.grab().toImage()


@pytest.fixture
def preview(qtbot: QtBot) -> Preview:
    made = Preview()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    return made


@pytest.mark.parametrize("mirrored", [True, False])
def test_the_picture_is_a_mirror(preview: Preview, mirrored: bool) -> None:
    image = np.full((480, 640, 3), 200, np.uint8)
    image[:, :320] = RED_BGR
    preview.mirrored = mirrored
    preview.show_frame(frame(image), ())
    shown = grab(preview)
    red_x, grey_x = (480, 160) if mirrored else (160, 480)
    assert shown.pixelColor(red_x, 240) == QColor(255, 0, 0)
    assert shown.pixelColor(grey_x, 240) == QColor(200, 200, 200)


def test_the_corners_are_round(preview: Preview) -> None:
    preview.show_frame(frame(np.full((480, 640, 3), 10, np.uint8)), ())
    shown = grab(preview)
    for x, y in ((0, 0), (639, 0), (0, 479), (639, 479)):
        assert shown.pixelColor(x, y) == colour("canvas")


def test_a_frame_is_painted_once(qtbot: QtBot, preview: Preview) -> None:
    picture = frame(np.zeros((480, 640, 3), np.uint8))
    preview.show_frame(picture, ())
    qtbot.waitUntil(lambda: preview.painted_frames == 1)
    preview.show_frame(picture, ())
    qtbot.wait(50)
    assert preview.painted_frames == 1


@given(
    width=st.integers(40, 300),
    height=st.integers(40, 300),
    target=st.tuples(st.integers(40, 300), st.integers(40, 300)),
    at=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    mirrored=st.booleans(),
)
def test_boxes_lie_where_the_pixels_lie(
    width: int, height: int, target: tuple[int, int], at: tuple[float, float], mirrored: bool
) -> None:
    side = 12
    x, y = round(at[0] * (width - side)), round(at[1] * (height - side))
    image = np.zeros((height, width, 3), np.uint8)
    image[y : y + side, x : x + side] = 255
    crop = Crop((width, height), target, mirrored)
    place = crop.rect((x, y, x + side, y + side))
    assume(QRectF(0, 0, *target).contains(place))
    pixels = fill(image, crop, target, mirrored, np.empty((0, 0, 4), np.uint8))
    ys, xs = np.nonzero(pixels[:, :, 0] > 127)
    # Rounding the crop to whole pixels of the picture costs up to one of them on each side.
    tolerance = 1.5 + crop.scale
    assert xs.min() == pytest.approx(place.left(), abs=tolerance)
    assert xs.max() + 1 == pytest.approx(place.right(), abs=tolerance)
    assert ys.min() == pytest.approx(place.top(), abs=tolerance)
    assert ys.max() + 1 == pytest.approx(place.bottom(), abs=tolerance)


def test_no_two_states_look_or_read_alike(translations: Translations) -> None:
    for language in Language:
        translations.use(language)
        assert len({face_label(state) for state in FaceState}) == len(FaceState)
    assert set(FACE_STYLES) == set(FaceState)
    for one, other in combinations(FaceState, 2):
        assert (FACE_STYLES[one].icon, face_label(one)) != (FACE_STYLES[other].icon, face_label(other))


def test_colour_alone_never_tells_the_verdicts_apart() -> None:
    """Looking, recognised, advice, doubt and refusal differ in shape as well, for those who do not see colours."""
    area = QRectF(0, 0, 100, 120)
    verdicts = (
        FaceState.LOOKING,
        FaceState.RECOGNISED,
        FaceState.COME_CLOSER,
        FaceState.LOOK_AGAIN,
        FaceState.NOT_RECOGNISED,
    )
    shapes = [(FACE_STYLES[state].outline(area), FACE_STYLES[state].dashed) for state in verdicts]
    for (one, one_dashed), (other, other_dashed) in combinations(shapes, 2):
        assert one != other or one_dashed != other_dashed


@pytest.mark.parametrize("state", list(FaceState))
def test_the_state_is_painted_in_its_colour(preview: Preview, state: FaceState) -> None:
    preview.show_frame(frame(np.full((480, 640, 3), 128, np.uint8)), (FaceMark(1, (250, 180, 390, 320), state),))
    shown = grab(preview)
    wanted = colour(FACE_STYLES[state].colour).rgb()
    hits = sum(shown.pixel(x, y) == wanted for x in range(0, 640, 2) for y in range(0, 480, 2))
    assert hits > 200


@given(
    boxes=st.lists(
        st.tuples(st.floats(-50, 600), st.floats(-50, 440), st.floats(20, 300)).map(
            lambda box: QRectF(box[0], box[1], box[2], box[2])
        ),
        max_size=4,
    ),
    size=st.tuples(st.floats(40, 300), st.floats(20, 50)),
)
def test_labels_stay_in_the_picture(boxes: list[QRectF], size: tuple[float, float]) -> None:
    area, taken = QRectF(0, 0, 640, 480), list[QRectF]()
    for box in boxes:
        taken.append(free_place(area, box, QSizeF(*size), 8, taken))
        assert area.contains(taken[-1])


def test_a_label_goes_above_where_another_one_stands_below() -> None:
    area, size = QRectF(0, 0, 640, 480), QSizeF(160, 40)
    left, right = QRectF(200, 200, 90, 120), QRectF(300, 200, 90, 120)
    first = free_place(area, left, size, 8, [])
    second = free_place(area, right, size, 8, [first])
    assert first.top() > left.bottom()
    assert second.bottom() < right.top()
