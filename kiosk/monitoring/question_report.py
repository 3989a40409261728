"""How many questions about hours were open last night, in a file that doctor and metrics read; counts alone."""

from __future__ import annotations

from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from kiosk.core.files import replace_file

FILE_NAME = "questions.json"


class OpenQuestionsReport(BaseModel):
    """What was open when it was counted.

    Attributes:
        exits: missing ones.
        entries: missing ones.
        automatic: exits that the kiosk set to the end of the shift.
        turned: stays whose entry and exit look turned around.
        breaks: breaks to be punched for which nobody went out.
        requests: of employees, for corrections.
        oldest_at: when the oldest stay in question began, or the oldest request was made; None without any.
    """

    model_config = ConfigDict(frozen=True)

    counted_at: AwareDatetime
    exits: int
    entries: int
    automatic: int
    turned: int = 0
    breaks: int = 0
    requests: int
    oldest_at: AwareDatetime | None

    @property
    def count(self) -> int:
        return self.exits + self.entries + self.automatic + self.turned + self.breaks + self.requests


def write_report(path: Path, report: OpenQuestionsReport) -> None:
    """Raises OSError."""
    replace_file(path, report.model_dump_json().encode(), durable=False)


def read_report(path: Path) -> OpenQuestionsReport | None:
    """Return what was counted last; None before the first night, or when the file cannot be understood."""
    try:
        return OpenQuestionsReport.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
