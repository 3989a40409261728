"""The list of employees on both databases."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from db.session import Database
from kiosk.employees.directory import EmployeeDirectory
from kiosk.errors import EmployeeNotFound
from kiosk.security.pins import Pins
from support.database_rows import MODEL, OTHER_MODEL, add_person, enroll

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def test_it_tells_of_everybody_by_name(database: Database) -> None:
    boris, anna = add_person(database, "Boris"), add_person(database, "anna")
    clara, dmitri = add_person(database, "Clara"), add_person(database, "Дмитрий", active=False)
    enroll(database, anna, 1, 2, 3)
    enroll(database, anna, 4, model_version=OTHER_MODEL)
    enroll(database, boris, 5, 6, model_version=OTHER_MODEL)
    enroll(database, dmitri, 7)
    number = Pins(database, hasher=QUICK).set(clara, "580274")
    members = EmployeeDirectory(database, MODEL).members()
    assert [(m.person.id, m.templates, m.outdated, m.number) for m in members] == [
        (anna, 3, 1, None),
        (boris, 0, 2, None),
        (clara, 0, 0, number),
        (dmitri, 1, 0, None),
    ]
    assert [m.needs_enrolling for m in members] == [False, True, False, False]
    assert [m.is_recognised for m in members] == [True, False, False, False]
    assert [EmployeeDirectory(database, MODEL).member(m.person.id) for m in members] == list(members)


def test_nobody_is_told_as_such(database: Database) -> None:
    with pytest.raises(EmployeeNotFound):
        EmployeeDirectory(database, MODEL).member(4711)
