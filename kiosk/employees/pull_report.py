"""What became of last night's pull from a directory, in a file that the doctor reads; counts alone."""

from __future__ import annotations

from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from kiosk.core.files import replace_file

FILE_NAME = "directory_pull.json"


class PullReport(BaseModel):
    """One night's pull.

    Attributes:
        at: when it was.
        changed: how many people were added, changed, deactivated or restored.
        refused: how many could not be taken.
        missing: how many are not in the directory any more and were left as they are.
        failure: why nothing was done at all; None when it was.
    """

    model_config = ConfigDict(frozen=True)

    at: AwareDatetime
    changed: int = 0
    refused: int = 0
    missing: int = 0
    failure: str | None = None


def write_report(path: Path, report: PullReport) -> None:
    """Raises OSError."""
    replace_file(path, report.model_dump_json().encode(), durable=False)


def read_report(path: Path) -> PullReport | None:
    """Return what was done last; None before the first night, or when the file cannot be understood."""
    try:
        return PullReport.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
