"""`kiosk gallery`: what makes enrolled people missed or mistaken, and judging of pairs that may be one person."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(help="Look through the enrolled people for what makes them missed or mistaken.", no_args_is_help=True)


@app.command()
def check() -> None:
    """List people who look like somebody else, templates that do not fit, poor ones, and who is mostly missed.

    Each line says what to do. Nothing is changed; the kiosk looks for the same every night.
    """
    from db.employee_queries import active_names
    from kiosk.app.databases import open_database
    from kiosk.app.decision import build_decider
    from kiosk.app.models import load_embedder
    from kiosk.app.setting_store import load_settings
    from kiosk.cli.console import out, say
    from kiosk.recognition.gallery_check import check_gallery

    settings = load_settings()
    embedder = load_embedder(settings)
    with open_database(settings) as database:
        found = check_gallery(database, build_decider(settings, embedder), embedder.model_version)
        with database.reading() as session:
            names = active_names(session)
    for finding in found:
        out.print(f"• {finding.sentence(names)}", markup=False, highlight=False, soft_wrap=True)
    if not found:
        say("Everybody who is enrolled is told apart, and recognised by the face.")


@app.command()
def judge(
    first: Annotated[int, typer.Argument(metavar="ID", help="Number of one employee.")],
    second: Annotated[int, typer.Argument(metavar="ID", help="Number of the other one.")],
    two: Annotated[bool, typer.Option("--two", help="They are two different people who look alike.")] = False,
    keep: Annotated[
        int | None, typer.Option(metavar="ID", help="They are one person: keep this number, deactivate the other.")
    ] = None,
) -> None:
    """Say whether two employees who look alike are two people or one.

    Two people: the check names them as look-alikes alone, and the door counts what it measures of them. One person: the
    number that is not kept is deactivated, and its face is compared no more; its events stay. It can be restored.
    """
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.cli.console import say
    from kiosk.employees.store import EmployeeStore
    from kiosk.errors import InvalidInput

    if two == (keep is not None):
        raise InvalidInput("say either --two or --keep with the number that stays")
    with open_database(load_settings()) as database:
        EmployeeStore(database).judge_pair(first, second, keep)
    if keep is None:
        say("They are told apart from now on; three to five more photographs of each help the door to do so.")
    else:
        say(f"Employee {first if keep == second else second} is deactivated, and {keep} stays.")
