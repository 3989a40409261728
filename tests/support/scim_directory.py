"""A directory such as Entra ID or Okta, as the kiosk's SCIM meets it."""

from __future__ import annotations

import json
from typing import Any

from scim2_server.requests import ScimRequest

from db.session import Database
from kiosk.core.context import acting_as
from kiosk.employees.scim_router import Scim

BASE = "http://kiosk.test/scim/v2"
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
ANNA = {
    "schemas": [CORE, ENTERPRISE],
    "userName": "Anna@Office.test",
    "externalId": "00417",
    "displayName": "Анна Каренина",
    "name": {"givenName": "Анна", "familyName": "Каренина"},
    "title": "Counsel",
    "active": True,
    "emails": [{"value": "anna@office.test", "type": "work", "primary": True}],
    ENTERPRISE: {"department": "Legal"},
}


class Directory:
    """Sends what a directory would, without the network."""

    def __init__(self, database: Database) -> None:
        self._scim = Scim(database)

    def send(self, method: str, path: str = "", status: int = 200, **options: Any) -> Any:
        sent = options.get("json")
        content = options.get("content", b"" if sent is None else json.dumps(sent).encode())
        query = {name: str(value) for name, value in options.get("params", {}).items()}
        headers = {"Content-Type": "application/scim+json", **options.get("headers", {})}
        with acting_as("token:scim"):
            answer = self._scim.answer(ScimRequest(method, BASE, f"/Users{path}", query, headers, content))
        assert answer.status == status, answer.body
        return answer

    def create(self, **changes: Any) -> dict[str, Any]:
        created: dict[str, Any] = self.send("POST", "", 201, json=ANNA | changes).body
        return created

    def get(self, user_id: str = "1") -> dict[str, Any]:
        found: dict[str, Any] = self.send("GET", f"/{user_id}").body
        return found

    def patch(self, *operations: dict[str, Any], user_id: str = "1", **options: Any) -> Any:
        return self.send("PATCH", f"/{user_id}", json={"schemas": [PATCH], "Operations": operations}, **options)

    def found(self, asked: str, **parameters: Any) -> list[str]:
        listed = self.send("GET", "", params={"filter": asked, **parameters}).body or {}
        return [user["userName"] for user in listed.get("Resources", [])]


def refused(answer: Any, scim_type: str | None, words: str) -> None:
    told = answer.body or {}
    assert told["schemas"] == [ERROR] and told["status"] == str(int(answer.status))
    assert told.get("scimType") == scim_type
    assert words in told["detail"]
