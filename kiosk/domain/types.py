"""The values that travel between the rooms: frozen, slotted, validated by their makers.

Suffixes: _s seconds, _ms milliseconds, _px pixels, _xy and _xyxy pixel coordinates, _at an aware UTC datetime.
Images are BGR uint8 arrays of shape (H, W, 3), as OpenCV delivers them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from kiosk.domain.event_type import EventType as EventType  # noqa: PLC0414  others import it from here

if TYPE_CHECKING:
    from kiosk.domain.decision_record import DecisionRecord

Image: TypeAlias = NDArray[np.uint8]
Points: TypeAlias = NDArray[np.floating]
Vector: TypeAlias = NDArray[np.float32]
Box: TypeAlias = tuple[float, float, float, float]

MAX_ID = 2**31 - 1
"""The largest number of an employee or of another row: the tables' INTEGER columns hold no larger one."""


@dataclass(frozen=True, slots=True, eq=False)  # == on arrays is ambiguous
class Frame:
    """One picture from a source.

    image_bgr: (H, W, 3) uint8; nobody writes into it.
    taken_at: aware UTC; for a file played at full speed, the clip's own time.
    monotonic_s: seconds on a clock that never jumps; durations are differences of these.
    index: position in the source, from 0.
    """

    image_bgr: Image
    taken_at: datetime
    monotonic_s: float
    index: int


class Landmark(IntEnum):
    """A point of a face by its name, and its row in FaceDetection.landmarks_xy. Right and left are the subject's."""

    RIGHT_EYE = 0
    LEFT_EYE = 1
    NOSE_TIP = 2
    MOUTH_CENTRE = 3
    RIGHT_EAR = 4
    LEFT_EAR = 5

    @classmethod
    def _missing_(cls, value: object) -> Landmark | None:
        """Catalogues name landmarks in lower case, as in "nose_tip"."""
        return cls.__members__.get(value.upper()) if isinstance(value, str) else None


@dataclass(frozen=True, slots=True, eq=False)
class FaceDetection:
    """One face found in a frame.

    box_xyxy: left, top, right, bottom in full-frame pixels; may reach over the frame's edge.
    landmarks_xy: (6, 2) float32 pixels, a row for each Landmark; NaN for one that the detector does not find.
    detection_score: the detector's, in [0, 1]; says nothing of identity.
    """

    box_xyxy: Box
    landmarks_xy: NDArray[np.float32]
    detection_score: float

    @property
    def eyes_xy(self) -> NDArray[np.float32]:
        """The right eye and the left, (2, 2) float32 pixels."""
        return self.landmarks_xy[[Landmark.RIGHT_EYE, Landmark.LEFT_EYE]]


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """What an embedder makes of one aligned face.

    vector: (D,) float32 of length 1, so that a dot product is the cosine.
    model_version: identity of weights and preprocessing; only equal ones may be compared.
    clarity: how much of a face the network saw, in [0, 1], by the length of its vector before that was made 1; 1 where
        the network's lengths are not known. What covers, turns or distorts a face lowers it.
    """

    vector: Vector
    model_version: str
    clarity: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """An enrolled embedding of one person; id is its row's number, None where it has none."""

    employee_id: int
    vector: Vector
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of the gallery, ranked for one probe; similarity is the cosine, in [-1, 1]."""

    employee_id: int
    similarity: float


class DecisionStatus(StrEnum):
    MATCH = "match"
    LOW_CONFIDENCE = "low_confidence"
    UNKNOWN = "unknown"
    NO_FACE = "no_face"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is believed of one person in front of the camera.

    employee_id: set for a match, None otherwise.
    similarity: of the best candidate, None with an empty gallery.
    margin: similarity less that of the second person; None when there is no second person.
    reasons: stable codes, why it is not a match.
    record: what it rested on; None for a single probe.
    """

    status: DecisionStatus
    employee_id: int | None = None
    similarity: float | None = None
    margin: float | None = None
    reasons: tuple[str, ...] = ()
    record: DecisionRecord | None = field(default=None, compare=False)


class Method(StrEnum):
    """How the person was identified."""

    FACE = "face"
    PIN = "pin"
    MANUAL = "manual"
    API = "api"


class EventMode(StrEnum):
    """What an event at this door means."""

    TOGGLE = "toggle"
    ENTRY_ONLY = "entry_only"
    EXIT_ONLY = "exit_only"

    @property
    def only_type(self) -> EventType | None:
        """The type of every event at such a door; None where it follows from the person's last one."""
        match self:
            case EventMode.TOGGLE:
                return None
            case EventMode.ENTRY_ONLY:
                return EventType.ENTRY
            case EventMode.EXIT_ONLY:
                return EventType.EXIT


@dataclass(frozen=True, slots=True)
class EventVoid:
    """That an event does not count, as somebody said at the door. author, reason: as of a correction."""

    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class AttendanceEvent:
    """One entry or exit; trace_id is made once and follows it into log lines and the row.

    employee_id: None for an unknown visitor.
    confidence: the decision's similarity; None where no face was compared.
    photo_path: of the snapshot, relative to the data directory.
    reason: why the person leaves, as its code in the office's list; None for none, and for an entry.
    decision: what the decision rested on; None where no face was compared, and for an event read from the log.
    void: that it was taken back at the door; None for an event that counts, and for one read from the log.
    """

    trace_id: UUID
    employee_id: int | None
    event_type: EventType
    occurred_at: datetime
    confidence: float | None
    kiosk_id: str
    method: Method = Method.FACE
    photo_path: str | None = None
    reason: str | None = None
    decision: DecisionRecord | None = field(default=None, compare=False)
    void: EventVoid | None = None
