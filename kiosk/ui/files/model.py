"""The rows of a folder, with thumbnails of its photographs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage, QPixmap

from kiosk.core.photographs import read_thumbnail
from kiosk.domain.types import Image
from kiosk.errors import SampleRefused
from kiosk.ui.admin.row_list import ROW_ROLE, Badge, Row
from kiosk.ui.background import Background
from kiosk.ui.files.folders import EntryKind, FileEntry

THUMBNAIL_PX = 240
_ICONS = {EntryKind.STICK: "stick", EntryKind.HOME: "disk", EntryKind.FOLDER: "folder", EntryKind.PHOTOGRAPH: "photo"}
Thumbnail: TypeAlias = Callable[[Path], Image | None]
_NO_PARENT = QModelIndex()


class FilesModel(QAbstractListModel):
    """Thumbnails are read when their row comes into sight: one at a time, the one seen last first."""

    def __init__(self, background: Background, thumbnail: Thumbnail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnail = thumbnail
        self.chosen: list[Path] = []
        self._entries: Sequence[FileEntry] = ()
        self._pictures: dict[Path, QPixmap | None] = {}
        self._background = background
        self._wanted: list[Path] = []
        self._is_loading = self._is_stopped = False

    def show(self, entries: Sequence[FileEntry]) -> None:
        self.beginResetModel()
        self._entries = entries
        self._pictures, self._wanted = {}, []
        self.endResetModel()

    def stop(self) -> None:
        """Read no more thumbnails."""
        self._is_stopped = True

    def entry_at(self, place: int) -> FileEntry:
        return self._entries[place]

    def toggle(self, place: int) -> None:
        """Choose a photograph, or undo that."""
        path = self._entries[place].path
        if path in self.chosen:
            self.chosen.remove(path)
        else:
            self.chosen.append(path)
        self._changed(place)

    @property
    def are_all_chosen(self) -> bool:
        """Whether every photograph of the folder is chosen, and there is one."""
        here = [entry.path for entry in self._entries if not entry.is_folder]
        return bool(here) and set(here) <= set(self.chosen)

    def choose_all(self, *, chosen: bool) -> None:
        """Choose every photograph of the folder, or none of them; those of other folders stay as they are."""
        here = [entry.path for entry in self._entries if not entry.is_folder]
        others = [path for path in self.chosen if path not in here]
        self.chosen = [*others, *(here if chosen else ())]
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    @property
    def has_photographs(self) -> bool:
        """Whether there are photographs in the folder."""
        return any(not entry.is_folder for entry in self._entries)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == ROW_ROLE:
            return self._row(self._entries[index.row()], with_picture=True)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._row(self._entries[index.row()]).accessible_text
        return None

    def _row(self, entry: FileEntry, *, with_picture: bool = False) -> Row:
        is_chosen = entry.path in self.chosen
        return Row(
            headline=self.name_of(entry),
            second=str(entry.path) if entry.kind is EntryKind.STICK else "",
            icon=_ICONS[entry.kind],
            picture=self._picture(entry.path) if with_picture and not entry.is_folder else None,
            badges=(Badge(self.tr("Chosen"), "good"),) if is_chosen else (),
        )

    def name_of(self, entry: FileEntry) -> str:
        """Return what a place or file is called on the screen."""
        if entry.kind is EntryKind.HOME:
            return self.tr("This device")
        return entry.path.name

    def _picture(self, path: Path) -> QPixmap | None:
        if path not in self._pictures:
            self._pictures[path] = None
            self._wanted.append(path)
            self._load_next()
        return self._pictures[path]

    def _load_next(self) -> None:
        if self._is_loading or self._is_stopped or not self._wanted:
            return
        path, self._is_loading = self._wanted.pop(), True
        self._background.run(
            self,
            lambda: self._thumbnail(path),
            lambda image: self._loaded(path, image),
            lambda _: self._loaded(path, None),
        )

    def _loaded(self, path: Path, image_bgr: Image | None) -> None:
        self._is_loading = False
        if image_bgr is not None and path in self._pictures:
            height, width = image_bgr.shape[:2]
            image = QImage(image_bgr.data, width, height, width * 3, QImage.Format.Format_BGR888)
            self._pictures[path] = QPixmap.fromImage(image.copy())
            for place, entry in enumerate(self._entries):
                if entry.path == path:
                    self._changed(place)
        self._load_next()

    def _changed(self, place: int) -> None:
        self.dataChanged.emit(self.index(place), self.index(place))


def thumbnail(path: Path) -> Image | None:
    """Return a photograph's thumbnail, (H, W, 3) BGR uint8; None where the file is no photograph."""
    with suppress(SampleRefused):
        return read_thumbnail(path, THUMBNAIL_PX)
    return None
