"""Corrections, open questions, employees' requests and closed months over HTTP; days are the office's."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from kiosk.attendance.correction_schemas import (
    AdditionRequest,
    AnswerRequest,
    ChangeRequest,
    ClosedMonthResponse,
    ClosingRequest,
    CorrectedResponse,
    CorrectionRequestResponse,
    CorrectionResponse,
    QuestionResponse,
    ReopeningRequest,
    UndoRequest,
    VoidRequest,
)
from kiosk.attendance.correction_service import CorrectionService
from kiosk.attendance.corrections import Corrected, EventChanges
from kiosk.attendance.registry import get_correction_service
from kiosk.attendance.router import OfSpan
from kiosk.attendance.timesheet import month_of
from kiosk.domain.credentials import TokenScope
from kiosk.domain.types import MAX_ID
from kiosk.web.authentication import requires
from kiosk.web.idempotency import Done, OnlyOnce
from kiosk.web.pagination import AFTER, NEXT, PAGED, Limit
from kiosk.web.problems import documented
from kiosk.web.timestamps import Month

router = APIRouter(prefix="/api/v1", tags=["corrections"])
READ, WRITE = requires(TokenScope.READ), requires(TokenScope.WRITE)
Service = Annotated[CorrectionService, Depends(get_correction_service)]
Number = Annotated[int, Path(ge=1, le=MAX_ID)]
OneEmployee = Annotated[int | None, Query(ge=1, le=MAX_ID, description="one person alone")]


@router.get("/corrections", dependencies=[READ], responses={**documented(422), **PAGED})
async def list_corrections(
    service: Service,
    response: Response,
    span: OfSpan,
    limit: Limit = 100,
    after: Annotated[int | None, Query(ge=0, le=MAX_ID, description=f"{AFTER}; an id")] = None,
) -> list[CorrectionResponse]:
    """List the corrections of the rows of a span of time, the earliest correction first, with author and reason."""
    rows = await service.corrections(*span.open, after=after, limit=limit)
    if len(rows) == limit:
        response.headers[NEXT] = str(rows[-1].correction.id)
    return [CorrectionResponse.of(row) for row in rows]


@router.post(
    "/corrections/add",
    status_code=201,
    dependencies=[WRITE],
    responses=documented(400, 404, 409, 413, 415, 422),
    response_model=CorrectedResponse,
)
async def add_event(service: Service, sent: AdditionRequest, only_once: OnlyOnce) -> Response:
    """Add an entry or exit of any day that nobody registered."""

    async def add() -> Done:
        return _done(
            await service.add(sent.employee_id, sent.event_type, sent.at, sent.reason, sent.author, sent.exit_reason)
        )

    return await only_once.once([sent.model_dump(mode="json")], add)


@router.post(
    "/corrections/void",
    status_code=201,
    dependencies=[WRITE],
    responses=documented(400, 404, 409, 413, 415, 422),
    response_model=CorrectedResponse,
)
async def void_event(service: Service, sent: VoidRequest, only_once: OnlyOnce) -> Response:
    """Say that an entry or exit does not count; it stays in the log."""

    async def void() -> Done:
        return _done(await service.void(sent.trace_id, sent.reason, sent.author))

    return await only_once.once([sent.model_dump(mode="json")], void)


@router.post(
    "/corrections/change",
    status_code=201,
    dependencies=[WRITE],
    responses=documented(400, 404, 409, 413, 415, 422),
    response_model=CorrectedResponse,
)
async def change_event(service: Service, sent: ChangeRequest, only_once: OnlyOnce) -> Response:
    """Put another row in an entry's or exit's place: another time, type, person, or reason of an exit.

    An automatic exit may be sent without any change: it counts in the author's name then, and is no question any more.
    """

    async def change() -> Done:
        changes = EventChanges(sent.at, sent.event_type, sent.employee_id, sent.exit_reason)
        return _done(await service.change(sent.trace_id, changes, sent.reason, sent.author))

    return await only_once.once([sent.model_dump(mode="json")], change)


@router.post(
    "/corrections/{number}/undo",
    status_code=201,
    dependencies=[WRITE],
    responses=documented(400, 404, 409, 413, 415, 422),
    response_model=CorrectedResponse,
)
async def undo_correction(service: Service, number: Number, sent: UndoRequest, only_once: OnlyOnce) -> Response:
    """Undo a correction, so that what counted before counts again; that can be undone as well."""

    async def undo() -> Done:
        return _done(await service.undo(number, sent.reason, sent.author))

    return await only_once.once([sent.model_dump(mode="json")], undo)


@router.get("/questions/{month}", dependencies=[READ], responses=documented(404, 422))
async def list_questions(service: Service, month: Month, employee_id: OneEmployee = None) -> list[QuestionResponse]:
    """List what is not known of a month's stays, forgotten exits first, then forgotten entries and automatic exits."""
    found = await service.open_questions(*month_of(date.fromisoformat(f"{month}-01")), employee_id)
    return [QuestionResponse.model_validate(one) for one in found]


@router.get("/correction-requests", dependencies=[READ], responses=documented(422))
async def list_correction_requests(
    service: Service,
    employee_id: OneEmployee = None,
    answered: Annotated[bool, Query(description="those that are answered, too")] = False,
) -> list[CorrectionRequestResponse]:
    """List what employees ask to have corrected, the oldest first."""
    found = await service.requests(employee_id, only_open=not answered)
    return [CorrectionRequestResponse.model_validate(one) for one in found]


@router.post(
    "/correction-requests/{number}/answer", dependencies=[WRITE], responses=documented(400, 404, 409, 413, 415, 422)
)
async def answer_correction_request(service: Service, number: Number, sent: AnswerRequest) -> CorrectionRequestResponse:
    """Accept or refuse what an employee asked for; the correction itself is a request of its own."""
    answered = await service.answer(number, sent.outcome, sent.reason, sent.author)
    return CorrectionRequestResponse.model_validate(answered)


@router.get("/months", dependencies=[READ], responses=documented(422))
async def list_closed_months(service: Service) -> list[ClosedMonthResponse]:
    """List the months that are closed, the earliest first."""
    return [ClosedMonthResponse.of(month, late) for month, late in await service.closed_months()]


@router.post("/months/{month}/close", dependencies=[WRITE], responses=documented(400, 409, 413, 415, 422))
async def close_month(service: Service, month: Month, sent: ClosingRequest) -> ClosedMonthResponse:
    """Close a month by name: nothing in it is corrected any more."""
    closed = await service.close_month(date.fromisoformat(f"{month}-01"), sent.by)
    return ClosedMonthResponse.of(closed, ())


@router.post(
    "/months/{month}/reopen", status_code=204, dependencies=[WRITE], responses=documented(400, 409, 413, 415, 422)
)
async def reopen_month(service: Service, month: Month, sent: ReopeningRequest) -> None:
    """Open a closed month again, so that it can be corrected."""
    await service.reopen_month(date.fromisoformat(f"{month}-01"), sent.by, sent.reason)


def _done(corrected: Corrected) -> Done:
    employee_id = None if corrected.event is None else corrected.event.employee_id
    return Done(CorrectedResponse.model_validate(corrected, from_attributes=True), employee_id)
