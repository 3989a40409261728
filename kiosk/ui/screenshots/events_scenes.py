"""The journal, set by hand for pictures of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QTest

from kiosk.domain.attendance_log import LogKind
from kiosk.errors import EventRefused, MonthClosed, StorageError
from kiosk.ui.events.add_screen import AddScreen, Missing
from kiosk.ui.events.backend import EventsContext, JournalQuery, JournalSpan
from kiosk.ui.events.correction_screen import CorrectionScreen
from kiosk.ui.events.day_screen import DayScreen
from kiosk.ui.events.edit_screens import EditPersonScreen, EditReasonScreen, EditTimeScreen, EditTypeScreen, VoidScreen
from kiosk.ui.events.event_screen import EventScreen
from kiosk.ui.events.explanation_screen import ExplanationScreen
from kiosk.ui.events.export_screen import ExportScreen
from kiosk.ui.events.reopen_screen import ReopenScreen
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.events.staff_screen import StaffScreen
from kiosk.ui.screenshots.fake_attendance import NOW, TODAY, FakeAttendanceBackend
from kiosk.ui.screenshots.fake_staff import staffed_backend
from kiosk.ui.screenshots.scene import ZONE, Scene, SceneFixture, office, wait_until

_VOIDED, _CHANGED, _STRANGER = 2, 4, 6


def events_context(fixture: SceneFixture) -> tuple[FakeAttendanceBackend, EventsContext]:
    """Return what the journal's screens are made with, and the backend behind them."""
    backend = staffed_backend(fixture).attendance
    return backend, EventsContext(backend, fixture.background, ZONE, office(fixture.language).exit_reasons)


def _past(fixture: SceneFixture) -> None:
    backend, context = events_context(fixture)
    backend.closed_by = backend.people()[0].person.full_name
    _open_journal(fixture, context)


def _one_person(fixture: SceneFixture) -> None:
    backend, context = events_context(fixture)
    backend.is_empty = True
    person = backend.people()[_VOIDED].person
    _open_journal(fixture, context, (person.id, person.full_name))


def _away(fixture: SceneFixture) -> None:
    backend, context = events_context(fixture)
    screen = _open_journal(fixture, context)
    backend.refuses = StorageError("away")
    screen.load()
    wait_until(lambda: bool(screen.notice.sentence))


def _corrected(fixture: SceneFixture) -> None:
    backend, context = events_context(fixture)
    screen = _open_journal(fixture, context)
    name = backend.people()[0].person.full_name
    screen.notice.say_done(backend.void_event(backend.events[0].trace_id, ""), name)
    edit = screen.notice.follow(VoidScreen(context, backend.events[0]))
    edit.corrected.emit(backend.void_event(backend.events[0].trace_id, ""), edit.done_text())


def _outdated(fixture: SceneFixture) -> None:
    _open_journal(fixture, events_context(fixture)[1]).notice.say_outdated()


def _open_journal(fixture: SceneFixture, context: EventsContext, person: tuple[int, str] | None = None) -> EventsScreen:
    day = None if person is None else TODAY.replace(day=13)
    screen = EventsScreen(context, day, person)
    fixture.open(screen)
    wait_until(lambda: screen.is_loaded)
    return screen


def _event(place: int) -> Scene:
    names = {0: "event", _VOIDED: "event-voided", _CHANGED: "event-changed", _STRANGER: "event-stranger"}

    def show(fixture: SceneFixture) -> None:
        backend, context = events_context(fixture)
        fixture.open(EventScreen(context, backend.events[place]))
        QTest.qWait(60)  # the snapshot is read in the background

    return Scene(names[place], show)


def _explained(place: int, *, with_numbers: bool = False) -> Scene:
    names = {0: "event-why", _STRANGER: "event-why-stranger"}

    def show(fixture: SceneFixture) -> None:
        backend, context = events_context(fixture)
        screen = ExplanationScreen(context, backend.events[place])
        fixture.open(screen)
        wait_until(screen.numbers.isVisible)
        if not with_numbers:
            return
        screen.numbers.click()

    return Scene(f"{names[place]}-numbers" if with_numbers else names[place], show)


def _week(fixture: SceneFixture) -> None:
    screen = _open_journal(fixture, events_context(fixture)[1])
    screen.tools.spans.buttons[JournalSpan.WEEK].click()
    wait_until(lambda: screen.is_loaded)
    QTest.qWait(150)  # the snapshots are read in the background


