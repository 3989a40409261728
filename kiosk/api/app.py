"""The HTTP application: every room's routes behind one door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fastapi_offline
from fastapi import Depends, FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

import kiosk.attendance.correction_router as corrections
import kiosk.attendance.decision_router as decisions
import kiosk.attendance.feed_router as feed
import kiosk.attendance.router as attendance
import kiosk.attendance.schedule_router as schedules
import kiosk.employees.router as employees
import kiosk.employees.scim_router as scim
import kiosk.recognition.gallery_router as gallery
import kiosk.recognition.router as recognition
import kiosk.settings.router as settings
from kiosk.api import record_feed_router, system
from kiosk.api.health_probe import HealthProbe
from kiosk.api.system import InfoResponse
from kiosk.attendance.record_feed_service import RecordFeedService
from kiosk.core.thread_pool import ThreadPool
from kiosk.employees.scim_router import Scim
from kiosk.monitoring.metrics import Metrics
from kiosk.security.access_tokens import AccessTokens
from kiosk.security.audit_recorder import AuditRecorder
from kiosk.settings.store import SettingStore
from kiosk.web import problems
from kiosk.web.authentication import Access, Authenticator
from kiosk.web.examples import with_examples
from kiosk.web.feed_paging import EPOCH
from kiosk.web.idempotency import HEADER as IDEMPOTENCY_KEY
from kiosk.web.idempotency import REPLAYED, StoredAnswers
from kiosk.web.limits import RequestLimits
from kiosk.web.pagination import NEXT, TOTAL
from kiosk.web.query_parameters import refuse_unknown_parameters
from kiosk.web.tracing import HEADER, Tracing
from kiosk.web.uploads import BodyLimit, InferenceQueue

OPENAPI, DOCS, ASSETS = "/openapi.json", "/docs", "/docs/assets"
DESCRIPTION = """\
Every request but `/health` needs a token: `Authorization: Bearer …`. A token is made with `kiosk token create`; scope
`read` reads, `write` also changes, `biometric` also gives embeddings away,
`scim` is for directories alone, under `/scim/v2`, and `settings` for the settings alone. What cannot be answered is
answered with problem details (RFC 9457) whose `code` stays the same. Every answer carries `X-Trace-ID`, as log lines
and rows do.
"""


@dataclass(frozen=True, slots=True)
class ApiServices:
    """What the application is made of; the services of the rooms come from get_employee_service() and the like."""

    tokens: AccessTokens
    audit: AuditRecorder
    heartbeat: HealthProbe
    token_threads: ThreadPool
    database_threads: ThreadPool
    inference: ThreadPool
    stored_answers: StoredAnswers
    scim: Scim
    record_feed: RecordFeedService
    settings: SettingStore
    info: InfoResponse


def make_app(parts: ApiServices, *, requests_per_minute: int, cors_origins: Sequence[str] = ()) -> FastAPI:
    """Return the application. cors_origins: of web pages whose scripts may call it; none, unless somebody says so."""
    limits = RequestLimits(requests_per_minute)
    gatekeeper = Authenticator(parts.tokens, parts.token_threads, parts.database_threads, limits, parts.audit)
    metrics = Metrics()
    app = _Application(
        title="Attendance kiosk",
        version=parts.info.version,
        description=DESCRIPTION,
        openapi_url=OPENAPI,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(refuse_unknown_parameters)],
        generate_unique_id_function=_operation_id,
        telemetry={"tracing": False},
        middleware=_middleware(gatekeeper, cors_origins, metrics),
    )
    app.state.line = InferenceQueue()
    app.state.metrics = metrics
    app.state.gatekeeper = gatekeeper
    app.state.database_threads = parts.database_threads
    app.state.inference = parts.inference
    app.state.stored_answers = parts.stored_answers
    app.state.heartbeat = parts.heartbeat
    app.state.scim = parts.scim
    app.state.record_feed = parts.record_feed
    app.state.settings = parts.settings
    app.state.info = parts.info
    for part in (
        system,
        employees,
        recognition,
        gallery,
        attendance,
        feed,
        decisions,
        schedules,
        corrections,
        record_feed_router,
        settings,
        scim,
    ):
        app.include_router(part.router)
    problems.install(app)
    _add_pages(app)
    return app


def _operation_id(route: APIRoute) -> str:
    """Return the name that generated clients call a route by."""
    return route.name


class _Application(FastAPI):
    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            described = problems.with_problem_media_type(super().openapi())
            self.openapi_schema = with_examples(problems.with_binary_uploads(described))
        return self.openapi_schema


def _middleware(gatekeeper: Authenticator, cors_origins: Sequence[str], metrics: Metrics) -> list[Middleware]:
    """The first is the outermost: a browser's question whether it may ask comes without a token."""
    cors = Middleware(
        CORSMiddleware,
        allow_origins=list(cors_origins),
        allow_methods=["GET", "POST", "PUT", "DELETE"],
        allow_headers=["Authorization", HEADER, IDEMPOTENCY_KEY],
        expose_headers=[HEADER, TOTAL, NEXT, EPOCH, REPLAYED, "Retry-After", "Location"],
    )
    return [
        *([cors] if cors_origins else []),
        Middleware(Tracing, count=metrics.count),
        Middleware(Access, gatekeeper=gatekeeper, pages=(DOCS, OPENAPI)),
        Middleware(BodyLimit, exceptions=employees.BODY_LIMITS | recognition.BODY_LIMITS),
    ]


def _add_pages(app: FastAPI) -> None:
    """Swagger UI, from this machine alone."""
    files = Path(fastapi_offline.__file__).parent / "static"
    app.mount(ASSETS, StaticFiles(directory=files))

    @app.get(DOCS, include_in_schema=False)
    async def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url=OPENAPI,
            title=app.title,
            swagger_js_url=f"{ASSETS}/swagger-ui-bundle.js",
            swagger_css_url=f"{ASSETS}/swagger-ui.css",
            swagger_favicon_url=f"{ASSETS}/favicon.png",
        )
