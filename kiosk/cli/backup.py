"""`kiosk backup` and `kiosk restore`: everything in one file, and back again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.console import add_row, err, out, say, table

if TYPE_CHECKING:
    from kiosk.config.settings import Settings

Folder = Annotated[
    Path | None,
    typer.Argument(metavar="DIR", help="Folder; else KIOSK_BACKUP_DIR, or backups in the data directory."),
]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A backup, whatever kind of database it was made from.")]


def backup(
    folder: Folder = None,
    keep: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Backups to be left in the folder; else KIOSK_BACKUP_KEEP.")
    ] = None,
    list_them: Annotated[bool, typer.Option("--list", help="Only list the backups in the folder.")] = False,
    verify: Annotated[
        Path | None, typer.Option("--verify", metavar="FILE", help="Only read a backup and say whether it is whole.")
    ] = None,
) -> None:
    """Write people, templates, consents, passwords' hashes, attendance and the audit log into one file; no snapshots.

    The kiosk may run meanwhile. The new file's path is printed on standard output. With a recovery key (kiosk keys) it
    is sealed; without one it holds faces' templates in clear: keep it as safe as the device. Not in it: settings with
    their passwords, keys, and models of your own.
    """
    from kiosk.config.settings import load_settings

    settings = load_settings()
    if verify is not None:
        _verify(settings, verify)
        return
    if list_them:
        _list(settings, folder or settings.effective_backup_dir)
        return
    from db.time_limits import LONG_LIMITS
    from kiosk.app.backup import build_backup_creator
    from kiosk.app.databases import open_database

    with open_database(settings, LONG_LIMITS) as database, _progress() as show:
        made = build_backup_creator(settings, database, folder).create(keep or settings.backup_keep, show)
    out.print(str(made.path), markup=False, highlight=False, soft_wrap=True)
    rows = made.manifest.rows
    say(
        f"Backed up: {rows['employees']} employee(s), {rows['embeddings']} template(s), {rows['attendance_log']} "
        f"entries and exits, {made.manifest.waiting} event(s) waiting for the database."
    )
    if made.key_id is None:
        say("It is not sealed: whoever has the file has the templates. `kiosk keys recovery` makes a key.")
    if made.deleted:
        say(f"{len(made.deleted)} old backup(s) had to go.")


def restore(
    file: File,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    no_safety_backup: Annotated[
        bool, typer.Option("--no-safety-backup", help="Replace a database without a backup of it first.")
    ] = False,
) -> None:
    """Put a backup in the place of all that the database holds; who was erased since does not come back.

    Stop the kiosk before. A database that is not empty is backed up first, beside the other backups.
    """
    from db.database_dump import is_empty
    from kiosk.app.backup import build_backup_creator, build_key_store, open_restorer
    from kiosk.app.databases import open_database_as_it_is
    from kiosk.app.device_claim import claim_after_restore
    from kiosk.backup.archive import BackupFile
    from kiosk.backup.restore import require_known
    from kiosk.config.settings import load_settings
    from kiosk.errors import KioskError, StorageError

    settings = load_settings()
    backup_file = BackupFile(file.absolute(), build_key_store(settings).find)
    manifest = backup_file.verify()
    require_known(file, manifest)
    with (
        open_database_as_it_is(settings) as database,
        open_restorer(settings, database) as restorer,
    ):
        made_at = f"{manifest.made_at.astimezone(settings.zone):%Y-%m-%d %H:%M}"
        if not is_empty(database):
            if not yes:
                question = f"Replace all that {database.description} holds by the backup of {made_at}?"
                typer.confirm(question, abort=True, err=True)
            if not no_safety_backup:
                try:
                    with _progress() as show:
                        safety = build_backup_creator(settings, database).create(settings.backup_keep + 1, show)
                except KioskError as error:
                    raise StorageError(
                        f"no backup could be made of what the database holds now ({error}); "
                        "--no-safety-backup replaces it all the same"
                    ) from error
                say(f"What was there is in {safety.path}.")
        with _progress() as show:
            restored = restorer.restore(backup_file, show)
        claim_after_restore(settings, database)
    rows = restored.rows
    say(
        f"Restored as of {made_at}: {rows['employees']} employee(s), {rows['embeddings']} template(s), "
        f"{rows['attendance_log']} entries and exits, {restored.events} of them from the journal."
    )
    if restored.erased:
        say(f"Erased again, for they were erased after the backup: {', '.join(map(str, restored.erased))}.")
    for sentence in restored.remains:
        say(f"• What remains: {sentence}.")
    say("`kiosk doctor` tells whether all is well; then start the kiosk.")


def _verify(settings: Settings, path: Path) -> None:
    from kiosk.app.backup import build_key_store
    from kiosk.backup.archive import BackupFile

    backup_file = BackupFile(path, build_key_store(settings).find)
    manifest = backup_file.verify()
    sealed = "sealed" if backup_file.seal_header() else "not sealed"
    say(
        f"{path} is whole and {sealed}: made at {manifest.made_at:%Y-%m-%d %H:%M} UTC by version {manifest.version} on "
        f"{manifest.kiosk_id}, {sum(manifest.rows.values())} rows."
    )
    if manifest.audit_head:
        say("Whether the audit log in use goes on from it, this tells: kiosk audit verify --head, with")
        out.print(manifest.audit_head, highlight=False, soft_wrap=True)


def _list(settings: Settings, folder: Path) -> None:
    from kiosk.app.backup import build_backup_dir

    backup_dir = build_backup_dir(settings, folder)
    found = list(backup_dir.list())
    if not found:
        say(f"There is no backup in {backup_dir.folder}.")
        return
    rows = table("file", "made", "version", "employees", "templates", "events", "MB")
    rows.columns[0].no_wrap = True  # it is copied into the next command
    for one in found:
        size = f"{one.path.stat().st_size / 1e6:.1f}"
        if one.manifest is None:
            add_row(rows, one.path.name, one.fault, None, None, None, None, size)
            continue
        made_at, counts = one.manifest.made_at.astimezone(settings.zone), one.manifest.rows
        numbers = (counts.get(name) for name in ("employees", "embeddings", "attendance_log"))
        add_row(rows, one.path.name, f"{made_at:%Y-%m-%d %H:%M}", one.manifest.version, *numbers, size)
    out.print(rows)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for each thing that is worked on, while it is."""
    from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield show
