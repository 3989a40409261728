"""Counts how much alike people are before this door's camera, and raises the threshold by it.

Each door has a file of its own in its data directory, for it has its own camera and light; the API and the commands on
the same machine decide by it, too. The file holds a histogram and numbers: no vector, no picture, nothing of a person.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.core.files import reason_of, replace_file
from kiosk.core.logger import log
from kiosk.domain.decision import Decider
from kiosk.domain.door_tail import DoorHistogram, compare_with_others, measure_door_tail
from kiosk.domain.frame_result import Announcement, FrameResult
from kiosk.domain.gallery import Gallery, ImpostorTail
from kiosk.domain.ports import Clock
from kiosk.domain.types import DecisionStatus, Embedding

FILE_NAME = "door_calibration.json"
SAVE_EVERY_S = 60.0


class DoorMeasurement(BaseModel):
    """What a door has counted since it began; valid for one network and one camera.

    Attributes:
        model_version: identity of the network.
        camera: hash of the source's address, which may hold a password.
        since_at: aware UTC.
        histogram: of the comparisons.
        suspected: comparisons that were left out, because both people may be one.
        held_back: visits that nobody was named for and that the catalogue's threshold would have named.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    model_version: str
    camera: str
    since_at: datetime
    histogram: DoorHistogram = DoorHistogram()
    suspected: int = 0
    held_back: int = 0

    def is_of(self, model_version: str, camera: str) -> bool:
        return self.model_version == model_version and self.camera == camera


