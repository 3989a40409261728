"""The journal against power cuts, rotten disks, full ones and kill -9: no crash, and nothing whole is lost.

The short form takes seconds. With KIOSK_LONG_FAULTS=1 every byte of the file is cut at, and thousands of damages tried.
"""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from mmap import PAGESIZE
from pathlib import Path

import pytest

from kiosk.attendance.journal import Journal, read_counts
from kiosk.attendance.journal_records import decode, encode_event
from kiosk.domain.types import AttendanceEvent
from kiosk.errors import StorageError
from support.builders import event
from support.file_size_limit import files_no_larger_than
from support.small_disk import SCENARIOS

LONG = os.environ.get("KIOSK_LONG_FAULTS") == "1"
TESTS = Path(__file__).resolve().parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{TESTS.parent}:{TESTS}"}
UNSHARE = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
ALLOWED = subprocess.run([*UNSHARE, "true"], check=False, capture_output=True).returncode == 0

EVENTS = tuple(event(None if i % 11 == 0 else i % 7) for i in range(60))
RECORDS = tuple(encode_event(one) for one in EVENTS)
ENDS = tuple(accumulate(len(record) for record in RECORDS))
WHOLE = b"".join(RECORDS)


@pytest.fixture
def path() -> Iterator[Path]:
    """In memory where there is such a folder: thousands of files are written here, and none has to last."""
    memory = Path("/dev/shm")  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder) / "events.journal"


def untouched(data: bytes) -> list[AttendanceEvent]:
    """The events whose records still stand in the data byte for byte."""
    return [one for one, record in zip(EVENTS, RECORDS, strict=True) if record in data]


def recovered(path: Path, data: bytes) -> list[AttendanceEvent]:
    """Open a journal whose file is damaged like this, use it, open it once more; return what was found first."""
    path.write_bytes(data)
    new = event(99)
    journal = Journal(path)
    found = list(journal.events())
    journal.append(new)
    journal.close()
    again = Journal(path)
    assert list(again.events()) == [*found, new]
    again.close()
    return found


def set_aside(path: Path) -> list[bytes]:
    """What has been set aside; it is taken away."""
    files = sorted(path.parent.glob("events.journal.damaged-*"))
    contents = [file.read_bytes() for file in files]
    for file in files:
        file.unlink()
    return contents


