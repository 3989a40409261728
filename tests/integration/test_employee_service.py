"""EmployeeService against a model in plain Python: whatever is done in whatever order, both tell the same."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete

from db.models import EmbeddingRow, EmployeeRow
from db.session import Database
from db.tables import ConsentRow
from kiosk import employees
from kiosk.app.employees import build_employee_service
from kiosk.app.models import LoadedModels
from kiosk.app.service_threads import service_threads
from kiosk.core.thread_pool import ThreadPool
from kiosk.employees.crud import Filter, SortBy
from kiosk.employees.schemas import EmployeeCreate, EmployeeUpdate
from kiosk.employees.service import EmployeeService
from kiosk.errors import ConfigurationError, EmailTaken, EmployeeNotFound, SampleRefused
from support import photographs
from support.builders import make_settings
from support.database_rows import OTHER_MODEL, enroll, face

T = TypeVar("T")

names = st.sampled_from(["Anna", "anna b", "Ёлка", "ёж", "Straße", "STRASSE 2", "李小龙"])
emails = st.sampled_from(["a@office.test", "A@Office.TEST", "b@office.test", "c@firma.local", "ü@office.test"])
departments = st.sampled_from([None, "IT", "it", "Бухгалтерия", "Straße"])
searches = st.sampled_from([None, "", "an", "ЁЖ", "strasse", "office", "it", "%", "_", "nobody"])


@dataclass
class Person:
    full_name: str
    email: str
    department: str | None
    is_active: bool = True
    templates: int = 0

    def fits(self, which: Filter) -> bool:
        texts = [self.full_name, self.email, self.department or ""]
        return (
            which.active in (None, self.is_active)
            and (not which.search or any(which.search.casefold() in text.casefold() for text in texts))
            and (which.department is None or which.department.casefold() == (self.department or "").casefold())
        )


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


class Machine(RuleBasedStateMachine):
    def __init__(self, service: EmployeeService, database: Database) -> None:
        super().__init__()
        self.service, self.database = service, database
        self.people: dict[int, Person] = {}
        with database.transaction() as session:
            for table in (EmbeddingRow, ConsentRow, EmployeeRow):
                session.execute(delete(table))

    def number(self, choice: int) -> int:
        """A person's number, or one that nobody has."""
        numbers = sorted(self.people)
        return 2_000_000_000 if choice >= len(numbers) else numbers[choice]

    def is_taken(self, email: str, but_by: int | None = None) -> bool:
        return any(person.email == email.lower() for number, person in self.people.items() if number != but_by)

    @rule(name=names, email=emails, department=departments)
    def create(self, name: str, email: str, department: str | None) -> None:
        wanted = EmployeeCreate(full_name=name, email=email, department=department)
        if self.is_taken(email):
            with pytest.raises(EmailTaken):
                run(self.service.create_employee(wanted))
            return
        made = run(self.service.create_employee(wanted))
        assert made.id not in self.people
        self.people[made.id] = Person(name, email.lower(), department)

    @rule(
        choice=st.integers(0, 5),
        changes=st.fixed_dictionaries({}, optional={"full_name": names, "email": emails, "department": departments}),
    )
    def update(self, choice: int, changes: dict[str, Any]) -> None:
        number, wanted = self.number(choice), EmployeeUpdate(**changes)
        if number not in self.people:
            with pytest.raises(EmployeeNotFound):
                run(self.service.update_employee(number, wanted))
        elif "email" in changes and self.is_taken(changes["email"], but_by=number):
            with pytest.raises(EmailTaken):
                run(self.service.update_employee(number, wanted))
        else:
            run(self.service.update_employee(number, wanted))
            for field, value in changes.items():
                setattr(self.people[number], field, value.lower() if field == "email" else value)

    @rule(choice=st.integers(0, 5))
    def deactivate(self, choice: int) -> None:
        number = self.number(choice)
        assert run(self.service.delete_employee(number)) is (number in self.people)
        if number in self.people:
            self.people[number].is_active = False

    @rule(choice=st.integers(0, 5))
    def restore(self, choice: int) -> None:
        number = self.number(choice)
        if number in self.people:
            run(self.service.restore_employee(number))
            self.people[number].is_active = True
        else:
            with pytest.raises(EmployeeNotFound):
                run(self.service.restore_employee(number))

    @rule(choice=st.integers(0, 4), seed=st.integers(0, 99), present=st.booleans())
    def give_template(self, choice: int, seed: int, present: bool) -> None:
        number = self.number(choice)
        if number in self.people:
            enroll(self.database, number, seed, model_version=self.service.model_version if present else OTHER_MODEL)
            self.people[number].templates += present

    @rule(choice=st.integers(0, 5))
    def erase(self, choice: int) -> None:
        number = self.number(choice)
        if number in self.people:
            run(self.service.erase_employee(number))
            self.people[number].templates = 0

    @rule(
        which=st.builds(Filter, searches, departments, st.sampled_from([True, False, None])),
        sort_by=st.sampled_from([SortBy.ID, SortBy.NAME, SortBy.EMAIL, SortBy.DEPARTMENT]),
        descending=st.booleans(),
        skip=st.integers(0, 3),
        limit=st.integers(1, 4),
    )
    def ask(self, which: Filter, sort_by: SortBy, descending: bool, skip: int, limit: int) -> None:
        expected = [number for number, person in sorted(self.people.items()) if person.fits(which)]
        if sort_by is not SortBy.ID:
            values = {number: getattr(self.people[number], sort_by) for number in expected}
            expected.sort(key=lambda n: (values[n] is None, (values[n] or "").casefold()), reverse=descending)
        elif descending:
            expected.reverse()
        page = run(self.service.list_employees(skip, limit, which=which, sort_by=sort_by, descending=descending))
        assert [person.id for person in page] == expected[skip : skip + limit]
        assert run(self.service.count_employees(which)) == len(expected)

    @rule(email=emails)
    def ask_by_email(self, email: str) -> None:
        found = run(self.service.get_employee_by_email(f" {email.upper()} "))
        expected = [number for number, person in self.people.items() if person.email == email.lower()]
        assert ([] if found is None else [found.id]) == expected

    @invariant()
    def everybody_is_as_the_model_says(self) -> None:
        for number, person in self.people.items():
            found = run(self.service.get_employee(number))
            assert found is not None
            told = (found.full_name, found.email, found.department, found.is_active)
            assert told == (person.full_name, person.email, person.department, person.is_active)
        templates = [employee_id for employee_id, _ in run(self.service.get_all_embeddings())]
        expected = [n for n, person in self.people.items() if person.is_active for _ in range(person.templates)]
        assert sorted(templates) == sorted(expected)


