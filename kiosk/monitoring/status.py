"""What the running kiosk says of itself, every two seconds, in a file that other programs read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from kiosk.core.clock import Boot, this_boot
from kiosk.core.files import read_own_file

WRITTEN_EVERY_S = 2.0
# Well above what a busy machine or a slow disk may take, and below the time after which systemd acts.
SILENT_AFTER_S = 15.0
BUCKETS_S = (0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1.0)


class _StatusPart(BaseModel):
    model_config = ConfigDict(frozen=True)


class CameraReport(_StatusPart):
    """state, fault: the words of kiosk.capture.status. size_px: width and height; None before the first frame."""

    state: str
    fault: str | None
    since_at: AwareDatetime
    size_px: tuple[int, int] | None


class FrameCounters(_StatusPart):
    """Frames since the start: put into and dropped from the mailbox, worked on, refused as too old."""

    put: int
    dropped: int
    processed: int
    refused: int


class LatencyReport(_StatusPart):
    """Work on a frame. p50_ms, p95_ms, p99_ms: of the latest thousand, None before the first.

    bucket_counts: frames since the start within each of BUCKETS_S, the smallest it fits in, and one more beyond them.
    """

    p50_ms: float | None
    p95_ms: float | None
    p99_ms: float | None
    sum_s: float
    bucket_counts: tuple[int, ...]


class SwitchReport(_StatusPart):
    """A change to another embedder. changed: people with templates of the new one; left: without any yet.

    running_model: id of the embedder that this kiosk recognises people with.
    """

    new_model: str
    running_model: str
    state: str
    changed: int
    left: int


class LivenessReport(_StatusPart):
    """What was seen of live people. mode: of KIOSK_LIVENESS. visits: with an event, since the start, by verdict.

    furniture: faces before the camera that have not changed for minutes.
    """

    mode: str
    visits: Mapping[str, int]
    furniture: int


class KioskStatus(_StatusPart):
    """One moment of a running kiosk; ids and counts alone.

    Attributes:
        boot_id: which run of the machine this was written in.
        running_s: after how many seconds of it.
        decisions: new ones since the start, by status.
        events_waiting: of the journal, as events_refused is.
        database_away_since_at: None while it answers.
        name_clash: why its name is not its alone, in the words of NameClash; None while it is.
        database_replaced: whether another database, or none, stands in its place.
        switch: the change of the embedder that is open; None without one.
        liveness: what was seen of live people; None where that is not watched.
        stuck_threads: that no longer move.
        watched: whether systemd starts the process anew when it hangs.
    """

    version: str
    kiosk_id: str
    pid: int
    boot_id: str
    running_s: float
    started_at: AwareDatetime
    camera: CameraReport
    frames: FrameCounters
    latency: LatencyReport
    decisions: Mapping[str, int]
    events_waiting: int
    events_refused: int
    database_away_since_at: AwareDatetime | None
    database_replaced: bool = False
    name_clash: str | None = None
    gallery_people: int
    gallery_templates: int
    switch: SwitchReport | None = None
    liveness: LivenessReport | None = None
    stuck_threads: tuple[str, ...]
    watched: bool

    def age_s(self, boot: Boot | None = None) -> float:
        """How long ago this was written; infinite when the machine was started anew since."""
        boot = boot or this_boot()
        return max(0.0, boot.running_s - self.running_s) if boot.id == self.boot_id else float("inf")

    @property
    def is_silent(self) -> bool:
        """It ended without saying so, or hangs: a kiosk that is stopped takes its status away."""
        return self.age_s() > SILENT_AFTER_S


def read_status(path: Path) -> KioskStatus | None:
    """Return what a kiosk said last; None when none runs, or what is there cannot be understood."""
    try:
        return KioskStatus.model_validate_json(read_own_file(path) or b"")
    except (OSError, ValidationError):
        return None
