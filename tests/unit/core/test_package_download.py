"""A fetched file put in its place, and the progress of what fetches it."""

from __future__ import annotations

import hashlib
import io
import shutil
import threading
from pathlib import Path

import pytest

from kiosk.core.package_download import WantedFile, bytes_under, put_in_place
from kiosk.errors import StorageError
from support.file_size_limit import files_no_larger_than

CONTENT = bytes(range(256)) * 300
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def wanted(tmp_path: Path) -> WantedFile:
    return WantedFile("carrier/data/network.bin", SHA256, tmp_path / "models" / "network.bin")


def test_a_folder_is_measured_while_a_client_tidies_it_up(tmp_path: Path) -> None:
    (tmp_path / "archive.whl").write_bytes(CONTENT)
    is_measured = threading.Event()

    def tidy_up() -> None:
        while not is_measured.is_set():
            deepest = tmp_path.joinpath(*"build")
            deepest.mkdir(parents=True)
            (deepest / "part.o").touch()
            shutil.rmtree(tmp_path / "b")

    client = threading.Thread(target=tidy_up)
    client.start()
    try:
        assert {bytes_under(tmp_path) for _ in range(2000)} == {len(CONTENT)}
    finally:
        is_measured.set()
        client.join()


def test_a_disk_that_refuses_leaves_what_was_there(wanted: WantedFile) -> None:
    wanted.destination.parent.mkdir()
    wanted.destination.write_bytes(b"what was there")
    with files_no_larger_than(1000), pytest.raises(StorageError, match="nothing was replaced"):
        put_in_place(io.BytesIO(CONTENT), wanted)
    assert wanted.destination.read_bytes() == b"what was there"
    assert [path.name for path in wanted.destination.parent.iterdir()] == ["network.bin"]
