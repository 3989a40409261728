"""Files of changes in a folder, for programs that read folders."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field

from kiosk.attendance.export import FIELDS as EVENT_FIELDS
from kiosk.attendance.export import log_record
from kiosk.attendance.feed_schemas import ChangeResponse
from kiosk.core.csv_writer import Cell, csv_bytes
from kiosk.core.files import read_own_file, reason_of, replace_file, replacing
from kiosk.core.json_writer import json_chunks
from kiosk.domain.attendance_log import FeedEntry
from kiosk.errors import InvalidInput
from kiosk.receivers.port import DeliveryFailed, Receiver, ReceiverContext, ReceiverKind, ReceiverOptions

MOST_IN_FILE = 1000
FIELDS = ("number", "id", "recorded_at", "kind", "late", "actor", "external_id", *EVENT_FIELDS)
FILE_MODE, GROUP_MODE = 0o600, 0o640
STAMP = "%Y%m%dT%H%M%S.%f"
LAST_STAMP = "last_stamp"


class FileFormat(StrEnum):
    CSV = "csv"
    JSON = "json"


class FilesOptions(ReceiverOptions):
    folder: Path = Field(description="folder that the files are put into; it has to be there")
    format: FileFormat = Field(FileFormat.CSV, description="csv or json")
    minutes: float = Field(5.0, ge=0, le=24 * 60, description="the least time between two files")
    prefix: str = Field("attendance", pattern=r"^[A-Za-z0-9_-]{1,40}$", description="how each name begins")
    group_readable: bool = Field(False, description="let the folder's group read the files")


class FilesReceiver(Receiver):
    """Writes each batch as a file of its own, whole or not at all, under a name that sorts behind all before it.

    A file is never written again: whoever reads the folder may delete or move what it has read.
    """

    batch_size = MOST_IN_FILE

    def __init__(self, options: FilesOptions, context: ReceiverContext) -> None:
        self._options = options
        self._context = context
        self.every_s = options.minutes * 60

    def deliver(self, entries: Sequence[FeedEntry]) -> None:
        self._write(self._content(entries))

    def test(self) -> str:
        folder = self._options.folder
        probe = folder / f".{self._options.prefix}-test"
        try:
            replace_file(probe, b"")
            probe.unlink()
        except OSError as error:
            raise _refused(folder, error) from error
        return f"a file could be written into {folder} and deleted again"

    def _content(self, entries: Sequence[FeedEntry]) -> bytes:
        if self._options.format is FileFormat.JSON:
            return b"".join(json_chunks(ChangeResponse.of(entry).model_dump(mode="json") for entry in entries)) + b"\n"
        return csv_bytes(FIELDS, (_row(entry, self._context.zone) for entry in entries))

    def _write(self, content: bytes) -> None:
        folder = self._options.folder
        try:
            if not folder.is_dir():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
            path = self._next_path()
            with replacing(path) as file:
                os.fchmod(file.fileno(), GROUP_MODE if self._options.group_readable else FILE_MODE)
                file.write(content)
        except OSError as error:
            raise _refused(folder, error) from error

    def _next_path(self) -> Path:
        """Return a name behind all names before, also when the clock was set back in between."""
        last_path = self._context.state_dir / LAST_STAMP
        stamp = max(self._context.clock.now(), _read_stamp(last_path) + timedelta(milliseconds=1))
        while (path := self._path(stamp)).exists():
            stamp += timedelta(milliseconds=1)
        replace_file(last_path, stamp.isoformat().encode("ascii"))
        return path

    def _path(self, stamp: datetime) -> Path:
        moment = stamp.astimezone(UTC).strftime(STAMP)[:-3]
        return self._options.folder / f"{self._options.prefix}-{moment}Z.{self._options.format}"


def _row(entry: FeedEntry, zone: ZoneInfo) -> list[Cell]:
    if entry.event is None:
        event: dict[str, Cell] = dict.fromkeys(EVENT_FIELDS)
        event["trace_id"] = str(entry.change.trace_id)
    else:
        event = log_record(entry.event, zone)
    change = entry.change
    recorded_at = change.at.astimezone(zone).isoformat()
    own = (change.number, entry.message_id, recorded_at, change.kind, entry.is_late, change.actor, entry.external_id)
    return [*own, *event.values()]


def _read_stamp(path: Path) -> datetime:
    try:
        return datetime.fromisoformat((read_own_file(path) or b"").decode("ascii"))
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def _refused(folder: Path, error: OSError) -> DeliveryFailed:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DeliveryFailed("disk_full", f"the disk under {folder} is full; make room there")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return DeliveryFailed("folder_missing", f"{folder} is not there; make or mount it")
    return DeliveryFailed("write_refused", f"{folder}: {reason_of(error)}; the kiosk's user has to be let write there")


def _build(options: Any, _secrets: Mapping[str, str], context: ReceiverContext) -> Receiver:
    if not options.folder.is_absolute():
        raise InvalidInput(f"folder: {options.folder} does not begin with /; write the whole path")
    return FilesReceiver(options, context)


KIND = ReceiverKind("CSV or JSON files of new changes in a folder", FilesOptions, (), _build)
