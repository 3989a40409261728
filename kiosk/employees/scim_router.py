"""SCIM 2.0 (RFC 7643, RFC 7644): directories elsewhere add, change and deactivate people."""

from __future__ import annotations

import json
from threading import Lock
from typing import Any

from fastapi import APIRouter, Request, Response
from scim2_models import InvalidValueException, PreconditionFailedException, SCIMException
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.service import ScimService

from db.session import Database
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.credentials import TokenScope
from kiosk.employees.scim_schema import scim_provider
from kiosk.employees.scim_storage import ScimUsers
from kiosk.web.problems import SCIM_PREFIX

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PHOTOS = "photos"
ATTEMPTS = 3

router = APIRouter()


class Scim:
    """Answers requests whose token has been looked at. Any thread may call it."""

    def __init__(self, database: Database) -> None:
        self._handler = ScimHandler(ScimService(scim_provider()), ScimUsers(database))
        self._writing = Lock()

    def answer(self, request: ScimRequest) -> ScimResponse:
        """Return the answer, a refusal in SCIM's form too. Raises StorageError."""
        try:
            _refuse_photographs(request.body)
            return self._handle(request)
        except SCIMException as error:
            return self._handler.service.error_response(error)

    def _handle(self, request: ScimRequest) -> ScimResponse:
        """Change one person after the other; again, if somebody else has changed them between reading and writing."""
        if request.method == "GET":
            return self._handler.handle(request)
        with self._writing:
            for _ in range(ATTEMPTS - 1):
                try:
                    return self._handler.handle(request)
                except PreconditionFailedException:
                    if request.header("If-Match") or request.header("If-None-Match"):
                        raise  # the client has said whom it expects
            return self._handler.handle(request)


async def answer_scim(request: Request) -> Response:
    """Answer a request of any kind under the prefix; its token must be of the scope scim."""
    state = request.app.state
    await state.gatekeeper.require(TokenScope.SCIM, request.state.token, request.scope)
    scim: Scim = state.scim
    threads: ThreadPool = state.database_threads
    asked = ScimRequest(
        method=request.method,
        base_url=f"{str(request.base_url).rstrip('/')}{SCIM_PREFIX}",
        path=request.path_params["path"].removesuffix(".scim"),
        query=dict(request.query_params),
        headers=request.headers.items(),
        body=await request.body(),
    )
    answer = await threads.run(scim.answer, asked)
    content = b"" if answer.body is None else json.dumps(answer.body, ensure_ascii=False).encode()
    return Response(content, int(answer.status), headers=answer.headers)


router.add_route(f"{SCIM_PREFIX}/{{path:path}}", answer_scim, methods=list(METHODS), include_in_schema=False)


def _refuse_photographs(body: bytes) -> None:
    """Raise InvalidValueException for a request that brings a photograph: nobody is enrolled without their consent."""
    try:
        sent = json.loads(body) if body else {}
    except ValueError:
        return  # what reads the body next says what is wrong with it
    if isinstance(sent, dict) and _brings_photographs(sent):
        raise InvalidValueException(
            detail="photos are not taken: a face is enrolled with its owner's consent alone, at the kiosk or over "
            "/api/v1/employees/enroll; leave the attribute out of what is sent"
        )


def _brings_photographs(sent: dict[str, Any]) -> bool:
    named = {str(name).casefold(): value for name, value in sent.items()}
    if named.get(PHOTOS):
        return True
    operations = named.get("operations")
    return isinstance(operations, list) and any(
        _patches_photographs({str(name).casefold(): value for name, value in operation.items()})
        for operation in operations
        if isinstance(operation, dict)
    )


def _patches_photographs(operation: dict[str, Any]) -> bool:
    path = str(operation.get("path") or "").casefold().rpartition(":")[2]
    value = operation.get("value")
    if path.startswith(PHOTOS):
        return str(operation.get("op")).casefold() != "remove"
    return isinstance(value, dict) and any(str(name).casefold().startswith(PHOTOS) for name in value)
