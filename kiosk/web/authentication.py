"""Who may ask for what: nobody gets beyond the door without a token, whatever the path."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from kiosk.core.context import acting_as
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.credentials import AccessToken, TokenScope
from kiosk.errors import KioskError
from kiosk.security.access_tokens import AccessTokens
from kiosk.security.audit_recorder import AuditRecorder
from kiosk.web.limits import RequestLimits
from kiosk.web.problems import Refusal, refusal_of

OPEN_PATHS = ("/health",)
NO_TOKEN = "a valid token is needed; `kiosk token create` makes one"  # noqa: S105

bearer = HTTPBearer(auto_error=False, description="A token that `kiosk token create` has shown.")


class Authenticator:
    """Knows the tokens; whoever is sent away is counted and written down, until there are too many of that.

    What an address sends without a valid token is counted by itself: a valid token from the same address is never
    slowed down by it.
    """

    def __init__(
        self,
        tokens: AccessTokens,
        token_threads: ThreadPool,
        audit_threads: ThreadPool,
        limits: RequestLimits,
        audit: AuditRecorder,
    ) -> None:
        """Collaborators.

        Args:
            tokens: those that there are.
            token_threads: in which nothing but tokens is looked up, so that no other query delays that.
            audit_threads: in which refusals are written down.
            limits: on what one client may ask for.
            audit: where refusals are written down.
        """
        self._tokens = tokens
        self._token_threads = token_threads
        self._audit_threads = audit_threads
        self._limits = limits
        self._audit = audit

    async def admit(self, scope: Scope, is_page: bool) -> AccessToken:
        """Return the token that a request shows. Raises Refusal: 401, 429; StorageError."""
        address = scope["client"][0] if scope.get("client") else "unknown"
        secret = _secret(Headers(scope=scope).get("authorization", ""), is_page)
        token = None if secret is None else await self._token_threads.run(self._tokens.find, secret)
        if token is None or not token.is_valid(datetime.now(UTC)):
            self._limits.count_failed_access("address", address)
            with acting_as(f"address:{address}" if token is None else f"token:{token.name}"):
                await self._note(scope, "no valid token")
            raise Refusal(401, NO_TOKEN, headers={"WWW-Authenticate": _challenge(is_page)})
        self._limits.count_request(str(token.id))
        return token

    async def is_still_valid(self, token: AccessToken) -> bool:
        """Tell whether a token was neither revoked nor has expired since it was shown. Raises StorageError."""
        present = await self._token_threads.run(self._tokens.get, token.id)
        return present is not None and present.is_valid(datetime.now(UTC))

    async def require(self, wanted: TokenScope, token: AccessToken, scope: Scope) -> None:
        """Raise Refusal, 403 or 429, unless a token has the scope that a route asks for."""
        if token.scope.covers(wanted):
            return
        self._limits.count_failed_access("token", str(token.id))
        await self._note(scope, f"scope {wanted} is missing")
        raise Refusal(403, f"a token of scope {wanted} is needed; this one has {token.scope}")

    async def _note(self, scope: Scope, reason: str) -> None:
        details = {"method": scope["method"], "path": quote(scope["path"])[:200], "reason": reason}
        await self._audit_threads.run(self._audit.record, "access_denied", None, details)


class Access:
    """ASGI middleware: the rest of the application works in the name of the request's token.

    pages: prefixes of paths that browsers open; they ask for a user name and a password, and the password is a token.
    """

    def __init__(self, app: ASGIApp, gatekeeper: Authenticator, pages: Collection[str]) -> None:
        self._app = app
        self._gatekeeper = gatekeeper
        self._pages = tuple(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OPEN_PATHS:
            await self._app(scope, receive, send)
            return
        try:
            token = await self._gatekeeper.admit(scope, scope["path"].startswith(self._pages))
        except Refusal as refusal:
            await refusal.response(scope, receive, send)
        except KioskError as error:
            await refusal_of(error).response(scope, receive, send)
        else:
            scope.setdefault("state", {})["token"] = token
            with acting_as(f"token:{token.name}"):
                await self._app(scope, receive, send)


def requires(scope: TokenScope) -> Any:
    """Return what a route depends on so that it answers only tokens of this scope, 403 to others."""

    async def check(
        request: Request,
        _credentials: HTTPAuthorizationCredentials | None = Security(bearer),  # noqa: B008
    ) -> None:
        gatekeeper: Authenticator = request.app.state.gatekeeper
        await gatekeeper.require(scope, request.state.token, request.scope)

    return Depends(check)


def _secret(authorization: str, is_page: bool) -> str | None:
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic" and is_page:
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return None
    return None


def _challenge(is_page: bool) -> str:
    return 'Basic realm="kiosk: any name, and a token as the password"' if is_page else 'Bearer realm="kiosk"'
