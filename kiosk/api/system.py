"""Whether the service is there, and what it is."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict

from kiosk.api.health_probe import HealthProbe
from kiosk.domain.credentials import TokenScope
from kiosk.monitoring.health import HealthGrade, worst_grade
from kiosk.monitoring.metrics import METRICS_MEDIA_TYPE
from kiosk.web.authentication import requires
from kiosk.web.problems import RETRY_AFTER_S, documented

router = APIRouter(tags=["system"])


class CheckResponse(BaseModel):
    """code: why it is not ok, or what cannot be told; stable, for programs."""

    status: HealthGrade
    code: str | None = None


class Health(BaseModel):
    """status: the worst of the checks. failed: the device does not do what it is there for."""

    status: HealthGrade
    checks: dict[str, CheckResponse]


class InfoResponse(BaseModel):
    """What this service is.

    Attributes:
        version: of the program.
        kiosk_id: of the device that the service runs on.
        detector: the face detector in use.
        model_version: of the embedder in use.
        timezone: the office's.
        event_mode: which types of event the door writes.
    """

    model_config = ConfigDict(frozen=True)

    version: str
    kiosk_id: str
    detector: str
    model_version: str
    timezone: str
    event_mode: str


@router.get("/health", responses={503: {"model": Health, "description": "a check has failed"}})
async def get_health(request: Request, response: Response) -> Health:
    """Tell how the database and the kiosk on this device are; the one thing that is said without a token."""
    heartbeat: HealthProbe = request.app.state.heartbeat
    checks = (await heartbeat.look()).checks
    grade = worst_grade(checks)
    if grade is HealthGrade.FAILED:
        response.status_code = 503
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return Health(
        status=grade, checks={check.name: CheckResponse(status=check.grade, code=check.code) for check in checks}
    )


@router.get(
    "/metrics",
    dependencies=[requires(TokenScope.READ)],
    responses={
        **documented(),
        200: {
            "content": {"text/plain": {"example": "kiosk_events_waiting 0\n"}},
            "description": "Prometheus' text form",
        },
    },
    response_class=Response,
)
async def get_metrics(request: Request) -> Response:
    """Tell the figures of the API and of the running kiosk, for Prometheus."""
    state = request.app.state
    seen, receivers = await state.heartbeat.look(), await state.heartbeat.receivers()
    return Response(state.metrics.text(seen, state.line.length, receivers), media_type=METRICS_MEDIA_TYPE)


@router.get("/api/v1/info", dependencies=[requires(TokenScope.READ)], responses=documented())
async def get_info(request: Request) -> InfoResponse:
    """Tell what this service is and which networks it uses."""
    info: InfoResponse = request.app.state.info
    return info
