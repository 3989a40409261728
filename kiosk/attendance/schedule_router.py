"""Schedules, the calendar, absences and timesheets over HTTP; days are the office's."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from db.absences import Absence
from db.calendar_days import CalendarDay
from db.schedules import Assignment, StoredSchedule
from kiosk.attendance.registry import get_schedule_service
from kiosk.attendance.schedule_service import ScheduleService
from kiosk.domain.credentials import TokenScope
from kiosk.domain.office_language import OfficeLanguage
from kiosk.domain.timesheet_format import TimesheetFormat
from kiosk.domain.types import MAX_ID
from kiosk.domain.work_calendar import AbsenceKind, DayKind
from kiosk.web.authentication import requires
from kiosk.web.download import Download
from kiosk.web.pagination import EmployeeId
from kiosk.web.problems import documented
from kiosk.web.timestamps import Day, Month

router = APIRouter(prefix="/api/v1", tags=["schedules"])
READ, WRITE = requires(TokenScope.READ), requires(TokenScope.WRITE)
Service = Annotated[ScheduleService, Depends(get_schedule_service)]
Name = Annotated[str, Path(min_length=1, max_length=100)]
Number = Annotated[int, Path(ge=1, le=MAX_ID)]
OneEmployee = Annotated[int | None, Query(ge=1, le=MAX_ID, description="one person alone")]
TEXT = "text/csv; charset=utf-8"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {".xlsx": SHEET, ".pdf": "application/pdf", ".csv": TEXT, ".json": "application/json"}

JSON_EXAMPLE = [
    {
        "employee_id": 7,
        "full_name": "Anna Karenina",
        "department": "Legal",
        "total_minutes": {"worked": 480},
        "days": [{"day": "2026-03-02", "minutes": {"worked": 480}, "day_off": False, "absent": False, "doubts": []}],
        "questions": [],
    }
]
FILES: dict[str, dict[str, Any]] = {name.partition(";")[0]: {} for name in MEDIA_TYPES.values()} | {
    "application/json": {"example": JSON_EXAMPLE}
}


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ScheduleRequest(_Sent):
    """plan: as in `Mon-Fri 08:00-17:00 break 12:00-13:00`; starts_on: a day on which a cycle's first entry holds."""

    plan: str = Field(min_length=1, max_length=10_000)
    starts_on: Day | None = None
    grace_minutes: int = Field(0, ge=0, le=240)
    rounding_minutes: int = Field(1, ge=1, le=60)
    overtime_factor: float = Field(1.0, ge=0, le=10)


