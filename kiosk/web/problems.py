"""What is said when a request cannot be answered: RFC 9457 problem details with codes that stay the same."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.routing import compile_path
from starlette.types import Receive, Scope, Send

from kiosk import errors
from kiosk.core.context import current_trace_id
from kiosk.core.logger import log
from kiosk.domain.quality import Reason

MEDIA_TYPE = "application/problem+json"
SCIM_PREFIX = "/scim/v2"
SCIM_MEDIA_TYPE = "application/scim+json"
SCIM_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
RETRY_AFTER_S = 5
EVERYWHERE = (401, 403, 429, 503)
CODES = {
    400: "malformed_request",
    401: "not_authenticated",
    403: "scope_missing",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    410: "gone",
    413: "body_too_large",
    415: "unsupported_media_type",
    422: "invalid_request",
    429: "too_many_requests",
    500: "internal_error",
    503: "unavailable",
}

ANSWERS: dict[type[errors.KioskError], tuple[int, str]] = {
    errors.EmployeeNotFound: (404, "employee_not_found"),
    errors.EmailTaken: (409, "email_taken"),
    errors.ExternalIdTaken: (409, "external_id_taken"),
    errors.EmployeeInactive: (409, "employee_inactive"),
    errors.EventRefused: (409, "event_refused"),
    errors.MonthClosed: (409, "month_closed"),
    errors.EventNotFound: (404, "event_not_found"),
    errors.MonthNotClosed: (409, "month_not_closed"),
    errors.CorrectionNotFound: (404, "correction_not_found"),
    errors.RequestNotFound: (404, "request_not_found"),
    errors.RequestAnswered: (409, "request_answered"),
    errors.SettingNotFound: (404, "setting_not_found"),
    errors.SettingRefused: (409, "setting_fixed"),
    errors.SettingChanged: (409, "setting_changed"),
    errors.InvalidInput: (422, "invalid_input"),
    errors.ConsentRequired: (422, "consent_required"),
}


class FieldFault(BaseModel):
    """One thing that is wrong: where, and what."""

    where: str = Field(description="place in the request, such as body.email")
    what: str


class Problem(BaseModel):
    """Problem details for HTTP APIs, RFC 9457."""

    type: str = Field(description="urn:kiosk:problem:CODE")
    title: str = Field(description="of the HTTP status")
    status: int
    detail: str = Field(description="a sentence fit to be shown")
    code: str = Field(description="stable, for programs")
    trace_id: str | None = Field(description="as in X-Trace-ID and in the log")
    faults: list[FieldFault] | None = Field(None, description="each thing that is wrong, where more than one may be")


class _ProblemResponse(JSONResponse):
    """Problem details, and to SCIM's clients an error in SCIM's form (RFC 7644, 3.12)."""

    media_type = MEDIA_TYPE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(SCIM_PREFIX):
            told = json.loads(bytes(self.body))
            error = {"schemas": [SCIM_ERROR], "status": str(self.status_code), "detail": told["detail"]}
            kept = {name: value for name, value in self.headers.items() if not name.startswith("content-")}
            await JSONResponse(error, self.status_code, kept, SCIM_MEDIA_TYPE)(scope, receive, send)
            return
        await super().__call__(scope, receive, send)


class Refusal(HTTPException):
    """An answer other than the one asked for; headers go with it."""

    def __init__(
        self,
        status: int,
        detail: str,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
        faults: Sequence[FieldFault] | None = None,
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.code = code or CODES[status]
        self.faults = faults

    @property
    def response(self) -> JSONResponse:
        trace_id = current_trace_id()
        problem = Problem(
            type=f"urn:kiosk:problem:{self.code}",
            title=HTTPStatus(self.status_code).phrase,
            status=self.status_code,
            detail=str(self.detail),
            code=self.code,
            trace_id=None if trace_id is None else str(trace_id),
            faults=None if self.faults is None else list(self.faults),
        )
        content = problem.model_dump(exclude_none=True)
        return _ProblemResponse(content, self.status_code, headers=self.headers)


def unavailable(detail: str, code: str = "unavailable") -> Refusal:
    return Refusal(503, detail, code, {"Retry-After": str(RETRY_AFTER_S)})


def refusal_of(error: errors.KioskError) -> Refusal:
    """Return how an expected failure is answered; what concerns the inside of the service goes to the log alone."""
    if isinstance(error, errors.SampleRefused):
        return Refusal(_sample_status(error.reason), str(error), error.reason)
    if isinstance(error, errors.RecordNotFound):
        return Refusal(404, str(error), f"{error.kind}_not_found")
    if isinstance(error, errors.EventNotRecorded):
        return Refusal(404, "no event has this trace id; one of a door's journal comes later", "event_not_found")
    if isinstance(error, errors.StorageError):
        return _storage_refusal(error)
    if isinstance(error, errors.ConfigurationError):
        log(logging.ERROR, "api.misconfigured", reason=error)
        return unavailable("the service is not set up as it must be; its log tells what to do", "misconfigured")
    status, code = ANSWERS.get(type(error), (409, "refused"))
    return Refusal(status, str(error), code)


def _storage_refusal(error: errors.StorageError) -> Refusal:
    if isinstance(error, errors.RowRefused):
        log(logging.WARNING, "api.row_refused", reason=error)
        return Refusal(409, "the database does not take this; something it refers to may be gone", "row_refused")
    if isinstance(error, errors.StatementTimeout):
        log(logging.WARNING, "api.statement_timeout", reason=error)
        return unavailable("the database took too long for this; ask for less at once, or later", "statement_timeout")
    log(logging.WARNING, "api.storage_unavailable", reason=error)
    return unavailable("the database does not answer; try again soon", "storage_unavailable")


def install(app: FastAPI) -> None:
    """Have every failure of a route answered with problem details."""
    app.add_exception_handler(errors.KioskError, _answer_kiosk_error)
    app.add_exception_handler(StarletteHTTPException, _answer_http_exception)
    app.add_exception_handler(RequestValidationError, _answer_invalid_request)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI has to say of a route's failures: those named, and those that any route may answer with."""
    return {s: {"model": Problem, "description": HTTPStatus(s).phrase} for s in sorted({*statuses, *EVERYWHERE})}


