"""The stages of a frame timed, each for itself and all together."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import numpy as np

from kiosk.bench.frames import SIZES, frame_with_faces
from kiosk.bench.timing import Timing, measure, measure_in_turns
from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery
from kiosk.domain.ports import Embedder, FaceDetector
from kiosk.domain.types import Embedding, Frame, Image, Template
from kiosk.recognition.recognizer import Recognizer
from kiosk.vision.model_kinds import InstalledDetector, InstalledEmbedder
from kiosk.vision.warp import align_face

SETTLED_AFTER_FRAMES = 75
OUT_OF_REACH = 1_000_000  # samples
GALLERY_SIZES = (100, 10_000, 100_000)


def time_stages(detector: FaceDetector, embedder: Embedder) -> Iterator[Timing]:
    """Time detection, alignment and embedding on one face in a 1280×720 frame."""
    picture = frame_with_faces(1, 1280, 720)
    (face,) = detector.detect(picture)
    aligned = align_face(picture, face.landmarks_xy, embedder.alignment)
    yield measure("detect, 1280×720", lambda: detector.detect(picture))
    yield measure("align", lambda: align_face(picture, face.landmarks_xy, embedder.alignment))
    yield measure("embed", lambda: embedder.embed([aligned]))


def time_searches(embedder: Embedder) -> Iterator[Timing]:
    """Time a search among templates of an embedder, in the largest gallery beside reading its matrix once."""
    size_px = embedder.alignment.size_px
    dimension = len(embedder.embed([np.full((size_px, size_px, 3), 128, dtype=np.uint8)])[0].vector)
    rng = np.random.default_rng(1)
    for count in GALLERY_SIZES:
        vectors = rng.normal(size=(count, dimension)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        gallery = Gallery("bench", [Template(i // 3 + 1, vector) for i, vector in enumerate(vectors)])
        probe = Embedding(vectors[0], "bench")
        searched, read = measure_in_turns(
            {
                f"search {count:,} templates": lambda: gallery.search(probe),  # noqa: B023
                f"read a matrix of {count:,} once": vectors.sum,
            }
        )
        yield searched
        if count == GALLERY_SIZES[-1]:
            yield read


def time_whole_frames(detector: FaceDetector, embedder: Embedder, threads: int) -> Iterator[Timing]:
    """Time all the work on a frame while its faces still need evidence, and on one whose faces are settled."""
    decider = _decider(embedder)
    for width_px, height_px in SIZES:
        for faces in (1, 2):
            picture = frame_with_faces(faces, width_px, height_px)
            name = f"frame {width_px}×{height_px}, {faces} face{'s'[: faces - 1]}, {threads} thread{'s'[: threads - 1]}"
            yield measure(name, _FirstFrame(detector, embedder, picture, decider))
    settled = _FollowedFace(detector, embedder, picture, decider)
    for _ in range(SETTLED_AFTER_FRAMES):
        settled()
    yield measure(f"the same, settled, {threads} thread{'s'[: threads - 1]}", settled)


def measure_share_outside_networks(detector: InstalledDetector, embedder: InstalledEmbedder, frames: int = 60) -> float:
    """Return the share of a 1280×720 frame with one face in which neither network computes, from 0 to 1: the median."""
    work = _FirstFrame(detector, embedder, frame_with_faces(1, 1280, 720), _decider(embedder))
    work()
    shares = []
    for _ in range(frames):
        in_networks_s, began_s = detector.network_s + embedder.network_s, time.perf_counter()
        work()
        whole_s = time.perf_counter() - began_s
        shares.append(1 - (detector.network_s + embedder.network_s - in_networks_s) / whole_s)
    return float(np.median(shares))


def usable_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))


class StandingVisitor:
    """All the work on somebody who stands there, 25 frames of 1280×720 a second."""

    def __init__(self, detector: FaceDetector, embedder: Embedder, decider: Decider, frames: int) -> None:
        self.frames = frames
        self._make = partial(_FollowedFace, detector, embedder, frame_with_faces(1, 1280, 720), decider)

    def __call__(self) -> None:
        show = self._make()
        for _ in range(self.frames):
            show()


def whole_visit(detector: FaceDetector, embedder: Embedder) -> StandingVisitor:
    """Return three seconds of an unknown visitor, which take longer to decide than a match."""
    return StandingVisitor(detector, embedder, _decider(embedder), 75)


def undecided_visit(detector: FaceDetector, embedder: Embedder) -> StandingVisitor:
    """Return a second without a decision: the face is found, aligned and embedded in every frame."""
    return StandingVisitor(detector, embedder, replace(_decider(embedder), agreeing_samples=OUT_OF_REACH), 25)


def _decider(embedder: Embedder) -> Decider:
    return Decider(embedder.impostor_tail, 0.001)


class _FollowedFace:
    """A picture shown again and again, 25 times a second by its own clock; its face is tracked."""

    def __init__(self, detector: FaceDetector, embedder: Embedder, picture: Image, decider: Decider) -> None:
        gallery = Gallery(embedder.model_version, ())
        self._picture = picture
        self._index = 0
        self._make = partial(Recognizer, detector, embedder, lambda: gallery, decider)
        self._recognizer = self._make()

    def __call__(self) -> None:
        self._index += 1
        at_s = self._index / 25
        self._recognizer.process(Frame(self._picture, datetime.now(UTC), at_s, self._index))


class _FirstFrame(_FollowedFace):
    """The same, where each frame is the first of its visitor, so that nothing is decided."""

    def __call__(self) -> None:
        self._recognizer = self._make()
        super().__call__()