def test_cut_at_every_byte(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for cut in range(0 if LONG else ENDS[-2], len(WHOLE) + 1):
        caplog.clear()
        data = WHOLE[:cut]
        found = recovered(path, data)
        complete = sum(end <= cut for end in ENDS)
        # Without its last line feed alone a record's checksum still says that it is whole.
        assert found == list(EVENTS[: complete + ((cut + 1) in ENDS)]), cut
        # A record's first byte alone separates, and says nothing.
        damaged = not {cut - 1, cut, cut + 1} & {0, *ENDS}
        assert set_aside(path) == ([data] if damaged else []), cut
        assert [record.message for record in caplog.records] == (["journal.damaged"] if damaged else []), cut


def flip_bytes(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        data[chance.randrange(len(data))] ^= chance.randrange(1, 256)


def zero_a_sector(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) // 512) * 512
    data[start : start + 512] = bytes(512)


def tear_a_piece_out(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.randrange(1, 700)]


def push_rubbish_in(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start:start] = chance.randbytes(chance.randrange(1, 300))


@pytest.mark.parametrize("damage", [flip_bytes, zero_a_sector, tear_a_piece_out, push_rubbish_in])
def test_damage_costs_no_record_but_those_it_lies_in(
    path: Path, damage: Callable[[bytearray, random.Random], None], caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(5)  # noqa: S311
    for trial in range(2000 if LONG else 40):
        data = bytearray(WHOLE)
        damage(data, chance)
        caplog.clear()
        found = recovered(path, bytes(data))
        whole = untouched(bytes(data))
        assert [one for one in found if one in whole] == whole, trial
        # What else is believed is what was written: bytes between records may be lost without harm.
        assert set(found) <= set(EVENTS), trial
        told = [record.message for record in caplog.records]
        if len(found) < len(EVENTS) and told:
            assert told == ["journal.damaged"], trial
            assert set_aside(path) == [bytes(data)], trial
        set_aside(path)


def test_a_file_of_rubbish(path: Path) -> None:
    rubbish = random.Random(1).randbytes(5000)  # noqa: S311
    assert recovered(path, rubbish) == []
    assert set_aside(path) == [rubbish]


@pytest.mark.parametrize("room", range(0, 260, 1 if LONG else 13))
def test_a_disk_that_is_full_at_any_byte_of_a_record(path: Path, room: int) -> None:
    before, refused, after = event(1), event(2), event(3)
    journal = Journal(path)
    journal.append(before)
    # The file must not grow to its second record's end.
    with files_no_larger_than(path.stat().st_size + min(room, len(encode_event(refused)) - 1)):
        with pytest.raises(StorageError, match="File too large"):
            journal.append(refused)
        assert journal.pending(10) == (before,)
    assert path.read_bytes() == encode_event(before)
    journal.append(after)
    journal.close()
    again = Journal(path)
    assert again.pending(10) == (before, after)
    again.close()


def test_a_disk_that_does_not_confirm(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel took the bytes and then could not write them: the event is not announced, so it must not be there."""

    def broken(*arguments: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    before, refused, after = event(1), event(2), event(3)
    journal = Journal(path)
    journal.append(before)
    with monkeypatch.context() as failing:
        failing.setattr(os, "fdatasync", broken)
        with pytest.raises(StorageError, match="Input/output error"):
            journal.append(refused)
        failing.setattr(os, "ftruncate", broken)  # and the bytes cannot be taken back at once either
        with pytest.raises(StorageError, match="Input/output error"):
            journal.append(refused)
    assert journal.pending(10) == (before,)
    journal.append(after)
    journal.close()
    assert path.read_bytes() == encode_event(before) + encode_event(after)


@pytest.mark.skipif(not ALLOWED, reason="this system does not let tests mount a file system of their own")
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_small_disks(tmp_path: Path, scenario: str) -> None:
    size = "4m" if scenario == "database_too" else "64k"
    mount = f'mount -t tmpfs -o size={size},mode=700 tmpfs "$1" && exec "$2" "$3" "$4" "$1"'
    child = subprocess.run(
        [*UNSHARE, "sh", "-c", mount, "sh", tmp_path, sys.executable, TESTS / "support" / "small_disk.py", scenario],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (child.stdout, child.returncode) == ("done\n", 0), child.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root; the mounted file systems show it")
def test_a_folder_without_permission(path: Path) -> None:
    path.parent.chmod(0o500)
    journal = Journal(path)
    with pytest.raises(StorageError, match="Permission denied"):
        journal.append(event())
    path.parent.chmod(0o700)
    journal.append(event())
    journal.close()
    assert read_counts(path).waiting == 1


def test_a_path_that_is_a_folder(path: Path) -> None:
    path.mkdir()
    journal = Journal(path)
    with pytest.raises(StorageError, match="Is a directory"):
        journal.append(event())
    path.rmdir()
    journal.append(event())
    journal.close()


def test_killed_at_random_moments(tmp_path: Path) -> None:
    """What the writer answered for waits, whatever moment it was killed at.

    The kernel takes a write over page by page, so that about one kill in a thousand leaves the beginning of a record:
    it was not answered for, and it alone is set aside.
    """
    path = tmp_path / "events.journal"
    chance = random.Random(2)  # noqa: S311
    said: dict[str, set[str]] = {"written": set(), "recorded": set()}
    for _ in range(100 if LONG else 8):
        writer = subprocess.Popen(
            [sys.executable, TESTS / "support" / "journal_appender.py", path],
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        lines = [writer.stdout.readline()]
        time.sleep(chance.uniform(0, 0.1))
        writer.kill()
        lines += writer.stdout.readlines()
        writer.stdout.close()
        writer.wait()
        for what, trace_id in (line.split() for line in lines if line.endswith("\n")):
            said[what].add(trace_id)
        journal = Journal(path)
        waiting = {str(one.trace_id) for one in journal.pending(10_000)}
        journal.close()
        assert said["written"] - said["recorded"] <= waiting
    assert len(said["recorded"]) > 25
    for torn in set_aside(path):
        assert decode(torn).damaged_count == 1
        assert not torn.endswith(b"\n")
        assert len(torn) % PAGESIZE == 0
