"""Column types that behave alike on PostgreSQL and SQLite."""

# ruff: noqa: ARG002  SQLAlchemy gives each method its arguments, wanted or not
from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
from sqlalchemy import REAL, BindParameter, ColumnElement, DateTime, Dialect, LargeBinary, cast, func, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from kiosk.domain.types import Vector

STORED_FLOAT = np.dtype("<f4")
SENT_FLOAT = np.dtype([("length", ">i4"), ("value", ">f4")])
SENT_HEADER = np.dtype(">i4")
SENT_HEADER_BYTES = 5 * SENT_HEADER.itemsize  # dimensions, whether there are NULLs, element type, length, first index


class _Float32Bytes(TypeDecorator[Vector]):
    """A vector as little-endian float32 bytes."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Vector | None, dialect: Dialect) -> bytes | None:
        return None if value is None else _checked(value).astype(STORED_FLOAT, copy=False).tobytes()

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Vector | None:
        return None if value is None else _stored_vector(value)


class _RealArray(UserDefinedType[Vector]):
    """A vector as REAL[], written as text and read as the bytes of array_send.

    Reading is several times faster than with ARRAY(REAL): the driver does not make a Python float of each element.
    """

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        return "REAL[]"

    def bind_processor(self, dialect: Dialect) -> Any:
        return lambda value: None if value is None else "{" + ",".join(map(repr, _checked(value).tolist())) + "}"

    def bind_expression(self, bindvalue: BindParameter[Vector]) -> ColumnElement[Any]:
        return cast(type_coerce(bindvalue, self), ARRAY(REAL))

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.array_send(column, type_=self)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return lambda value: None if value is None else _sent_vector(value)


def vector_type() -> TypeEngine[Vector]:
    """Return the type of a (D,) float32 column: REAL[] on PostgreSQL, bytes on SQLite; both are exact.

    Writing raises ValueError for anything but a flat, finite, non-empty float32 array. A value that plain SQL has
    stored and that is no vector is read as an empty one.
    """
    return _Float32Bytes().with_variant(_RealArray(), "postgresql")


def _checked(value: Vector) -> Vector:
    if value.dtype != np.float32 or value.ndim != 1 or not value.size or not np.isfinite(value).all():
        raise ValueError(f"a vector is a flat array of finite float32, not {value.dtype} {value.shape}")
    return value


def _stored_vector(stored: bytes) -> Vector:
    whole = isinstance(stored, bytes) and len(stored) % STORED_FLOAT.itemsize == 0
    return np.frombuffer(stored if whole else b"", dtype=STORED_FLOAT).astype(np.float32, copy=False)


def _sent_vector(sent: bytes) -> Vector:
    """Read PostgreSQL's binary form of an array: a header, then length and value of each element.

    Source: array_send in PostgreSQL's src/backend/utils/adt/arrayfuncs.c.
    """
    dimensions, has_nulls = np.frombuffer(sent, dtype=SENT_HEADER, count=2)
    if dimensions != 1 or has_nulls:
        return np.empty(0, dtype=np.float32)
    return np.frombuffer(sent, dtype=SENT_FLOAT, offset=SENT_HEADER_BYTES)["value"].astype(np.float32)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: takes aware datetimes of any zone, returns aware UTC; a naive one raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"{value.isoformat()} has no time zone; an instant is needed")
        in_utc = value.astimezone(UTC)
        return in_utc if dialect.name == "postgresql" else in_utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if dialect.name == "postgresql" else value.replace(tzinfo=UTC)


class utc_now(FunctionElement[datetime]):
    """The time of the database's own clock, for rows that are written without a time, by plain SQL too."""

    type = UtcDateTime()
    inherit_cache = True


@compiles(utc_now, "postgresql")
def _postgresql_now(_element: utc_now, _compiler: Any, **_options: Any) -> str:
    return "clock_timestamp()"


@compiles(utc_now, "sqlite")
def _sqlite_now(_element: utc_now, _compiler: Any, **_options: Any) -> str:
    return (
        "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))"  # the form in which SQLAlchemy stores datetimes, so that they sort
    )
