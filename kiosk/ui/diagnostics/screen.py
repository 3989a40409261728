"""How the device is doing: what the camera sees, what a frame takes, readings, errors, backup, report, restart."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QLocale, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QProgressBar

from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ButtonRow, ScrollColumn
from kiosk.ui.admin.details_card import DetailsCard
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.diagnostics.backend import DeviceState, DiagnosticsBackend
from kiosk.ui.diagnostics.labels import camera_rows, device_rows, error_line, milliseconds, recognition_rows
from kiosk.ui.diagnostics.latency_plot import LatencyPlot
from kiosk.ui.diagnostics.live_picture import LivePicture
from kiosk.ui.diagnostics.power_panel import PowerPanel
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.panel import RaisedCard
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Label

# Fifteen pictures a second show enough, and leave the processor to the recognition.
PICTURE_MS = 66
PLOT_MS = 1000
STATE_MS = 10_000
# Frames a second are counted over so many seconds.
RATE_OVER_S = 2.0
ERRORS_SHOWN = 5


class DiagnosticsScreen(AdminScreen):
    """Reads the device's state when it is opened and every few seconds; picture and plot come from memory."""

    column_width = "wide"
    _progressed = Signal(str, int, int)

    def __init__(self, backend: DiagnosticsBackend, background: Background, zone: ZoneInfo) -> None:
        """zone: of the office, in which times are shown."""
        super().__init__()
        self._backend, self._background, self._zone = backend, background, zone
        self._state: DeviceState | None = None
        self._taken: tuple[float, int] | None = None
        self._camera_rate: float | None = None
        self.picture, self.plot, self.rates = LivePicture(backend.name_of), LatencyPlot(), Label("soft")
        self._live = RaisedCard()
        self._live.content.addWidget(self.picture, 5)
        self._live.content.addWidget(self.rates)
        self._live.content.addWidget(self.plot, 3)
        self.notice, self.progress = Notice(), QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.back_up, self.report = Button("secondary", "disk"), Button("secondary", "stick")
        for button in (self.back_up, self.report):
            button.setProperty("snug", "true")
        self.camera, self.recognition, self.device = DetailsCard(4), DetailsCard(4), DetailsCard(7)
        self._errors_card, self._errors_title, self.errors = RaisedCard(), Label("section"), Label("caption")
        for label in (self._errors_title, self.errors):
            self._errors_card.content.addWidget(label)
        self.power = PowerPanel(backend, background)
        self.power.opens.connect(self.opens)
        self.power.restarts.connect(self.restarts)
        self.side = ScrollColumn()
        for widget in (
            self.progress, ButtonRow(self.back_up, self.report), self.camera, self.recognition,
            self.device, self._errors_card, self.power,
        ):  # fmt: skip
            self.side.content.addWidget(widget)
        self.side.content.addStretch(1)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.addWidget(self._live, 1)
        self._both.addWidget(self.side, 1)
        self.body.addLayout(self._both, 1)
        self.add_notice(self.notice)
        self.back_up.clicked.connect(self._make_backup)
        self.report.clicked.connect(self._ask_where)
        self._progressed.connect(self._show_progress)
        self._timers = [self._timer(PICTURE_MS, self._show_picture), self._timer(PLOT_MS, self._show_plot)]
        self._timers.append(self._timer(STATE_MS, self.load))

    def title(self) -> str:
        return self.tr("Diagnostics")

    def entered(self) -> None:
        for timer in self._timers:
            timer.start()
        self._show_picture()
        self._show_plot()
        self.load()

    def left(self) -> None:
        for timer in self._timers:
            timer.stop()

    def load(self) -> None:
        """Read the device's state."""
        self._background.run(self, self._backend.device_state, self._loaded, self._not_loaded)

    def retranslate(self) -> None:
        super().retranslate()
        self.back_up.setText(self.tr("Back up now"))
        self.report.setText(self.tr("Save a report"))
        self.report.setAccessibleDescription(self.tr("Without names and faces"))
        self.picture.setAccessibleName(self.tr("Live picture"))
        self.plot.setAccessibleName(self.tr("What each stage of a frame takes"))
        self._errors_title.setText(self.tr("Last errors"))
        self._show_state()

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        upright = scale.is_portrait
        self._both.setDirection(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(scale.px("m"))

    def _timer(self, interval_ms: int, step: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.timeout.connect(step)
        return timer

    def _show_picture(self) -> None:
        self.picture.show_result(self._backend.newest_result())

    def _show_plot(self) -> None:
        frames, now_s, taken = self._backend.frames(), time.monotonic(), self._backend.frames_taken()
        self.plot.show_frames(frames)
        if self._taken is not None and now_s - self._taken[0] > 0.5:
            self._camera_rate = (taken - self._taken[1]) / (now_s - self._taken[0])
        self._taken = now_s, taken
        recognised = sum(1 for frame in frames if now_s - frame.at_s <= RATE_OVER_S) / RATE_OVER_S
        latencies = sorted(frame.latency_ms for frame in frames)
        words = [self.tr("Recognition: {rate} frames a second").format(rate=_rate(recognised))]
        if self._camera_rate is not None:
            words.insert(0, self.tr("Camera: {rate} frames a second").format(rate=_rate(self._camera_rate)))
        if latencies:
            typical, slow = latencies[len(latencies) // 2], latencies[int(len(latencies) * 0.95)]
            words.append(
                self.tr("a frame takes {typical}, one in twenty more than {slow}").format(
                    typical=milliseconds(typical), slow=milliseconds(slow)
                )
            )
        self.rates.setText(" · ".join(words))

    def _loaded(self, state: DeviceState) -> None:
        self._state = state
        self._show_state()

    def _not_loaded(self, _error: KioskError) -> None:
        self.notice.say("bad", self.tr("Not everything could be read; the log says why."))

    def _show_state(self) -> None:
        state = self._state
        cards = (self.camera, self.recognition, self.device, self._errors_card, self.power)
        for card in cards:
            card.setVisible(state is not None)
        if state is None:
            return
        self.camera.set_rows(camera_rows(state.camera))
        self.recognition.set_rows(recognition_rows(state.recognition, self._zone))
        self.device.set_rows(device_rows(state, self._zone, datetime.now(UTC)))
        lines = [error_line(error, self._zone) for error in state.errors[:ERRORS_SHOWN]]
        self.errors.setText("\n\n".join(lines) or self.tr("None since the start."))
        self.power.show_state(state)

    def _make_backup(self) -> None:
        self.notice.clear()
        self.progress.setRange(0, 0)
        self.progress.show()
        self.back_up.setEnabled(False)
        self._background.run(
            self, lambda: self._backend.back_up(self._progressed.emit), self._backed_up, self._not_backed_up
        )

    def _show_progress(self, _what: str, done: int, total: int) -> None:
        self.alive.emit()
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)

    def _backed_up(self, path: Path) -> None:
        self._backup_ended()
        self.notice.say("good", self.tr("Backed up as {path}.").format(path=path))
        self.load()

    def _not_backed_up(self, _error: KioskError) -> None:
        self._backup_ended()
        sentence = self.tr("No backup was made: there is no room, or the database does not answer.")
        self.notice.say("bad", sentence)

    def _backup_ended(self) -> None:
        self.progress.hide()
        self.back_up.setEnabled(True)

    def _ask_where(self) -> None:
        self.notice.clear()
        files = FilesScreen(self._background, wants_folder=True)
        files.chosen.connect(lambda chosen: self._save_report(chosen[0]))
        self.opens.emit(files)

    def _save_report(self, folder: Path) -> None:
        self.report.setEnabled(False)
        self.notice.say("advice", self.tr("Everything is being looked at; this takes up to half a minute."))
        self._background.run(
            self, lambda: self._backend.save_report(folder), self._saved, lambda _: self._not_saved(folder)
        )

    def _saved(self, path: Path) -> None:
        self.report.setEnabled(True)
        self.notice.say("good", self.tr("Saved as {path}. It names nobody.").format(path=path))

    def _not_saved(self, folder: Path) -> None:
        self.report.setEnabled(True)
        sentence = self.tr("Nothing was saved in {folder}: there is no room, or nothing may be written there.")
        self.notice.say("bad", sentence.format(folder=folder))


def _rate(frames_a_second: float) -> str:
    return QLocale().toString(round(frames_a_second))