def _unknown(fixture: SceneFixture) -> None:
    screen = _open_journal(fixture, events_context(fixture)[1])
    screen.tools.show_kind(LogKind.UNKNOWN)
    wait_until(lambda: screen.is_loaded)
    QTest.qWait(150)


def _kinds(fixture: SceneFixture) -> None:
    screen = _open_journal(fixture, events_context(fixture)[1])
    screen.opens.connect(fixture.open)
    screen.tools.kind.click()


def _export(fixture: SceneFixture) -> ExportScreen:
    screen = ExportScreen(events_context(fixture)[1], JournalQuery())
    fixture.open(screen)
    return screen


def _saving(fixture: SceneFixture) -> None:
    backend, context = events_context(fixture)
    backend.saves_rows = 60
    screen = ExportScreen(context, JournalQuery())
    fixture.open(screen)
    screen.write(Path("/media/KINGSTON"))
    QTest.qWait(400)


def _saved(fixture: SceneFixture) -> None:
    screen = _export(fixture)
    screen.write(Path("/media/KINGSTON"))
    wait_until(lambda: bool(screen.notice.sentence))


def _time(fixture: SceneFixture) -> None:
    backend, context = events_context(fixture)
    screen = EditTimeScreen(context, backend.events[0])
    fixture.open(screen)
    screen.at.time.setText("25")
    screen.reason.field.setText(screen.chips.buttons[0].text())
    screen.save.click()


def _type(fixture: SceneFixture) -> None:
    backend, context = events_context(fixture)
    screen = EditTypeScreen(context, backend.events[0])
    fixture.open(screen)
    screen.save.click()


def _person(fixture: SceneFixture) -> None:
    backend, context = events_context(fixture)
    fixture.open(EditPersonScreen(context, backend.events[0], backend.people()[_VOIDED]))


def _reason(fixture: SceneFixture) -> None:
    backend, context = events_context(fixture)
    fixture.open(EditReasonScreen(context, backend.events[_CHANGED]))


def _void(fixture: SceneFixture) -> None:
    backend, context = events_context(fixture)
    _send(fixture, backend, VoidScreen(context, backend.events[0]), MonthClosed("2026-11"))


def _add(fixture: SceneFixture) -> None:
    backend, context = events_context(fixture)
    person = backend.people()[_VOIDED].person
    missing = Missing(NOW, employee_id=person.id, full_name=person.full_name)
    _send(fixture, backend, AddScreen(context, missing), EventRefused("there already"))


def _send(fixture: SceneFixture, backend: FakeAttendanceBackend, screen: CorrectionScreen, error: EventRefused) -> None:
    backend.corrections_refuse = error
    fixture.open(screen)
    screen.reason.field.setText(screen.chips.buttons[0].text())
    screen.save.click()
    wait_until(lambda: bool(screen.notice.sentence))


def _add_empty(fixture: SceneFixture) -> None:
    fixture.open(AddScreen(events_context(fixture)[1], Missing(NOW)))


def _day(fixture: SceneFixture) -> None:
    fixture.open(DayScreen(TODAY.replace(day=13), TODAY))


def _staff(fixture: SceneFixture) -> None:
    screen = StaffScreen(events_context(fixture)[1], _title(fixture), offers_everybody=True)
    fixture.open(screen)
    wait_until(lambda: screen.model.rowCount() > 0)


def _title(fixture: SceneFixture) -> str:
    return {"ru": "Чьи отметки?", "en": "Whose events?"}[fixture.language]


def _reopen(fixture: SceneFixture) -> None:
    screen = ReopenScreen(events_context(fixture)[0], fixture.background, TODAY.replace(day=1))
    fixture.open(screen)
    screen.open.click()


EVENTS_SCENES = (
    Scene("events-closed-month", _past),
    Scene("events-one-person", _one_person),
    Scene("events-away", _away),
    Scene("events-corrected", _corrected),
    Scene("events-outdated", _outdated),
    *(_event(place) for place in (0, _VOIDED, _CHANGED, _STRANGER)),
    *(_explained(place) for place in (0, _STRANGER)),
    _explained(0, with_numbers=True),
    Scene("events-week", _week),
    Scene("events-unknown", _unknown),
    Scene("events-kinds", _kinds),
    Scene("events-saving", _saving),
    Scene("events-saved", _saved),
    Scene("event-time", _time),
    Scene("event-type", _type),
    Scene("event-person", _person),
    Scene("event-reason", _reason),
    Scene("event-void", _void),
    Scene("event-add", _add),
    Scene("event-add-empty", _add_empty),
    Scene("events-day", _day),
    Scene("events-person", _staff),
    Scene("month-reopen", _reopen),
)
