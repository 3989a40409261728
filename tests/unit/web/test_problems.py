"""How each kind of error is answered."""

from __future__ import annotations

import logging

import pytest

from kiosk import errors
from kiosk.domain.quality import Reason
from kiosk.web.problems import refusal_of

SECRET = "PostgreSQL office on db.internal"  # noqa: S105  what concerns nobody outside


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.EmployeeNotFound("x"), 404, "employee_not_found"),
        (errors.EmailTaken("x"), 409, "email_taken"),
        (errors.EmployeeInactive(1), 409, "employee_inactive"),
        (errors.EventRefused("x"), 409, "event_refused"),
        (errors.InvalidInput("x"), 422, "invalid_input"),
        (errors.SampleRefused(Reason.NOT_AN_IMAGE, "x"), 415, "not_an_image"),
        (errors.SampleRefused(Reason.ALREADY_ENROLLED, "x"), 409, "already_enrolled"),
        (errors.SampleRefused(Reason.IMAGE_TOO_LARGE, "x"), 422, "image_too_large"),
        (errors.SampleRefused(Reason.NO_FACE, "x"), 422, "no_face"),
        (errors.RowRefused("x"), 409, "row_refused"),
        (errors.StorageError("x"), 503, "storage_unavailable"),
        (errors.StatementTimeout("x"), 503, "statement_timeout"),
        (errors.RecordNotFound("absence", "x"), 404, "absence_not_found"),
        (errors.DeviceError("x"), 409, "refused"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_every_error_has_a_status_and_a_code(error: errors.KioskError, status: int, code: str) -> None:
    refusal = refusal_of(error)
    assert (refusal.status_code, refusal.code) == (status, code)
    assert ("Retry-After" in (refusal.headers or {})) == (status == 503)


@pytest.mark.expects_errors
@pytest.mark.parametrize("kind", [errors.StorageError, errors.ConfigurationError, errors.RowRefused])
def test_what_is_inside_is_told_to_the_log_alone(kind: type[errors.KioskError], caplog) -> None:
    caplog.set_level(logging.INFO)
    assert SECRET not in str(refusal_of(kind(SECRET)).detail)
    assert any(SECRET in str(record.fields) for record in caplog.records)
