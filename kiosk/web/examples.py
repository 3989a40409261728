"""Examples for every body and answer of the API's description, made of one example for each field."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, TypeAlias

from kiosk.web.problems import CODES, MEDIA_TYPE, RETRY_AFTER_S

Schema: TypeAlias = dict[str, Any]

DETAILS = {
    400: "there was an error parsing the body",
    401: "a valid token is needed; `kiosk token create` makes one",
    403: "a token of scope write is needed; this one has read",
    404: "there is no employee 7",
    409: "another person, active or not, has this e-mail address",
    410: "the database was restored or copied; read everything anew, then begin after 0",
    413: "too large: a photograph may have 25 MB, the rest of a request one",
    415: "send the body as application/json, photographs as multipart/form-data",
    422: "query.limit: Input should be less than or equal to 1000",
    429: "too many requests of this token; wait 12 s",
    503: f"the database does not answer; try again in {RETRY_AFTER_S} s",
}
TRACE_ID = "0b0f5b2e-6c1d-4f0a-9a55-3d2f6f1c7e10"
# By the field's name; a field's own `examples` go before.
FIELDS: Mapping[str, Any] = {
    "checks": {"database": {"status": "ok"}, "camera": {"status": "degraded", "code": "reconnecting"}},
    "code": None,
    "complete": True,
    "confidence": 0.87,
    "consent_version": "1",
    "day": "2026-03-02",
    "department": "Legal",
    "detail": None,
    "detector": "blazeface-full-range",
    "email": "anna@office.test",
    "embedding": [0.0612, -0.0148, 0.1021],
    "employee_id": 7,
    "event_mode": "toggle",
    "external_id": "000042",
    "faults": None,
    "first_entry_at": "2026-03-02T06:01:12Z",
    "full_name": "Anna Karenina",
    "hours": 8.25,
    "id": 7,
    "kiosk_id": "kiosk-1",
    "last_exit_at": "2026-03-02T14:46:12Z",
    "look_alikes": [{"employee_id": 12, "similarity": 0.46}],
    "method": "face",
    "model_version": "sha256:d8ba40c0127f",
    "photo_path": None,
    "quality": 0.93,
    "reason": None,
    "remains": ["the backups in /var/lib/kiosk/backups hold the templates until newer ones have replaced them"],
    "similarity": 0.46,
    "timezone": "Europe/Moscow",
    "trace_id": TRACE_ID,
    "version": "0.1.0",
}
BY_FORMAT = {"date-time": "2026-03-02T06:01:12Z", "date": "2026-03-02", "uuid": TRACE_ID, "email": "anna@office.test"}
BY_TYPE: Mapping[str, Any] = {"boolean": True, "integer": 1, "number": 1.0, "string": "text", "null": None}


def with_examples(openapi: dict[str, Any]) -> dict[str, Any]:
    """Give each JSON body and answer of a description an example that its schema allows."""
    schemas = openapi.get("components", {}).get("schemas", {})
    for operations in openapi["paths"].values():
        for operation in operations.values():
            for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
                if media_type == "application/json":
                    content.setdefault("example", _example(content["schema"], schemas))
                else:
                    _prefill(content["schema"], schemas)
            for status, response in operation["responses"].items():
                _add_to_answer(response, status, schemas)
    return openapi


def _add_to_answer(response: dict[str, Any], status: str, schemas: Mapping[str, Schema]) -> None:
    for media_type, content in response.get("content", {}).items():
        if media_type == MEDIA_TYPE:
            content["example"] = _problem(int(status))
        elif media_type == "application/json" and content.get("schema"):
            content.setdefault("example", _example(content["schema"], schemas))


def _prefill(schema: Schema, schemas: Mapping[str, Schema]) -> None:
    """A form's texts are filled in; numbers of people and files stay for whoever sends it to choose."""
    for name, field in _resolved(schema, schemas).get("properties", {}).items():
        example = FIELDS.get(name)
        if example is not None and _allows_text(field):
            field.setdefault("examples", [example])
        elif {"type": "null"} in field.get("anyOf", ()):
            field.setdefault("example", "")  # Swagger UI would send the least number that the field allows


def _allows_text(field: Schema) -> bool:
    kinds = [one.get("type") for one in (field, *field.get("anyOf", ()))]
    return "string" in kinds and "binary" not in str(field)


def _problem(status: int) -> dict[str, Any]:
    code = CODES.get(status, "conflict")
    return {
        "type": f"urn:kiosk:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": DETAILS.get(status, HTTPStatus(status).description),
        "code": code,
        "trace_id": TRACE_ID,
    }


def _resolved(schema: Schema, schemas: Mapping[str, Schema]) -> Schema:
    return schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _example(schema: Schema, schemas: Mapping[str, Schema], name: str = "") -> Any:
    schema = _resolved(schema, schemas)
    if "examples" in schema:
        return schema["examples"][0]
    if "properties" in schema:
        return {field: _example(inner, schemas, field) for field, inner in schema["properties"].items()}
    if name in FIELDS and _allows(FIELDS[name], schema):
        return FIELDS[name]
    if "anyOf" in schema:
        return _example(next(one for one in schema["anyOf"] if one.get("type") != "null"), schemas, name)
    if schema.get("type") == "array":
        return [_example(schema["items"], schemas)]
    return _plain_example(schema)


def _plain_example(schema: Schema) -> Any:
    for keyword in ("const", "enum"):
        if keyword in schema:
            return schema["enum"][0] if keyword == "enum" else schema["const"]
    if schema.get("type") == "object":
        return {}
    return BY_FORMAT.get(schema.get("format", ""), schema.get("minimum", BY_TYPE.get(schema["type"])))


def _allows(value: Any, schema: Schema) -> bool:
    """Whether a field of this name may have the value: names are used for more than one thing."""
    kinds = [one.get("type") or ("array" if "items" in one else "$ref") for one in (schema, *schema.get("anyOf", ()))]
    named = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "NoneType": "null"}
    kind = {"list": "array", "dict": "object"}.get(type(value).__name__, named.get(type(value).__name__))
    return kind in kinds and "enum" not in schema
