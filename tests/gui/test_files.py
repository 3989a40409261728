"""Choosing photographs and folders by touch."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from kiosk.errors import StorageError
from kiosk.ui.admin.row_list import ROW_ROLE
from kiosk.ui.background import Background
from kiosk.ui.files.folders import EntryKind, FileEntry, entries, places
from kiosk.ui.files.model import thumbnail
from kiosk.ui.files.photograph_grid import PhotographGrid
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.panel import Screen
from kiosk.ui.window import KioskWindow
from support import photographs
from support.pictures import plain


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with folders, photographs and other things in it."""
    made = tmp_path / "home"
    for folder in ("яблоки", "Anna", ".hidden"):
        (made / folder).mkdir(parents=True)
    for name in ("b.PNG", "a.jpeg", "notes.txt", ".secret.jpg"):
        (made / name).touch()
    (made / "folder.jpg").mkdir()
    return made


def test_folders_come_first_and_only_what_may_be_a_photograph(home: Path) -> None:
    names = [(entry.path.name, entry.is_folder) for entry in entries(home)]
    assert names == [("Anna", True), ("folder.jpg", True), ("яблоки", True), ("a.jpeg", False), ("b.PNG", False)]


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="still plugged in"):
        entries(tmp_path / "gone")


def test_what_is_mounted_is_a_place(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("usb0", "anna/STICK", "anna/empty"):
        (tmp_path / "media" / folder).mkdir(parents=True)
    mounted = {tmp_path / "media/usb0", tmp_path / "media/anna/STICK"}
    monkeypatch.setattr(Path, "is_mount", lambda path: path in mounted)
    assert places((tmp_path / "media", tmp_path / "nothing"), home) == (
        FileEntry(tmp_path / "media/usb0", EntryKind.STICK),
        FileEntry(tmp_path / "media/anna/STICK", EntryKind.STICK),
        FileEntry(home, EntryKind.HOME),
    )


def test_what_one_may_not_look_at_is_passed_over(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(Path, "is_mount", refuse)
    monkeypatch.setattr(Path, "is_dir", refuse)
    assert places((home,), home) == ()


class Walk:
    """The chooser in a window, and the fingers on it."""

    def __init__(self, qtbot: QtBot, window: KioskWindow, home: Path, *, wants_folder: bool) -> None:
        self.qtbot, self.window, self.background = qtbot, window, Background()
        self.below = Screen()
        self.chosen: list[tuple[Path, ...]] = []
        window.open(self.below)
        self.screen = FilesScreen(
            self.background,
            wants_folder=wants_folder,
            list_folder=lambda folder: places((), home) if folder is None else entries(folder),
        )
        self.screen.chosen.connect(self.chosen.append)
        window.open(self.screen)
        with qtbot.waitActive(window):
            window.show()

    @property
    def names(self) -> list[str]:
        model = self.screen.model
        return [model.name_of(model.entry_at(place)) for place in range(model.rowCount())]

    def click(self, widget: object) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def touch(self, name: str) -> None:
        self.qtbot.waitUntil(lambda: name in self.names)
        rows = self.screen.list
        place = rows.visualRect(self.screen.model.index(self.names.index(name))).center()
        self.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.fixture
def walk(qtbot: QtBot, window: KioskWindow, home: Path, request: pytest.FixtureRequest) -> Iterator[Walk]:
    made = Walk(qtbot, window, home, wants_folder=getattr(request, "param", False))
    yield made
    made.screen.left()
    made.background.stop()


def test_photographs_are_chosen_and_left_out_again(walk: Walk, home: Path) -> None:
    assert not walk.screen.use.isEnabled()
    walk.touch("This device")
    for name in ("a.jpeg", "b.PNG", "a.jpeg"):
        walk.touch(name)
    assert walk.screen.use.text() == "Take 1 photograph"
    walk.touch("a.jpeg")
    walk.click(walk.screen.use)
    assert walk.chosen == [(home / "b.PNG", home / "a.jpeg")]
    assert walk.window.screen_shown is walk.below


def test_all_photographs_of_a_folder_are_chosen_by_one_touch_and_left_again(walk: Walk, home: Path) -> None:
    walk.touch("This device")
    walk.qtbot.waitUntil(lambda: "a.jpeg" in walk.names)
    assert isinstance(walk.screen.list, PhotographGrid)
    count = sum(not walk.screen.model.entry_at(place).is_folder for place in range(walk.screen.model.rowCount()))
    walk.qtbot.mouseClick(walk.screen.all, Qt.MouseButton.LeftButton)
    assert (len(walk.screen.model.chosen), walk.screen.all.text()) == (count, "Choose none")
    walk.qtbot.mouseClick(walk.screen.all, Qt.MouseButton.LeftButton)
    assert (walk.screen.model.chosen, walk.screen.use.isEnabled()) == ([], False)


def test_photographs_are_seen_before_they_are_chosen(walk: Walk, home: Path) -> None:
    shutil.copy(photographs.path("obama.jpg"), home / "a.jpeg")
    walk.touch("This device")
    walk.qtbot.waitUntil(lambda: "a.jpeg" in walk.names)
    index = walk.screen.model.index(walk.names.index("a.jpeg"))
    walk.qtbot.waitUntil(lambda: isinstance(index.data(ROW_ROLE).picture, QPixmap), timeout=10_000)
    assert max(index.data(ROW_ROLE).picture.width(), index.data(ROW_ROLE).picture.height()) == 240
    assert walk.screen.model.index(walk.names.index("b.PNG")).data(ROW_ROLE).picture is None


@pytest.mark.parametrize("name", ["a.jpg", "b.png", "c.webp", "IMG_0001.HEIC", "d.heif", "e.AVIF"])
def test_every_format_is_listed_and_seen(tmp_path: Path, name: str) -> None:
    kinds = {"jpg": "JPEG", "heic": "HEIF"}
    suffix = name.rsplit(".", 1)[1].lower()
    (tmp_path / name).write_bytes(plain(640, 480, kinds.get(suffix, suffix.upper())))
    assert [entry.path.name for entry in entries(tmp_path)] == [name]
    small = thumbnail(tmp_path / name)
    assert small is not None
    assert small.shape == (180, 240, 3)


def test_the_way_leads_down_and_up_again(walk: Walk) -> None:
    walk.touch("This device")
    walk.touch("Anna")
    walk.qtbot.waitUntil(lambda: walk.screen.title() == "Anna" and walk.names == [])
    walk.click(walk.screen.up)
    walk.qtbot.waitUntil(lambda: "яблоки" in walk.names)
    walk.click(walk.screen.up)
    walk.qtbot.waitUntil(lambda: walk.names == ["This device"])
    assert not walk.screen.up.isEnabled()


def test_a_stick_that_is_pulled_out_is_said(walk: Walk, home: Path) -> None:
    walk.touch("This device")
    walk.qtbot.waitUntil(lambda: "Anna" in walk.names)
    (home / "Anna").rmdir()
    walk.touch("Anna")
    walk.qtbot.waitUntil(lambda: "still plugged in" in walk.screen.notice.sentence)
    walk.click(walk.screen.up)
    walk.qtbot.waitUntil(lambda: walk.screen.notice.sentence == "" and "яблоки" in walk.names)


@pytest.mark.parametrize("walk", [True], indirect=True)
def test_a_folder_is_chosen(walk: Walk, home: Path) -> None:
    assert not walk.screen.use.isEnabled()
    walk.touch("This device")
    walk.qtbot.waitUntil(lambda: walk.names == ["Anna", "folder.jpg", "яблоки"])
    walk.touch("Anna")
    walk.qtbot.waitUntil(lambda: walk.screen.use.isEnabled() and walk.screen.title() == "Anna")
    walk.click(walk.screen.use)
    assert walk.chosen == [(home / "Anna",)]
