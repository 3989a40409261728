"""What the entrance screen asks for: the pipeline's state, corrections and PINs."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.app.month import OwnMonths
from kiosk.app.pipeline import Pipeline
from kiosk.attendance.corrections import Corrections
from kiosk.core.clock import SystemClock
from kiosk.domain.correction_requests import RequestKind
from kiosk.domain.greeting_names import GreetingName, greeting_name
from kiosk.domain.ports import Clock
from kiosk.domain.registration import NotRegistered, RegistrationOutcome
from kiosk.domain.types import AttendanceEvent, EventVoid, Frame
from kiosk.errors import ConfigurationError, StorageError
from kiosk.security.pins import Pins
from kiosk.ui.entrance.backend import EntranceStatus, HoursToday, MonthOutcome, PinAccepted, PinOutcome, PinRefused

NOT_ME, TURNED = "not me", "entry and exit exchanged"
# An event is in the database some tens of milliseconds after it is in the journal.
RECORDED_WITHIN_S = 5.0
HOURS_WITHIN_S = 1.0


class EntranceService:
    """Implements kiosk.ui.entrance.backend.EntranceBackend. data_dir: the free space of its disk is reported."""

    def __init__(
        self,
        pipeline: Pipeline,
        corrections: Corrections,
        pins: Pins,
        own_months: OwnMonths,
        *,
        zone: ZoneInfo,
        kiosk_id: str,
        data_dir: Path,
        greeting_by: GreetingName = GreetingName.CALLED,
        clock: Clock | None = None,
    ) -> None:
        self._pipeline, self._corrections, self._pins = pipeline, corrections, pins
        self._own_months, self._zone, self._greeting_by = own_months, zone, greeting_by
        self._author, self._data_dir, self._clock = f"kiosk:{kiosk_id}", data_dir, clock or SystemClock()

    def newest_frame(self) -> Frame | None:
        return self._pipeline.mailbox.newest()

    def status(self) -> EntranceStatus:
        database_writer = self._pipeline.database_writer
        return EntranceStatus(
            camera=self._pipeline.camera.status,
            database_ok=not database_writer.is_database_away,
            database_replaced=database_writer.is_database_replaced,
            waiting_count=database_writer.waiting_count,
            keeps_events=database_writer.accepts_events,
            free_disk_bytes=self._free_disk_bytes(),
        )

    def name_of(self, employee_id: int) -> str | None:
        full_name = self._pipeline.name_of(employee_id)
        if full_name is None:
            return None
        return greeting_name(self._greeting_by, full_name, self._pipeline.called_name_of(employee_id))

    def void(self, event: AttendanceEvent, /) -> None:
        self.reject(event)
        outcome = self._pipeline.attendance.take_back(event, EventVoid(self._author, NOT_ME))
        if isinstance(outcome, NotRegistered):
            raise StorageError(outcome.reason)

    def reject(self, event: AttendanceEvent, /) -> None:
        self._pipeline.reject(event)

    def turn(self, trace_id: UUID, /) -> AttendanceEvent:
        self._pipeline.database_writer.flush(RECORDED_WITHIN_S)
        turned = self._corrections.turn(trace_id, self._author, TURNED)
        self.take_up()
        return turned

    def pass_now(self, last: AttendanceEvent, /) -> RegistrationOutcome:
        now, now_s = self._clock.now(), self._clock.monotonic_s()
        return self._pipeline.attendance.register_opposite(last, now, now_s)

    def give_reason(self, leaving: AttendanceEvent, reason: str, /) -> RegistrationOutcome:
        return self._pipeline.attendance.give_reason(leaving, reason)

    def hours_of(self, leaving: AttendanceEvent, /) -> HoursToday | None:
        employee_id = leaving.employee_id
        if employee_id is None or not self._pipeline.database_writer.flush(HOURS_WITHIN_S):
            return None
        return self._own_months.hours_until(employee_id, leaving.occurred_at.astimezone(self._zone).date())

    def open_month(self, number: str, pin: str, /) -> MonthOutcome:
        checked = self._pins.check(number, pin)
        if checked.employee_id is None:
            return PinRefused(checked.wait_s)
        return self._own_months.month_of(checked.employee_id, self._clock.now().astimezone(self._zone).date())

    def ask_correction(self, employee_id: int, day: date, kind: RequestKind, words: str, /) -> None:
        self._own_months.ask_correction(employee_id, day, kind, words)

    def pin_wait_s(self) -> float:
        return self._pins.remaining_s()

    def enter_pin(self, number: str, pin: str, /) -> PinOutcome:
        checked = self._pins.check(number, pin)
        if checked.employee_id is None:
            return PinRefused(checked.wait_s)
        now, now_s = self._clock.now(), self._clock.monotonic_s()
        return PinAccepted(checked.employee_id, self._pipeline.attendance.register_pin(checked.employee_id, now, now_s))

    def take_up(self) -> None:
        """Reload the last events after a correction; while the database is away, the database writer does it later."""
        with suppress(StorageError, ConfigurationError):
            self._pipeline.database_writer.read_latest_events()

    def _free_disk_bytes(self) -> int:
        try:
            return shutil.disk_usage(self._data_dir).free
        except OSError:
            return 0
