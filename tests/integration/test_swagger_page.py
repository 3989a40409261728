"""Swagger UI in a real browser, without a network: somebody enrolls a person with a photograph on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from support.api_client import Api
from support.api_server import serving
from support.photographs import path as photograph

CHROMIUM = Path("/usr/bin/chromium")  # Debian's; playwright's own would have to be downloaded


@pytest.fixture
def page() -> Iterator[Page]:
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        arguments = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        stack.callback(browser.close)
        yield browser.new_context(viewport={"width": 1200, "height": 1600}).new_page()


@pytest.mark.slow
def test_somebody_enrolls_a_person_on_the_page(api_on_sqlite: Api, page: Page) -> None:
    token = api_on_sqlite.write["Authorization"].removeprefix("Bearer ")
    asked: list[str] = []
    faults: list[str] = []
    with serving(api_on_sqlite.app) as address:
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.set_extra_http_headers({"Authorization": f"Bearer {token}"})
        page.goto(f"{address}/docs")
        operation = page.locator("#operations-employees-enroll_employee")
        operation.locator(".opblock-summary-control").click()
        operation.get_by_role("button", name="Try it out").click()
        for name, text in (("full_name", "Anna Karenina"), ("email", "anna@office.test"), ("consent_version", "1")):
            operation.locator(f'tr[data-property-name="{name}"] input[type=text]').first.fill(text)
        photo = operation.locator('tr[data-property-name="photo"]')
        photo.locator("button:has-text('Add')").click()
        photo.locator("input[type=file]").set_input_files(photograph("obama.jpg"))
        operation.get_by_role("button", name="Execute").click()
        answer = operation.locator(".live-responses-table tr.response .response-col_status")
        answer.wait_for()
        told = operation.locator(".live-responses-table").inner_text()
        status = answer.inner_text().strip()
    assert status == "201", told
    assert faults == []
    assert {url.partition("/docs")[0].partition("/openapi")[0].partition("/api")[0] for url in asked} == {address}
    (person,) = api_on_sqlite.client.get("/api/v1/employees/", headers=api_on_sqlite.read).json()
    assert (person["full_name"], person["email"]) == ("Anna Karenina", "anna@office.test")
