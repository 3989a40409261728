"""Column types that mean the same on PostgreSQL and on SQLite."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
from sqlalchemy import REAL, DateTime, Dialect, LargeBinary
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from kiosk.core.types import Vector

STORED_FLOAT = np.dtype("<f4")


class VectorType(TypeDecorator[Vector]):
    """A (D,) float32 vector: REAL[] on PostgreSQL, little-endian float32 bytes on SQLite; both give back every bit.

    Raises ValueError for what is not a flat, finite, non-empty float32 array.
    """

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(REAL) if dialect.name == "postgresql" else LargeBinary())

    def process_bind_param(self, value: Vector | None, dialect: Dialect) -> bytes | list[float] | None:
        if value is None:
            return None
        if value.dtype != np.float32 or value.ndim != 1 or not value.size or not np.isfinite(value).all():
            raise ValueError(f"a vector is a flat array of finite float32, not {value.dtype} {value.shape}")
        return value.tolist() if dialect.name == "postgresql" else value.astype(STORED_FLOAT, copy=False).tobytes()

    def process_result_value(self, value: Any, dialect: Dialect) -> Vector | None:
        if value is None:
            return None
        if dialect.name == "postgresql":
            return np.array(value, dtype=np.float32)
        return np.frombuffer(value, dtype=STORED_FLOAT).astype(np.float32, copy=False)

    def compare_values(self, x: Any, y: Any) -> bool:
        return x is y or (x is not None and y is not None and np.array_equal(x, y))


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware datetimes of any zone go in, aware UTC comes out. Raises ValueError for a naive one."""

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
    """The database's own clock, for rows written without a time, plain SQL included."""

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
