"""The API in this process, with the installed models and a real database, and clients with each scope."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from db.session import Database
from kiosk.app.api import open_api
from kiosk.app.models import LoadedModels
from kiosk.config.settings import Settings
from kiosk.domain.credentials import TokenScope
from kiosk.security.access_tokens import AccessTokens
from support import photographs

PERSON = {"full_name": "Анна Каренина", "email": "anna@office.test", "department": "Legal"}
CONSENT = {"consent_version": "1"}


@dataclass(frozen=True)
class Api:
    """client: without a token. read, write, biometric, scim, settings: headers of tokens with these scopes."""

    app: FastAPI
    client: TestClient
    read: dict[str, str]
    write: dict[str, str]
    biometric: dict[str, str]
    scim: dict[str, str]
    settings: dict[str, str]

    def create(self, **changes: Any) -> dict[str, Any]:
        """Create a person and return what was answered."""
        answer = self.client.post("/api/v1/employees/", json=PERSON | changes, headers=self.write)
        assert answer.status_code == 201, answer.text
        person: dict[str, Any] = answer.json()
        return person

    def enroll(self, *files: str | Path | bytes, **fields: str) -> Any:
        """Enroll a person from photographs of the catalogue, or from bytes, and return the answer."""
        form = {"full_name": PERSON["full_name"], "email": PERSON["email"], **CONSENT, **fields}
        photos = [("photos", ("photo.jpg", content(file))) for file in files]
        return self.client.post("/api/v1/employees/enroll", data=form, files=photos, headers=self.write)

    def detect(self, file: str | Path | bytes) -> Any:
        return self.client.post(
            "/api/v1/recognition/detect", files={"image": ("photo.jpg", content(file))}, headers=self.write
        )


def content(file: str | Path | bytes) -> bytes:
    """Return bytes as they are, and those of a path or of a photograph of the catalogue."""
    if isinstance(file, bytes):
        return file
    return (file if isinstance(file, Path) else photographs.path(file)).read_bytes()


@contextmanager
def opened_api(settings: Settings, loaded_models: LoadedModels, database: Database) -> Iterator[Api]:
    """Open the API on the settings' database, through which tokens are made."""
    tokens = AccessTokens(database)
    headers = {scope.value: {"Authorization": f"Bearer {tokens.create(scope.value, scope)[1]}"} for scope in TokenScope}
    with open_api(settings, loaded_models) as app, TestClient(app, client=("127.0.0.1", 50000)) as client:
        yield Api(app, client, **headers)


def problem(answer: Any, status: int, code: str) -> None:
    """The answer is problem details with this status and code, and its trace id is the header's."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["code"]) == (status, code)
    assert told["trace_id"] == answer.headers["X-Trace-ID"]
    assert told["detail"]
