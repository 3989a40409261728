"""One event: how it was registered and corrected, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.types import EventType, Image, Method
from kiosk.employees.results import EmployeeSummary
from kiosk.ui.admin.admin_screen import AdminScreen, ButtonGrid, ScrollColumn
from kiosk.ui.admin.details_card import DetailsCard
from kiosk.ui.event_styles import event_style
from kiosk.ui.events.backend import EventsContext
from kiosk.ui.events.correction_screen import CorrectionScreen
from kiosk.ui.events.edit_screens import (
    EditPersonScreen,
    EditReasonScreen,
    EditTimeScreen,
    EditTypeScreen,
    VoidScreen,
)
from kiosk.ui.events.explanation_screen import ExplanationScreen
from kiosk.ui.events.labels import correction_text, exit_reason_text, method_text, name_of
from kiosk.ui.events.staff_screen import StaffScreen
from kiosk.ui.language import date_text, time_text
from kiosk.ui.panel import Card, Panel
from kiosk.ui.pictures import pixmap_of
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Label

SNAPSHOT_PX = 640


class SnapshotPanel(Panel):
    """The picture of the moment; hidden where none is kept."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self.hide()

    def show_picture(self, image_bgr: Image | None) -> None:
        """Show a picture, (H, W, 3) BGR uint8; None for none."""
        if image_bgr is not None:
            self._picture = pixmap_of(image_bgr)
            self.show()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Picture of this moment"))

    def arrange(self, scale: Scale) -> None:
        self.setFixedSize(scale.times(480), scale.times(360))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        shown = QRect(QPoint(0, 0), size)
        shown.moveCenter(self.rect().center())
        painter.drawPixmap(shown, self._picture)
        painter.end()


class HistoryCard(Card):
    """How an event was corrected, the latest last."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.lines = tuple(Label("body") for _ in range(count))
        self._column = QVBoxLayout(self)
        for line in self.lines:
            self._column.addWidget(line)
        if not count:
            self.hide()

    def arrange(self, scale: Scale) -> None:
        edge = scale.px("m")
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(scale.px("s"))


class EventScreen(AdminScreen):
    """Opens the screens that correct; closes when one of them has.

    Signals:
        correcting: a CorrectionScreen was opened; the list follows what it does.
        undo_wanted: the number of a correction that is to be undone.
    """

    correcting = Signal(CorrectionScreen)
    undo_wanted = Signal(int)

    def __init__(self, context: EventsContext, entry: LogEntry) -> None:
        self.entry = entry
        super().__init__()
        self._context = context
        self.details, self.history = DetailsCard(5), HistoryCard(len(entry.corrections))
        self.time, self.turn = Button("secondary", "edit"), Button("secondary", "swap")
        self.person, self.exit_reason = Button("secondary", "person"), Button("secondary", "list")
        self.why = Button("secondary", "info")
        self.undo, self.void = Button("secondary", "repeat"), Button("danger", "close")
        is_exit = entry.event_type is EventType.EXIT
        shown: list[tuple[Button, bool]] = [
            (self.time, not entry.voided),
            (self.turn, not entry.voided),
            (self.person, not entry.voided),
            (self.exit_reason, not entry.voided and is_exit and bool(context.exit_reasons)),
            (self.why, entry.method is Method.FACE),
            (self.undo, bool(entry.corrections)),
            (self.void, not entry.voided),
        ]
        buttons = ButtonGrid(*(button for button, is_shown in shown if is_shown))
        self.snapshot = SnapshotPanel()
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.addWidget(self.snapshot)
        self._beside.addWidget(self.details, 1)
        column = ScrollColumn()
        column.content.addLayout(self._beside)
        column.content.addWidget(self.history)
        column.content.addWidget(buttons)
        column.content.addStretch(1)
        self.body.addWidget(column)
        self._connect()

    def _connect(self) -> None:
        context, entry = self._context, self.entry
        self.time.clicked.connect(lambda: self._open(EditTimeScreen(context, entry)))
        self.turn.clicked.connect(lambda: self._open(EditTypeScreen(context, entry)))
        self.exit_reason.clicked.connect(lambda: self._open(EditReasonScreen(context, entry)))
        self.void.clicked.connect(lambda: self._open(VoidScreen(context, entry)))
        self.person.clicked.connect(self._ask_who)
        self.why.clicked.connect(lambda: self.opens.emit(ExplanationScreen(context, entry)))
        self.undo.clicked.connect(self._undo)

    def title(self) -> str:
        return name_of(self.entry)

    def entered(self) -> None:
        backend, entry = self._context.backend, self.entry
        if entry.photo_path is not None and not self.snapshot.isVisible():
            self._context.background.run(
                self, lambda: backend.snapshot(entry, SNAPSHOT_PX), self.snapshot.show_picture, lambda _: None
            )

    def arrange(self, scale: Scale) -> None:
        super().arrange(scale)
        upright = scale.is_portrait
        self._beside.setDirection(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(scale.px("s"))

    def retranslate(self) -> None:
        super().retranslate()
        at, zone = self.entry.timestamp, self._context.zone
        voided = " · " + self.tr("does not count") if self.entry.voided else ""
        self.details.set_rows(
            (
                (self.tr("Event"), event_style(self.entry.event_type).name + voided),
                (self.tr("When"), f"{time_text(at, zone)}, {date_text(at, zone)}"),
                (self.tr("Registered"), method_text(self.entry)),
                (self.tr("Door"), self.entry.kiosk_id),
                (self.tr("Reason"), exit_reason_text(self.entry.reason, self._context.exit_reasons) or self.tr("none")),
            )
        )
        for line, made in zip(self.history.lines, self.entry.corrections, strict=True):
            line.setText(correction_text(made, zone))
        self.time.setText(self.tr("Another time"))
        self.turn.setText(event_style(self.entry.event_type.opposite).change_to)
        unknown = self.entry.employee_id is None
        self.person.setText(self.tr("Say who it was") if unknown else self.tr("It was somebody else"))
        self.exit_reason.setText(self.tr("Reason of leaving"))
        self.why.setText(self.tr("Why was it decided so?"))
        self.void.setText(self.tr("Do not count it"))
        self.undo.setText(self.tr("Undo the last correction"))

    def _open(self, screen: CorrectionScreen) -> None:
        close: Callable[..., None] = lambda *_: self.closed.emit()  # noqa: E731  a slot for signals of any arguments
        screen.corrected.connect(close)
        screen.outdated.connect(close)
        self.correcting.emit(screen)
        self.opens.emit(screen)

    def _ask_who(self) -> None:
        staff = StaffScreen(self._context, self.tr("Who was it?"))
        staff.chosen.connect(self._take_person)
        self.opens.emit(staff)

    def _take_person(self, member: EmployeeSummary) -> None:
        self._open(EditPersonScreen(self._context, self.entry, member))

    def _undo(self) -> None:
        self.closed.emit()
        self.undo_wanted.emit(self.entry.corrections[-1].id)
