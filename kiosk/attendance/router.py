"""The attendance over HTTP; all times have an offset."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from kiosk.attendance.export import ExportFormat
from kiosk.attendance.log_schemas import EntryResponse
from kiosk.attendance.office_attendance import PresenceStatus
from kiosk.attendance.presence import DayHours
from kiosk.attendance.registry import get_attendance_service
from kiosk.attendance.service import AttendanceService
from kiosk.domain.credentials import TokenScope
from kiosk.domain.types import MAX_ID, EventType
from kiosk.web.authentication import requires
from kiosk.web.download import Download
from kiosk.web.idempotency import Done, OnlyOnce
from kiosk.web.pagination import AFTER, NEXT, PAGED, TOTAL, EmployeeId, Limit, Skip, page_of
from kiosk.web.problems import Refusal, documented
from kiosk.web.timestamps import Instant

PREFIX = "/api/v1/attendance"
LONGEST_SPAN = timedelta(days=366)
USUAL_SPAN = timedelta(days=31)

router = APIRouter(prefix=PREFIX, tags=["attendance"])
READ, WRITE = requires(TokenScope.READ), requires(TokenScope.WRITE)


class LogRequest(BaseModel):
    """event_type: left out, the office's rules say which is due."""

    model_config = ConfigDict(extra="forbid")

    employee_id: int = Field(ge=1, le=MAX_ID)
    event_type: EventType | None = None
    reason: str | None = Field(None, max_length=40, description="why the person leaves; a code of KIOSK_EXIT_REASONS")


class EventResponse(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    trace_id: UUID
    employee_id: int
    event_type: EventType
    occurred_at: datetime
    reason: str | None = None


class StatusResponse(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    employee_id: int
    full_name: str
    status: PresenceStatus
    since_at: datetime | None = Field(description="when the person came, or left today")


class HoursResponse(BaseModel):
    employee_id: int
    full_name: str | None
    day: date
    first_entry_at: datetime | None
    last_exit_at: datetime | None
    hours: float = Field(description="from each entry to the exit that follows, also past midnight")
    complete: bool = Field(description="each stay that began on the day has its entry and its exit")


MEDIA_TYPES = {
    ExportFormat.JSON: "application/json",
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

JSON_EXPORT = {
    "application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/EntryResponse"}}}
}


class Span:
    """Since and until as they were asked for."""

    def __init__(
        self,
        since: Annotated[Instant | None, Query(description="from then on, with an offset")] = None,
        until: Annotated[Instant | None, Query(description="up to then, not including it")] = None,
        employee_id: Annotated[int | None, Query(ge=1, le=MAX_ID, description="one person alone")] = None,
    ) -> None:
        self.since, self.until, self.employee_id = _in_utc(since), _in_utc(until), employee_id

    @property
    def open(self) -> tuple[datetime | None, datetime | None, int | None]:
        return self.since, self.until, self.employee_id

    @property
    def bounded(self) -> tuple[datetime, datetime, int | None]:
        """A month, if nothing was said. Raises Refusal beyond a year: all of it is held in memory."""
        since, until, employee_id = self.exported
        if until - since > LONGEST_SPAN:
            raise Refusal(422, f"at most {LONGEST_SPAN.days} days at once are given", "span_too_long")
        return since, until, employee_id

    @property
    def exported(self) -> tuple[datetime, datetime, int | None]:
        """A month, if nothing was said; however long a span was asked for."""
        try:
            until = self.until or (datetime.now(UTC) if self.since is None else self.since + USUAL_SPAN)
            since = self.since or until - USUAL_SPAN
        except OverflowError as error:
            raise _out_of_range() from error
        return since, until, self.employee_id


Service = Annotated[AttendanceService, Depends(get_attendance_service)]
OfSpan = Annotated[Span, Depends()]


@router.post(
    "/log",
    status_code=201,
    dependencies=[WRITE],
    responses=documented(400, 404, 409, 413, 415, 422),
    response_model=EventResponse,
)
async def log_event(service: Service, wanted: LogRequest, only_once: OnlyOnce) -> Response:
    """Register an entry or exit of now. Its trace_id is the request's: sent again with the same X-Trace-ID, it is
    written once."""

    async def register() -> Done:
        event = await service.log_event(wanted.employee_id, wanted.event_type, wanted.reason)
        return Done(EventResponse.model_validate(event, from_attributes=True), wanted.employee_id)

    return await only_once.once([wanted.model_dump(mode="json")], register)


