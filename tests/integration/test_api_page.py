"""The page on the HTTP API lists the routes that there are, each with the scope that it asks for."""

from __future__ import annotations

from db.session import Database
from kiosk.domain.credentials import TokenScope
from kiosk.security.access_tokens import AccessTokens
from support.api_client import Api
from support.documents import document

ROUTES = [(row[0].strip("`"), row[1]) for row in document("docs/api.md").table("Routes")]
PARAMETERS = {"{employee_id}": "1", "{file_format}": "csv"}
LESSER = {TokenScope.WRITE: "read", TokenScope.BIOMETRIC: "write", TokenScope.SETTINGS: "biometric"}


def asked(api: Api, route: str, headers: dict[str, str]) -> int:
    """Return the status that a request without a body is answered with."""
    method, _, path = route.partition(" ")
    for name, value in PARAMETERS.items():
        path = path.replace(name, value)
    if path.endswith("/stream"):
        path += "?after=none"  # a stream that begins does not end by itself
    return int(api.client.request(method, path, headers=headers).status_code)


def test_every_route_has_a_row(api_on_sqlite: Api) -> None:
    paths = api_on_sqlite.client.get("/openapi.json", headers=api_on_sqlite.read).json()["paths"]
    described = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert sorted(route for route, _ in ROUTES) == sorted(described)


def test_each_route_asks_for_the_scope_of_its_row(api_on_sqlite: Api, database_of_api: Database) -> None:
    api = api_on_sqlite
    headers = {"read": api.read, "write": api.write, "biometric": api.biometric, "settings": api.settings}
    for number, (route, scope) in enumerate(ROUTES):
        if scope == "—":
            assert asked(api_on_sqlite, route, {}) in (200, 503), route
            continue
        assert asked(api_on_sqlite, route, headers[scope]) not in (401, 403), route
        if lesser := LESSER.get(TokenScope(scope)):
            # A token of its own: one that is refused ten times in a minute is answered 429.
            _, secret = AccessTokens(database_of_api).create(f"{lesser}-{number}", TokenScope(lesser))
            assert asked(api_on_sqlite, route, {"Authorization": f"Bearer {secret}"}) == 403, route
