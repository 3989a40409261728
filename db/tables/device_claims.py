"""The table of which device has which name."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import UtcDateTime, utc_now


class DeviceClaimRow(Base):
    """One device's claim on a name in the attendance log.

    Attributes:
        kiosk_id: the name.
        device_id: of the device, as its data directory has it.
        run_id: of the device's present run; None before the first.
        host_name: what its machine is called.
        claimed_at: since when the name is this device's.
        heard_at: when it last said that it runs; None once it has stopped in order.
    """

    __tablename__ = "device_claims"

    id: Mapped[int] = mapped_column(primary_key=True)
    kiosk_id: Mapped[str] = mapped_column(Text, unique=True)
    device_id: Mapped[UUID] = mapped_column(Uuid)
    run_id: Mapped[UUID | None] = mapped_column(Uuid)
    host_name: Mapped[str] = mapped_column(Text)
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
    heard_at: Mapped[datetime | None] = mapped_column(UtcDateTime, server_default=utc_now())
