"""The employees over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kiosk.domain.credentials import TokenScope
from kiosk.domain.types import MAX_ID, Template
from kiosk.employees.crud import Filter, SortBy
from kiosk.employees.enrollment import EnrollmentResult
from kiosk.employees.identity_checks import Assessment
from kiosk.employees.registry import get_employee_service
from kiosk.employees.schemas import MAX_EXTERNAL_ID, MAX_LENGTH, EmployeeCreate, EmployeeResponse, EmployeeUpdate
from kiosk.employees.service import EmployeeService, first_refusal
from kiosk.errors import EmployeeNotFound
from kiosk.web.authentication import requires
from kiosk.web.download import Download
from kiosk.web.idempotency import Done, OnlyOnce
from kiosk.web.pagination import AFTER, COUNTED, NEXT, PAGED, TOTAL, EmployeeId, Limit, Skip
from kiosk.web.problems import FieldFault, Refusal, documented, refusal_of
from kiosk.web.uploads import LARGEST_PHOTOGRAPH, PHOTOGRAPH, ROOM_FOR_FIELDS, InferenceQueue, digest_of

PREFIX = "/api/v1/employees"
MOST_PHOTOGRAPHS = 5
EMBEDDINGS_PER_PIECE = 50
BODY_LIMITS = {f"{PREFIX}/enroll": MOST_PHOTOGRAPHS * LARGEST_PHOTOGRAPH + ROOM_FOR_FIELDS}

router = APIRouter(prefix=PREFIX, tags=["employees"])
PHOTOGRAPHS = File(description=f"{PHOTOGRAPH} each; one to five, in photos, photo or both")


def _without_empty(sent: object) -> object:
    """Leave out what browsers and Swagger UI send for a field in which no file was chosen."""
    return [one for one in sent if one != ""] if isinstance(sent, list) else sent


Photographs = Annotated[list[UploadFile], BeforeValidator(_without_empty), PHOTOGRAPHS]
READ, WRITE, BIOMETRIC = map(requires, (TokenScope.READ, TokenScope.WRITE, TokenScope.BIOMETRIC))

Service = Annotated[EmployeeService, Depends(get_employee_service)]
Text = Annotated[str | None, Query(max_length=MAX_LENGTH)]


class Activity(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    ALL = "all"


class EmbeddingResponse(BaseModel):
    """One template; only embeddings of one model_version may be compared."""

    employee_id: int
    model_version: str
    embedding: list[float]


class PhotographResponse(BaseModel):
    """What became of one photograph; they are in the order in which they were sent, `photos` first."""

    accepted: bool
    quality: float | None = Field(description="in [0, 1], of an accepted one")
    code: str | None = Field(description="why it was refused")
    detail: str | None = Field(description="why, and what to do about it")
    advice: list[str] = Field(default=[], description="codes of what makes an accepted one poor, such as eyes_covered")


class ErasureResponse(BaseModel):
    """What was deleted; remains has a sentence for each thing that was not and needs attention."""

    model_config = ConfigDict(from_attributes=True)

    employee_id: int
    templates: int
    snapshots: int
    consents: int
    remains: list[str]


class LookAlikeResponse(BaseModel):
    """Somebody else who resembles the person so much that the door asks both for a clearer look."""

    model_config = ConfigDict(from_attributes=True)

    employee_id: int
    similarity: float = Field(description="of the two people's templates, in [-1, 1]")


class EnrollmentResponse(BaseModel):
    employee: EmployeeResponse
    photographs: list[PhotographResponse]
    look_alikes: list[LookAlikeResponse] = Field(
        description="the most alike first; more photographs of each help to tell them apart"
    )


@router.post("", status_code=201, dependencies=[WRITE], include_in_schema=False)
@router.post(
    "/",
    status_code=201,
    dependencies=[WRITE],
    responses=documented(400, 409, 413, 415, 422),
    response_model=EmployeeResponse,
)
async def create_employee(service: Service, person: EmployeeCreate, only_once: OnlyOnce) -> Response:
    """Add a person, without photographs."""

    async def create() -> Done:
        employee = await service.create_employee(person)
        return Done(EmployeeResponse.model_validate(employee), employee.id, f"{PREFIX}/{employee.id}")

    return await only_once.once([person.model_dump(mode="json")], create)


@router.get("", dependencies=[READ], include_in_schema=False)
@router.get("/", dependencies=[READ], responses={**documented(422), **PAGED})
async def list_employees(  # noqa: PLR0917
    service: Service,
    response: Response,
    skip: Skip = 0,
    limit: Limit = 100,
    search: Annotated[Text, Query(description="a part of name, e-mail address, department or personnel number")] = None,
    department: Annotated[Text, Query(description="the whole of it")] = None,
    activity: Activity = Activity.ACTIVE,
    sort_by: SortBy = SortBy.ID,
    descending: bool = False,
    after: Annotated[int | None, Query(ge=1, le=MAX_ID, description=f"{AFTER}; an id")] = None,
) -> list[EmployeeResponse]:
    """List people; texts are compared without regard to case."""
    which = Filter(search, department, None if activity is Activity.ALL else activity is Activity.ACTIVE)
    people = await service.list_employees(skip, limit, which=which, sort_by=sort_by, descending=descending, after=after)
    if len(people) == limit:
        response.headers[NEXT] = str(people[-1].id)
    if after is None:
        response.headers[TOTAL] = str(await service.count_employees(which))
    return [EmployeeResponse.model_validate(person) for person in people]


@router.get(
    "/embeddings",
    dependencies=[BIOMETRIC],
    responses={**documented(422), **COUNTED},
    response_model=list[EmbeddingResponse],
)
async def get_embeddings(
    service: Service,
    skip: Skip = 0,
    limit: Annotated[int | None, Query(ge=1, le=MAX_ID, description="how many to return at the most; else all")] = None,
) -> Response:
    """Give the templates of active people that the model in use made: all of one moment, while they are sent."""
    templates = await service.get_templates()
    wanted = templates[skip : None if limit is None else skip + limit]
    pieces = _embedding_pieces(wanted, service.model_version)
    return await Download.begin(pieces, "application/json", {TOTAL: str(len(templates))})


@router.post(
    "/enroll",
    status_code=201,
    dependencies=[WRITE],
    responses=documented(400, 404, 409, 413, 415, 422),
    response_model=EnrollmentResponse,
)
async def enroll_employee(  # noqa: PLR0917
    service: Service,
    request: Request,
    only_once: OnlyOnce,
    email: Annotated[str | None, Form(max_length=320, description="may be left out")] = None,
    photos: Photographs = [],  # noqa: B006  FastAPI copies it
    photo: Photographs = [],  # noqa: B006
    full_name: Annotated[str | None, Form(max_length=MAX_LENGTH, description="needed for somebody new")] = None,
    department: Annotated[str | None, Form(max_length=MAX_LENGTH)] = None,
    external_id: Annotated[str | None, Form(max_length=MAX_EXTERNAL_ID, description="personnel number")] = None,
    position: Annotated[str | None, Form(max_length=MAX_LENGTH)] = None,
    called: Annotated[str | None, Form(max_length=MAX_LENGTH, description="as greeted")] = None,
    employee_id: Annotated[
        int | None, Form(ge=1, le=MAX_ID, description="somebody who exists; the texts are left out then")
    ] = None,
    consent_version: Annotated[
        str | None,
        Form(
            max_length=64,
            description="of the text that the person has agreed to; may be left out only where the office has set "
            "KIOSK_CALLER_VOUCHES_FOR_CONSENT",
        ),
    ] = None,
) -> Response:
    """Enroll a person from one to five photographs; a person who does not exist yet is created.

    The answer says what became of each photograph; when none can be used, nothing is written. Without a consent
    nobody is enrolled or created: the answer is 422 with the code consent_required.
    """
    sent = [*photos, *photo]
    if not 1 <= len(sent) <= MOST_PHOTOGRAPHS:
        raise Refusal(422, f"one to {MOST_PHOTOGRAPHS} photographs are needed, not {len(sent)}", "photographs")
    line: InferenceQueue = request.app.state.line
    email, position, called = email or None, position or None, called or None
    known: dict[str, Any] = {"employee_id": employee_id, "external_id": external_id or None}

    async def enroll() -> Done:
        async with line.turn(sent) as contents:
            result = await service.enroll(
                email, full_name, department, contents, consent_version, **known, position=position, called=called
            )
        return _enrolled(result)

    asked = [email, full_name, department, *known.values(), consent_version]
    asked += [[await digest_of(photograph) for photograph in sent], position, called]
    return await only_once.once(asked, enroll)


@router.get("/{employee_id:int}", dependencies=[READ], responses=documented(404, 422))
async def get_employee(service: Service, employee_id: EmployeeId) -> EmployeeResponse:
    """Return one person, active or not."""
    employee = await service.get_employee(employee_id)
    if employee is None:
        raise EmployeeNotFound(employee_id)
    return EmployeeResponse.model_validate(employee)


@router.put("/{employee_id:int}", dependencies=[WRITE], responses=documented(400, 404, 409, 413, 415, 422))
async def update_employee(service: Service, employee_id: EmployeeId, changes: EmployeeUpdate) -> EmployeeResponse:
    """Change the given fields and keep the others."""
    return EmployeeResponse.model_validate(await service.update_employee(employee_id, changes))


@router.delete("/{employee_id:int}", status_code=204, dependencies=[WRITE], responses=documented(404, 422))
async def delete_employee(service: Service, employee_id: EmployeeId) -> None:
    """Deactivate a person: the door no longer recognises them; nothing is deleted."""
    if not await service.delete_employee(employee_id):
        raise EmployeeNotFound(employee_id)


@router.post("/{employee_id:int}/restore", dependencies=[WRITE], responses=documented(404, 422))
async def restore_employee(service: Service, employee_id: EmployeeId) -> EmployeeResponse:
    """Make a deactivated person active again."""
    return EmployeeResponse.model_validate(await service.restore_employee(employee_id))


@router.post("/{employee_id:int}/erase", dependencies=[WRITE], responses=documented(404, 422))
async def erase_employee(service: Service, employee_id: EmployeeId) -> ErasureResponse:
    """Erase a person's face everywhere and withdraw their consent; the entries and exits stay."""
    return ErasureResponse.model_validate(await service.erase_employee(employee_id))


