"""Why an event is in the log: its decision's numbers, put into sentences that need no knowledge of biometrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from db.attendance_log import find_event
from db.decision_records import decision_record_of, newest_of_face
from db.employee_queries import person_names
from db.log_entries import log_entries
from db.session import Database
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.decision import GOOD_QUALITY
from kiosk.domain.decision_record import DecisionRecord
from kiosk.domain.types import EventType, Method
from kiosk.errors import EventNotFound

DOUBTS = {
    "rejected": "The person had said of the name shown before that it was not theirs, so that it was left out.",
    "empty_gallery": "Nobody's face was enrolled, so nobody could be recognised.",
    "below_threshold": "The face was not like anybody enough to be sure, so nobody was named.",
    "look_alike": "Another enrolled person is as much like that one as the face was, so it may have been either.",
    "small_margin": "The two were too close to each other to tell which of them it was.",
    "samples_disagree": "The latest pictures of the visit did not all show the same person.",
}
_METHODS = {
    Method.PIN: "By PIN number and PIN; no face was compared.",
    Method.MANUAL: "By hand; no face was compared for it.",
    Method.API: "Another system wrote it; no face was compared.",
}
_NOT_KEPT = "What the decision rested on is not kept any more (KIOSK_DECISION_RECORD_DAYS), or never was."
# Under either default network one pair of different people in some hundreds is more alike.
STRANGERS = 0.4


@dataclass(frozen=True, slots=True)
class ExplainedEvent:
    """An event with all that tells why it is in the log.

    Attributes:
        entry: the event with its corrections.
        record: what the decision rested on; None where no face was compared, or if it is kept no longer.
        names: full names by number.
    """

    entry: LogEntry
    record: DecisionRecord | None
    names: Mapping[int, str]

    def sentences(self, zone: ZoneInfo) -> tuple[str, ...]:
        """Return the explanation, the event itself first; times are of the zone."""
        return (self._event(zone), *self._grounds(), *self._corrections(zone))

    def _event(self, zone: ZoneInfo) -> str:
        entry = self.entry
        who = "an unknown visitor" if entry.employee_id is None else self._name(entry.employee_id)
        did = "came in" if entry.event_type is EventType.ENTRY else "left"
        void = "; it does not count any more" if entry.voided else ""
        return f"{entry.timestamp.astimezone(zone):%Y-%m-%d %H:%M:%S}, {entry.kiosk_id}: {who} {did}{void}."

    def _grounds(self) -> Iterator[str]:
        if self.entry.method is not Method.FACE:
            yield _METHODS[self.entry.method]
        elif self.record is None:
            yield _NOT_KEPT
        else:
            yield from self._decision(self.record)

    def _decision(self, record: DecisionRecord) -> Iterator[str]:
        known = not record.reasons
        yield "Recognised by the face." if known else "Not recognised."
        if record.first_id is not None and record.first_similarity is not None:
            yield (
                f"The face was most like {self._name(record.first_id)}: {record.first_similarity:.2f}, where 1 is the "
                f"same picture and strangers are mostly below {STRANGERS:.1f}. At least {record.threshold:.2f} was "
                f"needed: with {record.person_count} enrolled, {_one_in(record.target_fpir)} strangers is then taken "
                "for somebody."
            )
        if record.second_id is not None and record.second_similarity is not None and record.margin is not None:
            yield (
                f"Second was {self._name(record.second_id)} with {record.second_similarity:.2f}, which is "
                f"{record.margin:.2f} less; at least {record.minimum_margin:.2f} less was needed."
            )
        yield from (DOUBTS.get(reason, f"{reason.replace('_', ' ').capitalize()}.") for reason in record.reasons)
        yield from self._template(record)
        scores = ", ".join(f"{quality:.2f}" for quality in record.qualities)
        pictures = "1 picture was" if record.sample_count == 1 else f"{record.sample_count} pictures were"
        yield f"{pictures} compared; the best had a quality of {scores} (1 is best, below {GOOD_QUALITY} is poor)."
        yield (
            f"For technicians: {_one_in(record.threshold_fmr)} pairs of different people is as alike as was needed; "
            f"network {record.model_version}."
        )

    def _template(self, record: DecisionRecord) -> Iterator[str]:
        if record.template_similarity is None:
            return
        which = "" if record.template_id is None else f" (template {record.template_id})"
        closest = f"Of their enrolled pictures one{which} was the most like it, with {record.template_similarity:.2f}"
        without = record.similarity_without_template
        if without is None:
            yield f"{closest}; it is the only one."
        elif record.reasons or without >= record.threshold:
            yield f"{closest}; the others together reach {without:.2f}."
        else:
            yield f"{closest}; the others together reach {without:.2f}, too little: that picture alone decided."

    def _corrections(self, zone: ZoneInfo) -> Iterator[str]:
        for made in self.entry.corrections:
            at = f"{made.at.astimezone(zone):%Y-%m-%d %H:%M}"
            why = f": {made.reason}" if made.reason else ""
            yield f"Corrected ({made.action}) {at} by {made.author}{why}."
        original = self.entry.original
        if original is not None:
            was = f"{original.timestamp.astimezone(zone):%Y-%m-%d %H:%M:%S}"
            yield f"It stands for the {original.event_type} of {was}, trace id {original.trace_id}."

    def _name(self, employee_id: int) -> str:
        name = self.names.get(employee_id)
        return f"employee {employee_id}" if name is None else f"{name} ({employee_id})"


def _one_in(rate: float) -> str:
    """Return a rate in words, such as "one in 2,100"."""
    return f"one in {max(1, round(float(f'{1 / max(rate, 1e-12):.2g}'))):,}"


def explain_event(database: Database, trace_id: UUID) -> ExplainedEvent:
    """Return an event with what its decision rested on. Raises EventNotFound, StorageError."""
    with database.reading() as session:
        event = find_event(session, trace_id)
        if event is None:
            raise EventNotFound(trace_id)
        at = event.occurred_at
        found = log_entries(session, at, at + timedelta(microseconds=1), event.employee_id)
        entry = next(one for one in found if one.trace_id == trace_id)
        names = {person.id: person.full_name for person in person_names(session)}
        return ExplainedEvent(entry, decision_record_of(session, trace_id), names)


def newest_decision(database: Database, employee_id: int | None = None) -> UUID | None:
    """Return the trace id of the newest event at which a face was looked at, of one person or of anybody."""
    with database.reading() as session:
        return newest_of_face(session, employee_id)
