"""kiosk models: the catalogues, what is installed and whether it is sound; the change to another embedder."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.console import add_row, out, say, table

if TYPE_CHECKING:
    from db.embedder_switches import PersonInSwitch
    from kiosk.config.settings import Settings
    from kiosk.recognition.embedder_switches import SwitchProgress
    from kiosk.vision.model_store import ModelStore

app = typer.Typer(help="Install, list and verify detectors and embedders; change the embedder.", no_args_is_help=True)

Ids = Annotated[list[str] | None, typer.Argument(metavar="ID", help="Models; the default ones if none is named.")]
Source = Annotated[
    Path | None, typer.Option("--from", metavar="DIR", help="Folder with the files, if there is no network.")
]


@app.command("install")
def install_models(ids: Ids = None, source: Source = None) -> None:
    """Fetch models, convert them and try them out; what is installed and whole stays as it is."""
    from kiosk.vision.installation import install

    store = _store()
    models = [store.find(model_id) for model_id in ids] if ids else [m for m in store.models if m.default]
    install(store, models, source, say)


@app.command("list")
def list_models() -> None:
    """Show the models of the catalogues, and which are installed."""
    store = _store()
    made = table("id", "role", "installed", "licence", "MB")
    for model in store.models:
        installed = "yes" if store.is_installed(model) else "no" if model.default else "no, on request"
        add_row(made, model.id, model.role, installed, model.licence, store.megabytes(model))
    out.print(made)


@app.command("verify")
def verify_models() -> None:
    """Check files against their checksums and networks against their golden vectors; exit code 2 when one is wrong."""
    store = _store()
    problems = 0
    for model in store.models:
        problem = store.problem(model)
        problems += problem is not None
        if problem:
            say(problem)
        elif store.path(model).exists():
            out.print(f"{model.id} is whole", highlight=False)
    if problems:
        raise typer.Exit(2)


@app.command("switch")
def switch_embedder(  # noqa: PLR0917
    model_id: Annotated[str | None, typer.Argument(metavar="ID", help="The embedder to change to.")] = None,
    status: Annotated[bool, typer.Option("--status", help="Show how far the change is; so without ID, too.")] = False,
    finish: Annotated[bool, typer.Option("--finish", help="Let the new embedder decide from now on.")] = False,
    leave_out: Annotated[
        bool, typer.Option("--leave-out", help="Finish although some people have no template of it yet.")
    ] = False,
    cancel: Annotated[bool, typer.Option("--cancel", help="Go back to the old embedder, also after --finish.")] = False,
    close: Annotated[
        bool, typer.Option("--close", help="Delete the old templates; there is no way back then.")
    ] = False,
) -> None:
    """Change to another embedder without enrolling everybody again.

    `kiosk models switch ID` begins: people are recognised as before, and whoever is enrolled gets templates of both.
    With KIOSK_TEMPLATES_FROM_VISITS people who are recognised with certainty on three days get theirs by themselves.
    --finish lets the new embedder decide; the old templates stay for KIOSK_OLD_TEMPLATE_DAYS, and --cancel goes back.
    """
    from kiosk.app.databases import open_database
    from kiosk.app.embedder_switch import start_switch
    from kiosk.config.settings import load_settings
    from kiosk.errors import ConfigurationError
    from kiosk.recognition.embedder_switches import EmbedderSwitches

    if sum((model_id is not None, finish, cancel, close)) + (status and model_id is not None) > 1:
        raise ConfigurationError("give one of ID, --status, --finish, --cancel and --close")
    if leave_out and not finish:
        raise ConfigurationError("--leave-out goes with --finish")
    settings = load_settings()
    with open_database(settings) as database:
        switches = EmbedderSwitches(database)
        if model_id is not None:
            start_switch(settings, database, model_id)
            say(
                f"The change to {model_id} has begun; install it at every door and API: kiosk models install {model_id}"
            )
        elif finish:
            new_model = switches.finish(leave_out=leave_out).switch.new_model
            say(f"{new_model} decides from now on; services start anew within a minute, restart whatever else runs.")
        elif cancel:
            say(f"{switches.cancel().old_model} decides; what was made for the change is deleted.")
        elif close:
            say(f"{switches.close()} old templates are deleted.")
        _show_progress(switches.progress(), settings)


def _show_progress(progress: SwitchProgress | None, settings: Settings) -> None:
    from kiosk.domain.embedder_switch import SwitchState

    if progress is None:
        say("No change of the embedder is open; begin one: kiosk models switch ID")
        return
    switch, people = progress.switch, len(progress.people)
    out.print(
        f"{switch.old_model} → {switch.new_model}, {switch.state}: "
        f"{progress.changed} of {people} people have templates of {switch.new_model}",
        highlight=False,
        soft_wrap=True,
    )
    if progress.left:
        rows = table("id", "name", "certain days", "what to do")
        for person in progress.left:
            add_row(rows, person.employee_id, person.full_name, person.certain_days, _next_step(person, settings))
        out.print(rows)
    elif switch.state is SwitchState.GATHERING:
        say("Everybody has new templates: kiosk models switch --finish")
    if switch.finished_at is not None:
        until = switch.finished_at.astimezone(settings.zone) + timedelta(days=settings.old_template_days)
        say(f"Back until {until:%Y-%m-%d}: kiosk models switch --cancel. Old templates go then, or with --close.")


def _next_step(person: PersonInSwitch, settings: Settings) -> str:
    from kiosk.domain.embedder_switch import CERTAIN_DAYS

    enroll = f"kiosk enroll --employee {person.employee_id} PHOTO…"
    if not settings.templates_from_visits:
        return enroll
    if person.certain_days >= CERTAIN_DAYS:
        return f"the visits do not agree: {enroll}"
    return f"wait for {CERTAIN_DAYS - person.certain_days} more days, or {enroll}"


def _store() -> ModelStore:
    from kiosk.app.models import build_model_store
    from kiosk.config.settings import load_settings

    return build_model_store(load_settings())
