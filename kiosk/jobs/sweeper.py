"""Deletes snapshots by their age, or the oldest first, without ever following a link or leaving their folder.

Every step goes from an open folder to its entries, and never by a path that somebody might redirect meanwhile.
"""

from __future__ import annotations

import errno
import logging
import os
import stat
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

from kiosk.core.files import reason_of
from kiosk.core.logger import log
from kiosk.core.storage import SNAPSHOT_FOLDER

BATCH = 500
FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
BEHIND_A_LINK = (errno.ELOOP, errno.ENOTDIR)
# A file's own time is believed when it fits its folder's day; this much beside it is a copy's or a clock's doing.
SLACK = timedelta(hours=1)
TOMORROW = timedelta(days=1)

OnDeleted: TypeAlias = Callable[[Sequence[str]], None]
"""Called with the names of deleted files, some hundred at a time."""


@dataclass(frozen=True, slots=True)
class SweepResult:
    """What a sweep did.

    Attributes:
        deleted: snapshots, or in a dry run those that would be.
        failed: files and folders that could not be processed.
    """

    deleted: int
    failed: int


@dataclass(frozen=True, slots=True)
class _DayFolder:
    """One day's folder.

    Attributes:
        root: descriptor of the open folder that it is in.
        name: in that folder.
        begins_at: when the day began, aware UTC.
        ends_at: when it ended.
    """

    root: int
    name: str
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class _ExpiryLimit:
    """What was taken at or before limit_at is too old now."""

    now: datetime
    limit_at: datetime


@dataclass(frozen=True, slots=True)
class SnapshotSweeper:
    """Sweeps `<data_dir>/static/debug_photos/YYYY-MM-DD`; anything but files in the folders of days is left alone.

    Attributes:
        data_dir: of the kiosk.
        zone: of the days.
        stopping: returns whether to leave the rest for another time.
    """

    data_dir: Path
    zone: ZoneInfo
    stopping: Callable[[], bool] = lambda: False

    def expire(self, now: datetime, ttl: timedelta, on_deleted: OnDeleted, dry_run: bool = False) -> SweepResult:
        """Delete what is older than ttl, and empty folders of past days.

        now: aware and trusted. For what is dated in the future, the ttl starts again.
        """
        age, batch = _ExpiryLimit(now, now - ttl), _DeletionBatch(on_deleted, dry_run)
        with closing(self._days()) as days:
            for day in days:
                if age.limit_at < day.begins_at - SLACK and day.begins_at <= now + TOMORROW:
                    continue  # nothing in there can be old enough
                with _errors_logged(day.name, batch), _open_folder(day.name, day.root) as folder:
                    self._expire_folder(folder, day, age, batch)
                if day.ends_at + TOMORROW < now and not dry_run:
                    _remove_if_empty(day.name, day.root)
        return batch.end()

    def make_room(self, has_room: Callable[[], bool], on_deleted: OnDeleted) -> SweepResult:
        """Delete the oldest snapshots until there is room."""
        batch = _DeletionBatch(on_deleted, dry_run=False)
        with closing(self._days()) as days:
            for day in days:
                if has_room():
                    break
                with _errors_logged(day.name, batch), _open_folder(day.name, day.root) as folder:
                    for name in _oldest_first(folder):
                        if has_room() or self.stopping():
                            break
                        batch.delete(name, folder)
        return batch.end()

    def _expire_folder(self, folder: int, day: _DayFolder, age: _ExpiryLimit, batch: _DeletionBatch) -> None:
        for name in os.listdir(folder):
            status = _status(name, folder)
            if status is None or self.stopping():
                continue
            if stat.S_ISDIR(status.st_mode):
                with _errors_logged(name, batch), _open_folder(name, folder) as inner:
                    self._expire_folder(inner, day, age, batch)
                if not batch.dry_run:
                    _remove_if_empty(name, folder)
            elif stat.S_ISREG(status.st_mode):
                taken_at = _taken_at(day, datetime.fromtimestamp(status.st_mtime, UTC), age.now)
                if taken_at is None:
                    _restart_ttl(name, folder, age.now, batch)
                elif taken_at <= age.limit_at:
                    batch.delete(name, folder)

    def _days(self) -> Generator[_DayFolder]:
        """Yield the days' folders, the oldest first; none when there are no snapshots.

        The data directory itself may be behind a link, what is in it may not.
        """
        with ExitStack() as opened:
            try:
                root = opened.enter_context(_open_folder(str(self.data_dir), None, os.O_RDONLY | os.O_DIRECTORY))
                for part in SNAPSHOT_FOLDER.parts:
                    root = opened.enter_context(_open_folder(part, root))
                names = sorted(os.listdir(root))  # noqa: PTH208  of an open folder, not of a path
            except FileNotFoundError:
                return
            except OSError as error:
                log(logging.WARNING, "snapshots.folder_unusable", reason=reason_of(error))
                return
            for name in names:
                day = _day(root, name, self.zone)
                if day is not None and not self.stopping():
                    yield day


