"""The change from one embedder to another, on both databases."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import func, select

from db.consents import record_consent, revoke_consents
from db.erasures import replay_erasures
from db.models import EmbeddingRow
from db.session import Database, make_engine
from db.tables import AuditRow, VisitEmbeddingRow
from db.templates import add_templates
from kiosk.domain.decision import Decider
from kiosk.domain.embedder_switch import CertainVisit, SwitchState, Verdict
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.types import Embedding
from kiosk.employees import crud
from kiosk.employees.schemas import EmployeeCreate
from kiosk.errors import ConfigurationError
from kiosk.recognition.embedder_switches import EmbedderSwitches
from kiosk.recognition.template_migration import TemplateMigration

OLD, NEW = ("slow", "slow@1"), ("quick", "quick@1")
DECIDER = Decider(ImpostorTail((0.2, 0.349, 0.454, 0.535, 0.602), (1e-1, 1e-2, 1e-3, 1e-4, 1e-5)), 0.001)
MONDAY = date(2026, 3, 2)


def face(person: int, length: int = 16) -> np.ndarray:
    vector = np.zeros(length, dtype=np.float32)
    vector[person] = 1
    return vector


@pytest.fixture
def people(database: Database) -> tuple[int, ...]:
    """Three people with consent, each enrolled with the old network."""
    with database.transaction() as session:
        ids = []
        for place in range(3):
            person = crud.create(session, EmployeeCreate.checked(full_name=f"Person {place}"))
            record_consent(session, person.id, "1", "test")
            add_templates(session, person.id, [Embedding(face(place, 24), OLD[1])], [0.9])
            ids.append(person.id)
    return tuple(ids)


@pytest.fixture
def switches(database: Database, people: tuple[int, ...]) -> EmbedderSwitches:
    return EmbedderSwitches(database)


@pytest.fixture
def migration(database: Database) -> TemplateMigration:
    return TemplateMigration(database, DECIDER, templates_per_person=10)


def visit(employee_id: int, day: int, shows: int, model_version: str = NEW[1]) -> CertainVisit:
    return CertainVisit(employee_id, MONDAY + timedelta(days=day), Embedding(face(shows), model_version), 0.8, 0.9)


def come(migration: TemplateMigration, employee_id: int, shows: int, days: range = range(3)) -> list[Verdict | None]:
    return [migration.record(visit(employee_id, day, shows)) for day in days]


def templates(database: Database) -> dict[tuple[int, str], int]:
    with database.reading() as session:
        rows = session.execute(
            select(EmbeddingRow.employee_id, EmbeddingRow.model_version, func.count()).group_by(
                EmbeddingRow.employee_id, EmbeddingRow.model_version
            )
        )
        return {(employee_id, version): count for employee_id, version, count in rows}


def waiting(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(VisitEmbeddingRow)) or 0


def actions(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(AuditRow.action).order_by(AuditRow.id)))


def test_three_days_make_templates_beside_the_old_ones(database, people, switches, migration):
    switches.start(OLD, NEW)
    assert come(migration, people[0], 0) == [Verdict.WAITING, Verdict.WAITING, Verdict.CONFIRMED]
    assert templates(database)[people[0], NEW[1]] == 3
    assert templates(database)[people[0], OLD[1]] == 1
    assert waiting(database) == 0
    progress = switches.progress()
    assert (progress.changed, [person.employee_id for person in progress.left]) == (1, [*people[1:]])
    assert actions(database) == ["start_embedder_switch", "migrate_templates"]


def test_nothing_is_stored_when_nothing_is_under_way(database, people, migration):
    assert come(migration, people[0], 0) == [None, None, None]
    assert waiting(database) == 0


@pytest.mark.parametrize("state", ["finished", "cancelled"])
def test_nothing_is_stored_after_the_end(database, people, switches, migration, state):
    switches.start(OLD, NEW)
    come(migration, people[0], 0, range(2))
    switches.finish(leave_out=True) if state == "finished" else switches.cancel()
    assert waiting(database) == 0
    assert come(migration, people[0], 0) == [None, None, None]
    assert waiting(database) == 0


def test_whoever_has_new_templates_needs_no_more(database, people, switches, migration):
    switches.start(OLD, NEW)
    come(migration, people[0], 0)
    assert migration.record(visit(people[0], 5, 0)) is None
    assert waiting(database) == 0


def test_a_vector_of_a_third_network_is_not_taken(database, people, switches, migration):
    switches.start(OLD, NEW)
    assert migration.record(visit(people[0], 0, 0, "third@1")) is None


@pytest.mark.parametrize("change", ["no-consent", "inactive", "erased"])
def test_nobody_is_changed_without_consent_or_place(database, people, switches, migration, change):
    switches.start(OLD, NEW)
    with database.transaction() as session:
        if change == "no-consent":
            revoke_consents(session, people[0])
        elif change == "inactive":
            crud.update(session, people[0], is_active=False)
        else:
            session.query(EmbeddingRow).filter_by(employee_id=people[0]).delete()
    assert come(migration, people[0], 0) == [None, None, None]
    assert waiting(database) == 0


def test_one_visit_of_another_face_stops_the_change(database, people, switches, migration):
    switches.start(OLD, NEW)
    come(migration, people[0], 0, range(2))
    assert migration.record(visit(people[0], 2, 7)) is Verdict.VISITS_DISAGREE
    assert come(migration, people[0], 0, range(3, 6)) == [Verdict.VISITS_DISAGREE] * 3
    assert (people[0], NEW[1]) not in templates(database)


@pytest.mark.parametrize("other_has", ["templates", "waiting-visits"])
def test_nobody_gets_the_face_of_a_colleague(database, people, switches, migration, other_has):
    switches.start(OLD, NEW)
    come(migration, people[1], 1, range(3 if other_has == "templates" else 2))
    assert come(migration, people[0], 1)[-1] is Verdict.RESEMBLES_ANOTHER
    assert (people[0], NEW[1]) not in templates(database)


def test_doors_that_see_one_person_at_once_make_templates_once(database_url, database, people, switches, migration):
    switches.start(OLD, NEW)
    come(migration, people[0], 0, range(2))
    verdicts: list[Verdict | None] = []

    def door() -> None:
        with closing(Database(make_engine(database_url))) as own:
            verdicts.append(TemplateMigration(own, DECIDER, 10).record(visit(people[0], 2, 0)))

    doors = [threading.Thread(target=door) for _ in range(4)]
    for each in doors:
        each.start()
    for each in doors:
        each.join()
    assert sorted(verdicts, key=str) == [None, None, None, Verdict.CONFIRMED]
    assert templates(database)[people[0], NEW[1]] == 3


def test_it_finishes_when_nobody_is_left_out(database, people, switches, migration):
    switches.start(OLD, NEW)
    come(migration, people[0], 0)
    with pytest.raises(ConfigurationError, match="2 of 3 people have no template of quick"):
        switches.finish()
    for place in (1, 2):
        come(migration, people[place], place)
    switches.finish()
    assert switches.deciding("slow") == "quick"
    assert {version for _, version in templates(database)} == {OLD[1], NEW[1]}


def test_closing_deletes_old_templates_of_those_who_have_new_ones(database, people, switches, migration):
    switches.start(OLD, NEW)
    come(migration, people[0], 0)
    switches.finish(leave_out=True)
    assert switches.close() == 1
    assert templates(database) == {(people[0], NEW[1]): 3, (people[1], OLD[1]): 1, (people[2], OLD[1]): 1}
    assert switches.progress() is None
    assert switches.deciding("slow") == "quick"
    with pytest.raises(ConfigurationError, match="no change of the embedder is open"):
        switches.cancel()


@pytest.mark.parametrize("finished", [False, True])
def test_the_way_back_leaves_all_as_it_was(database, people, switches, migration, finished):
    before = templates(database)
    switches.start(OLD, NEW)
    come(migration, people[0], 0)
    come(migration, people[1], 1, range(2))
    if finished:
        switches.finish(leave_out=True)
    switches.cancel()
    assert templates(database) == before
    assert waiting(database) == 0
    assert switches.deciding("slow") == "slow"
    assert switches.start(OLD, NEW).state is SwitchState.GATHERING


def test_templates_from_before_the_change_survive_its_end(database, people, switches):
    with database.transaction() as session:
        add_templates(session, people[0], [Embedding(face(0), NEW[1])], [0.9])
    switches.start(OLD, NEW)
    assert switches.progress().changed == 1
    switches.cancel()
    assert templates(database)[people[0], NEW[1]] == 1


def test_old_templates_go_only_when_the_way_back_is_over(database, people, switches, migration):
    switches.start(OLD, NEW)
    now = datetime.now(UTC)
    assert switches.close(now + timedelta(days=1)) is None
    come(migration, people[0], 0)
    switches.finish(leave_out=True)
    assert switches.close(now - timedelta(days=1)) is None
    assert switches.close(now + timedelta(days=1)) == 1


def test_a_second_change_waits_for_the_first(switches):
    first = switches.start(OLD, NEW)
    assert switches.start(OLD, NEW) == first
    with pytest.raises(ConfigurationError, match="still open"):
        switches.start(OLD, ("third", "third@1"))
    with pytest.raises(ConfigurationError, match="embedder in use"):
        switches.start(OLD, OLD)


def test_visits_that_waited_too_long_go(database, people, switches, migration):
    switches.start(OLD, NEW)
    come(migration, people[0], 0, range(2))  # of a day long ago
    assert switches.purge_visits() == 2
    assert waiting(database) == 0


def test_a_restore_does_not_bring_visits_of_the_erased_back(database, people, switches, migration):
    switches.start(OLD, NEW)
    come(migration, people[0], 0, range(2))
    come(migration, people[1], 1, range(2))
    with database.transaction() as session:
        replay_erasures(session, {people[0]: datetime.now(UTC) + timedelta(seconds=1)}, "test")
    assert waiting(database) == 2
