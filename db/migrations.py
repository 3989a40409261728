"""Runs Alembic's commands from within the program; the alembic command in the project's folder does the same."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text

from db.error_translation import UPGRADE_HINT
from db.session import Database, Session
from kiosk.errors import ConfigurationError

PROJECT_DIR = Path(__file__).resolve().parent.parent
REVISIONS = tuple(sorted(path.stem for path in (PROJECT_DIR / "alembic" / "versions").glob("[0-9]*.py")))
"""The ids of all migrations, the oldest first; each is the name of its file."""
HEAD = REVISIONS[-1]


def current(database: Database) -> str | None:
    """Return the database's revision, None when it has no tables. Raises StorageError."""
    with database.reading() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return None
        return stored_revision(session)


def stored_revision(session: Session) -> str | None:
    """As current, within the caller's transaction; the transaction raises ConfigurationError without tables."""
    revision: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def require_head(database: Database) -> None:
    """Raise ConfigurationError, with the next step in it, unless the database is at this version's revision."""
    revision = current(database)
    if revision == HEAD:
        return
    if revision is None:
        raise ConfigurationError(f"{database.description} has no tables yet; {UPGRADE_HINT}")
    if revision not in REVISIONS:
        raise ConfigurationError(
            f"{database.description} stands at {revision}, which a newer version of the kiosk made; install that one"
        )
    raise ConfigurationError(f"{database.description} stands at {revision} and {HEAD} is needed; {UPGRADE_HINT}")


def upgrade(database: Database, revision: str = "head") -> None:
    """Upgrade the tables to a revision in one transaction; processes that do so at once wait for one another.

    Raises ConfigurationError for an unknown revision, StorageError.
    """
    if revision == "head" and current(database) == HEAD:
        return  # at once, without Alembic
    _run(database, lambda command, config: command.upgrade(config, revision))


def downgrade(database: Database, revision: str = "-1") -> None:
    """Downgrade the tables to a revision, "-1" for one step, "base" for no tables; the remaining ones keep their rows.

    Raises ConfigurationError for an unknown revision, StorageError.
    """
    _run(database, lambda command, config: command.downgrade(config, revision))


def check(database: Database) -> None:
    """Raise ConfigurationError if the database's tables differ from the models."""
    require_head(database)
    _run(database, lambda command, config: command.check(config))


def _run(database: Database, action: Callable[[Any, Any], None]) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    logging.getLogger("alembic").setLevel(logging.WARNING)  # its steps are of interest to who types alembic alone
    config = Config(PROJECT_DIR / "alembic.ini", stdout=io.StringIO())
    config.attributes["url"] = database.engine.url.render_as_string(hide_password=False)
    database.close()  # what connections know of the tables is no longer so
    try:
        action(command, config)
    except CommandError as error:
        raise ConfigurationError(
            f"{database.description}: {error}; the revisions are {', '.join(REVISIONS)}"
        ) from error
