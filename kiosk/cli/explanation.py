"""`kiosk why`: what an entry or exit rested on."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer


def why(
    trace_id: Annotated[
        UUID | None,
        typer.Argument(metavar="TRACE_ID", help="Of the event, as in `kiosk log --format json` and in the log file."),
    ] = None,
    employee: Annotated[
        str | None, typer.Option(help="The newest event of this person: id, personnel number or e-mail address.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The numbers as JSON.")] = False,
) -> None:
    """Say why somebody was recognised or not: similarity, runner-up, threshold, template, looks; the newest event's."""
    import json

    from kiosk.app.databases import open_database
    from kiosk.attendance.decision_explanation import explain_event, newest_decision
    from kiosk.cli.console import out, say
    from kiosk.config.settings import load_settings
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
    first, *others = found.sentences(settings.zone)
    for line in (first, *(f"• {sentence}" for sentence in others), f"Trace id: {wanted}"):
        out.print(line, markup=False, highlight=False, soft_wrap=True)
