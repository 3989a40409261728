"""Reads text that is no UTF-8, which SQLite stores unseen: one damaged name must not keep all others from being read.

An employee whose row holds such text is left out of every query of the ORM, and named in the log by number. Elsewhere
each byte that cannot be decoded is read as U+FFFD.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import LargeBinary, Table, Text, cast, event, func, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from db.base import Base
from db.models import EmployeeRow
from kiosk.core.logger import log

EMPLOYEE_TEXTS = tuple(
    getattr(EmployeeRow, column.key) for column in EmployeeRow.__mapper__.columns if isinstance(column.type, Text)
)


class TextDecoder:
    """Prepares the connections of one engine of SQLite."""

    def __init__(self) -> None:
        self._named: set[int] = set()

    def prepare(self, connection: sqlite3.Connection) -> None:
        connection.text_factory = partial(str, encoding="utf-8", errors="replace")
        connection.create_function("kiosk_is_text", -1, _is_text, deterministic=True)
        connection.create_function("kiosk_is_whole_employee", -1, self._is_whole_employee, deterministic=True)

    def _is_whole_employee(self, employee_id: int, *stored: bytes | None) -> bool:
        if _is_text(*stored):
            return True
        if employee_id not in self._named:
            self._named.add(employee_id)
            log(logging.ERROR, "employee.damaged", employee_id=employee_id)
        return False


class SqliteSession(Session):
    """A session that leaves damaged employees out."""


def damaged_rows(session: Session) -> Iterator[tuple[str, int]]:
    """Yield table and number of each row that holds text which is no UTF-8; none on PostgreSQL, which refuses it."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for table in Base.metadata.sorted_tables:
        if texts := [column for column in table.columns if isinstance(column.type, Text)]:
            for key in session.scalars(_damaged(table, texts)):
                yield table.name, key


def _damaged(table: Table, texts: list[Any]) -> Any:
    (key,) = table.primary_key.columns
    return select(key).where(~func.kiosk_is_text(*(cast(text, LargeBinary) for text in texts))).order_by(key)


def _is_text(*stored: bytes | None) -> bool:
    try:
        for one in stored:
            if one is not None:
                one.decode()
    except UnicodeDecodeError:
        return False
    return True


@event.listens_for(SqliteSession, "do_orm_execute")
def _leave_damaged_employees_out(state: ORMExecuteState) -> None:
    if state.is_select:
        texts = (cast(text, LargeBinary) for text in EMPLOYEE_TEXTS)
        whole = func.kiosk_is_whole_employee(EmployeeRow.id, *texts)
        state.statement = state.statement.options(with_loader_criteria(EmployeeRow, whole, include_aliases=True))
