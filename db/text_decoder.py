"""Reads text that is no UTF-8, which SQLite stores unseen: one damaged name must not keep all others from being read.

An employee whose row holds such text is left out of every query of the ORM, and named in the log by number. Elsewhere
each byte that cannot be decoded is read as U+FFFD.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime
from operator import methodcaller
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, LargeBinary, Table, Text, TypeDecorator, Uuid, cast, event, func, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.types import TypeEngine

from db.base import Base
from db.models import EmployeeRow
from kiosk.core.logger import log

EMPLOYEE_TEXTS = tuple(
    getattr(EmployeeRow, column.key) for column in EmployeeRow.__mapper__.columns if isinstance(column.type, Text)
)


READERS: dict[str, tuple[type[TypeEngine[Any]], Callable[[str], object]]] = {
    "instant": (DateTime, datetime.fromisoformat),
    "day": (Date, date.fromisoformat),
    "uuid": (Uuid, UUID),
}
"""How SQLAlchemy's types are read from SQLite's text; each raises ValueError."""


class TextDecoder:
    """Prepares the connections of one engine of SQLite."""

    def __init__(self) -> None:
        self._named: set[int] = set()

    def prepare(self, connection: sqlite3.Connection) -> None:
        connection.text_factory = methodcaller("decode", "utf-8", "replace")
        connection.create_function("kiosk_is_text", -1, _is_text, deterministic=True)
        connection.create_function("kiosk_is_readable", -1, _is_readable, deterministic=True)
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


def unreadable_rows(session: Session) -> Iterator[tuple[str, int]]:
    """Yield table and number of each row with a time, a date or a UUID that is none; none on PostgreSQL likewise."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for table in Base.metadata.sorted_tables:
        stored = [(reader, cast(column, LargeBinary)) for column in table.columns if (reader := _reader_of(column))]
        if stored:
            (key,) = table.primary_key.columns
            readable = func.kiosk_is_readable(*(part for pair in stored for part in pair))
            yield from ((table.name, number) for number in session.scalars(select(key).where(~readable).order_by(key)))


def _reader_of(column: Any) -> str | None:
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return next((name for name, (types, _) in READERS.items() if isinstance(kind, types)), None)


def _is_readable(*pairs: Any) -> bool:
    try:
        for reader, stored in zip(pairs[::2], pairs[1::2], strict=True):
            if stored is not None:
                READERS[reader][1](stored.decode())
    except ValueError:
        return False
    return True


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