class _DeletionBatch:
    """Deletes files, and reports them some hundred at a time."""

    def __init__(self, on_deleted: OnDeleted, dry_run: bool) -> None:
        self._on_deleted = on_deleted
        self.dry_run = dry_run
        self._deleted = 0
        self._names: list[str] = []
        self.failed = 0

    def delete(self, name: str, folder: int) -> None:
        try:
            if not self.dry_run:
                os.unlink(name, dir_fd=folder)
        except FileNotFoundError:
            return
        except OSError as error:
            self.failed += 1
            log(logging.WARNING, "snapshot.not_deleted", name=name, reason=reason_of(error))
            return
        self._deleted += 1
        if not self.dry_run:
            self._names.append(name)
        if len(self._names) >= BATCH:
            self.end()

    def end(self) -> SweepResult:
        names, self._names = self._names, []
        if names:
            self._on_deleted(names)
        return SweepResult(self._deleted, self.failed)


def _day(root: int, name: str, zone: ZoneInfo) -> _DayFolder | None:
    try:
        day = date.fromisoformat(name)
        begins_at, ends_at = (datetime.combine(d, time(), zone).astimezone(UTC) for d in (day, day + TOMORROW))
    except (ValueError, OverflowError):
        return None
    return _DayFolder(root, name, begins_at, ends_at) if name == day.isoformat() else None


def _taken_at(day: _DayFolder, modified_at: datetime, now: datetime) -> datetime | None:
    """Return when a snapshot was taken; None when both its folder and its own time lie in the future.

    A time that does not fit the folder's day is a copy's; the folder is then believed.
    """
    if day.begins_at - SLACK <= modified_at <= day.ends_at + SLACK and modified_at <= now + TOMORROW:
        return modified_at
    if day.begins_at <= now + TOMORROW:
        return day.begins_at
    return modified_at if modified_at <= now + TOMORROW else None


def _oldest_first(folder: int) -> list[str]:
    found = [(status, name) for name in os.listdir(folder) if (status := _status(name, folder)) is not None]
    return [name for _, name in sorted((s.st_mtime, name) for s, name in found if stat.S_ISREG(s.st_mode))]


def _restart_ttl(name: str, folder: int, now: datetime, batch: _DeletionBatch) -> None:
    """Date a file from the future to now; it would never expire otherwise."""
    if batch.dry_run:
        return
    try:
        os.utime(name, (now.timestamp(), now.timestamp()), dir_fd=folder, follow_symlinks=False)
    except OSError as error:
        batch.failed += 1
        log(logging.WARNING, "snapshot.from_the_future", name=name, reason=reason_of(error))


@contextmanager
def _open_folder(name: str, parent: int | None, flags: int = FOLDER_FLAGS) -> Iterator[int]:
    """Open a folder that is really there, not behind a link. Raises OSError."""
    descriptor = os.open(name, flags | os.O_CLOEXEC, dir_fd=parent)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _errors_logged(name: str, batch: _DeletionBatch) -> Iterator[None]:
    """Log the error of one folder and go on with the others; a link in place of a folder is not counted as failed."""
    try:
        yield
    except FileNotFoundError:
        return
    except OSError as error:
        batch.failed += error.errno not in BEHIND_A_LINK
        log(logging.WARNING, "snapshots.left_alone", name=name, reason=reason_of(error))


def _status(name: str, folder: int) -> os.stat_result | None:
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:  # vanished
        return None


def _remove_if_empty(name: str, parent: int) -> None:
    try:
        os.rmdir(name, dir_fd=parent)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR):
            log(logging.WARNING, "snapshots.folder_stays", name=name, reason=reason_of(error))
