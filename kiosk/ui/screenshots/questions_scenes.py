"""Open questions, closing months and who is in, set by hand for pictures of them."""

from __future__ import annotations

from PySide6.QtTest import QTest

from kiosk.errors import StorageError
from kiosk.ui.evacuation.screen import EvacuationScreen
from kiosk.ui.questions.answer_screen import AnswerScreen
from kiosk.ui.questions.refuse_screen import RefuseScreen
from kiosk.ui.questions.screen import Question, QuestionsScreen
from kiosk.ui.screenshots.events_scenes import events_context
from kiosk.ui.screenshots.fake_staff import staffed_backend
from kiosk.ui.screenshots.scene import ZONE, Scene, SceneFixture, wait_until
from kiosk.ui.timesheets.close_month_screen import CloseMonthScreen
from kiosk.ui.timesheets.closed_months_screen import ClosedMonthsScreen


def _nothing(fixture: SceneFixture) -> None:
    backend, context = events_context(fixture)
    backend.is_empty = True
    screen = QuestionsScreen(backend, context)
    fixture.open(screen)
    wait_until(lambda: screen.is_loaded)


def _answer(place: int, name: str) -> Scene:
    def show(fixture: SceneFixture) -> None:
        backend, context = events_context(fixture)
        found = backend.questions()
        asked: list[Question] = [*found.stays, *found.requests]
        fixture.open(AnswerScreen(backend, context, asked[place]))

    return Scene(name, show)


def _refuse(fixture: SceneFixture) -> None:
    screen = RefuseScreen(events_context(fixture)[0].people()[1].person.full_name)
    fixture.open(screen)
    screen.refuse.click()


def _months(fixture: SceneFixture) -> None:
    backend = events_context(fixture)[0]
    screen = ClosedMonthsScreen(backend, fixture.background, ZONE)
    fixture.open(screen)
    wait_until(lambda: screen.model.rowCount() > 0)
    screen.say_closed(backend.months()[1], backend.people()[0].person.full_name)


def _close(fixture: SceneFixture, *, is_empty: bool = False) -> None:
    backend = events_context(fixture)[0]
    backend.is_empty = is_empty
    screen = CloseMonthScreen(backend, fixture.background, backend.months()[1].month)
    fixture.open(screen)
    screen.close_month.click()
    wait_until(lambda: screen.is_counted)
    QTest.qWait(60)  # the sentence may need a second line


def _close_nothing_open(fixture: SceneFixture) -> None:
    _close(fixture, is_empty=True)


def _copy(fixture: SceneFixture) -> None:
    backend = staffed_backend(fixture).attendance
    backend.is_copy = True
    _open_evacuation(fixture, EvacuationScreen(backend, fixture.background, ZONE))


def _nobody(fixture: SceneFixture) -> None:
    backend = staffed_backend(fixture).attendance
    backend.is_empty = True
    _open_evacuation(fixture, EvacuationScreen(backend, fixture.background, ZONE))


def _no_list(fixture: SceneFixture) -> None:
    backend = staffed_backend(fixture).attendance
    backend.refuses = StorageError("no copy")
    _open_evacuation(fixture, EvacuationScreen(backend, fixture.background, ZONE))


def _open_evacuation(fixture: SceneFixture, screen: EvacuationScreen) -> None:
    fixture.open(screen)
    wait_until(lambda: not screen.is_loading)


QUESTIONS_SCENES = (
    Scene("questions-none", _nothing),
    _answer(0, "question-no-proposal"),
    _answer(1, "question-last-sighting"),
    _answer(3, "question-entry"),
    _answer(4, "question-automatic-exit"),
    _answer(5, "question-turned"),
    _answer(6, "question-break"),
    _answer(7, "question-request"),
    _answer(8, "question-other-request"),
    Scene("question-refuse", _refuse),
    Scene("months", _months),
    Scene("month-close", _close),
    Scene("month-close-nothing-open", _close_nothing_open),
    Scene("evacuation-copy", _copy),
    Scene("evacuation-nobody", _nobody),
    Scene("evacuation-no-list", _no_list),
)
