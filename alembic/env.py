"""Runs migrations on the database of the kiosk's settings, for plain alembic commands and for db.migrations alike."""

import logging.config

import sqlalchemy as sa
from alembic import context
from alembic.util import CommandError

import db.tables  # noqa: F401  registers every table
from db.base import Base
from db.error_translation import translated
from db.session import describe, make_engine
from kiosk.config.settings import load_settings
from kiosk.errors import KioskError

LOCK_KEY = 0x6B696F736B  # "kiosk" in ASCII; the same number in every process, whatever it is
METADATA = Base.metadata


def main() -> None:
    """Take the address from db.migrations, or else from the settings."""
    url = context.config.attributes.get("url")
    if url is not None:
        migrate(url)
        return
    logging.config.fileConfig(context.config.config_file_name, disable_existing_loggers=False)
    try:
        migrate(load_settings().effective_database_url)
    except KioskError as error:
        raise CommandError(str(error)) from error


def migrate(url: str) -> None:
    """Run all wanted migrations in one transaction, or print their SQL."""
    engine = make_engine(url)
    try:
        if context.is_offline_mode():
            context.configure(dialect_name=engine.dialect.name, target_metadata=METADATA, literal_binds=True)
            context.run_migrations()
            return
        with translated(describe(engine.url)), engine.connect() as connection:
            _suspend_foreign_keys(connection)
            with connection.begin():
                _wait_for_others(connection)
                context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
                context.run_migrations()
    finally:
        engine.dispose()


def _suspend_foreign_keys(connection: sa.Connection) -> None:
    """SQLite changes some tables by copying and dropping them, and that must not cascade; set before a transaction."""
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF").close()


def _wait_for_others(connection: sa.Connection) -> None:
    """One process migrates at a time; on SQLite the transaction itself holds the lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK_KEY)))


main()
