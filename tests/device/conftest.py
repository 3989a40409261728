"""Containers for the tests of the device: root, debootstrap, systemd-nspawn and a network are needed, and an hour."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config.paths import PROJECT_DIR
from kiosk.demo.clip import prepare_clip
from support.debian_container import Container, fresh_debian
from support.installed_device import SOURCE, Device

RELEASES = os.environ.get("KIOSK_DEVICE_RELEASES", "").split()
CACHE = Path(os.environ.get("KIOSK_DEVICE_CACHE", "/var/tmp/kiosk-device"))  # noqa: S108 - of Debian's files, not of secrets
PIP_CACHE = Path("/root/.cache/pip")
WITHOUT = shutil.ignore_patterns(".git", ".venv", "data", "__pycache__", "*.egg-info", ".*_cache", ".hypothesis")


# They are collected only when asked for: ./install.sh test-device
collect_ignore_glob = [] if RELEASES else ["test_*.py"]


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's clip: two who are enrolled and one who is not walk past, within half a minute."""
    return prepare_clip(tmp_path_factory.mktemp("clip"), lambda _done, _of: None)


@pytest.fixture(scope="module", params=RELEASES)
def device(request: pytest.FixtureRequest) -> Iterator[Device]:
    """A machine with a fresh Debian, switched on, and the project's files on it; the tests of a module share it."""
    CACHE.mkdir(parents=True, exist_ok=True)
    PIP_CACHE.mkdir(parents=True, exist_ok=True)
    root = Path(tempfile.mkdtemp(prefix=f"{request.param}-", dir=CACHE))
    fresh_debian(request.param, CACHE, root)
    copy_of_the_project(root / SOURCE.lstrip("/"))
    container = Container(root, (PIP_CACHE,))
    container.switch_on()
    try:
        yield Device(container)
    finally:
        container.switch_off()
        if not request.session.testsfailed:
            shutil.rmtree(root)


def copy_of_the_project(folder: Path) -> None:
    """What a technician has unpacked; the models and photographs that are here need not be fetched again."""
    shutil.copytree(PROJECT_DIR, folder, ignore=WITHOUT)
    subprocess.run(["chown", "-R", "root:root", folder], check=True)
