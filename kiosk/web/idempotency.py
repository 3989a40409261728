"""Requests that are sent again: what a creating request with an Idempotency-Key has done is done once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from db import stored_answers
from db.session import Database
from db.stored_answers import AnswerClaim, AnswerState, StoredAnswer
from kiosk.core.thread_pool import ThreadPool
from kiosk.web.problems import RETRY_AFTER_S, Refusal

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
DESCRIPTION = (
    "chosen by the client, such as a UUID; for 24 hours the same request with the same key and token gets the first "
    "answer again, and nothing is done twice"
)
Key = Annotated[str | None, Header(alias=HEADER, min_length=1, max_length=255, description=DESCRIPTION)]


@dataclass(frozen=True, slots=True)
class Done:
    """What a request has done.

    Attributes:
        answer: with which it is answered.
        employee_id: whom it is about; None where nobody knows.
        location: of what was created; None without.
    """

    answer: BaseModel
    employee_id: int | None
    location: str | None = None


class Idempotency:
    """Of one request; without a key its work is simply done."""

    def __init__(self, request: Request, key: Key = None) -> None:
        self._key = key
        self._path = request.url.path.rstrip("/")
        self._token_id: int = request.state.token.id
        self._answers: StoredAnswers = request.app.state.stored_answers

    async def once(self, asked: Sequence[Any], work: Callable[[], Awaitable[Done]]) -> Response:
        """Do the work, or give the answer of the first time.

        Args:
            asked: what the request asks for, as JSON can tell it; of photographs their SHA-256.
            work: changes nothing when it raises, so that the same key may try again.

        Raises:
            Refusal: 422 where the key came with another request, 409 while the first one is worked on, or when its
                answer was erased with the person.
        """
        if self._key is None:
            return _created(await work())
        claim = await self._answers.claim(self._token_id, self._key, _digest([self._path, *asked]))
        if claim.earlier is not None:
            return _replayed(claim.earlier)
        try:
            done = await work()
        except Exception:
            await self._answers.release(claim)
            raise
        await self._answers.store(claim, done)
        return _created(done)


class StoredAnswers:
    """The answers in the database, for coroutines; every method raises StorageError."""

    def __init__(self, database: Database, threads: ThreadPool) -> None:
        self._database = database
        self._threads = threads

    async def claim(self, token_id: int, key: str, request_digest: str) -> AnswerClaim:
        """Take the key for a request, or return what became of the earlier one. Raises Refusal: another request."""
        claim = await self._threads.run(self._claim, token_id, _digest(key), request_digest)
        if claim.earlier is not None and claim.earlier.request_digest != request_digest:
            raise Refusal(
                422, f"this {HEADER} was sent with another request; choose a new one", "idempotency_key_reused"
            )
        return claim

    async def store(self, claim: AnswerClaim, done: Done) -> None:
        await self._threads.run(self._store, claim, done)

    async def release(self, claim: AnswerClaim) -> None:
        await self._threads.run(self._release, claim)

    def _claim(self, token_id: int, key_digest: str, request_digest: str) -> AnswerClaim:
        with self._database.transaction() as session:
            return stored_answers.claim(session, token_id, key_digest, request_digest)

    def _store(self, claim: AnswerClaim, done: Done) -> None:
        with self._database.transaction() as session:
            text = done.answer.model_dump_json()
            stored_answers.store_answer(session, claim.id, text, done.location, done.employee_id)

    def _release(self, claim: AnswerClaim) -> None:
        with self._database.transaction() as session:
            stored_answers.release(session, claim.id)


OnlyOnce = Annotated[Idempotency, Depends()]


def _digest(asked: Any) -> str:
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _created(done: Done) -> Response:
    return _answer(done.answer.model_dump_json(), done.location, {})


def _replayed(earlier: StoredAnswer) -> Response:
    if earlier.state is AnswerState.WORKING:
        headers = {"Retry-After": str(RETRY_AFTER_S)}
        raise Refusal(409, "the same request is being worked on; ask again soon", "request_in_progress", headers)
    if earlier.answer is None:
        raise Refusal(409, "this was done, and its answer has been erased with the person", "answer_erased")
    return _answer(earlier.answer, earlier.location, {REPLAYED: "true"})


def _answer(content: str, location: str | None, headers: dict[str, str]) -> Response:
    if location is not None:
        headers = {"Location": location, **headers}
    return Response(content, 201, headers=headers, media_type=JSONResponse.media_type)
