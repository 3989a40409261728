"""The look through the enrolled people over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from kiosk.domain.credentials import TokenScope
from kiosk.domain.embedder_switch import SwitchState
from kiosk.domain.gallery_finding import FindingKind
from kiosk.domain.types import MAX_ID
from kiosk.recognition.gallery_service import GalleryService
from kiosk.recognition.registry import get_gallery_service
from kiosk.web.authentication import requires
from kiosk.web.problems import documented

Service = Annotated[GalleryService, Depends(get_gallery_service)]
Number = Annotated[int, Field(ge=1, le=MAX_ID)]

router = APIRouter(prefix="/api/v1/gallery", tags=["recognition"])


class FindingResponse(BaseModel):
    """One thing to look at."""

    model_config = ConfigDict(from_attributes=True)

    kind: FindingKind
    employee_id: int
    other_id: int | None = Field(description="the second employee of a pair")
    template_id: int | None
    figure: float = Field(description="similarity, quality score, or share of events at which the face was recognised")


class PairJudgementRequest(BaseModel):
    """Whether two employees are two people or one."""

    model_config = ConfigDict(extra="forbid")

    first: Number
    second: Number
    keep: Number | None = Field(
        None, description="they are one person: the number that stays, the other is deactivated; null: two people"
    )


class PersonLeftResponse(BaseModel):
    """Somebody without templates of the new embedder."""

    model_config = ConfigDict(from_attributes=True)

    employee_id: int
    full_name: str
    certain_days: int = Field(description="days with a certain visit that waits to become a template")


class SwitchResponse(BaseModel):
    """How far the change from one embedder to another is."""

    old_model: str
    new_model: str
    state: SwitchState
    people: int = Field(description="who has templates of either")
    changed: int = Field(description="who has templates of the new one")
    left: list[PersonLeftResponse]


@router.get("/findings", dependencies=[requires(TokenScope.READ)])
async def list_findings(service: Service) -> list[FindingResponse]:
    """List who is easily missed or taken for somebody else, the gravest first."""
    return [FindingResponse.model_validate(finding) for finding in await service.findings()]


@router.post("/judgements", status_code=204, dependencies=[requires(TokenScope.WRITE)], responses=documented(404, 422))
async def judge_pair(service: Service, judgement: PairJudgementRequest) -> None:
    """Say whether two employees who look alike are two people or one; the latest judgement of a pair counts."""
    await service.judge_pair(judgement.first, judgement.second, judgement.keep)


@router.get("/switch", dependencies=[requires(TokenScope.READ)])
async def get_switch(service: Service) -> SwitchResponse | None:
    """Say how far the change from one embedder to another is; null when none is open."""
    progress = await service.switch()
    if progress is None:
        return None
    return SwitchResponse(
        old_model=progress.switch.old_model,
        new_model=progress.switch.new_model,
        state=progress.switch.state,
        people=len(progress.people),
        changed=progress.changed,
        left=[PersonLeftResponse.model_validate(person) for person in progress.left],
    )
