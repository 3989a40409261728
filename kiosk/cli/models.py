"""kiosk models: what the catalogues describe, what is installed, and whether it does what it should."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.console import add_row, out, say, table

if TYPE_CHECKING:
    from kiosk.vision.model_store import ModelStore

app = typer.Typer(help="Install, list and verify the detectors and embedders.", no_args_is_help=True)

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


def _store() -> ModelStore:
    from kiosk.app.models import build_model_store
    from kiosk.config.settings import load_settings

    return build_model_store(load_settings())