class ScheduleResponse(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    name: str
    plan: str
    starts_on: date
    grace_minutes: int
    rounding_minutes: int
    overtime_factor: float


class AssignmentRequest(_Sent):
    """To a person, to a department or, without either, to the whole office."""

    schedule: str = Field(min_length=1, max_length=100)
    employee_id: int | None = Field(None, ge=1, le=MAX_ID)
    department: str | None = Field(None, max_length=200)
    valid_from: Day
    valid_until: Day | None = None


class AssignmentResponse(AssignmentRequest):
    model_config = ConfigDict(from_attributes=True)

    id: int


class CalendarDayRequest(_Sent):
    kind: DayKind
    name: str = Field("", max_length=100)


class CalendarDayResponse(BaseModel):
    """recorded_by: empty for the country's own holidays."""

    model_config = ConfigDict(from_attributes=True)

    day: date
    kind: DayKind
    name: str
    recorded_by: str


class AbsenceRequest(_Sent):
    """code: letters of the form T-13, where those of the kind do not fit."""

    employee_id: int = Field(ge=1, le=MAX_ID)
    kind: AbsenceKind
    first_day: Day
    last_day: Day
    code: str | None = Field(None, max_length=4)
    note: str = Field("", max_length=500)


class AbsenceResponse(AbsenceRequest):
    model_config = ConfigDict(from_attributes=True)

    id: int
    recorded_by: str


class PresentPersonResponse(BaseModel):
    """door: the kiosk that wrote the person's latest row."""

    model_config = ConfigDict(from_attributes=True)

    employee_id: int
    full_name: str
    department: str | None
    since_at: datetime
    door: str


@router.get("/evacuation", dependencies=[READ], responses=documented(422))
async def get_evacuation_list(service: Service) -> list[PresentPersonResponse]:
    """List who is in, whatever the date, by department and name."""
    return [PresentPersonResponse.model_validate(person) for person in (await service.evacuation_list()).people]


@router.get("/schedules", dependencies=[READ], responses=documented(422))
async def list_schedules(service: Service) -> list[ScheduleResponse]:
    """List the schedules by name."""
    return [ScheduleResponse.model_validate(found) for found in await service.schedules()]


@router.put("/schedules/{name}", dependencies=[WRITE], responses=documented(400, 413, 415, 422))
async def put_schedule(service: Service, name: Name, sent: ScheduleRequest) -> ScheduleResponse:
    """Add a schedule, or change the one of this name."""
    stored = StoredSchedule(
        name,
        sent.plan,
        sent.starts_on or date(2024, 1, 1),
        sent.grace_minutes,
        sent.rounding_minutes,
        sent.overtime_factor,
    )
    await service.save_schedule(stored, has_start=sent.starts_on is not None)
    return ScheduleResponse.model_validate(stored)


@router.delete("/schedules/{name}", status_code=204, dependencies=[WRITE], responses=documented(404, 422))
async def delete_schedule(service: Service, name: Name) -> None:
    """Delete a schedule with its assignments."""
    await service.remove_schedule(name)


@router.get("/schedule-assignments", dependencies=[READ], responses=documented(422))
async def list_assignments(service: Service) -> list[AssignmentResponse]:
    """List whose schedule is which, the latest recorded last; it takes precedence over an earlier one."""
    return [AssignmentResponse.model_validate(found) for found in await service.assignments()]


@router.post(
    "/schedule-assignments", status_code=204, dependencies=[WRITE], responses=documented(400, 404, 413, 415, 422)
)
async def assign_schedule(service: Service, sent: AssignmentRequest) -> None:
    """Assign a schedule: a person's own takes precedence over the department's, that over the office's."""
    await service.assign(Assignment(**sent.model_dump()))


@router.delete("/schedule-assignments/{number}", status_code=204, dependencies=[WRITE], responses=documented(404, 422))
async def unassign_schedule(service: Service, number: Number) -> None:
    """Take one assignment back."""
    await service.unassign(number)


@router.get("/calendar", dependencies=[READ], responses=documented(422))
async def list_calendar(service: Service, first: Day, last: Day) -> list[CalendarDayResponse]:
    """List the days on which weekly schedules do not hold as they are."""
    return [CalendarDayResponse.model_validate(found) for found in await service.calendar_days(first, last)]


@router.put("/calendar/{day}", status_code=204, dependencies=[WRITE], responses=documented(400, 413, 415, 422))
async def put_calendar_day(service: Service, day: Day, sent: CalendarDayRequest) -> None:
    """Decide on a day, whatever the country's holidays say."""
    await service.set_calendar_day(CalendarDay(day, sent.kind, sent.name))


@router.delete("/calendar/{day}", status_code=204, dependencies=[WRITE], responses=documented(404, 422))
async def delete_calendar_day(service: Service, day: Day) -> None:
    """Take the office's own decision on a day back."""
    await service.remove_calendar_day(day)


@router.get("/absences", dependencies=[READ], responses=documented(422))
async def list_absences(
    service: Service, since: Day | None = None, until: Day | None = None, employee_id: OneEmployee = None
) -> list[AbsenceResponse]:
    """List who is away on some day of a stretch, by person and day."""
    return [AbsenceResponse.model_validate(found) for found in await service.absences(since, until, employee_id)]


@router.post("/absences", status_code=201, dependencies=[WRITE], responses=documented(400, 404, 413, 415, 422))
async def add_absence(service: Service, sent: AbsenceRequest) -> AbsenceResponse:
    """Write down that a person is away: nothing is missing on these days, and nothing is planned."""
    return AbsenceResponse.model_validate(await service.add_absence(Absence(**sent.model_dump())))


@router.delete("/absences/{number}", status_code=204, dependencies=[WRITE], responses=documented(404, 422))
async def delete_absence(service: Service, number: Number) -> None:
    """Remove an absence; the audit log keeps that there was one."""
    await service.remove_absence(number)


@router.get(
    "/timesheets/{month}/{file_format}",
    dependencies=[READ],
    response_class=Response,
    responses={**documented(422), 200: {"content": FILES}},
)
async def get_timesheet(  # noqa: PLR0917
    service: Service,
    month: Month,
    file_format: TimesheetFormat,
    employee_id: OneEmployee = None,
    department: Annotated[str | None, Query(max_length=200, description="the whole of its name")] = None,
    language: Annotated[OfficeLanguage | None, Query(description="of headings; else the office's")] = None,
) -> Response:
    """Give a month's timesheet as a file; t13 is the Russian unified form T-13."""
    day = date.fromisoformat(f"{month}-01")
    pieces = service.stream_timesheet(file_format, day, employee_id, department, language)
    headers = {"Content-Disposition": f'attachment; filename="{service.file_name(file_format, day)}"'}
    return await Download.begin(pieces, MEDIA_TYPES[file_format.suffix], headers)


@router.get("/timesheet-days/{day}/{employee_id:int}", dependencies=[READ], responses=documented(404, 422))
async def explain_day(service: Service, day: Day, employee_id: EmployeeId) -> list[str]:
    """Say which schedule, rows and rules the figures of a person's day come from."""
    return list(await service.explain_day(employee_id, day))
