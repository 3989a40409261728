"""`kiosk enroll`: photographs of one person become templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kiosk.config.settings import Settings
    from kiosk.employees.enrollment import PhotoToEnroll
    from kiosk.employees.samples import Sample


def enroll(  # noqa: PLR0917  the options of a command
    photographs: Annotated[
        list[Path], typer.Argument(metavar="PHOTO…", help="JPEG, PNG, WebP, HEIC or AVIF files, one face each.")
    ],
    name: Annotated[str | None, typer.Option(help="Full name; needed for somebody new.")] = None,
    email: Annotated[
        str | None, typer.Option(help="E-mail address, if there is one; an enrolled person gets more templates.")
    ] = None,
    employee: Annotated[
        str | None,
        typer.Option(help="More templates for this person: id, personnel number or e-mail address."),
    ] = None,
    department: Annotated[str | None, typer.Option(help="Department.")] = None,
    personnel_number: Annotated[str | None, typer.Option(help="The office's number of the person.")] = None,
    position: Annotated[str | None, typer.Option(help="What the person does.")] = None,
    called: Annotated[str | None, typer.Option(help="The name that the person is greeted by.")] = None,
    resembles: Annotated[
        list[int] | None,
        typer.Option(metavar="ID", help="Another employee who looks the same, as a twin does; may be given again."),
    ] = None,
) -> None:
    """Enroll a person from photographs; three to five different ones serve best.

    Only with the person's consent: it is written down that they have agreed to the present consent text, which
    `kiosk employees consent` shows. `kiosk employees add` keeps somebody who has not agreed, without a template.

    Ends with exit code 2, and writes nothing, when none of the photographs can be used.
    """
    from kiosk.app.enrollment import open_enrollment
    from kiosk.app.setting_store import load_settings
    from kiosk.cli.console import add_row, err, out, say, table
    from kiosk.core.context import current_actor
    from kiosk.domain.quality import Reason
    from kiosk.employees.consent import CURRENT_VERSION, Consent
    from kiosk.errors import InvalidInput

    settings = load_settings()
    employee_id = None if employee is None else _employee_id(settings, employee)
    with open_enrollment(settings) as enrollment:
        result = enrollment.enroll(
            email,
            name,
            department,
            [_photograph(path) for path in photographs],
            Consent(CURRENT_VERSION),
            employee_id=employee_id,
            external_id=personnel_number,
            position=position,
            called=called,
            resembles=resembles or (),
        )
    rows = table("photograph", "result", "quality")
    for assessment in result.assessments:
        quality = f"{assessment.sample.quality.quality_score:.0%}" if assessment.sample else None
        add_row(rows, assessment.name, assessment.refused or _accepted(assessment.sample), quality)
    if result.employee is None:
        err.print(rows)
        twins = any(a.refused and a.refused.reason == Reason.ALREADY_ENROLLED for a in result.assessments)
        hint = " If they are two people who look alike, say so with --resembles and the other one's number."
        raise InvalidInput(f"None of the photographs can be used; nothing was written.{hint if twins else ''}")
    out.print(rows)
    accepted = sum(assessment.sample is not None for assessment in result.assessments)
    say(
        f"{result.employee.full_name} (employee {result.employee.id}): {accepted} of {len(photographs)} photographs "
        f"accepted; enrolled with {result.templates} template{'' if result.templates == 1 else 's'} now."
    )
    for other in result.look_alikes:
        say(
            f"They look much like employee {other.employee_id} (similarity {other.similarity:.2f}): the door asks both "
            "for a clearer look. More photographs of each help to tell them apart."
        )
    say(
        f"Written down by {current_actor()}: they have agreed to the consent text, version {CURRENT_VERSION} "
        "(kiosk employees consent shows it; kiosk employees erase takes it back)."
    )


def _accepted(sample: Sample | None) -> str:
    """Return how a sample was accepted: with what would make a better one."""
    from kiosk.domain.refusal_messages import REFUSAL_MESSAGES

    advice = () if sample is None else sample.quality.advice
    return " ".join(("accepted." if advice else "accepted", *(REFUSAL_MESSAGES[reason] for reason in advice)))


def _employee_id(settings: Settings, reference: str) -> int:
    from kiosk.app.databases import open_database
    from kiosk.employees.store import EmployeeStore

    with open_database(settings) as database:
        return EmployeeStore(database).resolve(reference).id


def _photograph(path: Path) -> PhotoToEnroll:
    from kiosk.core.photographs import read_photograph
    from kiosk.employees.enrollment import PhotoToEnroll

    return PhotoToEnroll(str(path), lambda: read_photograph(path))
