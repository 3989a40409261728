"""Files that are replaced whole or not at all, also when several processes do so at once or one is killed."""

from __future__ import annotations

import errno
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kiosk.core.file_locks import make_locked_folder, open_locked, try_lock
from kiosk.core.files import half_written_path, read_asset, reason_of, replace_file, replacing, replacing_public_file
from kiosk.errors import ConfigurationError, StorageError

SIZE = 200_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "file"
    made.write_bytes(b"what was there")
    return made


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def test_a_file_is_replaced_and_nothing_is_left_beside_it(path: Path) -> None:
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert names(path.parent) == ["file"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, ValueError])
def test_whatever_interrupts_a_writer_leaves_what_was_there(path: Path, error: type[BaseException]) -> None:
    def write_and_stop() -> None:
        with replacing(path) as file:
            file.write(b"half of it")
            raise error

    with pytest.raises(error):
        write_and_stop()
    assert path.read_bytes() == b"what was there"
    assert names(path.parent) == ["file"]


def test_what_a_crash_has_left_is_written_over(path: Path) -> None:
    half_written_path(path).write_bytes(b"x" * SIZE)
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert names(path.parent) == ["file"]


def test_a_link_where_the_file_is_written_is_not_followed(path: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter"
    letter.write_bytes(b"mine")
    half_written_path(path).symlink_to(letter)
    with pytest.raises(OSError, match="symbolic links"):
        replace_file(path, b"new")
    assert letter.read_bytes() == b"mine"
    assert path.read_bytes() == b"what was there"


def _replace_again_and_again(path: Path, letter: bytes) -> None:
    for _ in range(20):
        replace_file(path, letter * SIZE, durable=False)


def test_of_several_writers_at_once_each_reader_sees_one_whole(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    letters = (b"a", b"b", b"c")
    writers = [context.Process(target=_replace_again_and_again, args=(path, letter)) for letter in letters]
    for writer in writers:
        writer.start()
    seen = {path.read_bytes()}
    while any(writer.is_alive() for writer in writers):
        seen.add(path.read_bytes())
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert seen - {b"what was there"} <= {letter * SIZE for letter in letters}
    assert names(path.parent) == ["file"]


def test_a_public_file_is_for_every_reader_and_its_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "models" / "network.onnx"
    with umask(0o022), replacing_public_file(path) as file:
        file.write(b"weights")
    assert path.stat().st_mode & 0o777 == 0o644
    assert path.read_bytes() == b"weights"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        pytest.param(OSError(errno.ENOSPC, "No space left"), "is full: make room", id="full"),
        pytest.param(OSError(errno.EACCES, "Permission denied"), "Permission denied; nothing was replaced", id="other"),
    ],
)
def test_a_public_file_that_is_refused_is_said_in_a_sentence(path: Path, error: OSError, words: str) -> None:
    with pytest.raises(StorageError, match=words), replacing_public_file(path):
        raise error
    assert path.read_bytes() == b"what was there"


def test_why_a_file_failed_is_said_in_the_systems_words() -> None:
    assert reason_of(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) == "No space left on device"
    assert reason_of(BlockingIOError()) == "BlockingIOError"


def test_a_lock_is_waited_for_and_one_on_a_file_that_is_gone_is_none(tmp_path: Path) -> None:
    path = tmp_path / "locked"
    first = open_locked(path)
    with path.open("rb") as file:
        assert not try_lock(file.fileno())
    found: list[int] = []
    waiter = threading.Thread(target=lambda: found.append(open_locked(path)))
    waiter.start()
    time.sleep(0.1)
    assert not found, "it waits"
    path.unlink()
    os.close(first)
    waiter.join(10)
    assert path.exists(), "the file was made anew"
    with closing(os.fdopen(found[0], "rb")) as file:
        assert os.path.samestat(os.fstat(file.fileno()), path.stat())


def test_a_folder_is_made_and_locked(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    descriptor = make_locked_folder(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    other = os.open(folder, os.O_RDONLY)
    assert not try_lock(other)
    os.close(descriptor)
    assert try_lock(other)
    os.close(other)


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe\x90"], ids=["missing", "empty", "blank", "no text"])
def test_a_damaged_file_of_the_project_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "1.en.md"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"1\.en\.md .*restore it"):
        read_asset(path)
