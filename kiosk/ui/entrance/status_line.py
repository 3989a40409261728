"""What is not in order, in a sentence for everybody and a code for the administrator; empty while all is well."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from kiosk.capture.status import SourceState
from kiosk.ui.entrance.backend import EntranceStatus
from kiosk.ui.entrance.camera_labels import fault_code
from kiosk.ui.panel import Panel
from kiosk.ui.theme import Scale, scale_of
from kiosk.ui.widgets import Icon, Label

# Below this much free disk somebody should come and look; a day's snapshots and the journal need far less.
LITTLE_DISK_BYTES = 500 * 2**20


@dataclass(frozen=True, slots=True)
class StatusItem:
    """One trouble: a sentence without technical words, and its code, which docs/messages.en.md explains."""

    icon: str
    sentence: str
    code: str
    tone: str

    @property
    def text(self) -> str:
        return f"{self.sentence} · {self.code}"


class StatusLine(Panel):
    """Shows an EntranceStatus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status: EntranceStatus | None = None
        self._shown: tuple[StatusItem, ...] = ()
        self._entries = [_Entry(self) for _ in range(3)]
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for entry in self._entries:
            self._layout.addWidget(entry)
        self._layout.addStretch(1)

    def show_status(self, status: EntranceStatus) -> None:
        self._status = status
        self._refresh()

    def retranslate(self) -> None:
        self._refresh()

    def arrange(self, _scale: Scale) -> None:
        self._fit()

    def items(self) -> tuple[StatusItem, ...]:
        """Return what is not in order, the worst first."""
        found = filter(None, (self._camera(), self._disk(), self._database()))
        return tuple(sorted(found, key=lambda item: item.tone != "bad"))

    def camera_sentence(self) -> str:
        """Return what stands in place of the picture, "" while the camera delivers."""
        camera = None if self._status is None else self._status.camera
        if camera is None or camera.state is SourceState.OK:
            return ""
        if camera.state is SourceState.CONNECTING:
            return self.tr("Starting the camera")
        return self.tr("The camera shows nothing at the moment")

    def _refresh(self) -> None:
        items = self.items()
        if items == self._shown:
            return
        self._shown = items
        for entry in self._entries:
            entry.hide()
        for place, (entry, item) in enumerate(zip(self._entries, items, strict=False)):
            entry.show_item(item)
            self._layout.setStretch(place, 1)
        self._layout.setStretch(len(self._entries), 0 if items else 1)
        self._fit()
        self.setAccessibleName(". ".join(item.text for item in items))

    def _fit(self) -> None:
        """Put several sentences below one another where the window is taller than wide."""
        piled = len(self._shown) > 1 and scale_of(self).is_portrait
        self._layout.setDirection(QBoxLayout.Direction.TopToBottom if piled else QBoxLayout.Direction.LeftToRight)
        self._layout.setSpacing(scale_of(self).px("xs" if piled else "l"))
        for entry, _ in zip(self._entries, self._shown, strict=False):
            entry.show()

    def _camera(self) -> StatusItem | None:
        if self._status is None or self._status.camera.state is not SourceState.LOST:
            return None
        return StatusItem("camera-off", self.camera_sentence(), fault_code(self._status.camera.fault), "bad")

    def _database(self) -> StatusItem | None:
        if self._status is None or self._status.database_ok:
            return None
        kept = self.tr("Entries and exits are kept safely on this device")
        if not self._status.keeps_events:
            kept = self.tr("Please tell the administrator.")
        if self._status.database_replaced:
            return StatusItem("database", kept, "D2", "bad")
        return StatusItem("database", kept, "D1", "advice")

    def _disk(self) -> StatusItem | None:
        if self._status is None:
            return None
        if not self._status.keeps_events:
            nobody = self.tr("Nobody can be registered now. Please tell the administrator.")
            return StatusItem("warning", nobody, "S1", "bad")
        if self._status.free_disk_bytes < LITTLE_DISK_BYTES:
            return StatusItem("info", self.tr("Please tell the administrator."), "S2", "advice")
        return None


class _Entry(Panel):
    """An icon and a text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = Icon("info", "ink_soft", self)
        self._text = Label("body")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._icon)
        self._layout.addWidget(self._text, 1)
        self.hide()

    def show_item(self, item: StatusItem) -> None:
        self._icon.show_icon(item.icon, item.tone)
        self._text.setText(item.text)
        self._text.set_tone(item.tone)

    def arrange(self, scale: Scale) -> None:
        self._layout.setSpacing(scale.px("xs"))
        self._icon.set_size(round(scale.px("body") * 1.2))
