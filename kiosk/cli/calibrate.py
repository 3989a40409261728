"""`kiosk calibrate`: what the door has measured of how much alike people are before its camera."""

from __future__ import annotations

from typing import Annotated

import typer

Reset = Annotated[bool, typer.Option("--reset", help="Forget it, as after the camera was moved; measure anew.")]


def calibrate(reset: Reset = False) -> None:
    """Show what the door has measured, what it means for strangers and for known people, and since when.

    Whoever is recognised is compared with everybody else who is enrolled; how often different people are how much alike
    is counted, and the threshold rises by as much as they are more alike than the catalogue says. Nothing of a person
    is kept. A running kiosk takes note of --reset within a minute.
    """
    from db.templates import DatabaseTemplates
    from kiosk.app.databases import open_database
    from kiosk.app.decision import build_decider
    from kiosk.app.models import load_embedder
    from kiosk.app.setting_store import load_settings
    from kiosk.cli.console import out, say
    from kiosk.domain.gallery import Gallery
    from kiosk.errors import StorageError
    from kiosk.recognition import door_calibration
    from kiosk.recognition.calibration_report import describe

    settings = load_settings()
    path = settings.data_dir / door_calibration.FILE_NAME
    if reset:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(f"cannot delete {path}: {error.strerror}") from error
        say("forgotten: the door measures anew")
        return
    embedder = load_embedder(settings)
    with open_database(settings) as database:
        templates = DatabaseTemplates(database).load_templates(embedder.model_version)
    gallery = Gallery(embedder.model_version, templates)
    measured = door_calibration.load_for(path, embedder.model_version)
    sentence = describe(measured, build_decider(settings, embedder), gallery)
    out.print(sentence[0].upper() + sentence[1:] + ".", markup=False, highlight=False, soft_wrap=True)
