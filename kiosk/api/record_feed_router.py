"""The feeds of people and of schedules over HTTP: which records are others since a number."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from kiosk.attendance.record_feed_service import RecordFeedService
from kiosk.domain.credentials import TokenScope
from kiosk.domain.record_changes import RecordChange, RecordChangeKind, RecordSubject
from kiosk.web.authentication import requires
from kiosk.web.feed_paging import EPOCH, PLACED, After, Epoch, require_place
from kiosk.web.pagination import NEXT, Limit
from kiosk.web.problems import documented

router = APIRouter(prefix="/api/v1")
READ = requires(TokenScope.READ)
PEOPLE = (RecordSubject.EMPLOYEE,)
SCHEDULES = tuple(subject for subject in RecordSubject if subject is not RecordSubject.EMPLOYEE)


class EmployeeChangeResponse(BaseModel):
    """One change of a person, without what changed: GET /employees/{employee_id} says how they are now."""

    number: int = Field(description="given at commit: no change with a lower number appears later")
    recorded_at: datetime = Field(description="when the database took it, by the database's clock")
    kind: RecordChangeKind
    employee_id: int


class ScheduleChangeResponse(BaseModel):
    """One change of a schedule or of what goes with it: the lists say how it is now."""

    model_config = ConfigDict(use_enum_values=True)

    number: int = Field(description="given at commit: no change with a lower number appears later")
    recorded_at: datetime = Field(description="when the database took it, by the database's clock")
    kind: RecordChangeKind
    subject: RecordSubject
    subject_id: int = Field(description="the number of the assignment or absence; of others the row's")


class FeedQuery:
    """What both feeds are asked for, and where their answer begins."""

    def __init__(
        self, request: Request, response: Response, after: After = 0, epoch: Epoch = None, limit: Limit = 100
    ) -> None:
        self._feed: RecordFeedService = request.app.state.record_feed
        self._response = response
        self._after, self._epoch, self._limit = after, epoch, limit

    async def changes(self, subjects: Collection[RecordSubject]) -> tuple[RecordChange, ...]:
        """Return the page that was asked for. Raises Refusal, 410, for another epoch."""
        present, latest, changes = await self._feed.get_page(self._after, self._limit, subjects)
        require_place(self._after, self._epoch, present=present, first=1, latest=latest)
        headers = self._response.headers
        headers[EPOCH] = str(present)
        headers[NEXT] = str(changes[-1].number if len(changes) == self._limit else max(latest, self._after))
        return changes


Asked = Annotated[FeedQuery, Depends()]
ANSWERS = {**documented(410, 422), **PLACED}


@router.get("/employees/changes", dependencies=[READ], responses=ANSWERS, tags=["employees"])
async def get_employee_changes(asked: Asked) -> list[EmployeeChangeResponse]:
    """List whose record changed, in the order in which it became visible; deletions and erasures are entries."""
    return [
        EmployeeChangeResponse(number=one.number, recorded_at=one.at, kind=one.kind, employee_id=one.subject_id)
        for one in await asked.changes(PEOPLE)
    ]


@router.get("/schedules/changes", dependencies=[READ], responses=ANSWERS, tags=["schedules"])
async def get_schedule_changes(asked: Asked) -> list[ScheduleChangeResponse]:
    """List which schedules, assignments, calendar days and absences changed, in the order of becoming visible."""
    return [
        ScheduleChangeResponse(
            number=one.number, recorded_at=one.at, kind=one.kind, subject=one.subject, subject_id=one.subject_id
        )
        for one in await asked.changes(SCHEDULES)
    ]
