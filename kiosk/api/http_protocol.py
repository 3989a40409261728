"""HTTP on one connection: uvicorn's protocol with deadlines, and with problem details for what is no HTTP."""

from __future__ import annotations

import asyncio
import sys
from enum import Enum, auto
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from kiosk.api.connections import Connections
from kiosk.core.context import traced
from kiosk.web.problems import Refusal
from kiosk.web.tracing import ALWAYS, HEADER

HEADERS_S = 10.0
BODY_WINDOW_S = 10.0
# Slower than any network on which a photograph would be sent.
LEAST_BODY_BYTES_PER_WINDOW = 64 * 1024
REST_OF_BODY_S = 10.0
STALLED_ANSWER_S = 30.0
LINGER_S = 2.0
HEADERS_PIECE_BYTES = 16 * 1024


class Phase(Enum):
    """What a connection waits for.

    Attributes:
        HEADERS: the rest of a request's line and headers.
        BODY: the rest of a body that the application reads.
        ANSWER: the application.
        STALLED: that the client takes what was written.
        REST: the rest of a body that has been answered already.
        IDLE: the next request, as long as uvicorn allows.
        LINGER: that the client has read why it was refused.
    """

    HEADERS = auto()
    BODY = auto()
    ANSWER = auto()
    STALLED = auto()
    REST = auto()
    IDLE = auto()
    LINGER = auto()


TIMES_S = {
    Phase.HEADERS: HEADERS_S,
    Phase.BODY: BODY_WINDOW_S,
    Phase.STALLED: STALLED_ANSWER_S,
    Phase.REST: REST_OF_BODY_S,
    Phase.LINGER: LINGER_S,
}
GIVE_WAY = (Phase.HEADERS, Phase.REST, Phase.IDLE, Phase.LINGER)


class HttpProtocol(H11Protocol):
    """A kiosk.api.connections.ConnectionHandler."""

    def __init__(self, connections: Connections, **uvicorn: Any) -> None:
        super().__init__(**uvicorn)
        self._connections = connections
        self._received = 0
        self._deadline_s: float | None = None
        self._enter(Phase.HEADERS)

    def gives_way(self, bodies: bool) -> bool:
        """Whether no whole request is in hand, or with bodies, none that has arrived."""
        return self._phase in GIVE_WAY or (bodies and self._phase is Phase.BODY)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self._connections.claim(transport.get_extra_info("peername"), self)

    def data_received(self, data: bytes) -> None:
        while data and self._phase is not Phase.LINGER:
            # h11 measures headers only where they are not complete yet: not by what arrives in one piece.
            is_body = self._phase in (Phase.BODY, Phase.REST)
            piece, data = (data, b"") if is_body else (data[:HEADERS_PIECE_BYTES], data[HEADERS_PIECE_BYTES:])
            self._received += len(piece)
            super().data_received(piece)
            self._follow()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._follow()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._follow()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._follow()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  uvicorn's name
        """Refuse what is no HTTP; uvicorn calls this where it catches h11's error."""
        error = sys.exc_info()[1]
        status = error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else 400
        if status == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
            self._refuse(status, "the request's line and headers are too large", "headers_too_large")
        elif status == HTTPStatus.NOT_IMPLEMENTED:
            self._refuse(status, "this transfer encoding is not understood", "not_implemented")
        else:
            self._refuse(HTTPStatus.BAD_REQUEST, "this is no valid HTTP request", "malformed_request")

    def check(self, now_s: float) -> bool:
        """Deal with a deadline that has passed; return whether the connection was closed for it."""
        if self._deadline_s is None and self.transport.is_closing():
            self._deadline_s = now_s + STALLED_ANSWER_S
        if self._deadline_s is None or now_s < self._deadline_s:
            return False
        if self._phase is Phase.BODY and self._body_moves():
            self._enter(Phase.BODY)
            return False
        has_begun = self._phase is Phase.BODY or (self._phase is Phase.HEADERS and self._received)
        if has_begun and not self.transport.is_closing():
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "the request took too long to arrive", "request_timeout")
        else:
            self.transport.abort()
        return True

    def abort(self) -> None:
        self.transport.abort()

    def _body_moves(self) -> bool:
        """Whether the body comes fast enough, or comes no faster because the server does not read."""
        waits_for_us = self.flow.read_paused or self.cycle.waiting_for_100_continue
        return waits_for_us or self._received >= LEAST_BODY_BYTES_PER_WINDOW

    def _follow(self) -> None:
        phase = self._present_phase()
        if phase is not self._phase:
            self._enter(phase)

    def _present_phase(self) -> Phase:
        if self._phase is Phase.LINGER:
            return Phase.LINGER
        if self.flow.write_paused:
            return Phase.STALLED
        is_answered = self.cycle is None or self.cycle.response_complete
        if self.conn.their_state is h11.SEND_BODY:
            return Phase.REST if is_answered else Phase.BODY
        if self.conn.their_state is h11.IDLE:
            is_idle = self.timeout_keep_alive_task is not None and not self.conn.trailing_data[0]
            return Phase.IDLE if is_idle else Phase.HEADERS
        return Phase.ANSWER

    def _enter(self, phase: Phase) -> None:
        self._phase = phase
        time_s = TIMES_S.get(phase)
        self._deadline_s = None if time_s is None else self.loop.time() + time_s
        if phase is Phase.BODY:
            self._received = 0

    def _refuse(self, status: int, detail: str, code: str) -> None:
        """Answer with problem details and close; an answer that has begun can only be broken off."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        with traced(uuid4()) as trace_id:
            answer = Refusal(status, detail, code).response
        own = {HEADER: str(trace_id), **ALWAYS, "Connection": "close"}
        headers = [*answer.raw_headers, *((name.encode(), value.encode()) for name, value in own.items())]
        reason = HTTPStatus(status).phrase.encode()
        response = h11.Response(status_code=status, headers=headers, reason=reason)
        for event in (response, h11.Data(data=bytes(answer.body)), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._linger()

    def _linger(self) -> None:
        """Read on for a moment before closing: what is closed while data arrives is reset, and its answer lost."""
        self._enter(Phase.LINGER)
        self._unset_keepalive_if_required()
        self.flow.resume_reading()
