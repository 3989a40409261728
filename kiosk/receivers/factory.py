"""Makes receivers of what is stored about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from db.receivers import StoredReceiver
from db.session import Database
from kiosk.attendance.stays import StayRules
from kiosk.domain.ports import Clock
from kiosk.errors import InvalidInput
from kiosk.monitoring.health import HealthReport
from kiosk.receivers.local_receivers import LocalReceivers
from kiosk.receivers.port import Receiver, ReceiverContext, ReceiverOptions
from kiosk.receivers.registry import kind_named


@dataclass(frozen=True, slots=True)
class ReceiverFactory:
    """What all receivers of this device are made with.

    Attributes:
        local: their secrets and folders.
        database: of the office.
        kiosk_id: of this device.
        stays: how long people may be in, and the office's time zone.
        clock: the machine's.
        probe_health: looks at this device.
    """

    local: LocalReceivers
    database: Database
    kiosk_id: str
    stays: StayRules
    clock: Clock
    probe_health: Callable[[], HealthReport]

    def version_of(self, stored: StoredReceiver) -> object:
        """Return what differs whenever build would make another receiver."""
        return stored.options, self.local.version_of(stored.name)

    def build(self, stored: StoredReceiver) -> Receiver:
        """Return the receiver. Raises InvalidInput, ConfigurationError."""
        kind = kind_named(stored.kind)
        context = ReceiverContext(
            name=stored.name,
            kiosk_id=self.kiosk_id,
            zone=self.stays.zone,
            clock=self.clock,
            database=self.database,
            state_dir=self.local.folder_of(stored.name),
            stays=self.stays,
            probe_health=self.probe_health,
        )
        try:
            options = kind.options.model_validate_json(stored.options)
        except ValidationError as error:
            raise InvalidInput(faults_of(error)) from error
        return kind.build(options, self.local.secrets_of(stored.name), context)


def read_options(kind: str, given: Mapping[str, Any]) -> ReceiverOptions:
    """Return options from values, or texts, by name. Raises InvalidInput, which names each fault."""
    try:
        return kind_named(kind).options.model_validate(dict(given))
    except ValidationError as error:
        raise InvalidInput(faults_of(error)) from error


def require_known_secrets(kind: str, secrets: Mapping[str, Any]) -> None:
    """Raise InvalidInput for a secret that such a receiver does not have."""
    known = kind_named(kind).secrets
    for name in secrets:
        if name not in known:
            has = f"its secrets are: {', '.join(known)}" if known else "it has none"
            raise InvalidInput(f"a receiver of the kind {kind} has no secret called {name!r}; {has}")


def faults_of(error: ValidationError) -> str:
    """Return what is wrong with each option, without the value, in which a secret may have been typed."""
    faults = []
    for fault in error.errors(include_input=False, include_url=False):
        where = ".".join(map(str, fault["loc"])) or "options"
        what = "there is no such option" if fault["type"] == "extra_forbidden" else fault["msg"]
        faults.append(f"{where}: {what.removeprefix('Value error, ')}")
    return "; ".join(faults)
