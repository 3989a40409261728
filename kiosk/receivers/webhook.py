"""Webhooks by the conventions of Standard Webhooks 1.0.0 (standardwebhooks.com): id, timestamp, signature."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from pydantic import Field

from kiosk.attendance.feed_schemas import ChangeResponse
from kiosk.domain.attendance_log import FeedEntry
from kiosk.domain.ports import Clock
from kiosk.errors import InvalidInput
from kiosk.receivers.http_post import HttpAnswer, HttpPoster, HttpTarget
from kiosk.receivers.port import DeliveryFailed, Receiver, ReceiverContext, ReceiverKind, ReceiverOptions

SECRET_PREFIX = "whsec_"  # noqa: S105
LEAST_KEY_BYTES, MOST_KEY_BYTES = 24, 64
LIMIT_S = 10.0
BATCH = 10
SLOW_S = 1.0
HOW_TO_MAKE_ONE = 'echo "whsec_$(openssl rand -base64 32)" > FILE'


class WebhookOptions(ReceiverOptions):
    url: str | None = Field(None, description="address, https://…; one that holds a secret is given as the secret url")
    allow_local: bool = Field(False, description="let it be an address of this machine or network")
    allow_http: bool = Field(False, description="let it be http://, which others can read")
    authorities: Path | None = Field(None, description="PEM file of the certificate authorities; else the system's")


class WebhookReceiver(Receiver):
    """Sends one message a change; its id stays the same, however often it is sent.

    Args:
        poster: sends bodies.
        keys: with each of which a message is signed: two while a secret is exchanged for another.
        authorization: content of the header of this name; None without one.
        clock: for the time of each attempt.
    """

    batch_size = BATCH

    def __init__(self, poster: HttpPoster, keys: Sequence[bytes], authorization: str | None, clock: Clock) -> None:
        self._poster = poster
        self._keys = keys
        self._authorization = authorization
        self._clock = clock

    def deliver(self, entries: Sequence[FeedEntry]) -> None:
        began_s = time.monotonic()
        for count, entry in enumerate(entries):
            change = ChangeResponse.of(entry)
            try:
                self._send(change.id, f"attendance.{change.kind}", change.recorded_at, change.model_dump(mode="json"))
            except DeliveryFailed as failure:
                failure.delivered = count
                raise
        # A slow one is given few at once, so that each call soon ends.
        self.batch_size = 1 if (time.monotonic() - began_s) / len(entries) > SLOW_S else BATCH

    def test(self) -> str:
        status = self._send(f"test-{uuid4()}", "test", self._clock.now(), {})
        return f"the message of type test was answered with {status}"

    def close(self) -> None:
        self._poster.close()

    def _send(self, message_id: str, kind: str, at: datetime, data: Mapping[str, Any]) -> int:
        message = {"type": kind, "timestamp": at.isoformat(), "data": data}
        body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
        sent_at = str(int(self._clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "attendance-kiosk",
            "webhook-id": message_id,
            "webhook-timestamp": sent_at,
            "webhook-signature": " ".join(signature(key, message_id, sent_at, body) for key in self._keys),
        }
        if self._authorization is not None:
            headers["Authorization"] = self._authorization
        answer = self._poster.post(body, headers)
        _require_taken(answer, self._clock.now())
        return answer.status


def signature(key: bytes, message_id: str, sent_at: str, body: bytes) -> str:
    """Return one signature, HMAC-SHA256 over id, timestamp and body, with the version before it."""
    signed = f"{message_id}.{sent_at}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode("ascii")


def _require_taken(answer: HttpAnswer, now: datetime) -> None:
    """Raise DeliveryFailed unless the other side has taken a message."""
    status = answer.status
    if 200 <= status < 300:
        return
    if status == 410:
        raise DeliveryFailed("gone", "the other side wants no more messages (410)", pause=True)
    if 300 <= status < 400:
        raise DeliveryFailed(
            "redirected", f"the other side sends elsewhere ({status}), which is not followed; mend the url"
        )
    raise DeliveryFailed(
        f"http_{status}", f"the other side answers {status}", retry_after_s=_seconds(answer.retry_after, now)
    )


def _seconds(retry_after: str | None, now: datetime) -> float | None:
    """Return how long a Retry-After asks to wait (RFC 9110, 10.2.3); None for one that says nothing."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def _build(options: Any, secrets: Mapping[str, str], context: ReceiverContext) -> Receiver:
    url = secrets.get("url") or options.url
    _require_url(url, options.allow_http)
    if "secret" not in secrets:
        raise InvalidInput(f"a webhook needs a secret: {HOW_TO_MAKE_ONE}; then --secret secret=FILE")
    keys = [_key(secrets[name]) for name in ("secret", "previous_secret") if name in secrets]
    if options.authorities is not None and not options.authorities.is_file():
        raise InvalidInput(f"authorities: {options.authorities} is no file")
    authorization = secrets.get("authorization")
    if authorization is not None and not (authorization.isascii() and authorization.isprintable()):
        raise InvalidInput("the secret authorization is one line of ASCII")
    target = HttpTarget(url, options.allow_local, options.authorities)
    return WebhookReceiver(HttpPoster(target, LIMIT_S), keys, authorization, context.clock)


def _require_url(url: str | None, allow_http: bool) -> None:
    """Raise InvalidInput, which does not repeat the address: it may hold a secret."""
    if url is None:
        raise InvalidInput("a webhook needs its address: --set url=https://… or --secret url=FILE")
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or not url.isascii() or not url.isprintable() or " " in url:
        raise InvalidInput("url: this is no address; write it like https://payroll.example.com/hook")
    if parts.scheme not in ("https", "http"):
        raise InvalidInput("url: it begins with https://")
    if parts.scheme == "http" and not allow_http:
        raise InvalidInput("url: others can read what goes over http://; allow it with --set allow_http=true")
    if parts.username is not None or parts.password is not None:
        raise InvalidInput("url: it must not hold a name or password; give --secret authorization=FILE")


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not LEAST_KEY_BYTES <= len(key) <= MOST_KEY_BYTES:
        raise InvalidInput(f"the secret is {SECRET_PREFIX} and base64 of 24 to 64 bytes: {HOW_TO_MAKE_ONE}")
    return key


KIND = ReceiverKind(
    "signed messages over HTTPS, by Standard Webhooks",
    WebhookOptions,
    ("secret", "previous_secret", "url", "authorization"),
    _build,
)
