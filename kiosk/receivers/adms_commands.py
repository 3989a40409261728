"""Does, or refuses, what a receiver of the ADMS push protocol commands: people may be told, nothing else is done."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from db.session import Database
from kiosk.core.context import acting_as
from kiosk.core.logger import log
from kiosk.employees.schemas import EmployeeCreate, EmployeeUpdate
from kiosk.employees.store import EmployeeStore
from kiosk.errors import EmployeeNotFound, ExternalIdTaken, InvalidInput
from kiosk.receivers.adms_protocol import AdmsCommand, ReturnCode
from kiosk.security.audit_recorder import AuditRecorder


class AdmsCommands:
    """Follows commands in a receiver's name; each refusal is in the audit log before it is answered.

    Args:
        database: of the office.
        receiver: its name.
        accepts_people: whether it may add people and change their names. They get no face, and no PIN.
    """

    def __init__(self, database: Database, receiver: str, accepts_people: bool) -> None:
        self._people = EmployeeStore(database)
        self._audit = AuditRecorder(database)
        self._receiver = receiver
        self._accepts_people = accepts_people

    def follow(self, command: AdmsCommand) -> ReturnCode:
        """Return what to answer. Raises StorageError, before anything was done."""
        with acting_as(f"receiver:{self._receiver}"):
            user = command.user
            if user is None or not self._accepts_people:
                return self._refuse(command, ReturnCode.NOT_SUPPORTED)
            try:
                self._take(user)
            except (InvalidInput, ExternalIdTaken):
                return self._refuse(command, ReturnCode.WRONG_PARAMETER)
            return ReturnCode.DONE

    def _take(self, user: Mapping[str, str]) -> None:
        """Add a person, or change their name; whoever was deactivated here stays so. Raises InvalidInput."""
        person = EmployeeCreate.checked(full_name=user.get("NAME", ""), external_id=user.get("PIN"))
        if person.external_id is None:
            raise InvalidInput("a person needs a PIN")
        try:
            present = self._people.resolve(f"number:{person.external_id}")
        except EmployeeNotFound:
            created = self._people.create(person)
            log(logging.INFO, "adms.person_added", receiver=self._receiver, employee_id=created.id)
            return
        if present.full_name != person.full_name:
            self._people.update(present.id, EmployeeUpdate.checked(full_name=person.full_name))
            log(logging.INFO, "adms.person_renamed", receiver=self._receiver, employee_id=present.id)

    def _refuse(self, command: AdmsCommand, code: ReturnCode) -> ReturnCode:
        details = {"command": command.verb, "returned": code.value}
        self._audit.record("command_refused", f"receiver:{self._receiver}", details)
        log(logging.WARNING, "adms.command_refused", receiver=self._receiver, command=command.verb, code=code.value)
        return code
