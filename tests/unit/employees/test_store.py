from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from db.session import Database
from kiosk.employees import crud
from kiosk.employees.crud import Filter, SortBy
from kiosk.employees.schemas import Employee, EmployeeCreate, EmployeeResponse, EmployeeUpdate
from kiosk.employees.store import EmployeeStore
from kiosk.errors import (
    ConfigurationError,
    EmailTaken,
    EmployeeInactive,
    EmployeeNotFound,
    ExternalIdTaken,
    InvalidInput,
)

EVERYBODY = Filter(active=None)


@pytest.fixture
def store(database: Database) -> EmployeeStore:
    return EmployeeStore(database)


def person(name: str = "Anna", email: str | None = None, department: str | None = None) -> EmployeeCreate:
    return EmployeeCreate(full_name=name, email=email or f"{name.lower()}@office.test", department=department)


def names(people: tuple[Employee, ...]) -> list[str]:
    return [one.full_name for one in people]


def test_created_person_comes_back_the_same_by_number_and_by_email(store: EmployeeStore) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    anna = store.create(person("Анна Петрова", "Anna@Office.TEST", "Отдел кадров"))
    assert (anna.full_name, anna.email, anna.department) == ("Анна Петрова", "anna@office.test", "Отдел кадров")
    assert (anna.is_active, anna.photo_path) == (True, None)
    assert before <= anna.created_at <= datetime.now(UTC) + timedelta(seconds=1)
    assert store.get(anna.id) == store.get_by_email(" ANNA@office.test ") == store.resolve(str(anna.id)) == anna
    assert store.resolve("Anna@office.test") == anna
    assert EmployeeResponse.model_validate(anna).model_dump() == {
        field: getattr(anna, field) for field in EmployeeResponse.model_fields
    }


def test_somebody_without_an_address_gets_a_reserved_one_that_no_list_shows(store: EmployeeStore) -> None:
    anna, boris = (store.create(EmployeeCreate(full_name=name)) for name in ("Anna", "Boris"))
    assert anna.email != boris.email
    assert all(one.email.endswith("@kiosk.invalid") and not one.has_email for one in (anna, boris))
    assert anna.shown_email is None
    assert store.list(Filter("invalid")) == ()
    assert store.get_by_email(anna.email) is None, "nobody may type it"
    clara = store.create(person("Clara"))
    assert store.list(sort_by=SortBy.EMAIL) == (clara, anna, boris)


def test_address_is_given_and_taken_away(store: EmployeeStore) -> None:
    anna = store.create(EmployeeCreate(full_name="Anna"))
    assert store.update(anna.id, EmployeeUpdate(email=None)).email == anna.email
    assert store.update(anna.id, EmployeeUpdate(email="anna@office.test")).has_email
    assert not store.update(anna.id, EmployeeUpdate(email=None)).has_email


def test_person_is_found_by_id_personnel_number_and_address(store: EmployeeStore) -> None:
    anna = store.create(EmployeeCreate(full_name="Anna", email="anna@office.test", external_id="00417"))
    for reference in (str(anna.id), "00417", " anna@office.test", f"id:{anna.id}", "number:00417"):
        assert store.resolve(reference) == anna
    assert store.list(Filter("417")) == (anna,)


def test_number_of_two_people_has_to_say_which_is_meant(store: EmployeeStore) -> None:
    anna = store.create(EmployeeCreate(full_name="Anna", external_id="2"))
    boris = store.create(EmployeeCreate(full_name="Boris", external_id="0001"))
    assert boris.id == 2
    assert store.resolve("0001") == boris, "no id begins with a nought"
    with pytest.raises(InvalidInput, match="write id:2 or number:2"):
        store.resolve("2")
    assert (store.resolve("id:2"), store.resolve("number:2")) == (boris, anna)


