"""Starts, finishes, cancels and closes the change from one embedder to another, as the administrator decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db import audit_log
from db.embedder_switches import (
    PersonInSwitch,
    delete_new_templates,
    delete_old_templates,
    delete_visits_before,
    insert_switch,
    list_switches,
    open_switch,
    people_in_switch,
    set_state,
)
from db.secure_delete import scrub
from db.session import Database, Session, database_now
from kiosk.core.context import current_actor
from kiosk.domain.embedder_switch import EmbedderSwitch, SwitchState, model_after
from kiosk.errors import ConfigurationError

# A visit that has not become a template after so many days is not kept any longer.
VISIT_DAYS = 30


@dataclass(frozen=True, slots=True)
class SwitchProgress:
    """How far a change is.

    Attributes:
        switch: the change that is under way, or finished with a way back.
        people: the active employees with templates of either embedder.
    """

    switch: EmbedderSwitch
    people: Sequence[PersonInSwitch]

    @property
    def changed(self) -> int:
        """How many people have templates of the new embedder."""
        return sum(person.new_templates > 0 for person in self.people)

    @property
    def left(self) -> tuple[PersonInSwitch, ...]:
        """The people who have none yet."""
        return tuple(person for person in self.people if not person.new_templates)


class EmbedderSwitches:
    """The office's changes of its embedder. Every method is one transaction, and raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def progress(self) -> SwitchProgress | None:
        """Return how far the open change is; None without one."""
        with self._database.reading() as session:
            switch = open_switch(session)
            return None if switch is None else SwitchProgress(switch, people_in_switch(session, switch))

    def deciding(self, configured: str | None) -> str | None:
        """Return the id of the embedder that decides after the office's changes; configured: as in model_after."""
        with self._database.reading() as session:
            return model_after(configured, list_switches(session))

    def start(self, old: tuple[str, str], new: tuple[str, str]) -> EmbedderSwitch:
        """Begin a change; people are recognised by the old embedder as before.

        Args:
            old: id and model_version of the embedder in use.
            new: those of the other one.

        Raises:
            ConfigurationError: the embedder is in use already, or another change is open.
        """
        if old[1] == new[1]:
            raise ConfigurationError(f"{new[0]} is the embedder in use; nothing has to be changed")
        with self._database.transaction() as session:
            found = open_switch(session, locked=True)
            if found is not None:
                if (found.new_version, found.state) == (new[1], SwitchState.GATHERING):
                    return found
                raise ConfigurationError(
                    f"the change from {found.old_model} to {found.new_model} is still open; finish or cancel it first: "
                    "kiosk models switch --status"
                )
            switch = insert_switch(session, old, new)
            _record(session, switch, "start_embedder_switch", {})
            return switch

    def finish(self, *, leave_out: bool = False) -> SwitchProgress:
        """Let the new embedder decide; the old templates stay for a way back.

        leave_out: also when people have none of the new embedder, who are not recognised until they are enrolled.
        Raises ConfigurationError when somebody would not be recognised any more, or nothing is under way.
        """
        with self._database.transaction() as session:
            switch = _open(session, SwitchState.GATHERING)
            progress = SwitchProgress(switch, people_in_switch(session, switch))
            if progress.left and not leave_out:
                raise ConfigurationError(
                    f"{len(progress.left)} of {len(progress.people)} people have no template of {switch.new_model} yet "
                    "and would not be recognised; enroll them (kiosk models switch --status lists them), or add "
                    "--leave-out"
                )
            set_state(session, switch.id, SwitchState.FINISHED)
            _record(session, switch, "finish_embedder_switch", {"left_out": len(progress.left)})
            return progress

    def cancel(self) -> EmbedderSwitch:
        """Give the change up: the old embedder decides, and what was made of the new one since the start is deleted.

        Raises ConfigurationError when nothing is open.
        """
        with self._database.transaction() as session:
            switch = _open(session, *_OPEN)
            deleted = delete_new_templates(session, switch)
            set_state(session, switch.id, SwitchState.CANCELLED)
            _record(session, switch, "cancel_embedder_switch", {"templates": deleted})
        scrub(self._database)
        return switch

    def close(self, finished_before: datetime | None = None) -> int | None:
        """Delete the old templates of everybody who has new ones; return how many. There is no way back then.

        finished_before: only a change that was finished before; nothing is done for a later one, and None returned.
        Raises ConfigurationError without it when no change is finished.
        """
        with self._database.transaction() as session:
            switch = open_switch(session, locked=True)
            if finished_before is None:
                switch = _open(session, SwitchState.FINISHED)
            if switch is None or switch.finished_at is None:
                return None
            if finished_before is not None and switch.finished_at > finished_before:
                return None
            deleted = delete_old_templates(session, switch)
            set_state(session, switch.id, SwitchState.CLOSED)
            _record(session, switch, "close_embedder_switch", {"templates": deleted})
        scrub(self._database)
        return deleted

    def purge_visits(self) -> int:
        """Delete visits that have waited for too long; return how many."""
        with self._database.transaction() as session:
            return delete_visits_before(session, (database_now(session) - timedelta(days=VISIT_DAYS)).date())


_OPEN = (SwitchState.GATHERING, SwitchState.FINISHED)


def _open(session: Session, *states: SwitchState) -> EmbedderSwitch:
    switch = open_switch(session, locked=True)
    if switch is None:
        raise ConfigurationError("no change of the embedder is open; begin one: kiosk models switch ID")
    if switch.state not in states:
        raise ConfigurationError(
            f"the change from {switch.old_model} to {switch.new_model} is {_WORDS[switch.state]}; "
            "kiosk models switch --status says what can be done"
        )
    return switch


_WORDS = {SwitchState.GATHERING: "not finished yet", SwitchState.FINISHED: "finished already"}


def _record(session: Session, switch: EmbedderSwitch, action: str, details: audit_log.Details) -> None:
    models: audit_log.Details = {"old": switch.old_model, "new": switch.new_model}
    audit_log.append(session, current_actor(), action, None, {**models, **details})
