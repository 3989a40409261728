"""The running API against its own description: what Schemathesis sends is answered as documented, never with 5xx."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.session import Database
from kiosk.app.api import open_api
from kiosk.app.models import LoadedModels
from kiosk.domain.credentials import TokenScope
from kiosk.security.access_tokens import AccessTokens
from support.api_server import serving
from support.builders import make_settings

LONGEST_S = int(os.environ.get("KIOSK_TEST_SCHEMA_S", "20"))
SWITCHED_OFF = {
    "positive_data_acceptance": "no schema can say that a photograph shows a face, or that an address is free",
    "use_after_free": "who is deleted is deactivated: they are still there, and can be restored",
    "ignored_auth": "the eleventh request without a token in a minute is answered 429; test_api_access.py sends them",
    "missing_required_header": "the one header that is required is the token's: as above",
}

ENDLESS = "/api/v1/attendance/changes/stream"
"""An answer that goes on for ever; test_change_feed.py asks for it."""


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # connections that Schemathesis broke off on purpose
def test_answers_are_as_documented(
    database_url: str, database: Database, loaded_models: LoadedModels, tmp_path: Path
) -> None:
    office = make_settings(tmp_path / "data", database_url=database_url, api_requests_per_minute=1_000_000)
    _, token = AccessTokens(database).create("all", TokenScope.BIOMETRIC)
    arguments = ["--max-examples", "10", "--max-time", str(LONGEST_S), "--seed", "1", "--continue-on-failure"]
    arguments += ["--exclude-checks", ",".join(SWITCHED_OFF), "--header", f"Authorization: Bearer {token}"]
    arguments += ["--exclude-path", ENDLESS]
    with open_api(office, loaded_models) as app, serving(app) as address:
        found = subprocess.run(
            [sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    sys.stdout.write(found.stdout)  # pytest -rP shows how much was tried
    assert found.returncode == 0, found.stdout + found.stderr
    routes = sum(len(operations) for operations in app.openapi()["paths"].values())
    assert f"{routes - 1} selected / {routes} total" in found.stdout
