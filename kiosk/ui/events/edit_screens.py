"""What can be another of an event: its time, type, person, reason, and whether it counts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from kiosk.domain.attendance_log import LogEntry
from kiosk.employees.results import EmployeeSummary
from kiosk.ui.entrance.reason_buttons import ReasonButtons
from kiosk.ui.event_styles import event_style
from kiosk.ui.events.backend import CorrectionDone, EventEdit, EventsContext
from kiosk.ui.events.correction_screen import CorrectionScreen
from kiosk.ui.events.labels import exit_reason_text, name_of, short_day_text
from kiosk.ui.events.time_panel import TimePanel
from kiosk.ui.language import time_text


def event_text(entry: LogEntry, context: EventsContext) -> str:
    """Return which event is meant: Exit, 18:05, Fri, 27 Nov."""
    at, zone = entry.timestamp, context.zone
    style = event_style(entry.event_type)
    return f"{style.name}, {time_text(at, zone)}, {short_day_text(at.astimezone(zone).date())}"


class EditTimeScreen(CorrectionScreen):
    """Another time."""

    def __init__(self, context: EventsContext, entry: LogEntry) -> None:
        self.entry = entry
        self.at = TimePanel(entry.timestamp, context.zone)
        super().__init__(context, self.at)

    def title(self) -> str:
        return self.tr("Another time")

    def retranslate(self) -> None:
        super().retranslate()
        self.said.setText(f"{name_of(self.entry)} · {event_text(self.entry, self.context)}")

    def work(self, reason: str) -> Callable[[], CorrectionDone] | None:
        at, trace_id = self.at.moment(), self.entry.trace_id
        if at is None:
            return None
        return lambda: self.context.backend.change_event(trace_id, EventEdit(at=at), reason)

    def done_text(self) -> str:
        return self.tr("The time of {name} was changed.").format(name=name_of(self.entry))


class EditTypeScreen(CorrectionScreen):
    """An entry that was an exit, or the other way round."""

    def __init__(self, context: EventsContext, entry: LogEntry) -> None:
        self.entry = entry
        super().__init__(context)

    def title(self) -> str:
        return event_style(self.entry.event_type.opposite).change_to

    def retranslate(self) -> None:
        super().retranslate()
        after = event_style(self.entry.event_type.opposite).name
        before = f"{name_of(self.entry)} · {event_text(self.entry, self.context)}"
        self.said.setText(f"{before} → {after}")

    def work(self, reason: str) -> Callable[[], CorrectionDone] | None:
        trace_id, edit = self.entry.trace_id, EventEdit(event_type=self.entry.event_type.opposite)
        return lambda: self.context.backend.change_event(trace_id, edit, reason)

    def done_text(self) -> str:
        return self.tr("Entry and exit of {name} were exchanged.").format(name=name_of(self.entry))


class EditPersonScreen(CorrectionScreen):
    """It was somebody else, who was chosen before."""

    def __init__(self, context: EventsContext, entry: LogEntry, member: EmployeeSummary) -> None:
        self.entry, self.member = entry, member
        super().__init__(context)

    def usual_reasons(self) -> tuple[str, ...]:
        return (
            QCoreApplication.translate("CorrectionScreen", "They look alike"),
            QCoreApplication.translate("CorrectionScreen", "Seen on the snapshot"),
            QCoreApplication.translate("CorrectionScreen", "The person said so"),
            QCoreApplication.translate("CorrectionScreen", "Confirmed by the manager"),
        )

    def title(self) -> str:
        return self.tr("It was somebody else")

    def retranslate(self) -> None:
        super().retranslate()
        before, after = name_of(self.entry), self.member.person.full_name
        self.said.setText(f"{event_text(self.entry, self.context)} · {before} → {after}")

    def work(self, reason: str) -> Callable[[], CorrectionDone] | None:
        trace_id, edit = self.entry.trace_id, EventEdit(employee_id=self.member.person.id)
        return lambda: self.context.backend.change_event(trace_id, edit, reason)

    def done_text(self) -> str:
        return self.tr("The event is now of {name}.").format(name=self.member.person.full_name)


class EditReasonScreen(CorrectionScreen):
    """Why somebody left: one of the office's reasons."""

    def __init__(self, context: EventsContext, entry: LogEntry) -> None:
        self.entry, self._code = entry, entry.reason
        self.codes = ReasonButtons(context.exit_reasons)
        self.codes.chosen.connect(self._choose)
        super().__init__(context, self.codes)

    def usual_reasons(self) -> tuple[str, ...]:
        return (
            QCoreApplication.translate("CorrectionScreen", "No reason was given"),
            QCoreApplication.translate("CorrectionScreen", "The wrong reason was chosen"),
            QCoreApplication.translate("CorrectionScreen", "The person said so"),
            QCoreApplication.translate("CorrectionScreen", "Confirmed by the manager"),
        )

    def title(self) -> str:
        return self.tr("Why did they leave?")

    def retranslate(self) -> None:
        super().retranslate()
        self.reason.set_name(self.tr("Why is it corrected?"))
        code = exit_reason_text(self._code, self.context.exit_reasons) or self.tr("no reason given")
        self.said.setText(f"{name_of(self.entry)} · {event_text(self.entry, self.context)} · {code}")

    def work(self, reason: str) -> Callable[[], CorrectionDone] | None:
        if self._code is None or self._code == self.entry.reason:
            self.notice.say("advice", self.tr("Choose first why they left."))
            return None
        trace_id, edit = self.entry.trace_id, EventEdit(exit_reason=self._code)
        return lambda: self.context.backend.change_event(trace_id, edit, reason)

    def done_text(self) -> str:
        return self.tr("The reason of {name} was changed.").format(name=name_of(self.entry))

    def _choose(self, code: str) -> None:
        self._code = code
        self.notice.clear()
        self.retranslate()


class VoidScreen(CorrectionScreen):
    """An event is not deleted: it stays in the list, marked, with the reason."""

    def __init__(self, context: EventsContext, entry: LogEntry) -> None:
        self.entry = entry
        super().__init__(context, kind="danger")

    def usual_reasons(self) -> tuple[str, ...]:
        return (
            QCoreApplication.translate("CorrectionScreen", "Registered by mistake"),
            QCoreApplication.translate("CorrectionScreen", "It was a trial"),
            QCoreApplication.translate("CorrectionScreen", "Only walked past"),
            QCoreApplication.translate("CorrectionScreen", "Registered twice"),
        )

    def title(self) -> str:
        return self.tr("Do not count this event?")

    def retranslate(self) -> None:
        super().retranslate()
        self.said.setText(f"{name_of(self.entry)} · {event_text(self.entry, self.context)}")
        self.save.setText(self.tr("Do not count it"))

    def work(self, reason: str) -> Callable[[], CorrectionDone] | None:
        trace_id = self.entry.trace_id
        return lambda: self.context.backend.void_event(trace_id, reason)

    def done_text(self) -> str:
        return self.tr("The event of {name} does not count any more; it stays in the list, marked.").format(
            name=name_of(self.entry)
        )
