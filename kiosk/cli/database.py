"""kiosk db: bring the tables up to date, take them back, check them, and move everything to another database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.console import add_row, err, out, say, table

if TYPE_CHECKING:
    from db.session import Database

app = typer.Typer(help="Upgrade, downgrade, check or copy the database.", no_args_is_help=True)

Target = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="URL",
        help="postgresql://user@host/name; its password may also stand in PGPASSWORD or ~/.pgpass",
    ),
]


@app.command()
def upgrade() -> None:
    """Bring the tables up to this version, and put back triggers that are missing; harmless when all is well."""
    from db import audit_log, migrations
    from db.trigger_definitions import put_back
    from kiosk.core.context import current_actor

    with _database() as database:
        migrations.upgrade(database)
        with database.transaction() as session:
            names = [fault.name for fault in put_back(session)]
            if names:
                audit_log.append(session, current_actor(), "triggers_put_back", None, {"names": names})
        say(f"{database.description} stands at {migrations.current(database)}.")
        if names:
            say(f"Put back: {', '.join(names)}. What was changed meanwhile, `kiosk audit verify` finds.")


@app.command()
def downgrade(
    revision: Annotated[str, typer.Argument(help="a revision's name, or base for no tables at all")] = "-1",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take the tables back, by one step if no revision is named; tables that an older version lacks are deleted."""
    from db import migrations

    with _database() as database:
        if not yes:
            typer.confirm(f"{database.description}: delete what the older tables cannot hold?", abort=True, err=True)
        migrations.downgrade(database, revision)
        say(f"{database.description} stands at {migrations.current(database) or 'no tables'}.")


@app.command()
def check() -> None:
    """Check that tables and triggers are those that this version expects; exit code 2 when not."""
    from db import migrations
    from db.trigger_definitions import MEND, trigger_faults
    from kiosk.errors import ConfigurationError

    with _database() as database:
        migrations.check(database)
        with database.reading() as session:
            faults = trigger_faults(session)
        if faults:
            raise ConfigurationError(f"{database.description}: {'; '.join(one.sentence for one in faults)}; {MEND}")
        say(f"{database.description} stands at {migrations.HEAD}, as it should.")


@app.command()
def copy(to: Target) -> None:
    """Copy everything to a new database and compare it; stop the kiosk before, for events that come meanwhile stay."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    from db.copy_database import copy_database

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with _database() as source, _database(to) as target, Progress(*columns, console=err) as progress:
        tasks: dict[str, TaskID] = {}

        def show(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task(name, total=total)
            progress.update(tasks[name], completed=done)

        copied = copy_database(source, target, show)
    rows = table("table", "rows, equal in both")
    for one in copied:
        add_row(rows, one.name, one.row_count)
    out.print(rows)
    say(f"{target.description} holds everything; name it in KIOSK_DATABASE_URL to use it.")


@contextmanager
def _database(url: str | None = None) -> Iterator[Database]:
    """Open the database of the settings or of a URL; its tables may be missing or out of date."""
    from db.session import Database, make_engine
    from db.time_limits import LONG_LIMITS
    from kiosk.app.databases import require_own_database
    from kiosk.config.settings import load_settings

    if url is None:
        require_own_database(load_settings())
    with closing(Database(make_engine(url or load_settings().effective_database_url, LONG_LIMITS))) as database:
        yield database
