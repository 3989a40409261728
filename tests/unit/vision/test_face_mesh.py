"""The face mesh tells how a head is held, and sunglasses and masks from faces without."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from typing import TypeAlias

import numpy as np
import pytest

from kiosk.core.opencv import cv2
from kiosk.domain.ports import FaceDetector
from kiosk.domain.quality import Reason
from kiosk.domain.types import FaceDetection, Image
from kiosk.errors import ConfigurationError
from kiosk.evaluation.occlusions import darkness, glasses, mask, sunglasses, unaltered
from kiosk.vision.face_mesh import FaceMesh
from kiosk.vision.model_store import ModelStore
from support import photographs

Alteration: TypeAlias = Callable[[Image, FaceDetection], Image]
FILES = ("obama.jpg", "obama2.jpg", "biden.jpg", "astronaut.png")


@pytest.fixture(scope="module")
def detector(model_store: ModelStore) -> Iterator[FaceDetector]:
    with closing(model_store.open_detector("blazeface-full-range")) as opened:
        yield opened


@pytest.fixture(scope="module")
def face_mesh(model_store: ModelStore) -> FaceMesh:
    return model_store.open_face_mesh()


def brown(image: Image, _face: FaceDetection) -> Image:
    """A third of the light, with the colours of dark skin in warm light."""
    return (image * np.array([0.25, 0.3, 0.4])).astype(np.uint8)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    ("altered", "coverings"),
    [
        pytest.param(unaltered, (), id="as it is"),
        pytest.param(glasses, (), id="glasses"),
        pytest.param(darkness, (), id="in a fifth of the light"),
        pytest.param(brown, (), id="dark"),
        pytest.param(sunglasses, (Reason.EYES_COVERED,), id="sunglasses"),
        pytest.param(mask, (Reason.FACE_COVERED,), id="mask"),
    ],
)
def test_what_covers_a_face_is_told(
    detector: FaceDetector, face_mesh: FaceMesh, file: str, altered: Alteration, coverings: tuple[Reason, ...]
) -> None:
    picture = photographs.face_picture(file)
    face = detector.detect(picture)[0]
    analysis = face_mesh.analyse(altered(picture, face), face.landmarks_xy)
    assert analysis is not None
    assert analysis.coverings == coverings


@pytest.mark.parametrize("file", FILES)
def test_a_mirrored_face_is_turned_the_other_way(detector: FaceDetector, face_mesh: FaceMesh, file: str) -> None:
    picture = photographs.face_picture(file)
    straight, mirrored = (
        face_mesh.analyse(image, detector.detect(image)[0].landmarks_xy)
        for image in (picture, np.ascontiguousarray(picture[:, ::-1]))
    )
    assert straight is not None
    assert mirrored is not None
    assert mirrored.angles.yaw == pytest.approx(-straight.angles.yaw, abs=4)
    assert mirrored.angles.pitch == pytest.approx(straight.angles.pitch, abs=4)


def test_a_tilted_picture_changes_the_roll_alone(detector: FaceDetector, face_mesh: FaceMesh) -> None:
    picture = photographs.face_picture("obama.jpg", reach=2.2)
    size = picture.shape[1], picture.shape[0]
    turned = cv2.warpAffine(picture, cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), -15, 1), size)
    straight, tilted = (face_mesh.analyse(image, detector.detect(image)[0].landmarks_xy) for image in (picture, turned))
    assert straight is not None
    assert tilted is not None
    assert tilted.angles.roll - straight.angles.roll == pytest.approx(15, abs=3)
    assert tilted.angles.yaw == pytest.approx(straight.angles.yaw, abs=4)


def test_open_eyes_are_open(detector: FaceDetector, face_mesh: FaceMesh) -> None:
    picture = photographs.face_picture("obama.jpg")
    analysis = face_mesh.analyse(picture, detector.detect(picture)[0].landmarks_xy)
    assert analysis is not None
    assert analysis.eye_openness > 0.15


def _task_without_its_network() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as task:
        task.writestr("face_blendshapes.tflite", b"")
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"no zip at all", id="no zip"),
        pytest.param(_task_without_its_network(), id="without its network"),
    ],
)
def test_a_damaged_file_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(ConfigurationError, match="kiosk models install"):
        FaceMesh(content)