def test_personnel_number_is_one_persons_alone(store: EmployeeStore) -> None:
    store.create(EmployeeCreate(full_name="Anna", external_id="00417"))
    again = EmployeeCreate(full_name="Boris", external_id="00417")
    for attempt in (store.create, store.require_free):
        with pytest.raises(ExternalIdTaken):
            attempt(again)
    boris = store.create(EmployeeCreate(full_name="Boris", external_id="00418"))
    with pytest.raises(ExternalIdTaken):
        store.update(boris.id, EmployeeUpdate(external_id="00417"))
    assert store.update(boris.id, EmployeeUpdate(external_id=None)).external_id is None


@pytest.mark.parametrize("employee_id", [0, -1, 7, 2**31, 2**63, 2**70])
def test_nobody_is_found_by_a_number_that_is_nobodys(sqlite_store: EmployeeStore, employee_id: int) -> None:
    assert sqlite_store.get(employee_id) is None
    with pytest.raises(EmployeeNotFound):
        sqlite_store.update(employee_id, EmployeeUpdate(department="IT"))
    with pytest.raises(EmployeeNotFound):
        sqlite_store.deactivate(employee_id)
    with pytest.raises(EmployeeNotFound):
        sqlite_store.restore(employee_id)


@pytest.mark.parametrize("reference", ["", "7", "-1", "٣", "9" * 50, "nobody", "nobody@office.test", "a\0b@x.test"])
def test_reference_to_nobody_is_said(sqlite_store: EmployeeStore, reference: str) -> None:
    sqlite_store.create(person())
    with pytest.raises(EmployeeNotFound, match="there is no employee"):
        sqlite_store.resolve(reference)


@pytest.fixture
def sqlite_store(sqlite_url: str, open_database: Callable[[str], Database]) -> EmployeeStore:
    return EmployeeStore(open_database(sqlite_url))


def test_changes_touch_only_what_was_given(store: EmployeeStore, database: Database) -> None:
    anna = store.create(person(department="IT"))
    with database.transaction() as session:
        session.execute(text("UPDATE employees SET updated_at = '2025-01-01 00:00:00.000000'"))
    renamed = store.update(anna.id, EmployeeUpdate(full_name="Anna B"))
    assert (renamed.full_name, renamed.email, renamed.department) == ("Anna B", "anna@office.test", "IT")
    assert renamed.updated_at >= anna.updated_at
    assert renamed.created_at == anna.created_at
    assert store.update(anna.id, EmployeeUpdate(full_name="Anna B")) == renamed
    assert store.update(anna.id, EmployeeUpdate()) == renamed
    assert store.update(anna.id, EmployeeUpdate(department=None)).department is None
    assert store.update(anna.id, EmployeeUpdate(email="ANNA@office.test")).email == "anna@office.test"


def test_deactivated_person_is_kept_and_can_be_restored(store: EmployeeStore, database: Database) -> None:
    anna = store.create(person())
    assert store.deactivate(anna.id) == store.deactivate(anna.id)
    assert store.list() == ()
    assert store.count() == 0
    assert names(store.list(EVERYBODY)) == names(store.list(Filter(active=False))) == ["Anna"]
    with pytest.raises(EmployeeInactive, match="restore them first"), database.reading() as session:
        crud.find_active(session, anna.email)
    assert store.restore(anna.id).is_active
    with database.reading() as session:
        assert crud.find_active(session, anna.email) == store.get(anna.id)
        assert crud.find_active(session, "nobody@office.test") is None


def test_taken_email_is_refused_whoever_has_it(store: EmployeeStore) -> None:
    anna, boris = store.create(person("Anna")), store.create(person("Boris"))
    store.deactivate(anna.id)
    with pytest.raises(EmailTaken):
        store.create(person("Clara", "ANNA@office.test"))
    with pytest.raises(EmailTaken):
        store.update(boris.id, EmployeeUpdate(full_name="B", email="anna@office.test"))
    assert names(store.list(EVERYBODY)) == ["Anna", "Boris"]


def test_of_many_who_create_the_same_person_at_once_one_succeeds(store: EmployeeStore) -> None:
    def attempt(_: int) -> bool:
        try:
            store.create(person())
        except EmailTaken:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(24))) == 1
    assert store.count() == 1


def test_missing_tables_are_said(empty_sqlite_url: str, open_database: Callable[[str], Database]) -> None:
    with pytest.raises(ConfigurationError, match="kiosk db upgrade"):
        EmployeeStore(open_database(empty_sqlite_url)).create(person())


