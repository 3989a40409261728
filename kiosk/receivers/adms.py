"""Shows the kiosk to a receiver of the ZKTeco ADMS push protocol as one of its terminals: attendance goes out.

The protocol knows uploads alone: that an event does not count after all cannot be said, see docs/integrator.en.md.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from kiosk.core.clock import elapsed_s
from kiosk.core.logger import log
from kiosk.domain.attendance_log import ChangeKind, FeedEntry
from kiosk.errors import InvalidInput
from kiosk.receivers.adms_commands import AdmsCommands
from kiosk.receivers.adms_connection import AdmsAddress, AdmsConnection
from kiosk.receivers.adms_protocol import AdmsSettings, attendance_line, is_pin, user_line
from kiosk.receivers.port import DeliveryFailed, Receiver, ReceiverContext, ReceiverKind, ReceiverOptions

KEY = "key"
SAID_AGAIN = frozenset({ChangeKind.INSERT, ChangeKind.UNDO, ChangeKind.ALTERATION})
"""Changes after which the event's line is uploaded, if the event counts; the others have none of their own."""


class AdmsPin(StrEnum):
    """What a person's number at the receiver is."""

    NUMBER = "number"
    ID = "id"


class AdmsOptions(ReceiverOptions):
    url: str = Field(pattern=r"^https?://[^\s?#@]+$", description="the receiver's address, without /iclock")
    serial: str = Field(pattern=r"^[A-Za-z0-9_-]{1,32}$", description="the terminal's serial number, as entered there")
    ca: Path | None = Field(None, description="file of the authority that signed the receiver's certificate, in PEM")
    pin: AdmsPin = Field(AdmsPin.NUMBER, description="a person's number there: number, the personnel number, or id")
    time_zone: str | None = Field(None, description="where the terminal stands; the office's if left out")
    people: bool = Field(False, description="let the receiver add people, without a face, and rename them")
    tell_people: bool = Field(False, description="tell the receiver people's full names")
    key_parameter: str = Field(
        "pushcommkey", pattern=r"^[A-Za-z_]{1,32}$", description="which parameter the key goes into"
    )

    @field_validator("url")
    @classmethod
    def _without_slash(cls, url: str) -> str:
        return url.rstrip("/").removesuffix("/iclock")

    @field_validator("time_zone")
    @classmethod
    def _known(cls, name: str | None) -> str | None:
        if name is not None:
            try:
                ZoneInfo(name)
            except (KeyError, ValueError, OSError) as error:
                raise ValueError(f"there is no time zone called {name!r}; write one such as Europe/Berlin") from error
        return name


