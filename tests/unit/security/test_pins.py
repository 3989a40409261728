"""PIN numbers and PINs: hashed, and guessing is slowed down across restarts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event, select, update

from db.models import EmployeeRow
from db.session import Database
from db.tables import AuditRow, CredentialRow, ThrottlingRow
from kiosk.errors import EasilyGuessed, EmployeeInactive, EmployeeNotFound, InvalidInput, StorageError
from kiosk.security.pins import Pins
from kiosk.security.throttling import DEVICE_POLICY, SECRET_POLICY
from support.database_rows import add_person
from support.fakes import FakeClock

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
RIGHT, WRONG = "580274", "580275"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def pins(database: Database, clock: FakeClock) -> Pins:
    return Pins(database, clock, QUICK)


@pytest.fixture
def anna(database: Database) -> int:
    return add_person(database)


def test_number_and_pin_name_the_person(pins: Pins, database: Database, anna: int) -> None:
    boris = add_person(database, "Boris")
    numbers = {pins.set(anna, RIGHT): anna, pins.set(boris, RIGHT): boris}
    assert len(numbers) == 2
    for number, employee_id in numbers.items():
        assert number.isdecimal() and len(number) == 6
        assert pins.check(number, RIGHT).employee_id == employee_id
        assert pins.check(number, WRONG).employee_id is None
    assert pins.check("000000", RIGHT).employee_id is None


def test_a_new_pin_keeps_the_number_and_ends_the_old_pin(pins: Pins, anna: int) -> None:
    number = pins.set(anna, RIGHT)
    assert pins.set(anna, "975318") == number
    assert pins.check(number, RIGHT).employee_id is None
    assert pins.check(number, "975318").employee_id == anna


def test_only_an_argon2id_hash_is_kept(pins: Pins, database: Database, anna: int) -> None:
    pins.set(anna, RIGHT)
    with database.reading() as session:
        (kept,) = session.scalars(select(CredentialRow.secret_hash))
    assert kept.startswith("$argon2id$")


def test_wrong_attempts_slow_down_and_lock_also_after_a_restart(
    pins: Pins, database: Database, clock: FakeClock, anna: int
) -> None:
    number = pins.set(anna, RIGHT)
    for wait_s in (*SECRET_POLICY.waits_s, SECRET_POLICY.waits_s[-1]):
        restarted = Pins(database, clock, QUICK)
        assert restarted.check(number, WRONG).wait_s == wait_s
        if wait_s:
            refused = restarted.check(number, RIGHT)
            assert refused.employee_id is None and refused.wait_s == pytest.approx(wait_s)
        clock.advance(wait_s)
    assert pins.check(number, RIGHT).employee_id == anna


def test_a_slip_at_one_number_holds_nobody_else_up(pins: Pins, database: Database, anna: int) -> None:
    boris = add_person(database, "Boris")
    annas, boriss = pins.set(anna, RIGHT), pins.set(boris, RIGHT)
    assert [pins.check(annas, WRONG).wait_s for _ in range(3)] == [0, 0, 5]
    assert pins.check(boriss, RIGHT).employee_id == boris


def test_trying_many_numbers_slows_the_device_down(pins: Pins, database: Database, clock: FakeClock, anna: int) -> None:
    number = pins.set(anna, RIGHT)
    waits_s = []
    for guess in range(100000, 100020):
        waits_s.append(pins.check(f"{guess}", RIGHT).wait_s)
        clock.advance(waits_s[-1])
    assert waits_s == sorted(waits_s)
    assert waits_s[:9] == list(DEVICE_POLICY.waits_s) and waits_s[-1] == 60
    assert Pins(database, clock, QUICK, device="other").check(number, RIGHT).employee_id == anna
    pins.check("100020", RIGHT)
    assert pins.check(number, RIGHT).employee_id is None, "this device waits"
    clock.advance(60)
    assert pins.check(number, RIGHT).employee_id == anna


def test_whoever_knows_one_pin_wins_no_attempts_at_others(pins: Pins, clock: FakeClock, anna: int) -> None:
    own, waits_s = pins.set(anna, RIGHT), []
    for guess in range(100000, 100020):
        waits_s.append(pins.check(f"{guess}", RIGHT).wait_s)
        clock.advance(waits_s[-1])
        assert pins.check(own, RIGHT).employee_id == anna
    assert waits_s[-1] == 60


def test_a_right_pin_after_the_wait_counts_whatever_was_tried_before(
    pins: Pins, database: Database, clock: FakeClock, anna: int
) -> None:
    number = pins.set(anna, RIGHT)
    for _ in range(100):
        refused = pins.check(number, WRONG)
        assert refused.wait_s <= 60
        clock.advance(refused.wait_s)
    assert pins.check(number, RIGHT).employee_id == anna


@contextmanager
def recorded_statements(database: Database) -> Iterator[list[str]]:
    """Give the statements that the block sends, without their values."""
    sent: list[str] = []

    def remember(_connection, _cursor, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", remember)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", remember)


class CountingHasher(PasswordHasher):
    """Counts what takes time."""

    worked = 0

    def hash(self, password, *, salt=None) -> str:
        self.worked += 1
        return super().hash(password, salt=salt)

    def verify(self, hash, password) -> Literal[True]:
        self.worked += 1
        return super().verify(hash, password)


def test_nobodys_number_is_answered_like_a_wrong_pin_with_the_same_work(database: Database, anna: int) -> None:
    number = Pins(database, hasher=QUICK).set(anna, RIGHT)
    seen = []
    for tried in (number, "000000"):
        hasher = CountingHasher(time_cost=1, memory_cost=8, parallelism=1)
        made = Pins(database, FakeClock(), hasher, device=tried)
        answers, statements, work = [], [], []
        for _ in range(4):
            before = hasher.worked
            with recorded_statements(database) as sent:
                answers.append(made.check(tried, WRONG))
            statements.append(sent)
            work.append(hasher.worked - before)
        seen.append((answers, statements, work))
    assert seen[0] == seen[1]
    assert seen[0][2] == [2, 1, 1, 0], "the first one also makes the hash that nobody's PIN is compared with"


def test_what_was_typed_as_a_number_is_not_kept(pins: Pins, database: Database) -> None:
    pins.check("987654", WRONG)
    with database.reading() as session:
        subjects = session.scalars(select(ThrottlingRow.subject)).all()
    assert sorted(len(subject) for subject in subjects) == [0, 3]


def test_a_new_pin_ends_the_lock(pins: Pins, anna: int) -> None:
    number = pins.set(anna, RIGHT)
    assert [pins.check(number, WRONG).wait_s for _ in range(3)][-1] > 0
    pins.set(anna, RIGHT)
    assert pins.check(number, RIGHT).employee_id == anna


def test_a_clock_set_back_locks_nobody_out_for_years(pins: Pins, clock: FakeClock, anna: int) -> None:
    number = pins.set(anna, RIGHT)
    clock.advance(5 * 365 * 86400)
    for _ in range(4):
        pins.check(number, WRONG)
    clock.advance(-5 * 365 * 86400)
    assert pins.remaining_s() <= 60
    assert pins.check(number, RIGHT).wait_s == 60
    clock.advance(60)
    assert pins.check(number, RIGHT).employee_id == anna


def test_a_deactivated_persons_pin_opens_nothing(pins: Pins, database: Database, anna: int) -> None:
    number = pins.set(anna, RIGHT)
    with database.transaction() as session:
        session.execute(update(EmployeeRow).values(is_active=False))
    assert pins.check(number, RIGHT).employee_id is None
    with pytest.raises(EmployeeInactive):
        pins.set(anna, RIGHT)


@pytest.mark.parametrize("pin", ["", "12345", "58027", "123456789", "12a456", "１２５４９０"])
def test_a_pin_that_does_not_fit_is_refused(pins: Pins, anna: int, pin: str) -> None:
    with pytest.raises(InvalidInput, match="six to eight digits"):
        pins.set(anna, pin)


@pytest.mark.parametrize("pin", ["111111", "123456", "123123", "112233", "311299", "20260131", "159753", "7777777"])
def test_a_pin_that_is_guessed_early_is_refused(pins: Pins, anna: int, pin: str) -> None:
    with pytest.raises(EasilyGuessed, match="a PIN"):
        pins.set(anna, pin)


def test_a_pin_of_four_digits_holds_until_it_is_changed(pins: Pins, database: Database, anna: int) -> None:
    number = pins.set(anna, RIGHT)
    with database.transaction() as session:
        session.execute(update(CredentialRow).values({CredentialRow.secret_hash: QUICK.hash("1234")}))
    assert pins.check(number, "1234").employee_id == anna


def test_nobody_gets_no_pin(pins: Pins) -> None:
    with pytest.raises(EmployeeNotFound):
        pins.set(4711, RIGHT)


def test_a_pin_taken_away_is_refused_like_a_wrong_one_and_its_hash_is_gone(
    pins: Pins, database: Database, anna: int
) -> None:
    boris = add_person(database, "Boris")
    number, others = pins.set(anna, RIGHT), pins.set(boris, RIGHT)
    assert pins.remove(anna)
    assert pins.check(number, RIGHT) == pins.check("000000", RIGHT)
    assert pins.check(others, RIGHT).employee_id == boris
    assert not pins.remove(anna)
    with database.reading() as session:
        rows = session.execute(
            select(CredentialRow.secret_hash, CredentialRow.revoked_at).where(CredentialRow.employee_id == anna)
        ).all()
        actions = session.scalars(select(AuditRow.action).order_by(AuditRow.id)).all()
    assert [("argon2" in row.secret_hash, row.revoked_at is None) for row in rows] == [(False, False)]
    assert actions == ["pin_set", "pin_set", "pin_removed"]
    assert pins.check(pins.set(anna, "975318"), "975318").employee_id == anna


def test_pins_of_several_people_can_be_taken_away(pins: Pins, database: Database, anna: int) -> None:
    boris = add_person(database, "Boris")
    pins.set(anna, RIGHT)
    pins.set(boris, RIGHT)
    assert [pins.remove(anna), pins.remove(boris)] == [True, True]
    pins.set(anna, "975318")
    assert pins.remove(anna)


def test_a_deactivated_persons_pin_can_be_taken_away(pins: Pins, database: Database, anna: int) -> None:
    pins.set(anna, RIGHT)
    with database.transaction() as session:
        session.execute(update(EmployeeRow).values(is_active=False))
    assert pins.remove(anna)
    with pytest.raises(EmployeeNotFound):
        pins.remove(4711)


def test_a_damaged_hash_is_told(pins: Pins, database: Database, anna: int) -> None:
    number = pins.set(anna, RIGHT)
    with database.transaction() as session:
        session.execute(update(CredentialRow).values({CredentialRow.secret_hash: "?"}))
    with pytest.raises(StorageError, match="set it anew"):
        pins.check(number, RIGHT)


def test_the_audit_log_tells_of_it_without_the_pin(pins: Pins, database: Database, anna: int) -> None:
    number = pins.set(anna, RIGHT)
    for _ in range(4):
        pins.check(number, WRONG)
    with database.reading() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
    assert [(row.action, row.subject) for row in rows] == [
        ("pin_set", f"employee:{anna}"),
        ("pin_locked", f"employee:{anna}"),
    ]
    assert not any(secret in row.details for row in rows for secret in (RIGHT, WRONG, number))
