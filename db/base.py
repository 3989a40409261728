"""The base of all tables: one way of naming constraints, so that a migration can name what it changes."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, MetaData
from sqlalchemy.orm import DeclarativeBase

NAMING_CONVENTION = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
NEVER_REUSE_IDS = {"sqlite_autoincrement": True}  # journals and audits refer to rows by id, also to deleted ones


class Base(DeclarativeBase):
    """Base of the ORM classes; their rows never leave the package db."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """Return the constraint, named after the column, that allows nothing but the values of an enumeration."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(value.value) for value in values)})", name=column)
