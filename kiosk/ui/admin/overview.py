"""What the home screen shows of the day and of the device: figures, lists behind them, and health in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.office_day import OfficeDay
from kiosk.monitoring.health import HealthCheck, HealthGrade, worst_grade
from kiosk.ui.admin.admin_screen import AdminScreen
from kiosk.ui.admin.notice import Tone
from kiosk.ui.admin.row_list import Row, RowList
from kiosk.ui.admin.rows_model import RowsModel
from kiosk.ui.theme import Scale
from kiosk.ui.widgets import Button, Label

_TONES: dict[HealthGrade, Tone] = {HealthGrade.OK: "good", HealthGrade.DEGRADED: "advice", HealthGrade.FAILED: "bad"}


class OverviewBackend(Protocol):
    """Every method may wait, is called on a background thread and raises KioskError."""

    def present_day(self) -> OfficeDay: ...

    def last_events(self, most: int, /) -> tuple[LogEntry, ...]:
        """Return the latest events that count, the latest first. most: how many."""

    def health(self) -> tuple[HealthCheck, ...]: ...


class FigureButton(Button):
    """A number with its name below it; touched, it leads to what it counts."""

    def __init__(self) -> None:
        super().__init__("secondary")
        self.setProperty("tile", "true")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._number, self._name = Label("title"), Label("soft")
        self._column = QVBoxLayout(self)
        for label in (self._number, self._name):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setWordWrap(False)
            self._column.addWidget(label)

    def show_figure(self, number: int | None, name: str) -> None:
        """Show a number, None while it is not known."""
        shown = "–" if number is None else str(number)
        self._number.setText(shown)
        self._name.setText(name)
        self.setAccessibleName(f"{name}: {shown}")

    def arrange(self, scale: Scale) -> None:
        """Set the margins for a window's size."""
        self._column.setContentsMargins(*(scale.px("xs"),) * 4)
        self._column.setSpacing(0)


class DayPeopleScreen(AdminScreen):
    """People of whom the day tells something.

    Signals:
        chosen: number and name of the one that was touched, as a tuple.
    """

    chosen = Signal(tuple)

    def __init__(self, title: str, people: Sequence[tuple[int, str, str]]) -> None:
        """people: number, name, and what there is to tell, of each."""
        self._asked = title
        super().__init__()
        self.model, self.list = RowsModel[tuple[int, str, str]](_row, self), RowList()
        self.list.setModel(self.model)
        self.model.show(tuple(people))
        self.list.chosen.connect(self._choose)
        self.body.addWidget(self.list, 1)

    def title(self) -> str:
        return self._asked

    def retranslate(self) -> None:
        super().retranslate()
        self.list.setAccessibleName(self.title())
        self.list.set_placeholder(self.tr("Nobody."))

    def _choose(self, index: QModelIndex) -> None:
        number, name, _ = self.model.items[index.row()]
        self.chosen.emit((number, name))


def _row(person: tuple[int, str, str]) -> Row:
    _, name, told = person
    return Row(name, told, face=name)


def health_text(checks: Sequence[HealthCheck]) -> tuple[Tone, str]:
    """Return how the device is, in the language that is shown, the worst first."""
    sentences = [_sentence(check) for check in sorted(checks, key=lambda one: one.grade is not HealthGrade.FAILED)
                 if check.grade is not HealthGrade.OK]  # fmt: skip
    if not sentences:
        return "good", QCoreApplication.translate("Health", "The device is in order.")
    return _TONES[worst_grade(tuple(checks))], " ".join(dict.fromkeys(sentences))


def _sentence(check: HealthCheck) -> str:
    kept = QCoreApplication.translate(
        "Health", "The database does not answer; entries and exits are kept on this device."
    )
    words = {
        "name": QCoreApplication.translate("Health", "Another device has the same name."),
        "camera": QCoreApplication.translate("Health", "The camera shows nothing."),
        "events": QCoreApplication.translate("Health", "The database refuses some entries and exits."),
        "gallery": QCoreApplication.translate("Health", "Nobody is enrolled yet."),
        "disk": QCoreApplication.translate("Health", "The disk is nearly full."),
        "clock": QCoreApplication.translate("Health", "The clock is not set by the network."),
        "purge": QCoreApplication.translate("Health", "Old snapshots have not been deleted for two nights."),
        "backup": QCoreApplication.translate("Health", "There has been no backup for two days."),
    }
    if check.name == "events" and check.code != "refused_by_database":
        return kept
    unknown = QCoreApplication.translate("Health", "Recognition does not work as it should.")
    return words.get(check.name, unknown)
