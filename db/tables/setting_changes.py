"""The table of changed settings: the office's are what was written last, a device's stand in its own file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_REUSE_IDS, Base
from db.types import UtcDateTime, utc_now


class SettingChangeRow(Base):
    """One change of one setting, on the screen, by a command or over the API.

    Attributes:
        name: the setting's, such as "cooldown_s".
        kiosk_id: of the one device that it was changed on; None for the whole office.
        old_value: as it would be written in .env; None where nothing was set, or for a secret.
        new_value: likewise; None where the setting was taken back.
        changed_by: the actor, as in the audit log.
    """

    __tablename__ = "setting_changes"
    __table_args__ = (Index("ix_setting_changes_name_id", "name", "id"), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    kiosk_id: Mapped[str | None] = mapped_column(Text)
    old_value: Mapped[str | None] = mapped_column(Text)
    new_value: Mapped[str | None] = mapped_column(Text)
    changed_by: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, server_default=utc_now())
