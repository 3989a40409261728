"""Files that the kiosk keeps for itself, and whatever else may stand in their place."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.attendance import evacuation, plan_sync
from kiosk.config import first_run_config
from kiosk.core import erasure_list
from kiosk.core.erasure_list import note_erased, read_erased
from kiosk.core.files import read_own_file
from kiosk.errors import ConfigurationError, KioskError, StorageError
from kiosk.jobs import clock_watch
from kiosk.monitoring import device_identity
from kiosk.monitoring.status import read_status
from kiosk.recognition import calibration, gallery_cache
from kiosk.security.audit_anchor import FILE_NAME as ANCHOR
from kiosk.security.audit_anchor import AuditAnchor

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**31)


IN_ITS_PLACE: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a huge file": large,
}
# What answers when it cannot be read: an error, or the value of a device that goes on without.
READERS: dict[str, tuple[str, Callable[[Path], object], type[KioskError] | None]] = {
    "erasures": (erasure_list.FILE_NAME, read_erased, StorageError),
    "answers": (first_run_config.FILE_NAME, lambda path: first_run_config.load(path.parent), ConfigurationError),
    "anchor": (ANCHOR, lambda path: AuditAnchor(path).read(), StorageError),
    "calibration": (calibration.FILE_NAME, lambda path: calibration.load(path.parent, "m"), ConfigurationError),
    "evacuation": (evacuation.FILE_NAME, lambda path: evacuation.copied_list(path, []), StorageError),
    "gallery": (gallery_cache.FILE_NAME, lambda path: gallery_cache.load(path, "m"), None),
    "purge": (clock_watch.FILE_NAME, clock_watch.last_purge_at, None),
    "status": ("status.json", read_status, None),
}


@pytest.mark.parametrize("place", IN_ITS_PLACE.values(), ids=IN_ITS_PLACE)
@pytest.mark.parametrize(("name", "read", "error"), READERS.values(), ids=READERS)
def test_what_cannot_be_read_is_said_or_done_without(
    tmp_path: Path,
    name: str,
    read: Callable[[Path], object],
    error: type[KioskError] | None,
    place: Callable[[Path], object],
) -> None:
    place(tmp_path / name)
    if error is None:
        assert read(tmp_path / name) is None
        return
    with pytest.raises(error) as raised:
        read(tmp_path / name)
    assert name in str(raised.value)


@pytest.mark.parametrize("place", IN_ITS_PLACE.values(), ids=IN_ITS_PLACE)
def test_schedules_and_identity_go_on_without_their_files(tmp_path: Path, place: Callable[[Path], object]) -> None:
    plans, identity = tmp_path / plan_sync.FILE_NAME, tmp_path / device_identity.FILE_NAME
    place(plans)
    place(identity)
    assert plan_sync._read(plans, ZoneInfo("UTC")) is None
    assert device_identity.read_or_make_identity(identity, used_before=True).is_lost


@pytest.mark.parametrize("place", IN_ITS_PLACE.values(), ids=IN_ITS_PLACE)
def test_whatever_stands_there_is_not_taken_for_no_file(tmp_path: Path, place: Callable[[Path], object]) -> None:
    assert read_own_file(tmp_path / "own") is None
    place(tmp_path / "own")
    with pytest.raises(OSError, match="own"):
        read_own_file(tmp_path / "own")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b"\xff\xfe\x00noise\n", 1, id="noise"),
        pytest.param(b"[1, 2, 3]\n", 1, id="json"),
        pytest.param(b"\n7 2026-03-02T08:00:00+00:00\n8 yesterday\n", 3, id="a line"),
        pytest.param(b"7 2026-99-99T08:00:00+00:00\n", 1, id="a day that is none"),
        pytest.param(b"7\t2026-03-02T08:00:00+00:00\n", 1, id="a tab"),
    ],
)
def test_a_damaged_line_is_not_left_out(tmp_path: Path, content: bytes, line: int) -> None:
    path = tmp_path / "erased.list"
    path.write_bytes(content)
    with pytest.raises(StorageError, match=f"is damaged in its line {line}; .*move it away"):
        read_erased(path)


@pytest.mark.parametrize("torn", [b"7", b"7 ", b"7 2026-03-02T08:0", b"\0\0\0\0", b"7 2026\0\0"])
def test_a_line_that_a_power_cut_tore_is_left_out(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "erased.list"
    note_erased(path, {3: AT})
    path.write_bytes(path.read_bytes() + b"\n" + torn)
    note_erased(path, {5: AT})
    assert read_erased(path) == {3: AT, 5: AT}
