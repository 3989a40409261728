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
from kiosk.ui.setup.time_zones import City, cities, search_words
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Label, TextField

_CITY = Qt.ItemDataRole.UserRole


class ZoneStep(SetupStep):
    """A list of the world's time zones by their cities, narrowed as one types; the first one found is chosen."""

    name = "zone"

    def __init__(self, key: str, background: Background) -> None:
        """key: the time zone that is used unless another one is chosen."""
        super().__init__()
        self.key, self._key_before, self._city, self._background = key, key, "", background
        self._clock, self.nothing_found = Label("heading"), Label("body")
        self.search, self.list = TextField(), QListWidget()
        self.search.brings_keyboard = False  # the list is what is wanted
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.content.insertWidget(self.content.indexOf(self.sentence), self._clock)
        self.content.addWidget(self.search)
        self.content.addWidget(self.nothing_found)
        self.content.addWidget(self.list, 1)
        self.content.addStretch(0)
        self.nothing_found.hide()
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
        self.nothing_found.setText(
            self.tr("This city is not in the list. Type a large one nearby that keeps the same time, or the country.")
        )
        self.search.setPlaceholderText(self.tr("Search: a city or a country"))
        self.search.setAccessibleName(self.tr("City"))
        self.list.setAccessibleName(self.tr("Time zones"))
        if self.isVisible():
            self._gather()
        self._tell_time()

    def arrange(self, scale: Scale) -> None:
        self.list.setMinimumHeight(3 * scale.px("touch"))

    def proceed(self) -> None:
        if not self.nothing_found.isHidden():
            self.search.setFocus()
            return
        self.done.emit({"timezone": self.key})

    def _gather(self) -> None:
        language, now, chosen = QLocale().name()[:2], datetime.now(UTC), self.key
        self._background.run(self, lambda: cities(language, now, chosen), self._fill, lambda _: None)

    def _fill(self, found: Sequence[City]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        now = datetime.now(UTC)
        for city in found:
            time = time_text(now, ZoneInfo(city.key))
            item = QListWidgetItem(f"{time}   {city.name}   (UTC{city.offset})", self.list)
            item.setData(_CITY, city)
        self.list.blockSignals(False)
        self._narrow(self.search.text())

    def _narrow(self, text: str) -> None:
        wanted = search_words(text)
        shown = []
        for row in range(self.list.count()):
            item = self.list.item(row)
            city: City = item.data(_CITY)
            item.setHidden(not city.matches(wanted) or (city.is_large and not wanted))
            if not item.isHidden():
                shown.append(item)
        self.nothing_found.setVisible(bool(self.list.count()) and not shown)
        self.list.setVisible(self.nothing_found.isHidden())
        best = self._best(shown, wanted)
        if best is not None:
            self.list.setCurrentItem(best)
            self.list.scrollToItem(best, QListWidget.ScrollHint.PositionAtCenter)

    def _best(self, shown: Sequence[QListWidgetItem], wanted: tuple[str, ...]) -> QListWidgetItem | None:
        """Return the city that was most likely meant; while nothing is typed, that of the time zone in use."""
        if not wanted:
            return next((item for item in shown if item.data(_CITY).key == self._key_before), None)
        return min(shown, key=lambda item: item.data(_CITY).distance(wanted), default=None)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            city: City = item.data(_CITY)
            self.key, self._city = city.key, city.name
            self._tell_time()

    def _tell_time(self) -> None:
        time = time_text(datetime.now(UTC), ZoneInfo(self.key))
        self._clock.setText(f"{time} — {self._city or self.key}")
