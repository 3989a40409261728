"""`kiosk questions`: what somebody has to say before a month's hours are right."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer


def questions(
    month: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m"], metavar="YYYY-MM", help="The month, such as 2026-11.")
    ] = None,
    answered: Annotated[int | None, typer.Option(metavar="NUMBER", help="Mark this request as answered.")] = None,
) -> None:
    """List a month's missing entries and exits, and what employees ask to have corrected.

    For a missing exit the time is proposed at which a door saw the person last.
    """
    from kiosk.app.attendance import build_timesheet_exporter
    from kiosk.app.databases import open_database
    from kiosk.attendance.questions import Questions
    from kiosk.cli.console import add_row, out, say, table
    from kiosk.config.settings import load_settings
    from kiosk.errors import InvalidInput

    if month is None and answered is None:
        raise InvalidInput("say of which month: --month 2026-11, or which request is answered: --answered 7")
    settings = load_settings()

    def local(at: datetime | None) -> str | None:
        return None if at is None else f"{at.astimezone(settings.zone):%Y-%m-%d %H:%M}"

    with open_database(settings) as database:
        asked = Questions(database)
        if answered is not None:
            asked.answer(answered)
            say(f"Request {answered} is answered.")
        if month is None:
            return
        months = build_timesheet_exporter(settings, database).months(month.date())
        open_questions, requests = asked.of_months(months), asked.requests()
    stays = table("employee", "name", "came", "left", "last seen", "door")
    for one in open_questions:
        seen = one.proposal
        place = (local(seen.seen_at), seen.kiosk_id) if seen is not None else (None, None)
        add_row(stays, one.employee_id, one.full_name, local(one.entered_at), local(one.left_at), *place)
    words = table("request", "employee", "day", "what", "in their words", "asked")
    for request in requests:
        kind = request.kind.replace("_", " ")
        add_row(words, request.id, request.employee_id, request.day, kind, request.text, local(request.asked_at))
    for shown in (stays, words):
        if shown.row_count:
            out.print(shown)
    if not (stays.row_count or words.row_count):
        say("There is nothing to ask.")
