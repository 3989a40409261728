"""Stores the visits of a simulated change of the embedder, in a process that is killed and goes on where it stood."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from multiprocessing.sharedctypes import RawArray, RawValue
from typing import Any, TypeAlias

import numpy as np

from db import migrations
from db.consents import record_consent
from db.embedder_switches import people_in_switch
from db.session import Database, make_engine
from db.templates import add_templates, load_templates
from kiosk.domain.decision import Decider
from kiosk.domain.embedder_switch import CertainVisit
from kiosk.domain.thresholds import not_measured
from kiosk.domain.types import Embedding, Template
from kiosk.employees import crud
from kiosk.employees.schemas import EmployeeCreate
from kiosk.errors import StorageError
from kiosk.recognition.embedder_switches import EmbedderSwitches
from kiosk.recognition.template_migration import TemplateMigration

KILLS = 10
NOT_YET = -1
TEMPLATES_PER_PERSON = 10

EnrolledSample: TypeAlias = tuple[int, Embedding, float]
"""Number of a person, an embedding of the old network, and its quality in [0, 1]."""


@dataclass(frozen=True, slots=True, eq=False)
class StoredVisits:
    """What became of the visits.

    Attributes:
        changed: how many people have templates of the new network at the end of each day.
        templates: of the new network.
        kills: how often the process was killed.
    """

    changed: tuple[int, ...]
    templates: tuple[Template, ...]
    kills: int


def store_visits(
    enrolled: Sequence[EnrolledSample], days: Sequence[Sequence[CertainVisit]], new_version: str, new_decider: Decider
) -> StoredVisits:
    """Store each day's certain visits in a new database.

    Args:
        enrolled: ordered by the people's numbers, which go from 1 on without a gap.
        days: the visits in their order.
        new_version: identity of the new network's vectors.
        new_decider: of the new network.
    """
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/kiosk.db"
        with closing(Database(make_engine(url))) as database:
            migrations.upgrade(database)
            _enroll(database, enrolled)
            EmbedderSwitches(database).start(("old", enrolled[0][1].model_version), ("new", new_version))
        changed, kills = _store_and_kill(url, new_decider, days)
        with closing(Database(make_engine(url))) as database, database.reading() as session:
            return StoredVisits(changed, load_templates(session, new_version), kills)


def _enroll(database: Database, enrolled: Sequence[EnrolledSample]) -> None:
    with database.transaction() as session:
        for person in sorted({number for number, _, _ in enrolled}):
            employee = crud.create(session, EmployeeCreate.checked(full_name=f"Person {person}"))
            record_consent(session, employee.id, "1", "evaluate")
            own = [(embedding, score) for number, embedding, score in enrolled if number == person]
            add_templates(session, employee.id, [embedding for embedding, _ in own], [score for _, score in own])


def _store_and_kill(
    url: str, new_decider: Decider, days: Sequence[Sequence[CertainVisit]]
) -> tuple[tuple[int, ...], int]:
    """Store all visits in processes of their own, each but the last killed in the middle of its work."""
    spawn = multiprocessing.get_context("spawn")
    new_decider = replace(new_decider, rise=not_measured)  # a door's measurement cannot be handed to a process
    done, changed = RawValue("i", 0), RawArray("i", [NOT_YET] * len(days))
    total = sum(map(len, days))
    kill_at = sorted(np.random.default_rng(2).choice(total, min(KILLS, total), replace=False).tolist())
    for place in [*kill_at, None]:
        process = spawn.Process(target=_store, args=(url, new_decider, days, done, changed), daemon=True)
        process.start()
        while place is not None and done.value <= place and process.is_alive():
            process.join(0.001)
        if place is not None:
            process.kill()
        process.join()
    return tuple(changed), len(kill_at)


def _store(url: str, new_decider: Decider, days: Sequence[Sequence[CertainVisit]], done: Any, changed: Any) -> None:
    """Store the visits that have not been stored yet; the one that was in hand at the kill is stored again."""
    with closing(Database(make_engine(url))) as database:
        migration = TemplateMigration(database, new_decider, TEMPLATES_PER_PERSON)
        progress = EmbedderSwitches(database).progress()
        if progress is None:
            raise StorageError("the simulated change has gone")
        before = 0
        for day, visits in enumerate(days):
            for place, visit in enumerate(visits, before):
                if place >= done.value:
                    migration.record(visit)
                    done.value = place + 1
            before += len(visits)
            if changed[day] == NOT_YET:
                with database.reading() as session:
                    people = people_in_switch(session, progress.switch)
                changed[day] = sum(person.new_templates > 0 for person in people)