def with_problem_media_type(openapi: dict[str, Any]) -> dict[str, Any]:
    """Mend a document in which FastAPI says that problems come as application/json."""
    for operations in openapi["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                said = response.get("content", {}).get("application/json", {})
                if int(status) >= 400 and said.get("schema", {}).get("$ref", "").endswith(f"/{Problem.__name__}"):
                    response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
    return openapi


def with_binary_uploads(openapi: dict[str, Any]) -> dict[str, Any]:
    """Mend a document in which FastAPI describes files in a way that Swagger UI and generated clients send as text."""
    for schema in openapi.get("components", {}).get("schemas", {}).values():
        for field in schema.get("properties", {}).values():
            for part in (field, field.get("items", {}), *field.get("anyOf", ())):
                for files in (part, part.get("items", {})):
                    if files.pop("contentMediaType", None) is not None:
                        files["format"] = "binary"
    return openapi


def _sample_status(reason: str) -> int:
    if reason == Reason.NOT_AN_IMAGE:
        return 415
    return 409 if reason == Reason.ALREADY_ENROLLED else 422


async def _answer_kiosk_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.KioskError)  # noqa: S101  what it is installed for
    return refusal_of(error).response


async def _answer_http_exception(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, Refusal):
        return error.response
    assert isinstance(error, StarletteHTTPException)  # noqa: S101  what it is installed for
    headers = _allow(request) if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED else error.headers
    return Refusal(error.status_code, str(error.detail), CODES.get(error.status_code), headers).response


def _allow(request: Request) -> dict[str, str]:
    """Return the header with all methods of a path (RFC 9110, 10.2.1); the router names those of one route alone."""
    for path, operations in request.app.openapi()["paths"].items():
        if any(compile_path(path)[0].match(asked) for asked in (request.url.path, f"{request.url.path}/")):
            return {"Allow": ", ".join(method.upper() for method in operations)}
    return {"Allow": "GET"}


async def _answer_invalid_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101  what it is installed for
    faults = [FieldFault(where=".".join(map(str, e["loc"])), what=_what(e)) for e in error.errors()]
    if any(fault.where.startswith("body") for fault in faults) and not _is_known_media_type(request):
        return Refusal(415, "send the body as application/json, photographs as multipart/form-data").response
    detail = "; ".join(f"{fault.where}: {fault.what}" for fault in faults)
    return Refusal(422, detail, faults=faults).response


def _what(fault: Mapping[str, Any]) -> str:
    return str(fault["msg"]).removeprefix("Value error, ")


def _is_known_media_type(request: Request) -> bool:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type in ("application/json", "multipart/form-data") or media_type.endswith("+json")
