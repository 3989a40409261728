"""The chooser of files, set by hand for pictures of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtTest import QTest

from kiosk.domain.types import Image
from kiosk.ui.files.folders import EntryKind, FileEntry
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.screenshots.scene import Scene, SceneFixture, wait_until

_STICK = Path("/media/KINGSTON")
_HOME = FileEntry(Path("/home/kiosk"), EntryKind.HOME)
_FOLDERS = tuple(FileEntry(_STICK / name, EntryKind.FOLDER) for name in ("2025", "Documents"))
_PHOTOGRAPHS = tuple(
    FileEntry(_STICK / name, EntryKind.PHOTOGRAPH) for name in ("anna-1.jpg", "anna-2.jpg", "boris.jpg", "team.png")
)


def _open(fixture: SceneFixture, *, wants_folder: bool = False) -> FilesScreen:
    def list_folder(folder: Path | None) -> tuple[FileEntry, ...]:
        return (FileEntry(_STICK, EntryKind.STICK), _HOME) if folder is None else (*_FOLDERS, *_PHOTOGRAPHS)

    def thumbnail(path: Path) -> Image:
        names = dict(zip((entry.path for entry in _PHOTOGRAPHS), ("near", "far", "stranger", "two"), strict=True))
        return np.ascontiguousarray(fixture.images[names[path]].image_bgr[::8, ::8])

    screen = FilesScreen(fixture.background, wants_folder=wants_folder, list_folder=list_folder, thumbnail=thumbnail)
    fixture.open(screen)
    wait_until(lambda: screen.model.rowCount() > 0)
    return screen


def _places(fixture: SceneFixture) -> None:
    _open(fixture)


def _open_stick(screen: FilesScreen, count: int) -> None:
    screen.list.chosen.emit(screen.model.index(0))
    wait_until(lambda: screen.model.rowCount() == count)


def _photographs(fixture: SceneFixture) -> None:
    screen = _open(fixture)
    _open_stick(screen, len(_FOLDERS) + len(_PHOTOGRAPHS))
    for place in (2, 3):
        screen.list.chosen.emit(screen.model.index(place))
    QTest.qWait(200)


def _folder(fixture: SceneFixture) -> None:
    _open_stick(_open(fixture, wants_folder=True), len(_FOLDERS))


FILES_SCENES = (
    Scene("files-places", _places),
    Scene("files-photographs", _photographs),
    Scene("files-folder", _folder),
)
