"""Stores certain visits, and makes them a person's templates of the new embedder when they suffice."""

from __future__ import annotations

import logging

from db import audit_log
from db.embedder_switches import (
    add_visit,
    delete_visits,
    lock_old_templates,
    open_switch,
    visits_of,
    waiting_vectors,
)
from db.session import Database, Session
from db.templates import add_templates, load_templates, template_counts
from kiosk.core.logger import log
from kiosk.domain.decision import Decider
from kiosk.domain.embedder_switch import (
    CERTAIN_DAYS,
    CertainVisit,
    EmbedderSwitch,
    SwitchState,
    Verdict,
    best_of_each_day,
    judge,
)
from kiosk.domain.gallery import Gallery

ACTOR = "switch"
MOST_VISITS_A_DAY = 10


class TemplateMigration:
    """Any thread or process may use one; whatever is interrupted has not begun, or is done.

    Args:
        database: of the office.
        new_decider: of the new embedder.
        templates_per_person: how many templates a person keeps.
    """

    def __init__(self, database: Database, new_decider: Decider, templates_per_person: int) -> None:
        self._database = database
        self._new_decider = new_decider
        self._templates_per_person = templates_per_person

    def record(self, visit: CertainVisit) -> Verdict | None:
        """Store a visit, and make templates when the person's visits suffice, in one transaction.

        Returns what the visits say; None when this one is not wanted: no change to its model is under way, or the
        person has new templates, has no old ones or no valid consent any more. Raises StorageError.
        """
        with self._database.transaction() as session:
            switch = open_switch(session, locked=True)
            if switch is None or not self._is_wanted(session, switch, visit):
                return None
            add_visit(session, switch.id, visit)
            visits = visits_of(session, switch, visit.employee_id)
            if len({one.visited_on for one in visits}) < CERTAIN_DAYS:
                return Verdict.WAITING
            verdict = judge(visits, self._new_decider, self._others(session, switch, visit.employee_id))
            if verdict is Verdict.CONFIRMED:
                self._migrate(session, switch, visit.employee_id, visits)
        log(logging.INFO, "switch.visits_judged", employee_id=visit.employee_id, verdict=verdict, visits=len(visits))
        return verdict

    def _is_wanted(self, session: Session, switch: EmbedderSwitch, visit: CertainVisit) -> bool:
        if switch.state is not SwitchState.GATHERING or switch.new_version != visit.embedding.model_version:
            return False
        if not lock_old_templates(session, switch, visit.employee_id):
            return False
        counts = template_counts(session, switch.new_version, visit.employee_id)
        if counts[visit.employee_id].usable:
            return False
        same_day = [one for one in visits_of(session, switch, visit.employee_id) if one.visited_on == visit.visited_on]
        return len(same_day) < MOST_VISITS_A_DAY

    def _others(self, session: Session, switch: EmbedderSwitch, employee_id: int) -> Gallery:
        """Return everybody else under the new embedder: their templates, else the visits that wait."""
        templates = load_templates(session, switch.new_version)
        migrated = {template.employee_id for template in templates}
        waiting = [one for one in waiting_vectors(session, switch) if one.employee_id not in migrated]
        others = [one for one in (*templates, *waiting) if one.employee_id != employee_id]
        return Gallery(switch.new_version, others)

    def _migrate(
        self, session: Session, switch: EmbedderSwitch, employee_id: int, visits: tuple[CertainVisit, ...]
    ) -> None:
        best = best_of_each_day(visits, self._templates_per_person)
        add_templates(session, employee_id, [one.embedding for one in best], [one.quality_score for one in best])
        delete_visits(session, employee_id)
        details: audit_log.Details = {"templates": len(best), "model": switch.new_model, "visits": len(visits)}
        audit_log.append(session, ACTOR, "migrate_templates", f"employee:{employee_id}", details)