class AdmsReceiver(Receiver):
    """Greets the receiver when it first has to, uploads lines, and asks for commands as often as it is told to."""

    def __init__(self, options: AdmsOptions, connection: AdmsConnection, context: ReceiverContext) -> None:
        self._options = options
        self._connection = connection
        self._context = context
        self._zone = context.zone if options.time_zone is None else ZoneInfo(options.time_zone)
        self._commands = AdmsCommands(context.database, context.name, options.people)
        self._settings: AdmsSettings | None = None
        self._asked_s = float("-inf")
        self._told: set[tuple[str, str | None]] = set()
        self.idle_every_s = AdmsSettings().delay_s

    def deliver(self, entries: Sequence[FeedEntry]) -> None:
        settings = self._greeted()
        sayable = [entry for entry in entries if self._is_sayable(entry)]
        try:
            if self._options.tell_people:
                self._tell_people(sayable)
            if sayable:
                self._connection.upload("ATTLOG", entries[-1].number, [self._line(entry) for entry in sayable])
        except DeliveryFailed as failure:
            failure.retry_after_s = failure.retry_after_s or settings.error_delay_s
            raise
        self._follow_commands(settings)

    def test(self) -> str:
        self._settings = None
        settings = self._greeted()
        seen = (
            f"the receiver knows the terminal {self._options.serial}, and will be asked every {settings.delay_s:.0f} s"
        )
        return (
            seen if self._is_zone_agreed(settings) else f"{seen}; it has another time zone for it than {self._zone.key}"
        )

    def idle(self) -> None:
        self._follow_commands(self._greeted())

    def close(self) -> None:
        self._settings = None
        self._connection.close()

    def _greeted(self) -> AdmsSettings:
        if self._settings is None:
            self._settings = self._connection.greet()
            self.idle_every_s, self.every_s = self._settings.delay_s, self._settings.interval_s
            if not self._is_zone_agreed(self._settings):
                log(logging.WARNING, "adms.other_time_zone", receiver=self._context.name, zone=self._zone.key)
        return self._settings

    def _is_zone_agreed(self, settings: AdmsSettings) -> bool:
        offset = self._context.clock.now().astimezone(self._zone).utcoffset()
        return settings.utc_offset_s is None or offset is None or settings.utc_offset_s == offset.total_seconds()

    def _is_sayable(self, entry: FeedEntry) -> bool:
        """Tell whether an entry has a line; what the receiver will not learn is in the log."""
        event, change = entry.event, entry.change
        if event is None or event.voided or change.kind in {ChangeKind.ERASURE, ChangeKind.DELETION}:
            if change.kind is not ChangeKind.INSERT:
                log(
                    logging.WARNING,
                    "adms.not_expressible",
                    receiver=self._context.name,
                    number=change.number,
                    kind=change.kind.value,
                    trace_id=change.trace_id,
                )
            return False
        if change.kind not in SAID_AGAIN or event.employee_id is None:
            return False
        if self._pin(entry) is None:
            log(logging.WARNING, "adms.no_number", receiver=self._context.name, employee_id=event.employee_id)
            return False
        return True

    def _pin(self, entry: FeedEntry) -> str | None:
        if self._options.pin is AdmsPin.ID:
            return None if entry.event is None else str(entry.event.employee_id)
        number = entry.external_id
        return number if number is not None and is_pin(number) else None

    def _line(self, entry: FeedEntry) -> str:
        event, pin = entry.event, self._pin(entry)
        assert event is not None and pin is not None  # noqa: S101  of _is_sayable
        return attendance_line(pin, event.timestamp, self._zone, event.event_type, event.method)

    def _tell_people(self, entries: Sequence[FeedEntry]) -> None:
        """Tell names that were not told on this connection yet, before the events that need them."""
        people = {(self._pin(one) or "", one.event.full_name) for one in entries if one.event is not None}
        new = sorted((pin, name or "") for pin, name in people - self._told)
        if new:
            self._connection.upload("OPERLOG", entries[-1].number, [user_line(pin, name) for pin, name in new])
            self._told |= people

    def _follow_commands(self, settings: AdmsSettings) -> None:
        if elapsed_s() - self._asked_s < settings.delay_s:
            return
        self._asked_s = elapsed_s()
        answers = [one.answer(self._commands.follow(one)) for one in self._connection.commands()]
        if answers:
            self._connection.answer(answers)


def _build(options: Any, secrets: Mapping[str, str], context: ReceiverContext) -> Receiver:
    if options.people and options.pin is not AdmsPin.NUMBER:
        raise InvalidInput("people goes with pin=number alone: the receiver cannot choose the ids of people here")
    if options.ca is not None and not (options.ca.is_absolute() and options.ca.is_file()):
        raise InvalidInput(f"ca: {options.ca} is no file; write the whole path of one")
    address = AdmsAddress(
        url=options.url,
        serial=options.serial,
        ca=None if options.ca is None else str(options.ca),
        key_parameter=options.key_parameter,
        key=secrets.get(KEY),
    )
    return AdmsReceiver(options, AdmsConnection(address), context)


KIND = ReceiverKind("attendance for whatever receives ZKTeco terminals (ADMS push)", AdmsOptions, (KEY,), _build)
