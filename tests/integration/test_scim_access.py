"""SCIM over HTTP: whose token opens it, and what a published conformance client says."""

from __future__ import annotations

import pytest
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

from support.api_client import Api

USERS = "/scim/v2/Users"
ELSEWHERE = ("/api/v1/employees/", "/api/v1/employees/embeddings", "/api/v1/attendance/history", "/metrics")


@pytest.mark.slow
def test_a_published_conformance_client_finds_one_thing_that_is_meant(api_on_sqlite: Api) -> None:
    """`active` cannot be taken away: a person is active or not."""
    api = api_on_sqlite
    api.client.headers.update(api.scim)
    api.client.base_url = "http://testserver/scim/v2"
    results = check_server(SyncSCIMClient(api.client))
    other = [(result.title, result.reason) for result in results if result.status is not Status.SUCCESS]
    assert len(results) > 55
    assert other == [("check_remove_attribute", "Attribute 'active' was not removed")]


def test_each_token_opens_its_own(api_on_sqlite: Api) -> None:
    api = api_on_sqlite
    for path in ELSEWHERE:
        answer = api.client.get(path, headers=api.scim)
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    for headers in (api.read, api.write, api.biometric):
        answer = api.client.get(USERS, headers=headers)
        assert answer.status_code == 403 and answer.headers["content-type"] == "application/scim+json"
        assert answer.json()["status"] == "403" and "scope scim" in answer.json()["detail"]
    for path in ("Users", "ServiceProviderConfig", "Schemas", ""):
        answer = api.client.get(f"/scim/v2/{path}")
        assert answer.status_code == 401 and answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


def test_answers_have_scims_form_whatever_is_wrong(api_on_sqlite: Api) -> None:
    api = api_on_sqlite
    user = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "anna"}
    created = api.client.post(USERS, json=user, headers=api.scim)
    assert created.status_code == 201
    assert created.headers["Location"] == created.json()["meta"]["location"] == "http://testserver/scim/v2/Users/1"
    for method, path, status in (("POST", USERS, 409), ("PUT", USERS, 405), ("GET", "/scim/v2/Groups", 404)):
        answer = api.client.request(method, path, headers=api.scim, json=user if method == "POST" else None)
        assert (answer.status_code, answer.json()["status"]) == (status, str(status)), answer.text
        assert answer.headers["content-type"] == "application/scim+json"
    answer = api.client.post(USERS, content=b" " * (1024 * 1024 + 1), headers=api.scim)
    assert (answer.status_code, answer.json()["status"]) == (413, "413")
