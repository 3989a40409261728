"""`kiosk why`: what an entry or exit rested on."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from kiosk.domain.office_language import OfficeLanguage


def why(
    trace_id: Annotated[
        UUID | None,
        typer.Argument(metavar="TRACE_ID", help="Of the event, as in `kiosk log --format json` and in the log file."),
    ] = None,
    employee: Annotated[
        str | None, typer.Option(help="The newest event of this person: id, personnel number or e-mail address.")
    ] = None,
    language: Annotated[
        OfficeLanguage | None,
        typer.Option(case_sensitive=False, help="Of the sentences; else the office's (KIOSK_LANGUAGE)."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The numbers as JSON.")] = False,
) -> None:
    """Say in words why somebody was recognised or not: of one event, or of the newest.

    Similarity and what was needed, who came next, which enrolled picture carried it, how good the camera's pictures
    were, and how the event was corrected.
    """
    import json

    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.attendance.decision_explanation import explain_event, newest_decision
    from kiosk.attendance.explanation_texts import sentence
    from kiosk.cli.console import out, say
    from kiosk.employees.store import EmployeeStore
    from kiosk.errors import InvalidInput

    if trace_id is not None and employee is not None:
        raise InvalidInput("name either an event by its trace id, or a person for their newest event")
    settings = load_settings()
    with open_database(settings) as database:
        employee_id = EmployeeStore(database).resolve(employee).id if employee else None
        wanted = trace_id or newest_decision(database, employee_id)
        if wanted is None:
            say("There is no event for which a face was compared.")
            return
        found = explain_event(database, wanted)
    if as_json:
        numbers = None if found.record is None else found.record.to_fields()
        out.print_json(json.dumps({"trace_id": str(wanted), "decision": numbers}))
        return
    spoken = language or OfficeLanguage(settings.language)
    first, *others = found.sentences(settings.zone, spoken)
    for line in (first, *(f"• {one}" for one in others), sentence("trace_id", spoken, trace_id=wanted)):
        out.print(line, markup=False, highlight=False, soft_wrap=True)
