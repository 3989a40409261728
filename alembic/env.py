"""Runs migrations on the database of the kiosk's settings, for plain alembic commands and for db.migrations alike."""

import logging.config
import re
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrationScript
from alembic.util import CommandError

import db.tables  # noqa: F401  registers every table
from db.base import Base
from db.error_translation import translated
from db.session import describe, make_engine
from db.time_limits import LONG_LIMITS
from db.types import UtcDateTime, vector_type
from kiosk.config.settings import load_settings
from kiosk.errors import KioskError

LOCK_KEY = 0x6B696F736B  # "kiosk" in ASCII; the same number in every process, whatever it is
METADATA = Base.metadata
RANDOM_ID = re.compile("[0-9a-f]{12}")
MAX_ID_LENGTH = 32  # of alembic_version.version_num


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
    engine = make_engine(url, LONG_LIMITS)
    try:
        if context.is_offline_mode():
            context.configure(dialect_name=engine.dialect.name, target_metadata=METADATA, literal_binds=True)
            context.run_migrations()
            return
        with translated(describe(engine.url)), engine.connect() as connection:
            _suspend_foreign_keys(connection)
            with connection.begin():
                _wait_for_others(connection)
                context.configure(
                    connection=connection,
                    target_metadata=METADATA,
                    render_as_batch=True,
                    render_item=_render_item,
                    process_revision_directives=_number_migration,
                )
                context.run_migrations()
    finally:
        engine.dispose()


def _suspend_foreign_keys(connection: sa.Connection) -> None:
    """SQLite changes some tables by copying and dropping them, and that must not cascade; set before a transaction."""
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF").close()


def _number_migration(_context: object, _revision: object, scripts: list[MigrationScript]) -> None:
    """Call a new migration like those that there are, `005_add_things`, unless --rev-id said otherwise."""
    numbers = [int(script.revision[:3]) for script in context.script.walk_revisions()]
    for number, script in enumerate(scripts, start=max(numbers) + 1):
        if RANDOM_ID.fullmatch(script.rev_id or ""):
            slug = re.sub("[^a-z0-9]+", "_", (script.message or "").lower())
            script.rev_id = f"{number:03}_{slug}"[:MAX_ID_LENGTH].strip("_")


def _render_item(kind: str, item: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """Write the project's own column types as those of SQLAlchemy: db.types may change, a migration must not."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, type(vector_type())):
        autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.LargeBinary().with_variant(postgresql.ARRAY(sa.REAL), "postgresql")'
    return False


def _wait_for_others(connection: sa.Connection) -> None:
    """One process migrates at a time; on SQLite the transaction itself holds the lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK_KEY)))


main()
