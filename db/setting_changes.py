"""Changes of settings; all functions run within the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from db.tables import SettingChangeRow


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One change; see SettingChangeRow."""

    id: int
    name: str
    kiosk_id: str | None
    old_value: str | None
    new_value: str | None
    changed_by: str
    changed_at: datetime


_COLUMNS = tuple(getattr(SettingChangeRow, name) for name in SettingChange.__dataclass_fields__)


def latest_setting_change(session: Session) -> int:
    """Return the number of the last change of any setting; 0 before the first one."""
    return session.scalar(select(func.coalesce(func.max(SettingChangeRow.id), 0))) or 0


def office_settings(session: Session) -> Mapping[str, str]:
    """Return what is set for the whole office, by the setting's name."""
    newest = (
        select(func.max(SettingChangeRow.id))
        .where(SettingChangeRow.kiosk_id.is_(None))
        .group_by(SettingChangeRow.name)
        .scalar_subquery()
    )
    query = select(SettingChangeRow.name, SettingChangeRow.new_value).where(
        SettingChangeRow.id.in_(newest), SettingChangeRow.new_value.is_not(None)
    )
    return {name: value for name, value in session.execute(query.order_by(SettingChangeRow.name)) if value is not None}


def add_setting_change(
    session: Session, name: str, *, kiosk_id: str | None, old_value: str | None, new_value: str | None, changed_by: str
) -> SettingChange:
    """Append one change. kiosk_id: of the one device that it is for; None for the whole office."""
    values = {
        "name": name,
        "kiosk_id": kiosk_id,
        "old_value": old_value,
        "new_value": new_value,
        "changed_by": changed_by,
    }
    row = session.execute(insert(SettingChangeRow).values(**values).returning(*_COLUMNS)).one()
    return SettingChange(*row)


def setting_changes(
    session: Session, kiosk_id: str, name: str | None = None, newest: int = 100
) -> tuple[SettingChange, ...]:
    """Return changes for the office and for one device, the newest first; name: of one setting alone."""
    here = (SettingChangeRow.kiosk_id.is_(None)) | (SettingChangeRow.kiosk_id == kiosk_id)
    query = select(*_COLUMNS).where(here).order_by(SettingChangeRow.id.desc()).limit(newest)
    if name is not None:
        query = query.where(SettingChangeRow.name == name)
    return tuple(SettingChange(*row) for row in session.execute(query))
