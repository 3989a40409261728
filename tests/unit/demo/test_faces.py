"""The clip's people under the real detector and the real embedder: like themselves, and like nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from kiosk.demo.clip import walk_past
from kiosk.demo.demo_people import EMPLOYEES
from kiosk.domain.ports import Embedder, FaceDetector
from kiosk.domain.types import FaceDetection, Image, Vector
from kiosk.synthetic.entrance import door_camera
from kiosk.synthetic.figures import cut_out_around, load_figure
from kiosk.synthetic.film import FRAME_RATE_HZ, MovingSubject, film
from kiosk.synthetic.photographs import photograph
from kiosk.synthetic.subjects import Subject
from kiosk.synthetic.walks import Walk
from kiosk.vision.model_store import ModelStore
from kiosk.vision.warp import align_face
from support import photographs

SURE = 0.56  # similarity that is rarer than one in 10,000 between different people: the impostor tail's FMR 1e-4
UNLIKE = 0.35  # and one that a hundredth of them reach


@pytest.fixture(scope="module")
def detector(model_store: ModelStore) -> Iterator[FaceDetector]:
    with closing(model_store.open_detector("blazeface-short-range")) as opened:
        yield opened


@pytest.fixture(scope="module")
def embedder(model_store: ModelStore) -> Embedder:
    return model_store.open_embedder("mobilefacenet")


@pytest.fixture(scope="module")
def templates(detector: FaceDetector, embedder: Embedder) -> dict[str, Vector]:
    return {
        person.full_name: _vector(embedder, picture, detector.detect(picture)[0])
        for person in EMPLOYEES
        for picture in [photographs.picture(person.photograph)]
    }


@pytest.mark.parametrize("file", ["obama2.jpg", "obama3.jpg", "biden.jpg", "astronaut.png"])
def test_who_stands_before_the_camera_is_known_by_the_photograph_they_were_enrolled_from(
    file: str, detector: FaceDetector, embedder: Embedder, templates: dict[str, Vector]
) -> None:
    seen = [
        (frame, face) for frame in _before_the_camera(load_figure(file), frames=5) for face in detector.detect(frame)
    ]
    assert len(seen) == 5
    for name, template in templates.items():
        similarities = [float(template @ _vector(embedder, frame, face)) for frame, face in seen]
        if name == photograph(file).person:
            assert sorted(similarities)[2] > SURE
        else:
            assert max(similarities) < UNLIKE


def test_somebody_cut_out_around_their_face_is_still_themselves(
    detector: FaceDetector, embedder: Embedder, templates: dict[str, Vector]
) -> None:
    picture = photographs.picture("obama.jpg")
    (frame,) = _before_the_camera(cut_out_around(picture, detector.detect(picture)[0]), frames=1)
    (face,) = detector.detect(frame)
    assert templates["Barack Obama"] @ _vector(embedder, frame, face) > SURE


def _before_the_camera(figure: Subject, frames: int) -> list[Image]:
    """Return so many frames in a row of somebody who has just walked up to the camera."""
    walk = walk_past(0, enters_m=-1.9, nearest_m=0.7, leaves_m=1.0)
    standing = Walk(tuple(replace(point, at_s=point.at_s - 3.6) for point in walk.waypoints))
    return list(film(door_camera(), [MovingSubject(figure, standing)], frames / FRAME_RATE_HZ))


def _vector(embedder: Embedder, picture: Image, face: FaceDetection) -> Vector:
    (embedding,) = embedder.embed([align_face(picture, face.landmarks_xy, embedder.alignment)])
    return np.asarray(embedding.vector)
