"""The API's description: each body and answer has an example that its own schema allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from support.api_client import Api


@pytest.fixture
def described(api_on_sqlite: Api) -> dict[str, Any]:
    found: dict[str, Any] = api_on_sqlite.client.get("/openapi.json", headers=api_on_sqlite.read).json()
    return found


def contents(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield where, media type and content of each body and answer."""
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
                yield f"{method} {path}", media_type, content
            for status, response in operation["responses"].items():
                for media_type, content in response.get("content", {}).items():
                    yield f"{method} {path} {status}", media_type, content


def test_each_body_and_answer_has_an_example_that_fits_its_schema(described: dict[str, Any]) -> None:
    checked = 0
    for where, media_type, content in contents(described):
        if "json" not in media_type:
            continue  # forms have an example at each field, and files none
        assert "example" in content, f"{where} {media_type}"
        schema = content.get("schema", {}) | {"components": described["components"]}
        faults = list(jsonschema_rs.validator_for(schema).iter_errors(content["example"]))
        assert not faults, f"{where} {media_type}: {faults}"
        checked += 1
    assert checked > 50


def test_the_form_of_enrolling_is_filled_in_and_has_files(described: dict[str, Any]) -> None:
    form = described["components"]["schemas"]["Body_enroll_employee"]["properties"]
    examples = {name: field["examples"][0] for name, field in form.items() if "examples" in field}
    assert {"full_name", "email", "consent_version"} <= set(examples)
    assert {name for name, field in form.items() if "binary" in str(field)} == {"photo", "photos"}


def test_operations_are_called_as_people_would(described: dict[str, Any]) -> None:
    names = [operation["operationId"] for methods in described["paths"].values() for operation in methods.values()]
    assert sorted(set(names)) == sorted(names)
    assert all(name.replace("_", "").isalpha() and name.islower() for name in names), names
