"""Sees to it that no two devices write under one name."""

from __future__ import annotations

import logging
import socket
import threading
from contextlib import suppress
from enum import StrEnum
from uuid import uuid4

from db import audit_log, device_claims
from db.device_claims import DeviceRun, NameClaim
from db.session import Database, Session
from kiosk.core.context import current_actor
from kiosk.core.logger import log
from kiosk.errors import ConfigurationError, StorageError
from kiosk.monitoring.device_identity import DeviceIdentity

HEARD_EVERY_S = 30.0


class NameClash(StrEnum):
    """Why a name is not this run's alone.

    Taken: another device has it. Copied: another run of the same device, as of a copied memory card.
    """

    TAKEN = "taken"
    COPIED = "copied"


class DeviceClaim:
    """This device's claim on its name; a Worker repeats step(). The door goes on whatever becomes of the claim."""

    def __init__(self, database: Database, kiosk_id: str, identity: DeviceIdentity) -> None:
        self._database = database
        self._kiosk_id = kiosk_id
        self._identity = identity
        self._run = DeviceRun(identity.device_id, uuid4(), socket.gethostname())
        self._stopping = threading.Event()
        self._clash: NameClash | None = None

    @property
    def clash(self) -> NameClash | None:
        """Why the name is not this run's alone; None while it is, as far as is known."""
        return self._clash

    def begin(self, *, take_over: bool) -> None:
        """Claim the name for this run. A database that is away stops nothing: step() claims it later.

        take_over: also from a device that is still heard of. Raises ConfigurationError when another device has the
        name, unless this one has lost its identity and may well be the one that has it.
        """
        with suppress(StorageError):
            holder = claim_name(self._database, self._kiosk_id, self._run, take_over=take_over, begins=True)
            if holder is not None and not self._identity.is_lost:
                raise ConfigurationError(f"{told(self._kiosk_id, holder)}; {NEXT_STEP}")
            self._note(holder)

    def step(self) -> bool:
        """Wait, and say that this device runs; False when it is to end."""
        if self._stopping.wait(HEARD_EVERY_S):
            return False
        with suppress(StorageError, ConfigurationError):  # the recorder tells that the database is away
            self._note(claim_name(self._database, self._kiosk_id, self._run))
        return True

    def request_stop(self) -> None:
        self._stopping.set()

    def release(self) -> None:
        """Note that the device has stopped in order, so that another one may have its name at once."""
        with suppress(StorageError, ConfigurationError), self._database.transaction() as session:
            device_claims.release_claim(session, self._kiosk_id, self._run)

    def _note(self, holder: NameClaim | None) -> None:
        before = self._clash
        if holder is None:
            self._clash = None
        elif holder.device_id == self._run.device_id:
            self._clash = NameClash.COPIED
            if before is not self._clash:
                log(logging.WARNING, "device.name_copied", kiosk_id=self._kiosk_id, host=holder.host_name)
        else:
            self._clash = NameClash.TAKEN
            if before is not self._clash:
                log(logging.WARNING, "device.name_taken", kiosk_id=self._kiosk_id, host=holder.host_name)


NEXT_STEP = (
    "give this device a name of its own in KIOSK_KIOSK_ID, or, if it takes that one's place: kiosk run --take-over"
)


def claim_name(
    database: Database, kiosk_id: str, run: DeviceRun, *, take_over: bool = False, begins: bool = False
) -> NameClaim | None:
    """Claim a name, or renew the claim; return the claim that stands against it, None when the name is this run's.

    Args:
        database: of the office.
        kiosk_id: the name.
        run: who claims it.
        take_over: also from a device that is still heard of.
        begins: this run has just begun: the same device's run before has ended, whatever it says.

    Raises:
        StorageError: the database is away.
        ConfigurationError: its tables are not up to date.
    """
    with database.transaction() as session:
        present = device_claims.find_claim(session, kiosk_id, locked=True)
        if present is None:
            device_claims.insert_claim(session, kiosk_id, run)
            present = device_claims.find_claim(session, kiosk_id, locked=True)
        if present is None or present.device_id == run.device_id:
            return _renew(session, kiosk_id, run, present, begins)
        if present.holds and not take_over:
            return present
        device_claims.move_claim(session, kiosk_id, run)
        details: audit_log.Details = {"device": str(run.device_id), "before": str(present.device_id)}
        audit_log.append(session, current_actor(), "name_taken_over", f"kiosk:{kiosk_id}", details)
    return None


def told(kiosk_id: str, claim: NameClaim) -> str:
    """Return in words whose a name is."""
    if claim.silent_for is None:
        heard = "and has been stopped"
    else:
        seconds = claim.silent_for.total_seconds()
        heard = f"last heard of {seconds:.0f} s ago" if seconds < 120 else f"last heard of {seconds / 60:.0f} min ago"
    since = f"{claim.claimed_at:%Y-%m-%d %H:%M} UTC"
    return f"the name {kiosk_id} is another device's: {claim.host_name}, since {since}, {heard}"


def _renew(
    session: Session, kiosk_id: str, run: DeviceRun, present: NameClaim | None, begins: bool
) -> NameClaim | None:
    other_runs = present is not None and present.run_id not in (None, run.run_id) and present.holds
    if other_runs and not begins:
        return present
    device_claims.renew_claim(session, kiosk_id, run)
    return None
