"""The office's time zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from kiosk.ui.background import Background
from kiosk.ui.language import time_text
from kiosk.ui.setup.setup_step import SetupStep
from kiosk.ui.setup.time_zones import TimeZone, time_zones
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Label, TextField

_KEY, _WORDS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class ZoneStep(SetupStep):
    """A list of the world's time zones, filtered as one types."""

    name = "zone"

    def __init__(self, key: str, background: Background) -> None:
        """key: the time zone that is used unless another one is chosen."""
        super().__init__(1100)
        self.key, self._background = key, background
        self._clock = Label("heading")
        self.search, self.list = TextField(), QListWidget()
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.content.insertWidget(self.content.indexOf(self.sentence), self._clock)
        self.content.addWidget(self.search)
        self.content.addWidget(self.list, 1)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self.proceed)
        self.list.currentItemChanged.connect(self._choose)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tell_time)

    def entered(self) -> None:
        self._timer.start()
        self._gather()

    def left(self) -> None:
        self._timer.stop()

    def retranslate(self) -> None:
        self.headline.setText(self.tr("What time is it here?"))
        self.sentence.setText(self.tr("If this is not the time on your watch, choose the nearest city."))
        self.search.setPlaceholderText(self.tr("Search: a city"))
        self.search.setAccessibleName(self.tr("City"))
        self.list.setAccessibleName(self.tr("Time zones"))
        if self.isVisible():
            self._gather()
        self._tell_time()

    def arrange(self, scale: Scale) -> None:
        self.list.setMinimumHeight(3 * scale.px("touch"))

    def proceed(self) -> None:
        self.done.emit({"timezone": self.key})

    def _gather(self) -> None:
        locale, now, chosen = QLocale(), datetime.now(UTC), self.key
        self._background.run(self, lambda: time_zones(locale, now, chosen), self._fill, lambda _: None)

    def _fill(self, found: Sequence[TimeZone]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for zone in found:
            item = QListWidgetItem(zone.text, self.list)
            item.setData(_KEY, zone.key)
            item.setData(_WORDS, zone.words)
            if zone.key == self.key:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._narrow(self.search.text())

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().split()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(not all(word in item.data(_WORDS) for word in wanted))
        current = self.list.currentItem()
        if current is not None:
            self.list.scrollToItem(current, QListWidget.ScrollHint.PositionAtCenter)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.key = item.data(_KEY)
            self._tell_time()

    def _tell_time(self) -> None:
        time = time_text(datetime.now(UTC), ZoneInfo(self.key))
        self._clock.setText(f"{time} — {self.key}")
