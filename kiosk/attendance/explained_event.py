"""Why an event is in the log: its decision's numbers, put into sentences that need no knowledge of biometrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.attendance.explanation_texts import apart, correction_reason, decimal, one_in, sentence
from kiosk.attendance.timesheet_texts import day_format, moment_format
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.corrections import AUTOMATIC, RowCorrection
from kiosk.domain.decision import GOOD_QUALITY
from kiosk.domain.decision_record import DecisionRecord
from kiosk.domain.liveness import ATTACK_FROM, LivenessVerdict
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.quality import Reason
from kiosk.domain.types import EventType, Method

# So much above what was needed a match was narrow; so much below it, it may have been the person all the same.
NARROW, NEAR = 0.03, 0.1


@dataclass(frozen=True, slots=True)
class ExplainedEvent:
    """An event with all that tells why it is in the log.

    Attributes:
        entry: the event with its corrections.
        record: what the decision rested on; None where no face was compared, or if it is kept no longer.
        names: full names by number.
        template_made_at: when the template that was the closest was made; None if it is not there any more.
    """

    entry: LogEntry
    record: DecisionRecord | None
    names: Mapping[int, str]
    template_made_at: datetime | None = None

    def sentences(self, zone: ZoneInfo, language: OfficeLanguage = OfficeLanguage.ENGLISH) -> tuple[str, ...]:
        """Return the explanation, the event itself first; times are of the zone."""
        return tuple(Explanation(self, zone, language).sentences())


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explained event in words of one language; zone: that its times are told in."""

    explained: ExplainedEvent
    zone: ZoneInfo
    language: OfficeLanguage

    def sentences(self) -> Iterator[str]:
        entry, record = self.explained.entry, self.explained.record
        yield self._event(entry)
        if entry.method is not Method.FACE:
            added = "automatic" if entry.is_automatic else "instead" if entry.original is not None else "manual"
            yield self._say(added if entry.method is Method.MANUAL else entry.method.value)
        elif record is None:
            yield self._say("not_kept")
        else:
            yield from self._verdict(record)
            yield from self._likeness(record)
            yield from self._pictures(record)
            if record.first_id is not None:
                if record.reasons and "look_alike" not in _grounds(record):
                    yield self._say("stranger_help")
                pairs = one_in(record.threshold_fmr, self.language)
                yield self._say("technical", network=record.model_version, pairs=pairs)
            yield from self._liveness(record)
        for made in entry.corrections:
            yield self._correction(made)

    def _event(self, entry: LogEntry) -> str:
        return self._say(
            "event",
            at=self._moment(entry.timestamp, ":%S"),
            door=entry.kiosk_id,
            who=self._who(entry.employee_id),
            did=self._did(entry.event_type),
            void=self._say("void") if entry.voided else "",
        )

    def _verdict(self, record: DecisionRecord) -> Iterator[str]:
        if not record.reasons:
            yield self._say("known_narrowly" if _is_narrow(record) else "known")
            return
        yield self._say("unknown")
        for reason in _grounds(record):
            yield self._say(reason, first=self._who(record.first_id), second=self._who(record.second_id))
        if _best_quality(record) < GOOD_QUALITY and record.first_id is not None:
            yield self._say("poor_pictures")

    def _likeness(self, record: DecisionRecord) -> Iterator[str]:
        if record.first_id is None or record.first_similarity is None:
            return
        first = self._who(record.first_id)
        similarity, threshold = apart(record.first_similarity, record.threshold, self.language)
        yield self._say("closest", first=first, similarity=similarity, threshold=threshold)
        yield self._say(
            "needed",
            people=record.person_count,
            threshold=threshold,
            strangers=one_in(record.target_fpir, self.language),
        )
        if record.second_similarity is not None and record.margin is not None:
            lead, least = apart(record.margin, record.minimum_margin, self.language)
            yield self._say(
                "second" if record.margin >= record.minimum_margin else "second_close",
                second=self._who(record.second_id),
                similarity=decimal(record.second_similarity, self.language),
                lead=lead,
                least=least,
            )
        yield from self._template(record, first)

    def _template(self, record: DecisionRecord, first: str) -> Iterator[str]:
        if record.template_similarity is None:
            return
        made_at, without = self.explained.template_made_at, record.similarity_without_template
        if record.template_id is None:
            which = self._say("template_unnumbered")
        elif made_at is None:
            which = self._say("template_gone", id=record.template_id)
        else:
            day = made_at.astimezone(self.zone).strftime(day_format(self.language))
            which = self._say("template_of", day=day, id=record.template_id)
        similarity = decimal(record.template_similarity, self.language)
        said = self._say("template", first=first, which=which, similarity=similarity)
        if without is None:
            key = "only_template"
        elif record.reasons:
            key = "without"
        else:
            key = "not_enough_without" if _rests_on_one_picture(record) else "enough_without"
        without_text = "" if without is None else apart(without, record.threshold, self.language)[0]
        yield f"{said} {self._say(key, first=first, without=without_text)}"

    def _pictures(self, record: DecisionRecord) -> Iterator[str]:
        if record.first_id is None:
            return
        best = _best_quality(record)
        shown, poor = apart(best, GOOD_QUALITY, self.language)
        key = "samples_one" if record.sample_count == 1 else "samples"
        said = self._say(key, count=record.sample_count, best=shown, poor=poor)
        yield f"{said} {self._say('poor')}" if best < GOOD_QUALITY and not record.reasons else said
        if record.refused_count:
            yield self._say("refused", count=record.refused_count, reasons=self._listed(record.refused_reasons))
        if record.advice:
            seen = ["head_turned" if code == Reason.TURNED_AWAY else code for code in record.advice]
            yield self._say("advice", reasons=self._listed(seen))
        if record.face_count > 1:
            yield self._say("faces", count=record.face_count)

    def _liveness(self, record: DecisionRecord) -> Iterator[str]:
        """Say what was seen of a living person; nobody is called a cheat for it."""
        seen = decimal(record.liveness_seen_s or 0.0, self.language, 1)
        match record.liveness:
            case None:
                yield self._say("not_watched")
            case LivenessVerdict.ATTACK:
                yield from (self._say(reason, seen=seen) for reason in record.liveness_reasons or ())
            case verdict:
                yield self._say(verdict, seen=seen)
        if record.liveness_co_motion is not None:
            share, limit = (f"{100 * value:.0f}" for value in (record.liveness_co_motion, ATTACK_FROM))
            yield self._say("co_motion", motions=record.liveness_motions, share=share, limit=limit)

    def _correction(self, made: RowCorrection) -> str:
        at, author, reason = (
            self._moment(made.at),
            self._author(made.author),
            correction_reason(made.reason, self.language),
        )
        was = made.original
        if was is None or made.undoes is not None:
            action = "undo" if made.undoes is not None else made.action.value
            return self._say(f"made_{action}", at=at, author=author, reason=reason)
        return self._say(
            "made_instead",
            at=at,
            author=author,
            reason=reason,
            who=self._who(was.employee_id),
            did=self._did(was.event_type),
            was=self._moment(was.timestamp, ":%S"),
            trace_id=was.trace_id,
        )

    def _author(self, author: str) -> str:
        kind, _, name = author.partition(":")
        known = author == AUTOMATIC or kind in ("admin", "kiosk", "cli", "token")
        return self._say(f"by_{kind}", name=name) if known else author

    def _who(self, employee_id: int | None) -> str:
        if employee_id is None:
            return self._say("visitor")
        name = self.explained.names.get(employee_id)
        return self._say("employee" if name is None else "named", name=name, number=employee_id)

    def _did(self, event_type: EventType) -> str:
        return self._say(event_type.value)

    def _moment(self, at: datetime, seconds: str = "") -> str:
        return at.astimezone(self.zone).strftime(moment_format(self.language) + seconds)

    def _listed(self, codes: list[str] | tuple[str, ...]) -> str:
        words = [self._say(code) for code in codes]
        return self._say("and").join([", ".join(words[:-1]), words[-1]] if words[1:] else words)

    def _say(self, key: str, **values: object) -> str:
        return sentence(key, self.language, **values)


def _grounds(record: DecisionRecord) -> Iterator[str]:
    """Yield why nobody was named, without what follows from another ground.

    Whoever resembles nobody resembles two people equally little, and every picture somebody else; whoever resembles two
    people who look alike now resembles the one more, now the other.
    """
    reasons = record.reasons
    if "below_threshold" in reasons or "rejected" in reasons:
        yield from (reason for reason in reasons if reason in ("rejected", "below_threshold"))
        if "below_threshold" in reasons and (record.first_similarity or 0.0) >= record.threshold - NEAR:
            yield "perhaps"
    elif "look_alike" in reasons:
        yield "look_alike"
    else:
        yield from reasons


def _is_narrow(record: DecisionRecord) -> bool:
    similarity = record.first_similarity
    return _rests_on_one_picture(record) or (similarity is not None and similarity < record.threshold + NARROW)


def _rests_on_one_picture(record: DecisionRecord) -> bool:
    without = record.similarity_without_template
    return without is not None and without < record.threshold


def _best_quality(record: DecisionRecord) -> float:
    return max(record.qualities, default=0.0)