async def _embedding_pieces(templates: Sequence[Template], model_version: str) -> AsyncIterator[bytes]:
    """Yield a JSON array of EmbeddingResponse."""
    for at in range(0, len(templates), EMBEDDINGS_PER_PIECE):
        piece = [
            EmbeddingResponse(
                employee_id=template.employee_id, model_version=model_version, embedding=template.vector.tolist()
            ).model_dump_json()
            for template in templates[at : at + EMBEDDINGS_PER_PIECE]
        ]
        yield ("," if at else "[").encode() + ",".join(piece).encode()
        await asyncio.sleep(0)  # others are answered meanwhile
    yield b"]" if templates else b"[]"


def _enrolled(result: EnrollmentResult) -> Done:
    """Raises Refusal when no photograph can be used."""
    if result.employee is None:
        raise _none_accepted(result)
    answer = EnrollmentResponse(
        employee=EmployeeResponse.model_validate(result.employee),
        photographs=[_photograph(assessment) for assessment in result.assessments],
        look_alikes=[LookAlikeResponse.model_validate(other) for other in result.look_alikes],
    )
    return Done(answer, result.employee.id)


def _none_accepted(result: EnrollmentResult) -> Refusal:
    first = refusal_of(first_refusal(result))
    faults = [
        FieldFault(where=assessment.name, what=f"{assessment.refused.reason}: {assessment.refused}")
        for assessment in result.assessments
        if assessment.refused is not None
    ]
    return Refusal(first.status_code, f"no photograph can be used: {first.detail}", first.code, faults=faults)


def _photograph(assessment: Assessment) -> PhotographResponse:
    sample, refused = assessment.sample, assessment.refused
    return PhotographResponse(
        accepted=sample is not None,
        quality=None if sample is None else sample.quality.quality_score,
        code=None if refused is None else refused.reason,
        detail=None if refused is None else str(refused),
        advice=[] if sample is None else list(sample.quality.advice),
    )
