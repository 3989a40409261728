"""Corrections of events in the journal, over a real database."""

from __future__ import annotations

from datetime import timedelta

from gui.attendance_driver import NOW, RULES, AttendanceDriver, local, open_event
from kiosk.attendance.timesheet import Timesheets
from kiosk.domain.types import EventType
from kiosk.ui.events.add_screen import AddScreen
from kiosk.ui.events.edit_screens import EditPersonScreen, EditReasonScreen, EditTimeScreen, EditTypeScreen, VoidScreen
from kiosk.ui.events.reopen_screen import ReopenScreen
from kiosk.ui.events.screen import EventsScreen
from kiosk.ui.events.staff_screen import StaffScreen

ENTRY, EXIT = EventType.ENTRY, EventType.EXIT


def test_an_event_gets_another_time_and_says_what_was_registered(
    driver: AttendanceDriver, journal: EventsScreen
) -> None:
    driver.touch(open_event(driver, journal, 0).time)
    screen = driver.shown(EditTimeScreen)
    screen.at.time.setText("")
    screen.at.time.setFocus()
    driver.type("1745")
    assert screen.at.time.text() == "17:45"
    driver.touch(screen.save)
    assert screen.reason.error == "Touch a reason or type one; it stays with the event."
    driver.touch(screen.chips.buttons[0])
    driver.touch(screen.save)
    driver.until(lambda: driver.window.screen_shown is journal and journal.events.rowCount() == 3)
    assert driver.rows(journal.list)[:2] == [
        "18:05, Anna Swan, Exit · by face · door, Does not count",
        "17:45, Anna Swan, Exit · was 18:05 · by hand · door, Corrected",
    ]
    history = open_event(driver, journal, 1).history.lines[0].text()
    assert history.startswith("Registered as Exit, 18:05, Fri, 27 Nov · administrator · ")
    assert history.endswith("“Forgot to look at the camera”")
    assert driver.told == 1


def test_what_was_corrected_is_undone_and_done_again(driver: AttendanceDriver, journal: EventsScreen) -> None:
    driver.touch(open_event(driver, journal, 0).turn)
    screen = driver.shown(EditTypeScreen)
    driver.touch(screen.chips.buttons[0])
    driver.touch(screen.save)
    driver.until(lambda: journal.notice.sentence.startswith("Entry and exit of Anna Swan were exchanged."))
    assert "A stay lacks its entry or exit now" in journal.notice.sentence
    driver.touch(journal.notice.button)
    driver.until(lambda: journal.notice.sentence.startswith("It is undone"))
    driver.until(lambda: any("Exit · by face" in row and "Corrected" in row for row in driver.rows(journal.list)))
    driver.touch(journal.notice.button)
    driver.until(
        lambda: any("Entry · was Exit, 18:05" in row and "Corrected" in row for row in driver.rows(journal.list))
    )
    counting = [row for row in driver.rows(journal.list) if "Does not count" not in row]
    driver.until(lambda: driver.told == 3)
    assert len(counting) == 2


def test_a_correction_of_another_day_is_undone_from_the_event(driver: AttendanceDriver, journal: EventsScreen) -> None:
    driver.touch(open_event(driver, journal, 0).void)
    screen = driver.shown(VoidScreen)
    driver.touch(screen.chips.buttons[2])
    driver.touch(screen.save)
    driver.until(lambda: "Does not count" in driver.rows(journal.list)[0])
    voided = open_event(driver, journal, 0)
    assert not voided.time.isVisible() and not voided.void.isVisible()
    driver.touch(voided.undo)
    driver.until(lambda: any("Exit · by face" in row and "Corrected" in row for row in driver.rows(journal.list)))


def test_a_stranger_becomes_the_person_who_was_chosen(driver: AttendanceDriver, journal: EventsScreen) -> None:
    driver.write(None, **{"11-27 18:30": ENTRY})
    driver.touch(journal.refresh)
    driver.until(lambda: journal.events.rowCount() == 3)
    stranger = open_event(driver, journal, 0)
    assert stranger.person.text() == "Say who it was"
    driver.touch(stranger.person)
    staff = driver.shown(StaffScreen)
    driver.touch_row(staff.list, 1)
    screen = driver.shown(EditPersonScreen)
    driver.touch(screen.chips.buttons[1])
    driver.touch(screen.save)
    driver.until(lambda: any(row.startswith("18:30, Boris Heron") for row in driver.rows(journal.list)))


