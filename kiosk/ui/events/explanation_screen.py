"""Why somebody was recognised at an event, or was not: what the decision rested on, in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale

from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.decision_record import DecisionRecord
from kiosk.errors import KioskError
from kiosk.ui.admin.admin_screen import AdminScreen, ScrollColumn
from kiosk.ui.admin.details_card import DetailsCard
from kiosk.ui.admin.notice import Notice
from kiosk.ui.events.backend import EventGrounds, EventsContext
from kiosk.ui.language import date_text, time_text
from kiosk.ui.widgets import Label

ROWS = 7


class ExplanationScreen(AdminScreen):
    """Reads the numbers when it is opened."""

    def __init__(self, context: EventsContext, entry: LogEntry) -> None:
        self._entry, self._context = entry, context
        self._grounds: EventGrounds | None = None
        super().__init__()
        self.verdict, self.details, self.hint, self.notice = Label("strong"), DetailsCard(ROWS), Label("soft"), Notice()
        column = ScrollColumn()
        for widget in (self.notice, self.verdict, self.details, self.hint):
            column.content.addWidget(widget)
        column.content.addStretch(1)
        self.body.addWidget(column)
        self.details.hide()
        self.notice.pressed.connect(self._load)

    def title(self) -> str:
        return self.tr("Why?")

    def entered(self) -> None:
        self._load()

    def retranslate(self) -> None:
        super().retranslate()
        grounds = self._grounds
        if grounds is None:
            self.verdict.setText(self.tr("One moment…"))
        elif grounds.record is None:
            self.verdict.setText(self.tr("The numbers of this event are kept no longer, or never were."))
        else:
            self._show(grounds.record, grounds)

    def _load(self) -> None:
        self.notice.clear()
        trace_id = self._entry.trace_id
        work: Callable[[], EventGrounds] = lambda: self._context.backend.explain_event(trace_id)  # noqa: E731
        self._context.background.run(self, work, self._loaded, self._failed)

    def _loaded(self, grounds: EventGrounds) -> None:
        self._grounds = grounds
        self.retranslate()

    def _failed(self, _: KioskError) -> None:
        self.notice.say("bad", self.tr("This could not be read. Nothing was changed."), self.tr("Try again"))

    def _show(self, record: DecisionRecord, grounds: EventGrounds) -> None:
        at, zone = self._entry.timestamp, self._context.zone
        self.verdict.setText(f"{time_text(at, zone)}, {date_text(at, zone)} · {self._verdict(record)}")
        self.details.set_rows(self._rows(record, grounds))
        self.details.show()
        self.hint.setText(self._hint(record))

    def _rows(self, record: DecisionRecord, grounds: EventGrounds) -> tuple[tuple[str, str], ...]:
        nobody = self.tr("nobody")
        one_in = _number(max(1, round(1 / max(record.target_fpir, 1e-9))))
        template = self.tr("not known")
        if record.template_similarity is not None:
            template = self.tr("similarity {similarity}").format(similarity=_decimal(record.template_similarity))
        if record.similarity_without_template is not None:
            others = _decimal(record.similarity_without_template)
            template += " · " + self.tr("the others together {similarity}").format(similarity=others)
        return (
            (self.tr("Most similar"), _who(record.first_id, record.first_similarity, grounds, nobody)),
            (
                self.tr("Needed"),
                self.tr("{similarity}: of strangers, about one in {count} reaches it").format(
                    similarity=_decimal(record.threshold), count=one_in
                ),
            ),
            (self.tr("Next most similar"), _who(record.second_id, record.second_similarity, grounds, nobody)),
            (
                self.tr("Lead"),
                "—"
                if record.margin is None
                else self.tr("{lead}, needed {needed}").format(
                    lead=_decimal(record.margin), needed=_decimal(record.minimum_margin)
                ),
            ),
            (self.tr("Closest enrolled picture"), template),
            (
                self.tr("Looks"),
                self.tr("{count}, quality of the best {quality} of 1").format(
                    count=record.sample_count, quality=_decimal(max(record.qualities, default=0.0))
                ),
            ),
            (self.tr("Enrolled then"), _number(record.person_count)),
        )

    def _verdict(self, record: DecisionRecord) -> str:
        words = {
            "rejected": self.tr("The person had pressed “That's not me”."),
            "empty_gallery": self.tr("Nobody was enrolled."),
            "below_threshold": self.tr("The face resembled nobody enough."),
            "look_alike": self.tr("The face resembled two people alike."),
            "small_margin": self.tr("The face resembled two people almost alike."),
            "samples_disagree": self.tr("Not every look named the same person."),
        }
        if not record.reasons:
            return self.tr("Recognised by the face.")
        return next((words[reason] for reason in record.reasons if reason in words), self.tr("Not recognised."))

    def _hint(self, record: DecisionRecord) -> str:
        without = record.similarity_without_template
        if record.reasons and record.first_id is not None:
            return self.tr("If it was somebody who is enrolled: more and clearer pictures of them help.")
        if not record.reasons and without is not None and without < record.threshold:
            return self.tr("One enrolled picture alone decided; if this was wrong, enroll the person again.")
        return ""


def _who(employee_id: int | None, similarity: float | None, grounds: EventGrounds, nobody: str) -> str:
    if employee_id is None or similarity is None:
        return nobody
    return f"{grounds.names.get(employee_id, str(employee_id))} · {_decimal(similarity)}"


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", QLocale().decimalPoint())


def _number(value: int) -> str:
    return QLocale().toString(value)