@pytest.fixture
def service(database: Database, loaded_models: LoadedModels, tmp_path: Path) -> Iterator[EmployeeService]:
    with ExitStack() as stack:
        threads = stack.enter_context(service_threads(database))
        yield build_employee_service(make_settings(tmp_path / "data"), loaded_models, database, threads)


def test_the_service_does_what_the_model_does(service: EmployeeService, database: Database) -> None:
    run_state_machine_as_test(
        lambda: Machine(service, database),  # type: ignore[arg-type]  # it is only called
        settings=settings(
            max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_the_same_address_is_taken_once_by_twenty_at_the_same_time(service: EmployeeService) -> None:
    async def create() -> list[object]:
        wanted = EmployeeCreate(full_name="Anna", email="anna@office.test")
        return await asyncio.gather(*(service.create_employee(wanted) for _ in range(20)), return_exceptions=True)

    made = run(create())
    assert sum(isinstance(answer, EmailTaken) for answer in made) == 19
    assert run(service.count_employees()) == 1


def test_embeddings_come_as_plain_numbers(service: EmployeeService, database: Database) -> None:
    person = run(service.create_employee(EmployeeCreate(full_name="Anna", email="anna@office.test")))
    enroll(database, person.id, 7, model_version=service.model_version)
    ((employee_id, embedding),) = run(service.get_all_embeddings())
    assert employee_id == person.id
    assert isinstance(embedding[0], float)
    assert np.array_equal(np.array(embedding, np.float32), face(7))


def test_a_service_has_to_be_installed() -> None:
    with pytest.raises(ConfigurationError, match="with open_employee_service\\(load_settings\\(\\)\\) as service:"):
        employees.get_employee_service()


def test_threads_run_no_more_at_once_than_they_are() -> None:
    most, now = 0, 0

    def work() -> None:
        nonlocal most, now
        now += 1
        most = max(most, now)
        event.wait(0.02)
        now -= 1

    event = threading.Event()

    async def many(run_in: Callable[..., Coroutine[Any, Any, None]]) -> None:
        await asyncio.gather(*(run_in(work) for _ in range(12)))

    with closing(ThreadPool("few", 3)) as threads:
        run(many(threads.run))
    assert most <= 3


def test_no_photograph_is_left_when_enrolling_ends_in_whatever_way(
    service: EmployeeService, database: Database, tmp_path: Path
) -> None:
    enrolled = run(service.enroll_employee("Anna", "anna@office.test", photographs.path("obama.jpg").read_bytes()))
    assert enrolled.full_name == "Anna"
    assert len(run(service.get_all_embeddings())) == 1
    for spoilt in (photographs.path("coffee.png").read_bytes(), b"no picture", b""):
        with pytest.raises(SampleRefused):
            run(service.enroll_employee("Boris", "boris@office.test", spoilt))
    folder = tmp_path / "data" / "tmp" / "photographs"
    assert folder.stat().st_mode & 0o077 == 0
    assert list(folder.iterdir()) == []
    assert run(service.get_employee_by_email("boris@office.test")) is None