def test_an_exit_gets_a_reason_of_the_offices_list(driver: AttendanceDriver, journal: EventsScreen) -> None:
    driver.touch(open_event(driver, journal, 0).exit_reason)
    screen = driver.shown(EditReasonScreen)
    driver.touch(screen.chips.buttons[0])
    driver.touch(screen.save)
    assert screen.notice.sentence == "Choose first why they left."
    driver.touch(screen.codes.buttons[1])
    driver.touch(screen.save)
    driver.until(lambda: any("Business trip" in row for row in driver.rows(journal.list)))
    assert not open_event(driver, journal, 2).exit_reason.isVisible()


def test_a_missing_entry_is_added_and_the_very_same_refused(driver: AttendanceDriver, journal: EventsScreen) -> None:
    driver.touch(journal.add)
    screen = driver.shown(AddScreen)
    driver.touch(screen.chips.buttons[0])
    driver.touch(screen.save)
    assert screen.notice.sentence == "Choose first whose entry or exit is missing."
    driver.touch(screen.person)
    driver.touch_row(driver.shown(StaffScreen).list, 1)
    driver.touch(screen.types[ENTRY])
    screen.at.time.setText("8:30")
    driver.touch(screen.save)
    driver.until(lambda: journal.notice.sentence.startswith("Boris Heron: Entry at 08:30 was added."))
    driver.until(lambda: "08:30, Boris Heron, Entry · by hand · door, Corrected" in driver.rows(journal.list))
    driver.touch(journal.add)
    again = driver.shown(AddScreen)
    driver.touch(again.person)
    driver.touch_row(driver.shown(StaffScreen).list, 1)
    driver.touch(again.types[ENTRY])
    again.at.time.setText("8:30")
    driver.touch(again.chips.buttons[0])
    driver.touch(again.save)
    driver.until(lambda: "is there already" in again.notice.sentence)
    again.at.time.setText("23:59")
    driver.touch(again.save)
    driver.until(lambda: "in the future" in again.notice.sentence)


def test_who_was_slower_is_told_and_sees_what_counts(driver: AttendanceDriver, journal: EventsScreen) -> None:
    shown = open_event(driver, journal, 0)
    driver.touch(shown.void)
    screen = driver.shown(VoidScreen)
    driver.touch(screen.chips.buttons[0])
    driver.backend.void_event(shown.entry.trace_id, "another door was quicker")
    driver.touch(screen.save)
    driver.until(lambda: journal.notice.sentence.startswith("Somebody else corrected this meanwhile."))
    driver.until(lambda: "Does not count" in driver.rows(journal.list)[0])
    assert driver.window.screen_shown is journal


def test_a_closed_month_says_so_and_is_opened_by_name(driver: AttendanceDriver, journal: EventsScreen) -> None:
    driver.write(driver.boris, **{"10-30 09:00": ENTRY, "10-30 18:00": EXIT})
    driver.backend.close_month(local("10-01 00:00").date(), "Clara Stork")
    journal.tools.show_day(local("10-30 00:00").date())
    driver.until(lambda: journal.closed_month.sentence.startswith("October 2026 is closed by Clara Stork."))
    driver.touch(open_event(driver, journal, 0).void)
    screen = driver.shown(VoidScreen)
    driver.touch(screen.chips.buttons[0])
    driver.touch(screen.save)
    driver.until(lambda: screen.notice.sentence == "October 2026 is closed. It has to be opened first.")
    driver.touch(screen.notice.button)
    reopen = driver.shown(ReopenScreen)
    driver.touch(reopen.open)
    assert reopen.name.error == "A name is needed."
    reopen.name.field.setText("Dora Finch")
    reopen.reason.field.setText("a forgotten exit")
    driver.touch(reopen.open)
    driver.until(lambda: driver.window.screen_shown is screen)
    driver.touch(screen.save)
    driver.until(lambda: "Does not count" in (driver.rows(journal.list) or [""])[0])
    assert not journal.closed_month.isVisible()


def test_hours_are_right_at_once(driver: AttendanceDriver, journal: EventsScreen) -> None:
    sheets = Timesheets(driver.database, RULES, driver.clock)
    day = NOW.date()

    def worked() -> timedelta:
        (month,) = sheets.months(day, day, lambda person: person.id == driver.anna)
        return month.total("worked")

    assert worked() == timedelta(hours=9, minutes=5)
    driver.touch(open_event(driver, journal, 0).time)
    screen = driver.shown(EditTimeScreen)
    screen.at.time.setText("17:00")
    driver.touch(screen.chips.buttons[0])
    driver.touch(screen.save)
    driver.until(lambda: driver.told == 1)
    assert worked() == timedelta(hours=8)
