"""Samples from photograph files: each is judged and shown with its quality or its fault."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QVBoxLayout

from kiosk.domain.quality import Reason
from kiosk.employees.capture_session import LEAST_SAMPLES
from kiosk.employees.judged_picture import JudgedPicture
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import ButtonRow, ScrollColumn
from kiosk.ui.admin.notice import Notice
from kiosk.ui.background import Background
from kiosk.ui.enroll.backend import EnrollBackend
from kiosk.ui.enroll.labels import refusal
from kiosk.ui.enroll.oval_preview import small_picture
from kiosk.ui.panel import Card, Panel
from kiosk.ui.theme import Scale, scale_of
from kiosk.ui.widgets import Button, Label

PICTURE_PX = 260
COLUMNS = 3


class PhotographCard(Card):
    """One photograph with its quality or its fault.

    Signals:
        dropped: it shall be left out.
        taken: it shall be taken although something covers the face.
    """

    dropped = Signal()
    taken = Signal()

    def __init__(self, path: Path, picture: JudgedPicture) -> None:
        super().__init__()
        self.path, self.picture = path, picture
        self.is_good = picture.sample is not None and picture.covering is None
        self._picture, self._name = QLabel(), Label("caption")
        self.verdict = Label("body", tone="good" if self.is_good else "bad")
        self.drop, self.take = Button("secondary"), Button("secondary")
        for button, signal in ((self.drop, self.dropped), (self.take, self.taken)):
            button.setProperty("snug", "true")
            button.clicked.connect(signal)
        self.take.setVisible(picture.covering is not None)
        self._column = QVBoxLayout(self)
        for label in (self._picture, self._name, self.verdict):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self._picture, self._name, self.verdict):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._column.addWidget(self.take)
        self._column.addWidget(self.drop)

    def accept(self) -> None:
        """Count it as good although something covers the face."""
        self.is_good = True
        self.take.hide()
        self.retranslate()

    def retranslate(self) -> None:
        sample = self.picture.sample
        self.take.setText(self.tr("Take it anyway"))
        self.take.setAccessibleName(self.tr("Take {name} anyway").format(name=self.path.name))
        if sample is None or not self.is_good:
            self.verdict.setText(refusal(self.picture.reason or self.picture.covering or Reason.NO_FACE))
        else:
            percent = round(100 * sample.quality.quality_score)
            self.verdict.setText(self.tr("Quality {percent} %").format(percent=percent))
        self._picture.setAccessibleName(self.tr("Photograph"))
        self.drop.setText(self.tr("Leave out"))
        self.drop.setAccessibleName(self.tr("Leave out {name}").format(name=self.path.name))

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("s")
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(scale.px("xs"))
        side_px = scale.times(PICTURE_PX)
        shown = small_picture(self.picture.picture_bgr, side_px, mirrored=False)
        self._picture.setPixmap(shown)
        self._picture.setMinimumHeight(round(shown.height() / shown.devicePixelRatio()))
        metrics = self._name.fontMetrics()
        self._name.setText(metrics.elidedText(self.path.name, Qt.TextElideMode.ElideMiddle, side_px))


class PhotographsStep(Panel):
    """Photographs from files, judged one after the other.

    Signals:
        picture_taken: the first good JudgedPicture of those that are here.
        done: all good ones shall be saved.
        more_wanted: more photographs shall be chosen.
    """

    picture_taken = Signal(object)
    done = Signal()
    more_wanted = Signal()

    def __init__(self, backend: EnrollBackend, background: Background) -> None:
        super().__init__()
        self._backend, self._background = backend, background
        self.cards: list[PhotographCard] = []
        self._waiting: list[Path] = []
        self._round = self._total = 0
        self._is_saving = False
        self.notice, self._hint, self._progress = Notice(), Label("body"), Label("soft")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.more, self.save = Button("secondary", "photo"), Button("primary", "check")
        self.more.clicked.connect(self.more_wanted)
        self.save.clicked.connect(self.done)
        self._inside, self._grid = ScrollColumn(), QGridLayout()
        self._inside.content.addLayout(self._grid)
        self._inside.content.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._hint, self._progress, self._bar):
            self.column.addWidget(widget)
        self.column.addWidget(self._inside, 1)
        self.column.addWidget(self.notice)
        self.column.addWidget(ButtonRow(self.more, self.save))

    @property
    def pictures(self) -> list[JudgedPicture]:
        """The good pictures."""
        return [card.picture for card in self.cards if card.is_good]

    @property
    def is_judging(self) -> bool:
        return bool(self._waiting)

    def add(self, paths: Iterable[Path]) -> None:
        """Judge photographs, one after the other; those that are here already are skipped."""
        here = {card.path for card in self.cards} | set(self._waiting)
        new = [path for path in dict.fromkeys(paths) if path not in here]
        was_idle = not self._waiting
        self._total = len(new) + (0 if was_idle else self._total)
        self._waiting += new
        self.notice.clear()
        self._show_state()
        if was_idle:
            self._judge_next()

    def clear(self) -> None:
        """Discard all photographs; one that is being judged is ignored when it comes."""
        self._round += 1
        self._waiting = []
        for card in self.cards:
            self._remove(card)
        self.cards = []
        self.set_waiting(False)

    def set_waiting(self, waiting: bool) -> None:
        self._is_saving = waiting
        self._show_state()

    def retranslate(self) -> None:
        self.more.setText(self.tr("More photographs"))
        self._hint.setText(self.tr("Three to five different photographs serve best. None of them is kept."))
        self._show_state()

    def arrange(self, scale: Scale) -> None:
        self.column.setSpacing(scale.px("s"))
        self._grid.setSpacing(scale.px("s"))
        columns = COLUMNS
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    def _judge_next(self) -> None:
        if not self._waiting:
            return
        path, now = self._waiting[0], self._round
        self._background.run(
            self,
            lambda: self._backend.judge_photograph(path),
            lambda picture: self._judged(now, path, picture),
            lambda error: self._not_judged(now, error),
        )

    def _judged(self, asked: int, path: Path, picture: JudgedPicture) -> None:
        if asked != self._round:
            return
        self._waiting.pop(0)
        card = PhotographCard(path, picture)
        card.dropped.connect(lambda: self._drop(card))
        card.taken.connect(lambda: self._take(card))
        self.cards.append(card)
        self.arrange(scale_of(self))
        self._show_state()
        self._report_first(card)
        self._judge_next()

    def _not_judged(self, asked: int, _error: KioskError) -> None:
        if asked == self._round:
            self._waiting = []
            self.notice.say("bad", self.tr("The photographs cannot be checked; the log says why."))
            self._show_state()

    def _take(self, card: PhotographCard) -> None:
        card.accept()
        self._show_state()
        self._report_first(card)

    def _report_first(self, card: PhotographCard) -> None:
        if card.is_good and len(self.pictures) == 1:
            self.picture_taken.emit(card.picture)

    def _drop(self, card: PhotographCard) -> None:
        self.cards.remove(card)
        self._remove(card)
        self.arrange(scale_of(self))
        self._show_state()

    def _remove(self, card: PhotographCard) -> None:
        self._grid.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _show_state(self) -> None:
        judged = self._total - len(self._waiting)
        good = len(self.pictures)
        self.save.setText(self.tr("Save %n photograph(s)", "", good) if good else self.tr("Save"))
        self.save.setEnabled(good > 0 and not self._waiting and not self._is_saving)
        self.more.setEnabled(not self._is_saving)
        for card in self.cards:
            card.drop.setEnabled(not self._is_saving)
            card.take.setEnabled(not self._is_saving)
        self._hint.setVisible(good < LEAST_SAMPLES)
        self._bar.setMaximum(max(1, self._total))
        self._bar.setValue(judged)
        for widget in (self._bar, self._progress):
            widget.setVisible(bool(self._waiting))
        text = self.tr("Looking at photograph {number} of {total}")
        self._progress.setText(text.format(number=min(judged + 1, self._total), total=self._total))
