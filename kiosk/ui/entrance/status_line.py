"""Camera, database, waiting events and free disk: short while all is well, a plain sentence when it is not."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLocale
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from kiosk.capture.status import SourceState
from kiosk.ui.entrance.backend import EntranceStatus
from kiosk.ui.entrance.camera_labels import fault_sentence
from kiosk.ui.panel import Panel, set_property
from kiosk.ui.theme import Scale, scale_of
from kiosk.ui.widgets import Icon, Label

# Below this much free disk somebody should come and look; a day's snapshots and the journal need far less.
LITTLE_DISK_BYTES = 500 * 2**20


@dataclass(frozen=True, slots=True)
class StatusItem:
    """One item of the line; tone "": all is well."""

    icon: str
    text: str
    tone: str = ""


class StatusLine(Panel):
    """Shows an EntranceStatus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status: EntranceStatus | None = None
        self._shown: tuple[StatusItem, ...] = ()
        self._entries = [_Entry(self) for _ in range(4)]
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
        """Return what to show; problems come first."""
        if self._status is None:
            return ()
        found = (self._camera(), self._database(), self._disk())
        return tuple(sorted(found, key=lambda item: not item.tone))

    def camera_sentence(self) -> str:
        """Return what is wrong with the camera, "" while it delivers."""
        return "" if self._status is None or self._status.camera.state is SourceState.OK else self._camera().text

    def _refresh(self) -> None:
        items = self.items()
        if items == self._shown:
            return
        self._shown = items
        for entry in self._entries:
            entry.hide()
        for place, (entry, item) in enumerate(zip(self._entries, items, strict=False)):
            entry.show_item(item)
            self._layout.setStretch(place, 1 if item.tone else 0)
        self._layout.setStretch(len(self._entries), 0 if items and items[0].tone else 1)
        self._fit()
        self.setAccessibleName(". ".join(item.text for item in items))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Hide items that are well where there is no room beside those that are not."""
        troubles = sum(bool(item.tone) for item in self._shown)
        piled = troubles > 1 and scale_of(self).is_portrait
        self._layout.setDirection(QBoxLayout.Direction.TopToBottom if piled else QBoxLayout.Direction.LeftToRight)
        self._layout.setSpacing(scale_of(self).px("xs" if piled else "l"))
        room = 0 if piled else self.width()
        for entry, item in zip(self._entries, self._shown, strict=False):
            needed = entry.natural_width() + self._layout.spacing()
            entry.setVisible(bool(item.tone) or needed <= room)
            room -= needed

    def _camera(self) -> StatusItem:
        camera = self._status.camera if self._status else None
        if camera is None or camera.state is SourceState.CONNECTING:
            return StatusItem("camera", self.tr("Starting the camera"))
        if camera.state is SourceState.OK:
            return StatusItem("camera", self.tr("Camera"))
        return StatusItem("camera-off", fault_sentence(camera.fault), "bad")

    def _database(self) -> StatusItem:
        waiting = self._status.waiting_count if self._status else 0
        if self._status is None or self._status.database_ok:
            text = self.tr("%n event(s) on the way to the database", "", waiting) if waiting else self.tr("Database")
            return StatusItem("waiting" if waiting else "database", text)
        if self._status.database_replaced:
            replaced = self.tr(
                "The database was replaced — events are kept on this device. Administrator: kiosk doctor"
            )
            return StatusItem("database", replaced, "bad")
        if waiting:
            away = self.tr("Database away — %n event(s) are safe on this device", "", waiting)
            return StatusItem("database", away, "advice")
        return StatusItem("database", self.tr("Database away — new events are kept on this device"), "advice")

    def _disk(self) -> StatusItem:
        free = self._status.free_disk_bytes if self._status else 0
        size = QLocale().formattedDataSize(free, 0, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
        if self._status is not None and not self._status.keeps_events:
            return StatusItem("disk", self.tr("The disk takes nothing more — nobody is registered"), "bad")
        if free < LITTLE_DISK_BYTES:
            little = self.tr("Only {size} left on the disk — tell the administrator").format(size=size)
            return StatusItem("disk", little, "advice")
        return StatusItem("disk", self.tr("{size} free").format(size=size))


class _Entry(Panel):
    """An icon and a text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = Icon("info", "ink_soft", self)
        self._text = Label("caption")
        self._text.setWordWrap(False)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._icon)
        self._layout.addWidget(self._text, 1)
        self.hide()

    def show_item(self, item: StatusItem) -> None:
        self._icon.show_icon(item.icon, item.tone or "ink_soft")
        self._text.setText(item.text)
        self._text.set_tone(item.tone)
        self._text.setWordWrap(bool(item.tone))
        set_property(self._text, "kind", "body" if item.tone else "caption")

    def natural_width(self) -> int:
        """Return its width with the text in one line, in pixels."""
        self._text.ensurePolished()
        words = self._text.fontMetrics().horizontalAdvance(self._text.text())
        return self._icon.sizeHint().width() + self._layout.spacing() + words

    def arrange(self, scale: Scale) -> None:
        self._layout.setSpacing(scale.px("xs"))
        self._icon.set_size(round(scale.px("caption") * 1.3))
