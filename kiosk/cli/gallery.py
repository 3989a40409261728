"""`kiosk gallery check`: what makes enrolled people missed or mistaken."""

from __future__ import annotations

import typer

app = typer.Typer(help="Look through the enrolled people for what makes them missed or mistaken.", no_args_is_help=True)


@app.callback()
def gallery() -> None:
    """Keep `check` a command of its own, also while it is the only one."""


@app.command()
def check() -> None:
    """List people who look like somebody else, templates that do not fit, poor ones, and who is mostly missed.

    Each line says what to do. Nothing is changed; the kiosk looks for the same every night.
    """
    from db.employee_queries import active_names
    from kiosk.app.databases import open_database
    from kiosk.app.decision import build_decider
    from kiosk.app.models import load_embedder
    from kiosk.cli.console import out, say
    from kiosk.config.settings import load_settings
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
