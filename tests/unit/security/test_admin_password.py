"""The administrator's password: wrong attempts slow down and lock, across restarts."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from sqlalchemy import delete, select, update

from db.session import Database
from db.tables import AuditRow, CredentialRow
from kiosk.domain.credentials import PASSWORD_MAX_LENGTH
from kiosk.errors import EasilyGuessed, InvalidInput, StorageError
from kiosk.security.admin_password import AdminPassword
from kiosk.security.throttling import SECRET_POLICY
from support.fakes import FakeClock

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
RIGHT, WRONG = "right-password", "wrong-password"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def password(database: Database, clock: FakeClock) -> AdminPassword:
    made = AdminPassword(database, clock, QUICK)
    assert not made.is_set()
    made.choose(RIGHT)
    return made


def test_the_right_password_opens_and_a_wrong_one_does_not(password: AdminPassword) -> None:
    assert password.is_set()
    assert password.check(RIGHT).accepted
    assert not password.check(WRONG).accepted
    assert not password.check("").accepted
    assert not password.check(RIGHT + "x" * PASSWORD_MAX_LENGTH).accepted


def test_only_an_argon2id_hash_is_kept(password: AdminPassword, database: Database) -> None:
    with database.reading() as session:
        (kept,) = session.scalars(select(CredentialRow.secret_hash))
    assert kept.startswith("$argon2id$")
    assert RIGHT not in kept


def test_wrong_attempts_slow_down_and_lock_also_after_a_restart(
    password: AdminPassword, database: Database, clock: FakeClock
) -> None:
    for wait_s in (*SECRET_POLICY.waits_s, SECRET_POLICY.waits_s[-1]):
        restarted = AdminPassword(database, clock, QUICK)
        assert restarted.check(WRONG).wait_s == wait_s
        assert AdminPassword(database, clock, QUICK).remaining_s() == pytest.approx(wait_s)
        if wait_s:
            refused = restarted.check(RIGHT)
            assert not refused.accepted and refused.wait_s == pytest.approx(wait_s)
        clock.advance(wait_s)
    assert password.check(RIGHT).accepted


def test_a_right_password_makes_the_wrong_ones_forgotten(password: AdminPassword) -> None:
    for _ in range(2):
        password.check(WRONG)
    assert password.check(RIGHT).accepted
    assert [password.check(WRONG).wait_s for _ in range(2)] == [0, 0]


def test_a_clock_set_back_locks_nobody_out_for_years(password: AdminPassword, clock: FakeClock) -> None:
    clock.advance(5 * 365 * 86400)
    for _ in range(3):
        password.check(WRONG)
    clock.advance(-5 * 365 * 86400)
    assert password.check(RIGHT).wait_s == SECRET_POLICY.waits_s[-1]
    clock.advance(SECRET_POLICY.waits_s[-1])
    assert password.check(RIGHT).accepted


def test_nobody_keeps_the_administrator_out_from_another_door(
    password: AdminPassword, database: Database, clock: FakeClock
) -> None:
    other = AdminPassword(database, clock, QUICK, device="other")
    for _ in range(20):
        assert not other.check(WRONG).accepted
        clock.advance(SECRET_POLICY.waits_s[-1])
    other.check(WRONG)
    assert not other.check(RIGHT).accepted
    assert password.check(WRONG).wait_s == SECRET_POLICY.waits_s[-1], "attempts elsewhere count here, too"
    clock.advance(SECRET_POLICY.waits_s[-1])
    assert password.check(RIGHT).accepted
    assert other.check(RIGHT).accepted


def test_wrong_attempts_are_forgotten_with_time(password: AdminPassword, clock: FakeClock) -> None:
    for _ in range(30):
        password.check(WRONG)
        clock.advance(SECRET_POLICY.waits_s[-1])
    clock.advance(SECRET_POLICY.forgets_one_in_s * len(SECRET_POLICY.waits_s))
    assert [password.check(WRONG).wait_s for _ in range(3)] == [0, 0, 5]


@pytest.mark.parametrize("text", ["", "seven77", "xy" * (PASSWORD_MAX_LENGTH + 1)])
def test_a_password_too_short_or_long_is_refused(database: Database, clock: FakeClock, text: str) -> None:
    with pytest.raises(InvalidInput, match="8 to 128"):
        AdminPassword(database, clock, QUICK).choose(text)


@pytest.mark.parametrize("text", ["password", "PassWord", "12345678", "Password1", "iloveyou", "пароль123", "gfhjkm12"])
def test_a_password_that_is_guessed_early_is_refused(database: Database, clock: FakeClock, text: str) -> None:
    made = AdminPassword(database, clock, QUICK)
    with pytest.raises(EasilyGuessed, match="first"):
        made.choose(text)
    with pytest.raises(EasilyGuessed):
        made.replace(text)
    assert not made.is_set()


def test_an_earlier_password_is_known_although_its_row_was_deleted(password: AdminPassword, database: Database) -> None:
    with database.transaction() as session:
        session.execute(delete(CredentialRow))
    assert not password.is_set()
    assert password.was_ever_set()


def test_there_is_one_password(password: AdminPassword) -> None:
    with pytest.raises(InvalidInput, match="already"):
        password.choose("another-password")
    assert password.check(RIGHT).accepted


def test_a_damaged_hash_is_told_with_the_way_out(password: AdminPassword, database: Database) -> None:
    with database.transaction() as session:
        session.execute(update(CredentialRow).values({CredentialRow.secret_hash: "?"}))
    with pytest.raises(StorageError, match="kiosk admin set-password"):
        password.check(RIGHT)


def test_without_a_password_nothing_opens(database: Database, clock: FakeClock) -> None:
    with pytest.raises(InvalidInput, match="chosen"):
        AdminPassword(database, clock, QUICK).check(RIGHT)


def test_the_audit_log_tells_of_it_without_the_password(password: AdminPassword, database: Database) -> None:
    password.check(WRONG)
    password.check(RIGHT)
    with database.reading() as session:
        rows = session.execute(select(AuditRow.action, AuditRow.details).order_by(AuditRow.id)).all()
    assert [row.action for row in rows] == ["admin_password_set", "admin_refused", "admin_opened"]
    assert not any(RIGHT in row.details or WRONG in row.details for row in rows)


def test_who_knows_the_present_one_changes_it(password: AdminPassword, database: Database) -> None:
    assert password.change(RIGHT, "another-password").accepted
    assert password.check("another-password").accepted
    assert not password.check(RIGHT).accepted
    with database.reading() as session:
        actions = session.scalars(select(AuditRow.action).order_by(AuditRow.id)).all()
    assert actions == ["admin_password_set", "admin_password_set", "admin_opened", "admin_refused"]


def test_wrong_guesses_at_changing_it_count_as_at_the_door(password: AdminPassword) -> None:
    attempts = [password.change(WRONG, "another-password") for _ in range(3)]
    assert not any(attempt.accepted for attempt in attempts)
    assert password.change(RIGHT, "another-password").wait_s > 0
    assert password.check("another-password").wait_s > 0


def test_a_new_password_too_short_changes_nothing(password: AdminPassword) -> None:
    with pytest.raises(InvalidInput, match="8 to 128"):
        password.change(RIGHT, "seven77")
    assert password.check(RIGHT).accepted


def test_a_forgotten_password_is_replaced_and_its_lock_ends(password: AdminPassword, database: Database) -> None:
    assert [password.check(WRONG).wait_s for _ in range(3)][-1] > 0
    password.replace("another-password")
    assert password.check("another-password").accepted
    assert [password.check(RIGHT).wait_s for _ in range(2)] == [0, 0]
    with database.reading() as session:
        assert len(session.scalars(select(CredentialRow.id)).all()) == 1
        details = session.scalars(select(AuditRow.details).where(AuditRow.action == "admin_password_set")).all()
    assert "replaced" in details[-1] and not any("another-password" in text for text in details)


def test_replacing_sets_the_first_one_too(database: Database, clock: FakeClock) -> None:
    made = AdminPassword(database, clock, QUICK)
    with pytest.raises(InvalidInput, match="8 to 128"):
        made.replace("seven77")
    assert not made.is_set()
    made.replace(RIGHT)
    assert made.check(RIGHT).accepted
