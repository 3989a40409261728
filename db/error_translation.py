"""Translates the database drivers' errors to the kiosk's own; never with a password or a row's value in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from traceback import walk_tb

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kiosk.errors import ConfigurationError, KioskError, RowRefused, StatementTimeout, StorageError

UPGRADE_HINT = "run: python -m kiosk db upgrade"

# SQLSTATE codes: PostgreSQL's manual, appendix A; class 42 is "syntax error or access rule violation".
UNDEFINED_TABLE_OR_COLUMN = ("42P01", "42703")
INSUFFICIENT_PRIVILEGE = "42501"
WRONG_STATEMENT = "42"
POSTGRESQL_CANCELED, SQLITE_INTERRUPTED = "57014", "interrupted"
TOO_LATE = "it did not answer in time; another program may keep a table locked, or it has too much to do"
POSTGRESQL_HINTS = {
    POSTGRESQL_CANCELED: TOO_LATE,
    "55P03": "another program keeps a table or row locked; end that program",
}

SQLITE_OUT_OF_DATE = ("no such table", "no such column", "has no column named")
SQLITE_HINTS = {
    SQLITE_INTERRUPTED: TOO_LATE,
    "database is locked": "another program keeps it locked; end that program",
    "disk is full": "the disk is full; make room",
    "readonly database": "it cannot be written to; check the file's owner and the disk",
    "unable to open database file": "the file cannot be opened; check the folder and its owner",
    "disk I/O error": "the disk does not read or write; check it",
    "malformed": "the file is damaged; restore a copy",
    "not a database": "the file is damaged or of another kind; restore a copy",
}


@contextmanager
def translated(description: str) -> Iterator[None]:
    """Raise StorageError or ConfigurationError, which name the database described, for the driver's errors.

    A statement that the database does not understand is a bug: its error is not translated.
    """
    try:
        yield
    except PoolTimeout as error:
        raise StorageError(f"{description} is busy: all connections are in use; try again") from error
    except ValueError as error:
        if not _arose_from_reading(error):
            raise
        raise StorageError(f"{description}: a row holds a value that is damaged; kiosk doctor names it") from error
    except DBAPIError as error:
        translation = _postgresql_error(error) if _from_postgresql(error) else _sqlite_error(error)
        if translation is None:
            raise
        kind, sentence = translation
        raise kind(f"{description}: {sentence}") from error


def _arose_from_reading(error: ValueError) -> bool:
    """Tell whether SQLAlchemy could not read a stored value, such as a time, which SQLite keeps as any text."""
    modules = (frame.f_globals.get("__name__", "") for frame, _ in walk_tb(error.__traceback__))
    return any(module.startswith("sqlalchemy.") for module in modules)


def violated_constraint(error: IntegrityError) -> str:
    """Return the violated constraint's name; for a unique one on SQLite, which names none, table.column."""
    if _from_postgresql(error):
        diagnostics = error.orig.diag  # type: ignore[union-attr]
        return str(diagnostics.constraint_name or diagnostics.column_name)
    return str(error.orig).rpartition(": ")[2].removesuffix(" constraint failed")


def _from_postgresql(error: DBAPIError) -> bool:
    return type(error.orig).__module__.startswith("psycopg2")


def _postgresql_error(error: DBAPIError) -> tuple[type[KioskError], str] | None:
    code = error.orig.pgcode  # type: ignore[union-attr]
    text = _first_line(str(error.orig))
    if code is None:
        return _error_without_server(error, text)
    if code in UNDEFINED_TABLE_OR_COLUMN:
        return ConfigurationError, f"tables are missing or out of date; {UPGRADE_HINT}"
    if code == INSUFFICIENT_PRIVILEGE:
        return ConfigurationError, f"its user may not do this ({text}); grant it the right"
    if isinstance(error, IntegrityError):
        return RowRefused, f"it refused a row: {violated_constraint(error)}"
    if isinstance(error, DataError):
        return RowRefused, f"it refused a value that does not fit ({type(error.orig).__name__})"
    kind = StatementTimeout if code == POSTGRESQL_CANCELED else StorageError
    return None if code.startswith(WRONG_STATEMENT) else (kind, POSTGRESQL_HINTS.get(code, text))


def _error_without_server(error: DBAPIError, text: str) -> tuple[type[KioskError], str] | None:
    if text.startswith("invalid dsn"):
        return ConfigurationError, f"its address is not understood ({text})"
    if isinstance(error, ProgrammingError):
        return None
    return StorageError, f"no connection ({text}); check that the server runs and that the address is right"


def _sqlite_error(error: DBAPIError) -> tuple[type[KioskError], str] | None:
    text = str(error.orig)
    if any(sign in text for sign in SQLITE_OUT_OF_DATE):
        return ConfigurationError, f"tables are missing or out of date; {UPGRADE_HINT}"
    if isinstance(error, IntegrityError):
        return RowRefused, f"it refused a row: {violated_constraint(error)}"
    hint = next((hint for sign, hint in SQLITE_HINTS.items() if sign in text), None)
    kind = StatementTimeout if text == SQLITE_INTERRUPTED else StorageError
    return None if hint is None else (kind, hint)


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0] or "no reason given"