PEOPLE = (
    ("Ёлка Zimina", "elka@office.test", "Бухгалтерия"),
    ("anna Müller", "am@office.test", "IT"),
    ("Boris", "boris@office.test", None),
    ("José Strauß", "js@office.test", "it"),
    ("100% Real_Name", "real@office.test", "IT support"),
)
SEARCHES = {
    "another case, Cyrillic": (Filter("ЁЛ"), ["Ёлка Zimina"]),
    "another case, umlaut": (Filter("MÜLL"), ["anna Müller"]),
    "sharp s": (Filter("STRAUSS"), ["José Strauß"]),
    "composed otherwise": (Filter("jose\u0301"), ["José Strauß"]),
    "in the email": (Filter("boris@"), ["Boris"]),
    "in the department": (Filter("бухг"), ["Ёлка Zimina"]),
    "nothing special in SQL's signs": (Filter("_"), ["100% Real_Name"]),
    "nor in percent": (Filter("%"), ["100% Real_Name"]),
    "nobody": (Filter("xyz"), []),
    "a zero byte": (Filter("\0"), []),
    "a department, in any case": (Filter(department="It"), ["anna Müller", "José Strauß"]),
    "both": (Filter("anna", department="IT"), ["anna Müller"]),
    "empty search": (Filter(""), [name for name, _, _ in PEOPLE]),
}
SORTS = {
    SortBy.ID: ["Ёлка Zimina", "anna Müller", "Boris", "José Strauß", "100% Real_Name"],
    SortBy.NAME: ["100% Real_Name", "anna Müller", "Boris", "José Strauß", "Ёлка Zimina"],
    SortBy.EMAIL: ["anna Müller", "Boris", "Ёлка Zimina", "José Strauß", "100% Real_Name"],
    SortBy.DEPARTMENT: ["anna Müller", "José Strauß", "100% Real_Name", "Ёлка Zimina", "Boris"],
    SortBy.CREATED: ["Ёлка Zimina", "anna Müller", "Boris", "José Strauß", "100% Real_Name"],
}


def test_people_are_found_and_sorted_in_any_script(store: EmployeeStore, subtests: pytest.Subtests) -> None:
    for name, email, department in PEOPLE:
        store.create(person(name, email, department))
    for case, (which, expected) in SEARCHES.items():
        with subtests.test(case):
            assert names(store.list(which)) == expected
            assert store.count(which) == len(expected)
    for sort_by, expected in SORTS.items():
        with subtests.test(f"by {sort_by}"):
            assert names(store.list(sort_by=sort_by)) == expected
            assert names(store.list(sort_by=sort_by, skip=1, limit=2)) == expected[1:3]
            assert names(store.list(sort_by=sort_by, skip=3)) == expected[3:]
            assert names(store.list(sort_by=sort_by, skip=5, limit=1)) == []
            assert names(store.list(sort_by=sort_by, limit=0)) == []
    assert names(store.list(descending=True)) == SORTS[SortBy.ID][::-1]
    assert names(store.list(sort_by=SortBy.NAME, descending=True)) == SORTS[SortBy.NAME][::-1]


@pytest.mark.parametrize(
    ("page", "what"),
    [
        pytest.param({"skip": -1}, "skip", id="skip"),
        pytest.param({"limit": -1}, "limit", id="limit"),
        pytest.param({"skip": -1, "sort_by": SortBy.NAME}, "skip", id="skip, sorted in Python"),
        pytest.param({"limit": -5, "which": Filter(search="a")}, "limit", id="limit, searched in Python"),
    ],
)
def test_a_negative_page_is_refused(store: EmployeeStore, page: dict[str, Any], what: str) -> None:
    store.create(EmployeeCreate(full_name="Anna", email="anna@office.test"))
    with pytest.raises(ValueError, match=f"{what} is 0 or more"):
        store.list(**page)
    assert store.list(skip=0, limit=0) == ()
    assert len(store.list(skip=0, limit=None)) == 1
