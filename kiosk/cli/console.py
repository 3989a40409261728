"""Where commands write: results on standard output, everything else on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would become of each line; write nothing.")]

out = Console()
err = Console(stderr=True, soft_wrap=True, highlight=False)


def say(message: str) -> None:
    """Print a message on standard error, so that a pipe gets only the results."""
    err.print(Text(message))


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on standard error from the first call on; the call takes what is done and the total."""
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn()
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(what, visible=False)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)


def table(*headings: str) -> Table:
    """Return an empty table in the style of all commands; fill it with add_row, which does not interpret markup."""
    made = Table(box=None, header_style="bold", pad_edge=False)
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made


def add_row(made: Table, *cells: object) -> None:
    """Add a row of plain texts; None becomes a dash."""
    made.add_row(*(Text("—" if cell is None else str(cell)) for cell in cells))
