"""What somebody has to say before hours are right: missing entries and exits, and what employees ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from db import audit_log
from db.correction_requests import answer_request, list_requests
from db.session import Database
from db.sightings import last_sighting
from kiosk.attendance.timesheet import PersonMonth
from kiosk.core.context import current_actor
from kiosk.domain.correction_requests import CorrectionRequest
from kiosk.domain.sightings import Sighting
from kiosk.errors import InvalidInput

AT_ONCE = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A stay whose beginning or end nobody knows.

    Attributes:
        entered_at: aware UTC; None when the entry is missing.
        left_at: aware UTC; None when the exit is missing.
        proposal: where and when the person was last seen in it; None where that is not known.
    """

    employee_id: int
    full_name: str
    entered_at: datetime | None
    left_at: datetime | None
    proposal: Sighting | None


class Questions:
    """Any thread may call it; raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_months(self, months: Iterable[PersonMonth]) -> tuple[OpenQuestion, ...]:
        """Return the open questions of people's months, missing exits with a proposal."""
        found = []
        for month in months:
            for stay in month.questions:
                proposal = None
                if stay.entered_at is not None and stay.left_at is None:
                    with self._database.reading() as session:
                        began_at = stay.entered_at
                        proposal = last_sighting(session, month.person.id, began_at, began_at + AT_ONCE)
                found.append(
                    OpenQuestion(month.person.id, month.person.full_name, stay.entered_at, stay.left_at, proposal)
                )
        return tuple(found)

    def requests(self) -> tuple[CorrectionRequest, ...]:
        """Return what employees asked to have corrected and nobody has answered, the oldest first."""
        with self._database.reading() as session:
            return list_requests(session)

    def answer(self, request_id: int) -> None:
        """Mark a request as answered. Raises InvalidInput for one that is not open."""
        with self._database.transaction() as session:
            if not answer_request(session, request_id, current_actor()):
                raise InvalidInput(f"request {request_id} is not open; `kiosk questions --month` lists those that are")
            audit_log.append(session, current_actor(), "request_answer", f"request:{request_id}")
