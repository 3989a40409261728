"""Files of changes in a folder: whole, in order, under names that sort, whatever happens to the folder."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.session import Database
from kiosk.errors import InvalidInput
from kiosk.receivers.port import DeliveryFailed
from support.builders import event
from support.database_rows import add_person
from support.receivers import ReceivingOffice, hurry, numbers, receiving_office, wait_until


@pytest.fixture(autouse=True)
def without_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)


@pytest.fixture
def office(database: Database, tmp_path: Path) -> ReceivingOffice:
    add_person(database, "Anna")
    return receiving_office(database, tmp_path / "receivers")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "payroll"
    made.mkdir()
    return made


def written(folder: Path) -> list[dict[str, object]]:
    """All records of all files, in the order of the files' names."""
    return [record for path in sorted(folder.glob("*.json")) for record in json.loads(path.read_text("utf-8"))]


def test_each_change_is_written_once_and_in_order(office: ReceivingOffice, folder: Path) -> None:
    office.add("payroll", "files", folder=folder, format="json", minutes=0)
    office.record(event(), event())
    with office.delivering():
        wait_until(lambda: len(written(folder)) == 2, "what had happened before is written")
        office.record(event())
        wait_until(lambda: len(written(folder)) == 3, "what happens now is written")
    assert numbers(written(folder)) == [1, 2, 3]
    assert office.stored("payroll").position == 3
    assert sorted(folder.iterdir()) == sorted(folder.glob("attendance-*.json"))


def test_a_csv_file_says_when_it_was_recorded_and_whose_it_is(office: ReceivingOffice, folder: Path) -> None:
    office.add("payroll", "files", folder=folder, minutes=0)
    office.record(event(at=datetime.now(UTC) - timedelta(hours=1)))
    with office.delivering():
        wait_until(lambda: list(folder.glob("*.csv")), "a file is written")
    (path,) = folder.glob("*.csv")
    (row,) = csv.DictReader(path.read_text("utf-8-sig").splitlines())
    assert (row["number"], row["kind"], row["late"], row["full_name"]) == ("1", "insert", "True", "Anna")
    assert datetime.fromisoformat(row["recorded_at"]) - datetime.fromisoformat(row["timestamp"]) > timedelta(minutes=59)


def test_what_happens_within_the_minutes_goes_into_one_file(office: ReceivingOffice, folder: Path) -> None:
    office.add("payroll", "files", folder=folder, format="json", minutes=0.05)
    with office.delivering():
        office.record(event())
        wait_until(lambda: len(written(folder)) == 1, "the first file is written")
        office.record(event())
        office.record(event())
        wait_until(lambda: len(written(folder)) == 3, "the second file is written")
    assert [len(json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.json"))] == [1, 2]


def test_a_missing_folder_is_tried_again(office: ReceivingOffice, folder: Path) -> None:
    folder.rmdir()
    office.add("payroll", "files", folder=folder, format="json", minutes=0)
    office.record(event())
    with office.delivering():
        wait_until(lambda: office.stored("payroll").error == "folder_missing", "it says that the folder is missing")
        folder.mkdir()
        wait_until(lambda: len(written(folder)) == 1, "the file is written as soon as there is a folder")
        wait_until(lambda: office.stored("payroll").error is None, "nothing is wrong any more")
    assert office.stored("payroll").failure_count >= 1


def test_names_sort_also_when_the_clock_was_set_back(office: ReceivingOffice, folder: Path) -> None:
    office.add("payroll", "files", folder=folder, format="json", minutes=0)
    later = datetime.now(UTC) + timedelta(days=1)
    (office.factory.local.folder_of("payroll") / "last_stamp").write_text(later.isoformat())
    (folder / "attendance-20200101T000000.000Z.json").write_text("[]")
    office.record(event())
    with office.delivering():
        wait_until(lambda: len(written(folder)) == 1, "the file is written")
    assert f"{later:%Y%m%d}" in max(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param({"folder": "payroll"}, "whole path", id="relative"),
        pytest.param({}, "folder: Field required", id="no folder"),
        pytest.param({"folder": "/srv/payroll", "format": "xml"}, "format: ", id="format"),
        pytest.param({"folder": "/srv/payroll", "every": "5"}, "every: there is no such option", id="unknown option"),
    ],
)
def test_options_that_cannot_be_are_refused(office: ReceivingOffice, options: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        office.receivers.add("payroll", "files", options, {}, None)
    assert office.receivers.list() == ()
    assert not office.factory.local.has("payroll")


def test_the_test_says_whether_files_can_be_written(office: ReceivingOffice, folder: Path) -> None:
    office.add("payroll", "files", folder=folder)
    assert str(folder) in office.receivers.test("payroll")
    assert list(folder.iterdir()) == []
    folder.rmdir()
    with pytest.raises(DeliveryFailed, match="is not there"):
        office.receivers.test("payroll")
