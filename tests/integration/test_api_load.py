"""Many clients at once: nothing is answered 500, nothing is there twice, and nothing that was written is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx2

from db.session import Database
from kiosk.app.api import open_api
from kiosk.app.models import LoadedModels
from kiosk.domain.credentials import TokenScope
from kiosk.security.access_tokens import AccessTokens
from support.api_load import ask_for, missing_and_doubled
from support.api_server import serving
from support.builders import make_settings


def test_what_was_written_is_there_once(
    database_url: str, database: Database, loaded_models: LoadedModels, tmp_path: Path
) -> None:
    _, token = AccessTokens(database).create("load", TokenScope.WRITE)
    office = make_settings(tmp_path / "data", database_url=database_url, api_requests_per_minute=1_000_000)
    with open_api(office, loaded_models) as app, serving(app) as address:
        record = asyncio.run(ask_for(address, token, client_count=20, seconds=3))
        with httpx2.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}) as http:
            assert missing_and_doubled(http, record) == []
    assert record.unexpected() == {}
    assert record.created
