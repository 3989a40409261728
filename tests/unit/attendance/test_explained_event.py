"""The sentences that explain an event: what each kind of event says, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from kiosk.attendance.explained_event import ExplainedEvent
from kiosk.attendance.explanation_texts import ENGLISH, RUSSIAN
from kiosk.domain.attendance_log import LogEntry
from kiosk.domain.corrections import AUTOMATIC, CorrectionAction, OriginalRow, RowCorrection
from kiosk.domain.decision_record import DecisionRecord
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.quality import Reason
from kiosk.domain.types import EventType, Method

ZONE, AT = ZoneInfo("Europe/Moscow"), datetime(2026, 11, 28, 6, 0, tzinfo=UTC)
ANNA, BORIS = 1, 2
TRACE_ID = UUID(int=7)
ENTRY = LogEntry(TRACE_ID, ANNA, "Anna", AT, EventType.ENTRY, 0.71, Method.FACE, "door", voided=False, photo_path=None)
MATCH = DecisionRecord(
    model_version="sface@1",
    person_count=45,
    threshold=0.47,
    threshold_fmr=1.1e-5,
    target_fpir=0.001,
    minimum_margin=0.05,
    sample_count=6,
    qualities=(0.94, 0.9),
    first_id=ANNA,
    first_similarity=0.71,
    second_id=BORIS,
    second_similarity=0.31,
    template_id=55,
    template_similarity=0.78,
    similarity_without_template=0.66,
)
STRANGER = replace(
    MATCH, first_similarity=0.38, similarity_without_template=0.3, reasons=("below_threshold", "samples_disagree")
)
NAMES = {ANNA: "Anna", BORIS: "Борис"}


def said(
    entry: LogEntry = ENTRY,
    record: DecisionRecord | None = MATCH,
    language: OfficeLanguage = OfficeLanguage.ENGLISH,
    made_at: datetime | None = AT - timedelta(days=90),
) -> str:
    return "\n".join(ExplainedEvent(entry, record, NAMES, made_at).sentences(ZONE, language))


def in_both(expected: str, russian: str, entry: LogEntry = ENTRY, record: DecisionRecord | None = MATCH) -> None:
    assert expected in said(entry, record)
    assert russian in said(entry, record, OfficeLanguage.RUSSIAN)


@pytest.mark.parametrize(
    ("record", "expected", "russian"),
    [
        pytest.param(MATCH, "clearly recognised by the face", "уверенно узнан по лицу", id="match"),
        pytest.param(
            MATCH,
            "looked most like Anna (no. 1): 0.71 of 1 against all stored pictures of them together; at least 0.47",
            "Наибольшее сходство: Anna (№ 1), 0,71 из 1 со всеми сохранёнными снимками вместе; нужно было не меньше",
            id="similarity",
        ),
        pytest.param(
            MATCH,
            "are enrolled (45), and is more for a face that resembles many; so about one stranger in 1,000",
            "одного из 1\N{NO-BREAK SPACE}000 посторонних",
            id="what the limit means",
        ),
        pytest.param(
            MATCH,
            "Second most alike was Борис (no. 2) with 0.31; 0.05 less",
            "На втором месте: Борис (№ 2), 0,31",
            id="runner-up",
        ),
        pytest.param(
            MATCH,
            "the one of 2026-08-30 (picture no. 55) was the most like it (0.78). Without it, it would be 0.66: still",
            "снимок от 30.08.2026 (№ 55), сходство 0,78. Без него было бы 0,66: этого тоже достаточно",
            id="template",
        ),
        pytest.param(
            replace(MATCH, similarity_without_template=0.4),
            "would not have been recognised. If the name is wrong, correct",
            "киоск не узнал бы",
            id="alone",
        ),
        pytest.param(
            replace(MATCH, similarity_without_template=None),
            "the only picture of Anna",
            "Других снимков",
            id="only one",
        ),
        pytest.param(
            replace(MATCH, template_id=None), "of Anna (no. 1), one was the most", "подошёл один из", id="unnumbered"
        ),
        pytest.param(MATCH, "6 camera pictures were used", "Использовано кадров: 6", id="samples"),
        pytest.param(replace(MATCH, sample_count=1), "1 camera picture was", "Использован 1 кадр", id="one sample"),
        pytest.param(replace(MATCH, qualities=(0.3,)), "poor. More light", "плохое. Добавьте света", id="poor"),
        pytest.param(
            replace(MATCH, refused_count=12, refused_reasons=("too_dark", "too_blurred")),
            "could not be used: 12, because the face was too dark and the face was blurred",
            "не подошли: 12; причины: лицо слишком тёмное, лицо смазано",
            id="refused",
        ),
        pytest.param(
            replace(MATCH, advice=("eyes_covered", "turned_away")),
            "Seen on the pictures: something over the eyes, such as sunglasses and a head turned away",
            "тёмные очки, голова повёрнута",
            id="covered",
        ),
        pytest.param(replace(MATCH, face_count=2), "2 faces were in front of the camera", "лиц: 2", id="two faces"),
        pytest.param(STRANGER, "not enough like that of any employee", "ни на одного сотрудника", id="stranger"),
        pytest.param(STRANGER, "If it was an employee after all", "Если это всё же был сотрудник", id="what to do"),
        pytest.param(
            replace(STRANGER, first_similarity=0.4696),
            "0.4696 of 1 against all stored pictures of them together; at least 0.4700",
            "0,4696",
            id="so close that two places look alike",
        ),
        pytest.param(
            replace(MATCH, second_similarity=0.6601, reasons=("small_margin",)),
            "only 0.0499 less; at least 0.0500",
            "разница всего 0,0499; чтобы различить",
            id="too small a lead",
        ),
        pytest.param(
            replace(MATCH, reasons=("look_alike",)),
            "It may be Anna (no. 1) or Борис (no. 2)",
            "похожи между собой",
            id="alike",
        ),
        pytest.param(
            replace(STRANGER, reasons=("rejected", "below_threshold")), "“That's not me”", "«Это не я»", id="rejected"
        ),
        pytest.param(
            DecisionRecord("sface@1", 0, 0.47, 1e-5, 1e-3, 0.05, 8, (0.9,), reasons=("empty_gallery",)),
            "no stored faces",
            "ни одного сохранённого лица",
            id="nobody enrolled",
        ),
        pytest.param(
            replace(MATCH, first_id=77), "employee no. 77", "сотрудник № 77", id="somebody who is not in the table"
        ),
    ],
)
def test_what_a_face_was_decided_by(record: DecisionRecord, expected: str, russian: str) -> None:
    in_both(expected, russian, record=record)


@pytest.mark.parametrize(
    ("record", "expected", "russian"),
    [
        pytest.param(replace(MATCH, first_similarity=0.48), "but only just", "еле-еле", id="near the limit"),
        pytest.param(replace(MATCH, similarity_without_template=0.4), "but only just", "еле-еле", id="one picture"),
        pytest.param(STRANGER, "Perhaps it was Anna (no. 1)", "Возможно, это Anna (№ 1)", id="not far below"),
        pytest.param(
            replace(STRANGER, qualities=(0.1,)), "only poor pictures", "только плохие снимки", id="poor pictures"
        ),
    ],
)
def test_how_sure_it_was_is_said_first(record: DecisionRecord, expected: str, russian: str) -> None:
    in_both(expected, russian, record=record)


def test_what_nobody_can_use_is_left_out() -> None:
    assert "Perhaps it was" not in said(record=replace(STRANGER, first_similarity=0.2))
    alike = said(record=replace(MATCH, reasons=("look_alike", "small_margin", "samples_disagree")))
    assert "it may have been either" not in alike
    assert "enroll two or three" not in alike, "more pictures tell no twins apart"
    like_nobody = said(record=replace(STRANGER, reasons=("look_alike", "below_threshold")))
    assert "It may be" not in like_nobody
    assert "enroll two or three" in like_nobody
    nobody = DecisionRecord("sface@1", 0, 0.47, 1e-5, 1e-3, 0.05, 8, (0.9,), reasons=("empty_gallery",))
    assert "camera picture" not in said(record=nobody)


def test_whoever_is_like_nobody_needs_no_word_on_pictures_that_disagree() -> None:
    assert "From picture to picture" not in said(record=STRANGER)
    assert "From picture to picture" in said(record=replace(MATCH, reasons=("samples_disagree",)))


def test_a_code_of_a_later_version_is_shown_in_words_of_its_own() -> None:
    assert "Seen in a mirror." in said(record=replace(STRANGER, reasons=("seen_in_a_mirror",)))


def made(action: CorrectionAction, author: str, reason: str, **others: object) -> LogEntry:
    correction = RowCorrection(1, action, author, reason, AT + timedelta(hours=1), **others)  # type: ignore[arg-type]
    return replace(ENTRY, voided=action is CorrectionAction.VOID, corrections=(correction,))


@pytest.mark.parametrize(
    ("entry", "expected", "russian"),
    [
        pytest.param(replace(ENTRY, method=Method.PIN), "the sign-in number and the PIN", "ПИН-код", id="pin"),
        pytest.param(replace(ENTRY, method=Method.MANUAL), "added by hand", "вручную", id="by hand"),
        pytest.param(replace(ENTRY, method=Method.API), "Another system", "другая система", id="another system"),
        pytest.param(ENTRY, "is not kept any more", "уже не хранятся", id="kept no longer"),
        pytest.param(replace(ENTRY, event_type=EventType.EXIT), "Anna (no. 1) left.", "уход, Anna (№ 1).", id="exit"),
        pytest.param(
            replace(ENTRY, employee_id=None, full_name=None),
            "an unknown visitor came in",
            "приход, неизвестный",
            id="visitor",
        ),
        pytest.param(
            replace(
                made(CorrectionAction.ADD, AUTOMATIC, "nobody registered the exit; set to the end of the shift"),
                method=Method.MANUAL,
            ),
            "Nobody registered this exit",
            "автоматически: событие добавлено: «уход никто не отметил; поставлен на конец смены»",
            id="automatic",
        ),
        pytest.param(
            made(CorrectionAction.VOID, "kiosk:door", "not me"),
            "2026-11-28 10:00, at the door door: the event was cancelled: “not me”",
            "28.11.2026 10:00, у двери door: событие отменено: «Это не я»",
            id="taken back at the door",
        ),
        pytest.param(
            made(CorrectionAction.VOID, "token:payroll/olga", "closest {x}"),
            "payroll/olga, another system: the event was cancelled: “closest {x}”",
            "payroll/olga, другая система",
            id="a typed reason is no text of ours",
        ),
        pytest.param(
            made(CorrectionAction.UNDO, "cli:ivan", "a mistake", undoes=1),
            "ivan, at the computer: the correction before this one was undone, and the event is again",
            "ivan, с компьютера: предыдущее исправление снято",
            id="undone",
        ),
        pytest.param(
            replace(
                made(CorrectionAction.ADD, "admin", "x", original=OriginalRow(UUID(int=3), BORIS, AT, EventType.EXIT)),
                method=Method.MANUAL,
            ),
            "replaces a wrong one",
            "вместо ошибочного",
            id="added instead",
        ),
        pytest.param(
            made(
                CorrectionAction.ADD,
                "admin",
                "a twin",
                original=OriginalRow(UUID(int=3), BORIS, AT, EventType.EXIT),
            ),
            "administrator: the event was corrected: “a twin”. Registered at first: Борис (no. 2) left, 2026-11-28 "
            f"09:00:00 (trace id {UUID(int=3)})",
            "Сначала было отмечено: уход, Борис (№ 2)",
            id="another one instead",
        ),
    ],
)
def test_what_needs_no_figures(entry: LogEntry, expected: str, russian: str) -> None:
    in_both(expected, russian, entry, record=None)


def test_an_event_that_does_not_count_says_so_at_once() -> None:
    in_both("does not count any more", "больше не учитывается", made(CorrectionAction.VOID, "admin", "a twin"))


def test_both_languages_have_the_same_texts_with_the_same_values() -> None:
    assert ENGLISH.keys() == RUSSIAN.keys()
    for key, text in ENGLISH.items():
        assert set(re.findall(r"{(\w+)}", RUSSIAN[key])) == set(re.findall(r"{(\w+)}", text)), key


def test_every_reason_that_a_picture_of_the_door_may_have_has_words() -> None:
    of_the_door = [reason for reason in Reason if reason.value in ENGLISH]
    assert set(of_the_door) >= {
        Reason.UNCERTAIN_FACE, Reason.CUT_OFF, Reason.TOO_SMALL, Reason.TURNED_AWAY, Reason.TOO_DARK, Reason.TOO_BRIGHT,
        Reason.LOW_CONTRAST, Reason.TOO_BLURRED, Reason.EYES_COVERED, Reason.FACE_COVERED,
    }  # fmt: skip
