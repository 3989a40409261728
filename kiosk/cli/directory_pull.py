"""kiosk employees pull: fetch the office's people from an LDAP server or an Active Directory."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.console import add_row, out, say, table


def pull(  # noqa: PLR0917  the options of a command
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Where the directory is, in TOML.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Do it; without this it is only told.")] = False,
    deactivate_missing: Annotated[
        bool, typer.Option(help="Also deactivate those who were fetched before and are not there any more.")
    ] = False,
    however_many: Annotated[
        bool, typer.Option(help="Even when more than a fifth of them would be deactivated.")
    ] = False,
    everybody: Annotated[bool, typer.Option("--all", help="List those, too, of whom nothing changes.")] = False,
    example: Annotated[bool, typer.Option(help="Show a file to begin with.")] = False,
) -> None:
    """Fetch people from LDAP or Active Directory: tells what would become of each; --apply does it.

    Nobody's face comes with it, and nobody is erased.
    """
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.employees.directory_pull import DirectoryPull, PullFate
    from kiosk.employees.ldap_config import EXAMPLE, read_ldap_config
    from kiosk.employees.ldap_directory import fetch_people
    from kiosk.errors import InvalidInput

    if example:
        out.print(EXAMPLE, markup=False, highlight=False, soft_wrap=True, end="")
        return
    if file is None:
        raise InvalidInput("name the file that says where the directory is; `kiosk employees pull --example` shows one")
    config = read_ldap_config(file)
    with open_database(load_settings()) as database:
        directory = DirectoryPull(database)
        steps = directory.plan(fetch_people(config), deactivate_missing=deactivate_missing)
        if not however_many:
            directory.require_few(steps)
        done = directory.apply(steps) if apply else steps
    rows = table("account", "what", "id", "")
    for step in done:
        if everybody or step.fate is not PullFate.UNCHANGED:
            add_row(rows, step.name, step.fate, step.employee_id, step.told)
    if rows.row_count:
        out.print(rows)
    counts = Counter(step.fate for step in done)
    say(", ".join(f"{counts[fate]} {fate}" for fate in PullFate if counts[fate]) + ".")
    if not apply:
        say("Nothing was changed; --apply does it.")