@router.get("/status", dependencies=[READ], responses={**documented(422), **PAGED})
async def get_statuses(  # noqa: PLR0917
    service: Service,
    response: Response,
    skip: Skip = 0,
    limit: Limit = 100,
    status: PresenceStatus | None = None,
    after: Annotated[int | None, Query(ge=1, le=MAX_ID, description=f"{AFTER}; an employee_id")] = None,
) -> list[StatusResponse]:
    """Say where active people are, as far as their events tell; by number."""
    people = await service.get_statuses()
    wanted = [person for person in people if status in (None, person.status)]
    page = page_of(wanted, lambda person: person.employee_id, after, skip, limit)
    if len(page) == limit:
        response.headers[NEXT] = str(page[-1].employee_id)
    if after is None:
        response.headers[TOTAL] = str(len(wanted))
    return [StatusResponse.model_validate(person) for person in page]


@router.get("/status/{employee_id:int}", dependencies=[READ], responses=documented(404, 422))
async def get_status(service: Service, employee_id: EmployeeId) -> StatusResponse:
    """Say where one active person is."""
    person = await service.get_employee_status(employee_id)
    return StatusResponse.model_validate(person)


@router.get("/present", dependencies=[READ], responses=documented(422))
async def get_present(service: Service) -> list[StatusResponse]:
    """List who is in, whatever the date: the people whose stay goes on."""
    people = await service.get_present_employees()
    return [StatusResponse.model_validate(person) for person in people]


@router.get("/history", dependencies=[READ], responses={**documented(422), **PAGED})
async def get_history(  # noqa: PLR0917
    service: Service,
    response: Response,
    span: OfSpan,
    skip: Skip = 0,
    limit: Limit = 100,
    after: Annotated[UUID | None, Query(description=f"{AFTER}; a trace_id")] = None,
) -> list[EntryResponse]:
    """List the log's rows, the oldest first."""
    rows = await service.get_attendance_history(*span.open, skip=skip, limit=limit, after=after)
    if len(rows) == limit:
        response.headers[NEXT] = str(rows[-1].trace_id)
    if after is None:
        response.headers[TOTAL] = str(await service.count_attendance_history(*span.open))
    return [EntryResponse.model_validate(row) for row in rows]


@router.get("/stats", dependencies=[READ], responses={**documented(422), **PAGED})
async def get_stats(  # noqa: PLR0917
    service: Service,
    response: Response,
    span: OfSpan,
    skip: Skip = 0,
    limit: Limit = 100,
    after: Annotated[
        str | None,
        Query(pattern=r"^\d{1,10}:\d{4}-\d\d-\d\d$", description=f"{AFTER}; employee_id and day, as 7:2026-03-02"),
    ] = None,
) -> list[HoursResponse]:
    """List hours by person and office day, of stays that began in the span; without one, the last 31 days."""
    days = await service.get_hours(*span.bounded)
    page = page_of(days, lambda day: (day.employee_id, day.day.isoformat()), _person_and_day(after), skip, limit)
    if len(page) == limit:
        response.headers[NEXT] = f"{page[-1].employee_id}:{page[-1].day}"
    if after is None:
        response.headers[TOTAL] = str(len(days))
    return [_hours(day) for day in page]


@router.get(
    "/export/{file_format}",
    dependencies=[READ],
    response_class=Response,
    responses={
        **documented(422),
        200: {"content": {media_type.partition(";")[0]: {} for media_type in MEDIA_TYPES.values()} | JSON_EXPORT},
    },
)
async def export_log(service: Service, span: OfSpan, file_format: ExportFormat) -> Response:
    """Give the log's rows as a file, however many there are; the last 31 days, if nothing else is said.

    A spreadsheet has times of the office's clock, with their UTC offset beside them.
    """
    since, until, employee_id = span.exported
    pieces = service.stream_history(file_format, since, until, employee_id)
    name = f"attendance-{since.astimezone(service.zone):%Y%m%d}.{file_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return await Download.begin(pieces, MEDIA_TYPES[file_format], headers)


def _person_and_day(after: str | None) -> tuple[int, str] | None:
    if after is None:
        return None
    employee_id, _, day = after.partition(":")
    return int(employee_id), day


def _hours(day: DayHours) -> HoursResponse:
    return HoursResponse(
        employee_id=day.employee_id,
        full_name=day.full_name,
        day=day.day,
        first_entry_at=day.first_entry_at,
        last_exit_at=day.last_exit_at,
        hours=day.worked_s / 3600,
        complete=day.complete,
    )


def _in_utc(moment: datetime | None) -> datetime | None:
    """Raises Refusal for the first and last day of the calendar, which no other zone can tell."""
    try:
        return None if moment is None else moment.astimezone(UTC)
    except OverflowError as error:
        raise _out_of_range() from error


def _out_of_range() -> Refusal:
    return Refusal(422, "this time is out of range")
