"""Assignments and absences from CSV files, as commands: tried first, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from db.schedules import Assignment
from db.session import Database
from kiosk.__main__ import app
from kiosk.app.databases import open_database
from kiosk.attendance.absence_store import AbsenceStore
from kiosk.attendance.schedule_store import ScheduleStore
from kiosk.config.settings import load_settings
from kiosk.employees.schemas import EmployeeCreate
from kiosk.employees.store import EmployeeStore
from kiosk.errors import InvalidInput

ASSIGNMENTS, ABSENCES = ("schedules", "import-assignments"), ("absences", "import")
Import = Callable[..., Result]


@pytest.fixture(autouse=True)
def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anna, 00417, and Boris of the sales; one schedule."""
    monkeypatch.setenv("KIOSK_DATABASE_URL", database_url)
    with open_database(load_settings()) as database:
        people = EmployeeStore(database)
        people.create(EmployeeCreate(full_name="Anna", external_id="00417"))
        people.create(EmployeeCreate(full_name="Boris", email="boris@office.test", department="Sales"))
    CliRunner().invoke(app, ["schedules", "set", "office", "Mon-Fri 09:00-18:00"], catch_exceptions=False)


@pytest.fixture
def import_file(tmp_path: Path) -> Import:
    def run(command: tuple[str, ...], content: str, *options: str) -> Result:
        path = tmp_path / "rows.csv"
        path.write_text(content, encoding="utf-8")
        return CliRunner().invoke(app, [*command, str(path), *options], catch_exceptions=False)

    return run


def assignments(database: Database) -> list[tuple[str, int | None, str | None, date, date | None]]:
    found: tuple[Assignment, ...] = ScheduleStore(database).assignments()
    return [(a.schedule, a.employee_id, a.department, a.valid_from, a.valid_until) for a in found]


ROWS = (
    "schedule,person,department,from,until\n"
    "office,00417,,2026-01-01,2026-06-30\noffice,boris@office.test,,2026-01-01,\n"
    "office,,Sales,2026-01-01,\noffice,,Slaes,2026-01-01,\noffice,,,2026-02-01,\n"
)


def test_assignments_are_tried_and_then_written_once(import_file: Import, database: Database) -> None:
    tried = import_file(ASSIGNMENTS, ROWS, "--dry-run")
    assert "5 of 5 line(s) would be assigned; nothing was written." in tried.stderr
    fates = [line.split(None, 1) for line in tried.stdout.splitlines()[1:]]
    assert [line for line, _ in fates] == ["2", "3", "4", "5", "6"]
    assert ["nobody is in it" in text for _, text in fates] == [False, False, False, True, False]
    assert assignments(database) == []
    import_file(ASSIGNMENTS, ROWS)
    assert set(assignments(database)) == {
        ("office", 1, None, date(2026, 1, 1), date(2026, 6, 30)), ("office", 2, None, date(2026, 1, 1), None),
        ("office", None, "Sales", date(2026, 1, 1), None), ("office", None, "Slaes", date(2026, 1, 1), None),
        ("office", None, None, date(2026, 2, 1), None),
    }  # fmt: skip
    assert import_file(ASSIGNMENTS, ROWS).stderr.startswith("0 of 5 line(s) are assigned")
    assert len(assignments(database)) == 5
    assert "stands already" in import_file(ASSIGNMENTS, ROWS, "--dry-run").stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("office,7,,2026-01-01,", "line 3: .*'7'", id="nobody"),
        pytest.param("office,1,Sales,2026-01-01,", "line 3: .*to a person or to a department", id="two at once"),
        pytest.param("office,1,,2026-01-32,", "line 3: ", id="no day"),
        pytest.param("office,1,,2026-02-01,2026-01-01", "line 3: the last day lies before", id="turned around"),
        pytest.param("nights,1,,2026-01-01,", "line 3: there is no schedule 'nights'", id="no schedule"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--dry-run",)], ids=["written", "tried"])
def test_one_wrong_line_lets_nothing_be_assigned(
    import_file: Import, database: Database, line: str, said: str, options: tuple[str, ...]
) -> None:
    content = f"schedule,person,department,from,until\noffice,1,,2026-01-01,\n{line}\n"
    with pytest.raises(InvalidInput, match=said):
        import_file(ASSIGNMENTS, content, *options)
    assert assignments(database) == []


def test_every_wrong_line_is_named(import_file: Import) -> None:
    with pytest.raises(InvalidInput, match=r"line 2: .*; line 4: "):
        import_file(ASSIGNMENTS, "schedule,person,from\noffice,8,2026-01-01\noffice,1,2026-01-01\noffice,1,today\n")


def test_absences_are_tried_and_named_by_their_line(import_file: Import, database: Database) -> None:
    head = "person,kind,from,until\n"
    rows = head + "00417,vacation,2026-11-02,2026-11-06\nboris@office.test,trip,2026-11-02,2026-11-02\n"
    tried = import_file(ABSENCES, rows, "--dry-run")
    assert ("2 absence(s) would be written down" in tried.stderr, AbsenceStore(database).absences()) == (True, ())
    with pytest.raises(InvalidInput, match="line 4: employee 1 is away from 2026-11-02"):
        import_file(ABSENCES, rows + "1,other,2026-11-06,2026-11-06\n")
    assert AbsenceStore(database).absences() == ()
    import_file(ABSENCES, rows)
    assert len(AbsenceStore(database).absences()) == 2
