"""`kiosk demo-data`: made-up people and a month of their entries and exits, to try lists and exports with."""

from __future__ import annotations

from typing import Annotated

import typer


def demo_data(
    people: Annotated[int, typer.Option(min=1, max=2000, help="How many people.")] = 25,
    days: Annotated[int, typer.Option(min=1, max=366, help="How many calendar days back from today.")] = 30,
    templates: Annotated[
        bool, typer.Option("--templates", help="Made-up templates, too: like no face, but the threshold rises by them.")
    ] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Delete the rows and deactivate the people.")] = False,
) -> None:
    """Fill the database with made-up people and attendance; what is there already is not written twice."""
    from kiosk.app.demo_data import fill_with_demo_data, remove_demo_data
    from kiosk.app.setting_store import load_settings
    from kiosk.cli.console import progress, say

    settings = load_settings()
    if remove:
        say(f"{remove_demo_data(settings)} row(s) of the made-up office deleted, its people deactivated.")
        return
    with progress("writing") as bar:
        made = fill_with_demo_data(settings, people, days, templates, bar)
    say(f"The made-up office has {made.people} people; {made.events} new entries and exits are in the log.")
    say("`kiosk demo-data --remove` takes them away again.")
