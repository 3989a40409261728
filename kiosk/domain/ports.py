"""What the core expects of the rooms around it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from kiosk.domain.alignment import AlignmentTemplate
from kiosk.domain.face_analysis import FaceAnalysis
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.liveness import LivenessAssessment
from kiosk.domain.tracking import Track
from kiosk.domain.types import AttendanceEvent, Box, Embedding, FaceDetection, Frame, Image, Points, Template


class FrameSource(Protocol):
    """A camera, file, folder or stream."""

    @property
    def description(self) -> str:
        """What it is, in words for a log line; never with a password in it."""

    def read(self) -> Frame | None:
        """Return the next frame, or None when a finite source has ended. Raises DeviceError."""

    def close(self) -> None:
        """Release the device; harmless when called twice."""


class FaceDetector(Protocol):
    def detect(self, image_bgr: Image) -> tuple[FaceDetection, ...]:
        """Return the faces in an image, the largest first."""

    def detect_at(self, image_bgr: Image, places: Sequence[Box]) -> tuple[FaceDetection, ...]:
        """Return the faces at these places, each once, the largest first: quicker than searching the whole image."""

    def close(self) -> None:
        """Release native resources; harmless when called twice."""


class Embedder(Protocol):
    """Turns aligned faces into embeddings."""

    @property
    def model_version(self) -> str:
        """Identity of weights and preprocessing, stored with each template."""

    @property
    def alignment(self) -> AlignmentTemplate:
        """Where the landmarks must lie in the aligned face, and its size."""

    @property
    def impostor_tail(self) -> ImpostorTail:
        """How often different people reach a similarity with this network."""

    def embed(self, faces_bgr: Sequence[Image]) -> tuple[Embedding, ...]:
        """Return one embedding for each aligned face, (size, size, 3) BGR uint8."""


class FaceAnalyser(Protocol):
    """Looks at a face more closely than the detector does; for one thread at a time."""

    def analyse(self, image_bgr: Image, landmarks_xy: Points) -> FaceAnalysis | None:
        """Return how the head is held and what covers the face; None where nothing can be said of it.

        Args:
            image_bgr: the frame, (H, W, 3) BGR uint8.
            landmarks_xy: of the face in it, as in FaceDetection.
        """


class PresentationAttackDetector(Protocol):
    """Tells live people from pictures of them by what it sees over a whole visit; for one thread at a time."""

    def observe(self, image_bgr: Image, tracks: Sequence[Track], at_s: float) -> None:
        """Take note of a frame.

        Args:
            image_bgr: the frame, (H, W, 3) BGR uint8.
            tracks: of the faces in it, the largest first.
            at_s: its monotonic time.
        """

    def assess(self, track_id: int) -> LivenessAssessment | None:
        """Return what is known of a track so far; None for one that was not looked at."""


class TemplateSource(Protocol):
    def load_templates(self, model_version: str) -> tuple[Template, ...]:
        """Return the templates of active people made by this model. Raises StorageError."""


class AttendanceLog(Protocol):
    """Where events end up."""

    def record(self, events: Sequence[AttendanceEvent]) -> int:
        """Write events in one transaction and return how many were new; a trace_id already there changes nothing.

        Raises StorageError, and then nothing was written.
        """

    def latest_events(self, until: datetime) -> tuple[AttendanceEvent, ...]:
        """Return each employee's latest event up to then. Raises StorageError."""


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware UTC."""

    def monotonic_s(self) -> float:
        """Seconds that never jump; they go on while the machine sleeps."""

    def awake_s(self) -> float:
        """Seconds that never jump; they stand still while the machine sleeps."""
