"""The list of receivers."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, QTimer

from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.notice import Notice
from kiosk.ui.admin.row_list import RowList
from kiosk.ui.admin.rows_model import RowsModel
from kiosk.ui.background import Background
from kiosk.ui.receivers.add_screen import AddReceiverScreen
from kiosk.ui.receivers.backend import ReceiversBackend, ReceiverSummary
from kiosk.ui.receivers.labels import ReceiverLabels
from kiosk.ui.receivers.receiver_screen import ReceiverScreen
from kiosk.ui.widgets import Button

REFRESH_MS = 5000


class ReceiversScreen(AdminScreen):
    """Touching a receiver opens it; the list is read again every few seconds."""

    def __init__(self, backend: ReceiversBackend, background: Background, zone: ZoneInfo) -> None:
        super().__init__()
        self._backend, self._background, self._zone = backend, background, zone
        self._is_loading, self.is_loaded = False, False
        self.model = RowsModel[ReceiverSummary](lambda one: ReceiverLabels().row(one), self)
        self.list, self.notice, self.add = RowList(), Notice(), Button("secondary", "add")
        self.list.setModel(self.model)
        self.list.chosen.connect(self._open)
        self.add.clicked.connect(self._open_add)
        self.add_to_head(self.add)
        self.add_notice(self.notice)
        self.body.addWidget(self.list, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.load)

    def title(self) -> str:
        return self.tr("Other systems")

    def entered(self) -> None:
        self._timer.start()
        self.load()

    def left(self) -> None:
        self._timer.stop()

    def load(self) -> None:
        """Read how the receivers are."""
        if not self._is_loading:
            self._is_loading = True
            self._background.run(self, self._backend.receivers, self._loaded, self._failed)

    def retranslate(self) -> None:
        super().retranslate()
        self.add.setText(self.tr("Add"))
        self.add.setAccessibleName(self.tr("Add a system"))
        self.list.setAccessibleName(self.title())
        nothing = self.tr("No other system is told of entries and exits. Add one, or use kiosk receivers add.")
        self.list.set_placeholder(nothing if self.is_loaded else self.tr("One moment…"))
        self.list.viewport().update()

    def _loaded(self, found: tuple[ReceiverSummary, ...]) -> None:
        self._is_loading = False
        if not self.is_loaded:
            self.is_loaded = True
            self.retranslate()
        if found != self.model.items:
            scrolled = self.list.verticalScrollBar().value()
            self.model.show(found)
            self.list.verticalScrollBar().setValue(scrolled)

    def _failed(self, _error: KioskError) -> None:
        self._is_loading = False
        self.notice.say("bad", self.tr("The database does not answer; the list may be out of date."))

    def _open(self, index: QModelIndex) -> None:
        self.notice.clear()
        chosen = self.model.items[index.row()]
        screen = ReceiverScreen(self._backend, self._background, self._zone, chosen)
        screen.removed.connect(self._say_removed)
        self.opens.emit(screen)

    def _open_add(self) -> None:
        self.notice.clear()
        taken = {one.name for one in self.model.items}
        self.opens.emit(AddReceiverScreen(self._backend, self._background, taken))

    def _say_removed(self, name: str) -> None:
        self.notice.say("good", self.tr("{name} is told no more; its secrets are erased.").format(name=name))
        self.load()
