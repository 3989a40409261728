"""Which device has which name, within the caller's transaction; all times are those of the database's own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.session import database_now, insert_or_skip
from db.tables import DeviceClaimRow

HOLDS = timedelta(minutes=3)
"""So long a claim holds after its device was last heard of."""


@dataclass(frozen=True, slots=True)
class DeviceRun:
    """One run of a device; run_id is None where the device itself does not run, as in a restore."""

    device_id: UUID
    run_id: UUID | None
    host_name: str


@dataclass(frozen=True, slots=True)
class NameClaim:
    """A claim as it stands.

    Attributes:
        device_id: of the device that holds it.
        run_id: of the device's latest run.
        host_name: of its machine.
        claimed_at: since when it holds it, aware UTC.
        silent_for: since the device was last heard of; None once it has stopped in order.
    """

    device_id: UUID
    run_id: UUID | None
    host_name: str
    claimed_at: datetime
    silent_for: timedelta | None

    @property
    def holds(self) -> bool:
        return self.silent_for is not None and self.silent_for < HOLDS


def find_claim(session: Session, kiosk_id: str, *, locked: bool = False) -> NameClaim | None:
    """Return the claim on a name; locked: until the end of the transaction nobody else changes it."""
    query = select(DeviceClaimRow).where(DeviceClaimRow.kiosk_id == kiosk_id)
    row = session.scalars(query.with_for_update() if locked else query).one_or_none()
    if row is None:
        return None
    silent_for = None if row.heard_at is None else database_now(session) - row.heard_at
    return NameClaim(row.device_id, row.run_id, row.host_name, row.claimed_at, silent_for)


def insert_claim(session: Session, kiosk_id: str, run: DeviceRun) -> None:
    """Claim a name that nobody has; one who was faster keeps it."""
    values = {"device_id": run.device_id, "run_id": run.run_id, "host_name": run.host_name}
    session.execute(insert_or_skip(session, DeviceClaimRow, "kiosk_id").values(kiosk_id=kiosk_id, **values))


def move_claim(session: Session, kiosk_id: str, run: DeviceRun) -> None:
    """Give a name to another device."""
    _update(session, kiosk_id, run, claimed_at=database_now(session))


def renew_claim(session: Session, kiosk_id: str, run: DeviceRun) -> None:
    """Note that the device that has the name was heard of."""
    _update(session, kiosk_id, run)


def release_claim(session: Session, kiosk_id: str, run: DeviceRun) -> None:
    """Note that this run has stopped in order; nothing happens if the name is another's by now."""
    mine = (DeviceClaimRow.kiosk_id == kiosk_id, DeviceClaimRow.run_id == run.run_id)
    session.execute(update(DeviceClaimRow).where(*mine).values(heard_at=None))


def _update(session: Session, kiosk_id: str, run: DeviceRun, **more: datetime) -> None:
    values = {"device_id": run.device_id, "run_id": run.run_id, "host_name": run.host_name}
    statement = update(DeviceClaimRow).where(DeviceClaimRow.kiosk_id == kiosk_id)
    session.execute(statement.values(**values, **more, heard_at=database_now(session)))
