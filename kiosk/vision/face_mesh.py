"""The mesh of 478 points that MediaPipe's Face Landmarker lays over a face, run on LiteRT.

MediaPipe's own task would search for the face once more; the detector's landmarks serve as well, in a third of the
time. The eyes' openness is read from the points, so that its network of facial expressions is not needed either.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TypeAlias

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from kiosk.core.opencv import cv2
from kiosk.core.stderr import native_stderr_silenced
from kiosk.domain.alignment import AlignmentTemplate
from kiosk.domain.face_analysis import FaceAnalysis, HeadAngles
from kiosk.domain.types import Image, Points
from kiosk.errors import ConfigurationError
from kiosk.vision.coverings import find_coverings
from kiosk.vision.warp import align_face

Mesh: TypeAlias = NDArray[np.float32]

NETWORK = "face_landmarks_detector.tflite"
SIZE_PX, POINTS = 256, 478
# Where BlazeFace's landmarks lie, at the median of 2,474 photographs of LFW, in the picture that MediaPipe itself cuts
# out for this network: one and a half times as wide as the detector's box, the eyes level.
CUT_OUT = AlignmentTemplate(SIZE_PX, ((92.7, 88.6), (164.8, 88.6), (129.6, 129.2), (130.0, 165.8)))
# Rows of the mesh; right and left are the subject's.
RIGHT_EYE_OUTER, RIGHT_EYE_INNER, RIGHT_EYE_TOP, RIGHT_EYE_BOTTOM = 33, 133, 159, 145
LEFT_EYE_OUTER, LEFT_EYE_INNER, LEFT_EYE_TOP, LEFT_EYE_BOTTOM = 263, 362, 386, 374
FOREHEAD, CHIN = 10, 152


class FaceMesh:
    """Implements kiosk.domain.ports.FaceAnalyser; for one thread at a time."""

    def __init__(self, content: bytes) -> None:
        """Load the network from the content of face_landmarker.task, a zip. Raises ConfigurationError."""
        try:
            with zipfile.ZipFile(BytesIO(content)) as task, native_stderr_silenced():
                self._interpreter = Interpreter(model_content=task.read(NETWORK), num_threads=1)
                self._interpreter.allocate_tensors()
        except Exception as error:  # LiteRT's errors have no common base of their own
            raise ConfigurationError("the face landmarker cannot be loaded; run: kiosk models install") from error
        inputs, outputs = self._interpreter.get_input_details(), self._interpreter.get_output_details()
        if [int(np.prod(place["shape"])) for place in (*inputs, *outputs[:2])] != [3 * SIZE_PX**2, 3 * POINTS, 1]:
            raise ConfigurationError("the face landmarker gives no mesh of 478 points; run: kiosk models install")
        self._input, self._points, self._presence = (place["index"] for place in (inputs[0], *outputs[:2]))

    def analyse(self, image_bgr: Image, landmarks_xy: Points) -> FaceAnalysis | None:
        """Return how the head is held and what covers the face; None where the network answers with no number."""
        cut_bgr = align_face(image_bgr, landmarks_xy, CUT_OUT)
        mesh, presence = self._run(cut_bgr)
        if not (np.isfinite(presence) and np.isfinite(mesh).all()):
            return None
        return FaceAnalysis(
            head_angles(mesh, landmarks_xy), eye_openness(mesh), find_coverings(cut_bgr, mesh, presence)
        )

    def mesh(self, image_bgr: Image, landmarks_xy: Points) -> Mesh | None:
        """Return a face's mesh, (478, 3), in the image's pixels; z is negative towards the camera.

        None where the network answers with no number.
        """
        mesh, _ = self._run(align_face(image_bgr, landmarks_xy, CUT_OUT))
        if not np.isfinite(mesh).all():
            return None
        back = cv2.invertAffineTransform(CUT_OUT.transform(landmarks_xy))
        depth = mesh[:, 2] * float(np.hypot(back[0, 0], back[1, 0]))
        return np.column_stack([mesh[:, :2] @ back[:, :2].T + back[:, 2], depth]).astype(np.float32)

    def _run(self, cut_bgr: Image) -> tuple[Mesh, float]:
        """Return the mesh in pixels of the cut-out, (478, 3), and how sure the network is of a face, as a logit."""
        rgb = cv2.cvtColor(cut_bgr, cv2.COLOR_BGR2RGB).astype(np.float32) / 255
        self._interpreter.set_tensor(self._input, rgb[None])
        self._interpreter.invoke()
        mesh: Mesh = self._interpreter.get_tensor(self._points).reshape(POINTS, 3)
        return mesh, float(self._interpreter.get_tensor(self._presence).ravel()[0])


def head_angles(mesh: Mesh, landmarks_xy: Points) -> HeadAngles:
    """Return how a head is held; the mesh's roll is that of the cut-out, in which the eyes are level.

    Args:
        mesh: (478, 3); x to the right, y down, z away from the camera, in one unit.
        landmarks_xy: as in FaceDetection.
    """
    across = _unit(mesh[LEFT_EYE_OUTER] - mesh[RIGHT_EYE_OUTER])
    down = mesh[CHIN] - mesh[FOREHEAD]
    down = _unit(down - across * float(down @ across))
    ahead = np.cross(across, down)  # away from the camera for a face that looks into it
    eyes = landmarks_xy[1] - landmarks_xy[0]
    return HeadAngles(
        yaw=float(np.degrees(np.arctan2(-ahead[0], ahead[2]))),
        pitch=float(np.degrees(np.arctan2(-ahead[1], np.hypot(ahead[0], ahead[2])))),
        roll=float(np.degrees(np.arctan2(eyes[1], eyes[0]))),
    )


def eye_openness(mesh: Mesh) -> float:
    """Return height by width of the eye that is open wider."""
    right = _ratio(mesh, RIGHT_EYE_TOP, RIGHT_EYE_BOTTOM, RIGHT_EYE_OUTER, RIGHT_EYE_INNER)
    left = _ratio(mesh, LEFT_EYE_TOP, LEFT_EYE_BOTTOM, LEFT_EYE_OUTER, LEFT_EYE_INNER)
    return max(right, left)


def _ratio(mesh: Mesh, top: int, bottom: int, outer: int, inner: int) -> float:
    width = float(np.linalg.norm(mesh[outer] - mesh[inner]))
    return float(np.linalg.norm(mesh[top] - mesh[bottom])) / max(width, 1e-6)


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return vector / max(float(np.linalg.norm(vector)), 1e-6)
