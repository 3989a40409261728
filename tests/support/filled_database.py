"""Fills every table of a database with rows of every kind, and reads all of them back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import select, text

from db import audit_log
from db.attendance_log import DatabaseAttendanceLog
from db.copy_database import TABLES
from db.embedder_switches import add_visit, insert_switch
from db.session import Database
from kiosk.domain.embedder_switch import CertainVisit
from kiosk.domain.types import Embedding, EventType, Method
from support.builders import event
from support.database_rows import add_person, enroll, void
from support.fakes import MORNING


def fill(database: Database) -> None:
    """Put rows with every kind of value into every table, and leave gaps in the ids."""
    add_person(database, "Gone")
    anna, boris = add_person(database, "Анна ☕"), add_person(database, "Boris", active=False)
    enroll(database, anna, 1, 2, 3)
    enroll(database, boris, 4, model_version="other")
    log = DatabaseAttendanceLog(database)
    log.record([event(anna, at=MORNING + timedelta(seconds=n, microseconds=1)) for n in range(250)])
    log.record(
        [
            replace(
                event(None, EventType.EXIT), method=Method.MANUAL, confidence=None, photo_path="a/b.jpg", reason="trip"
            )
        ]
    )
    void(database, 2)
    with database.transaction() as session:
        for statement in (
            "DELETE FROM employees WHERE id = 1",
            "INSERT INTO consents (employee_id, text_version, recorded_by, revoked_at) "
            "VALUES (2, 'v1', 'admin', '2030-01-01 00:00:00.000000')",
            "INSERT INTO schedules (name, plan, starts_on, overtime_factor) VALUES ('w', 'Mon off', '2026-01-05', 1.5)",
            "INSERT INTO schedule_assignments (schedule_id, employee_id, valid_from, recorded_by) "
            "VALUES (1, 2, '2026-01-05', 'admin')",
            "INSERT INTO calendar_days (day, kind, recorded_by) VALUES ('2026-12-31', 'shortened', 'admin')",
            "INSERT INTO absences (employee_id, kind, first_day, last_day, recorded_by) "
            "VALUES (2, 'vacation', '2026-01-05', '2026-01-09', 'admin')",
            "INSERT INTO former_departments (employee_id, department, until_at) VALUES "
            "(2, 'Crew', '2026-01-05 09:00:00.000000')",
            "INSERT INTO credentials (kind, name, secret_hash, scope) VALUES ('token', 't', 'h', 'read')",
            "INSERT INTO stored_answers (token_id, key_digest, request_digest, state, answer, employee_id) "
            "VALUES (1, 'k', 'r', 'answered', '{}', 2)",
            "INSERT INTO closed_months (month, begins_at, exits_from_at, ends_at, last_event_id, last_correction_id, "
            "row_count, digest, closed_by) VALUES ('2025-03-01', '2025-03-01 00:00:00.000000', "
            "'2025-03-01 16:00:00.000000', '2025-04-01 00:00:00.000000', 251, 1, 251, 'd', 'Anna')",
            "INSERT INTO sightings (employee_id, kiosk_id, stay_began_at, seen_at) VALUES "
            "(2, 'door', '2026-01-05 09:00:00.000000', '2026-01-05 10:00:00.000000')",
            "INSERT INTO correction_requests (employee_id, day, kind, text, kiosk_id) VALUES "
            "(2, '2026-01-05', 'other', 'x', 'door')",
            "INSERT INTO decision_records (attendance_id, first_id, numbers) VALUES (1, 2, '{\"person_count\": 2}')",
            "INSERT INTO receivers (name, kind, options, position, epoch) VALUES "
            "('payroll', 'files', '{}', 7, '0d9c3a9c6c0b4a0f8a54f2d3b9f1a111')",
            "INSERT INTO directory_accounts (employee_id, source, account_name, folded_name, email_is_primary) VALUES "
            "(2, 'scim', 'Анна', 'анна', true)",
            "INSERT INTO setting_changes (name, kiosk_id, old_value, new_value, changed_by) VALUES "
            "('office_name', 'door', NULL, 'Контора', 'admin')",
            "INSERT INTO throttling (kind, subject, device, forgotten_at, locked_until) VALUES "
            "('pin', '', 'kiosk-1', '2026-01-05 09:00:00.000000', '2026-01-05 08:00:00.000000')",
        ):
            session.execute(text(statement))
        switch = insert_switch(session, ("old", "old@1"), ("new", "new@1"))
        waits = Embedding(np.array([0.6, 0.8], dtype=np.float32), "new@1")
        add_visit(session, switch.id, CertainVisit(2, date(2026, 1, 5), waits, 0.75, 0.9))
        audit_log.append(session, "cli:ä", "edit", "employee:2", {"fields": ["department"]})


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.reading() as session:
        return {table.name: [_plain(row) for row in session.execute(select(table).order_by("id"))] for table in TABLES}


def _plain(row: Any) -> tuple[Any, ...]:
    return tuple(value.tobytes() if isinstance(value, np.ndarray) else value for value in row)
