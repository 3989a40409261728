"""Choosing photographs, or a folder, on a drive or on the device."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.row_list import RowList
from kiosk.ui.background import Background
from kiosk.ui.files.folders import FileEntry, list_folder
from kiosk.ui.files.model import FilesModel, Thumbnail, thumbnail
from kiosk.ui.files.photograph_grid import PhotographGrid
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button

# A stick that is plugged in while the places are shown appears by itself.
REFRESH_MS = 2000
FolderReader: TypeAlias = Callable[[Path | None], tuple[FileEntry, ...]]


class FilesScreen(AdminScreen):
    """Lists a folder; the screen closes when something was chosen.

    Signals:
        chosen: a tuple of the photographs' paths, or of the folder's path alone.
    """

    chosen = Signal(tuple)

    def __init__(
        self,
        background: Background,
        *,
        wants_folder: bool = False,
        list_folder: FolderReader = list_folder,
        thumbnail: Thumbnail = thumbnail,
    ) -> None:
        """Args:
        wants_folder: a folder is to be chosen, in place of photographs.
        list_folder: returns what is in a folder; tests and screenshots have one without a disk.
        thumbnail: returns a photograph's thumbnail.
        """
        self._background, self._wants_folder, self._list_folder = background, wants_folder, list_folder
        # From the place that was begun with, which is the outermost, to the folder that is shown.
        self._parents: list[FileEntry] = []
        super().__init__()
        self.model, self.list, self.notice = FilesModel(background, thumbnail, self), self._list(), Notice()
        self.list.setModel(self.model)
        self.list.chosen.connect(self._select)
        self.up, self.use = Button("secondary", "up"), Button("primary", "check")
        self.all = Button("secondary", "check")
        self.all.clicked.connect(self._choose_all)
        self.up.clicked.connect(self.go_up)
        self.use.clicked.connect(self._finish)
        self.notice.pressed.connect(self.load)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.up)
        self._buttons.addWidget(self.all)
        self._buttons.addWidget(self.use, 1)
        for widget, stretch in ((self.list, 1), (self.notice, 0)):
            self.body.addWidget(widget, stretch)
        self.body.addLayout(self._buttons)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._refresh_places)

    def _list(self) -> RowList:
        return RowList() if self._wants_folder else PhotographGrid()

    @property
    def folder(self) -> Path | None:
        """The folder that is shown; None for the places to start from."""
        return self._parents[-1].path if self._parents else None

    def title(self) -> str:
        if self._parents:
            return self.model.name_of(self._parents[-1])
        return self.tr("Where to?") if self._wants_folder else self.tr("Where are the photographs?")

    def entered(self) -> None:
        self._timer.start()
        self.load()

    def left(self) -> None:
        self._timer.stop()
        self.model.stop()

    def load(self) -> None:
        """Read the folder."""
        folder = self.folder
        self._background.run(
            self,
            lambda: self._list_folder(folder),
            lambda entries: self._show(folder, entries),
            self._failed,
        )

    def go_up(self) -> None:
        """Go to the parent folder, or from a place to all places."""
        if self._parents:
            self._go(self._parents[:-1])

    def retranslate(self) -> None:
        super().retranslate()
        self.list.setAccessibleName(self.title())
        self.up.setText(self.tr("Up"))
        self.up.setEnabled(bool(self._parents))
        if self._wants_folder:
            self.use.setText(self.tr("Save here"))
            self.use.setEnabled(bool(self._parents))
        else:
            count = len(self.model.chosen)
            self.use.setText(self.tr("Take %n photograph(s)", "", count) if count else self.tr("Choose photographs"))
            self.use.setEnabled(count > 0)
        self.all.setVisible(self.model.has_photographs)
        self.all.setText(self.tr("Choose none") if self.model.are_all_chosen else self.tr("Choose all"))
        self.list.set_placeholder(self._nothing())

    def _nothing(self) -> str:
        if not self._parents:
            return self.tr("Plug a USB stick in; it appears here by itself.")
        if self._wants_folder:
            return self.tr("There are no folders here.")
        return self.tr("There are no photographs here: JPEG, PNG, WebP, HEIC or AVIF files.")

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        self._buttons.setSpacing(scale.px("s"))

    def _go(self, parents: list[FileEntry]) -> None:
        self._parents = parents
        self.model.show(())
        self.list.set_placeholder("")
        self.notice.clear()
        super().retranslate()
        self.load()

    def _refresh_places(self) -> None:
        if not self._parents:
            self.load()

    def _show(self, folder: Path | None, entries: tuple[FileEntry, ...]) -> None:
        if folder != self.folder:
            return
        if self._wants_folder:
            entries = tuple(entry for entry in entries if entry.is_folder)
        before = tuple(self.model.entry_at(place) for place in range(self.model.rowCount()))
        if entries != before:
            self.model.show(entries)
        self.retranslate()

    def _failed(self, _error: KioskError) -> None:
        self.retranslate()
        self.notice.say("bad", self.tr("This folder cannot be read. Is it still plugged in?"), self.tr("Again"))

    def _select(self, index: QModelIndex) -> None:
        entry = self.model.entry_at(index.row())
        if entry.is_folder:
            self._go([*self._parents, entry])
            return
        self.model.toggle(index.row())
        self.retranslate()

    def _choose_all(self) -> None:
        self.model.choose_all(chosen=not self.model.are_all_chosen)
        self.retranslate()

    def _finish(self) -> None:
        folder = self.folder
        paths = (folder,) if self._wants_folder and folder is not None else tuple(self.model.chosen)
        self.closed.emit()
        self.chosen.emit(paths)
