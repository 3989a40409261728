"""Base class of the screens that correct: what is to be another, why, and one button that does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.errors import EventRefused, InvalidInput, KioskError, MonthClosed
from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.fields import FormField
from kiosk.ui.admin.notice import Notice
from kiosk.ui.events.backend import CorrectionDone, EventsContext
from kiosk.ui.events.labels import month_text
from kiosk.ui.events.reopen_screen import ReopenScreen
from kiosk.ui.panel import Panel
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, ButtonKind, Label, TextField

MOST_CHARACTERS = 200


class ReasonChips(Panel):
    """The usual reasons, one touch each.

    Signals:
        chosen: the reason's text.
    """

    chosen = Signal(str)

    def __init__(self, reasons: Callable[[], tuple[str, ...]]) -> None:
        """reasons: returns them in the language that is shown, always as many."""
        super().__init__()
        self._reasons = reasons
        self.buttons = tuple(Button("secondary") for _ in reasons())
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for place, button in enumerate(self.buttons):
            button.setProperty("snug", "true")
            button.clicked.connect(lambda _=False, button=button: self.chosen.emit(button.text()))
            self._grid.addWidget(button, *divmod(place, 2))

    def retranslate(self) -> None:
        for button, reason in zip(self.buttons, self._reasons(), strict=True):
            button.setText(reason)

    def arrange(self, scale: Scale) -> None:
        self._grid.setSpacing(scale.px("s"))


class CorrectionScreen(AdminScreen):
    """Subclasses say what is corrected; it closes when that is done, or when others came first.

    Signals:
        corrected: a CorrectionDone and a sentence that says what was done.
        outdated: others have corrected the event meanwhile; the list is to be read again.
    """

    corrected = Signal(CorrectionDone, str)
    outdated = Signal()

    def __init__(self, context: EventsContext, *widgets: QWidget, kind: ButtonKind = "primary") -> None:
        """widgets: stand above the reason. kind: how the button looks that corrects."""
        super().__init__()
        self.context = context
        self.said, self.notice, self.reason = Label("strong"), Notice(), FormField(TextField())
        self.reason.field.setMaxLength(MOST_CHARACTERS)
        self.reason.field.returnPressed.connect(self.send)
        self.chips = ReasonChips(self.usual_reasons)
        self.chips.chosen.connect(self._take)
        self.save = Button(kind, "check" if kind == "primary" else "close")
        self.save.clicked.connect(self.send)
        self._press: Callable[[], None] = self.send
        self.notice.pressed.connect(self._press_notice)
        column = ScrollColumn()
        self.add_notice(self.notice)
        for widget in (self.said, *widgets, self.reason, self.chips, self.save):
            column.content.addWidget(widget)
        column.content.addStretch(1)
        self.body.addWidget(column)

    def _press_notice(self) -> None:
        self._press()

    def usual_reasons(self) -> tuple[str, ...]:
        """Return the reasons that are offered, in the language that is shown; any other one is typed."""
        return (
            QCoreApplication.translate("CorrectionScreen", "Forgot to look at the camera"),
            QCoreApplication.translate("CorrectionScreen", "Was not recognised"),
            QCoreApplication.translate("CorrectionScreen", "Came or left by another door"),
            QCoreApplication.translate("CorrectionScreen", "Confirmed by the manager"),
        )

    def work(self, reason: str) -> Callable[[], CorrectionDone] | None:
        """Return what corrects, or None after showing what is missing."""
        raise NotImplementedError

    def done_text(self) -> str:
        """Return a sentence that says what was done."""
        raise NotImplementedError

    def retranslate(self) -> None:
        super().retranslate()
        self.reason.set_name(QCoreApplication.translate("CorrectionScreen", "Why?"))
        self.save.setText(QCoreApplication.translate("CorrectionScreen", "Save"))

    def send(self) -> None:
        """Correct, unless something is missing or it is being done already."""
        if not self.save.isEnabled():
            return
        reason = self.reason.field.text().strip()
        if not reason:
            sentence = QCoreApplication.translate(
                "CorrectionScreen", "Touch a reason or type one; it stays with the event."
            )
            self.reason.show_error(sentence)
            return
        work = self.work(reason)
        if work is not None:
            self.save.setEnabled(False)
            self.notice.clear()
            self.context.background.run(self, work, self._done, self._failed)

    def _take(self, reason: str) -> None:
        self.reason.field.setText(reason)
        self.reason.show_error("")

    def _done(self, done: CorrectionDone) -> None:
        sentence = self.done_text()
        self.closed.emit()
        self.corrected.emit(done, sentence)

    def _failed(self, error: KioskError) -> None:
        self.save.setEnabled(True)
        self._press = self.send
        translate = QCoreApplication.translate
        match error:
            case MonthClosed():
                self._say_closed(error.month)
            case EventRefused():
                self.refused()
            case InvalidInput():
                sentence = translate(
                    "CorrectionScreen",
                    "This cannot be: it is the same as before, in the future, or before the person was added.",
                )
                self.notice.say("bad", sentence)
            case _:
                sentence = translate("CorrectionScreen", "The database does not answer. Nothing is lost; try again.")
                self.notice.say("bad", sentence, translate("CorrectionScreen", "Again"))

    def refused(self) -> None:
        """Others were first: close, and have the list read again."""
        self.closed.emit()
        self.outdated.emit()

    def _say_closed(self, name: str) -> None:
        month = datetime.strptime(name, "%Y-%m").date()  # noqa: DTZ007  a month has no zone
        self._press = lambda: self._reopen(ReopenScreen(self.context.backend, self.context.background, month))
        sentence = QCoreApplication.translate("CorrectionScreen", "{month} is closed. It has to be opened first.")
        button = QCoreApplication.translate("CorrectionScreen", "Open the month")
        self.notice.say("advice", sentence.format(month=month_text(month)), button)

    def _reopen(self, screen: ReopenScreen) -> None:
        screen.reopened.connect(self._reopened)
        self.opens.emit(screen)

    def _reopened(self, _name: str) -> None:
        sentence = QCoreApplication.translate("CorrectionScreen", "The month is open. Now save the correction.")
        self.notice.say("good", sentence)