def camera_hash(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def load(path: Path) -> DoorMeasurement | None:
    """Return what stands in the file; None without one, and with a line in the log for one that cannot be used."""
    try:
        return DoorMeasurement.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "damaged"
        log(logging.WARNING, "door_calibration.ignored", reason=reason)
        return None


def load_for(path: Path, model_version: str) -> DoorMeasurement | None:
    """Return the same if it was measured with this network, else None."""
    found = load(path)
    return found if found is not None and found.model_version == model_version else None


class StoredRise:
    """The rise by the file, read again when it has changed: for other processes than the door's. Any thread calls it.

    Args:
        path: of the file.
        model_version: identity of the network in use; what was measured with another one is not used.
        tail: that the rise is measured from.
    """

    def __init__(self, path: Path, model_version: str, tail: ImpostorTail) -> None:
        self._path, self._model_version, self._tail = path, model_version, tail
        self._lock = threading.Lock()
        self._read_ns: int | None = None
        self._rise: float | None = None

    def __call__(self) -> float | None:
        with self._lock:
            changed_ns = self._path.stat().st_mtime_ns if self._path.exists() else None
            if changed_ns != self._read_ns:
                found = None if changed_ns is None else load_for(self._path, self._model_version)
                tail = None if found is None else measure_door_tail(found.histogram, self._tail)
                self._read_ns, self._rise = changed_ns, None if tail is None else tail.upper
            return self._rise


class DoorCalibration:
    """Counts the visits of a running door. listen() and rise() are for the recognition thread, save() for another.

    Args:
        path: of the file.
        model_version: identity of the network in use.
        camera: as camera_hash() gives it.
        tail: that the rise is measured from.
        gallery: returns the present gallery.
        clock: for when it began, and how often it is saved.
    """

    def __init__(
        self,
        path: Path,
        *,
        model_version: str,
        camera: str,
        tail: ImpostorTail,
        gallery: Callable[[], Gallery],
        clock: Clock,
    ) -> None:
        self._path, self._tail, self._gallery, self._clock = path, tail, gallery, clock
        self._lock = threading.Lock()
        self._decider: Decider | None = None
        self._told_apart: Collection[tuple[int, int]] = ()
        self._blank = DoorMeasurement(model_version=model_version, camera=camera, since_at=clock.now())
        stored = load(path)
        usable = stored is not None and stored.is_of(model_version, camera)
        self._measured = stored if stored is not None and usable else self._blank
        self._door_tail = measure_door_tail(self._measured.histogram, tail)
        self._day: date | None = None
        self._counted: set[int] = set()
        self._held: set[int] = set()
        self._saved_s = clock.monotonic_s()
        self._write(self._measured)

    @property
    def measured(self) -> DoorMeasurement:
        return self._measured

    def rise(self) -> float | None:
        """Return by how much the threshold is raised; None while too little has been seen."""
        return None if self._door_tail is None else self._door_tail.upper

    def use(self, decider: Decider) -> None:
        """Take the rule by which pairs are suspected to be one person; it is made with rise()."""
        self._decider = decider

    def tell_apart(self, pairs: Collection[tuple[int, int]]) -> None:
        """Take the pairs that were judged to be two people; they are suspected no more. Any thread may call it."""
        self._told_apart = pairs

    def listen(self, result: FrameResult, announcements: Sequence[Announcement]) -> None:
        """Count the new decisions of a frame: a FrameListener."""
        for announcement in announcements:
            if announcement.decision.status is DecisionStatus.MATCH:
                self._count_match(announcement, result.frame.taken_at.date())
            else:
                self._count_refusal(announcement)

    def save(self) -> None:
        """Write the file, once a minute at most; where somebody has deleted it, begin anew instead."""
        now_s = self._clock.monotonic_s()
        if now_s - self._saved_s >= SAVE_EVERY_S:
            self._saved_s = now_s
            self.save_now()

    def save_now(self) -> None:
        with self._lock:
            if not self._path.exists():
                self._measured = self._blank.model_copy(update={"since_at": self._clock.now()})
                self._door_tail, self._counted, self._held = None, set(), set()
            measured = self._measured
        self._write(measured)

    def _count_match(self, announcement: Announcement, day: date) -> None:
        employee_id, probe = announcement.decision.employee_id, announcement.observation.probe
        gallery = self._gallery()
        if employee_id is None or probe is None or employee_id not in gallery.people:
            return
        if day != self._day:
            self._day, self._counted = day, set()
        with self._lock:
            measured = self._measured
            track_id = announcement.observation.track_id
            if track_id in self._held:
                self._held.discard(track_id)
                measured = measured.model_copy(update={"held_back": measured.held_back - 1})
            if employee_id not in self._counted:
                measured = self._with_visit(measured, employee_id, probe, gallery)
            self._measured = measured

    def _with_visit(
        self, measured: DoorMeasurement, employee_id: int, probe: Embedding, gallery: Gallery
    ) -> DoorMeasurement:
        apart = {number for pair in self._told_apart if employee_id in pair for number in pair} - {employee_id}
        found = compare_with_others(
            probe, employee_id, gallery, self._tail.mean, self._same_person(gallery), told_apart=apart
        )
        if not len(found.similarities):
            return measured
        self._counted.add(employee_id)
        histogram = measured.histogram.with_visit(found.similarities, len(self._counted))
        self._door_tail = measure_door_tail(histogram, self._tail)
        return measured.model_copy(update={"histogram": histogram, "suspected": measured.suspected + found.suspected})

    def _same_person(self, gallery: Gallery) -> float:
        """Return from which similarity of their templates on two people are suspected to be one."""
        return self._decider.thresholds(gallery).accept if self._decider is not None else 1.0

    def _count_refusal(self, announcement: Announcement) -> None:
        decision, track_id, decider = announcement.decision, announcement.observation.track_id, self._decider
        if decider is None or decision.reasons != ("below_threshold",) or decision.similarity is None:
            return
        unraised = decider.thresholds(self._gallery()).accept - (self.rise() or 0.0)
        if decision.similarity >= unraised and track_id not in self._held:
            with self._lock:
                self._held.add(track_id)
                self._measured = self._measured.model_copy(update={"held_back": self._measured.held_back + 1})

    def _write(self, measured: DoorMeasurement) -> None:
        try:
            replace_file(self._path, measured.model_dump_json().encode())
        except OSError as error:
            log(logging.WARNING, "door_calibration.not_saved", reason=reason_of(error))
