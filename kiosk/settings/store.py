"""Changes settings for the whole office or for one device, and tells what stands where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from enum import Enum
from pathlib import Path

from pydantic.fields import FieldInfo

from db import audit_log
from db.session import Database, Session
from db.setting_changes import SettingChange, add_setting_change, office_settings, setting_changes
from kiosk.capture.address import is_address, parse_address
from kiosk.config import first_run_config, office_copy
from kiosk.config.first_run_config import FirstRunAnswers
from kiosk.config.origins import origins
from kiosk.config.setting_faults import PREFIX, field_of, unknown_setting
from kiosk.config.setting_traits import SettingLevel, SettingScope, traits_of
from kiosk.config.setting_values import MASK, canonical, choices_of, is_number, limits_of, longest_text, takes_none
from kiosk.core.context import current_actor
from kiosk.errors import DeviceError, InvalidInput, SettingChanged, SettingNotFound, SettingRefused
from kiosk.settings.states import SettingForm, SettingState

ACTION = "setting_change"


class Seen(Enum):
    """What somebody has seen before a change, where that is no value."""

    NOT_ASKED = "not asked"


class SettingStore:
    """Any thread may call it; all methods use the database, may block and raise StorageError.

    Args:
        database: of the office.
        fields: of all settings, by name.
        data_dir: of this device.
        kiosk_id: of this device.
        read_values: returns the values that hold now, as texts, by name.
    """

    def __init__(
        self,
        database: Database,
        fields: Mapping[str, FieldInfo],
        *,
        data_dir: Path,
        kiosk_id: str,
        read_values: Callable[[], Mapping[str, str]],
    ) -> None:
        self._database, self._fields = database, fields
        self._data_dir, self._kiosk_id, self._read_values = data_dir, kiosk_id, read_values

    def states(self) -> tuple[SettingState, ...]:
        """Return all settings, in the order in which they are documented."""
        with self._database.reading() as session:
            office = office_settings(session)
        office_copy.save(self._data_dir, office)
        decided, values, device = origins(self._data_dir), self._read_values(), self._chosen().settings
        return tuple(
            SettingState(
                name,
                _shown(name, values[name]) or "",
                decided[name],
                office.get(name),
                _shown(name, device.get(name)) if traits_of(name).scope is not SettingScope.MACHINE else None,
                _form(self._fields[name]),
            )
            for name in self._fields
        )

    def state(self, name: str) -> SettingState:
        """Return one setting. Raises SettingNotFound."""
        name = self.require_name(name)
        return next(state for state in self.states() if state.name == name)

    def set(
        self, name: str, text: str | None, level: SettingLevel, seen: str | Seen | None = Seen.NOT_ASKED
    ) -> SettingChange | None:
        """Set a value for the office or this device; return the change, None where it is set already.

        Args:
            name: of the setting.
            text: as it would be written in .env; None takes the setting back.
            level: OFFICE or DEVICE.
            seen: what was set there when somebody looked.

        Raises:
            SettingNotFound: there is no such setting.
            SettingRefused: a higher level fixes it, or it is none of this level.
            InvalidInput: the value is not fit; the sentence says why.
            SettingChanged: another value than the seen one is set.
            StorageError: the database is away, or the device's file cannot be written.
        """
        name = self.require_name(name)
        self._require_changeable(name, level)
        new = None if text is None else canonical(self._fields[name], text)
        with self._changing(level) as session:
            old = self._set_at(session, name, level)
            if seen is not Seen.NOT_ASKED and seen != _shown(name, old):
                raise SettingChanged(name)
            if old == new:
                return None
            change = self._record(session, name, level, old, new)
            if level is SettingLevel.DEVICE:
                self._write(name, new)
        with self._database.reading() as session:
            office_copy.save(self._data_dir, office_settings(session))
        return change

    def undo(self, change: SettingChange) -> SettingChange | None:
        """Set again what stood before a change. Raises the same errors as set."""
        if change.old_value == MASK:
            raise InvalidInput("the earlier value holds a password, which is kept nowhere; type it again")
        level = SettingLevel.OFFICE if change.kiosk_id is None else SettingLevel.DEVICE
        return self.set(change.name, change.old_value, level, change.new_value)

    def history(self, name: str | None = None) -> tuple[SettingChange, ...]:
        """Return the last changes for the office and this device, the newest first. Raises SettingNotFound."""
        name = None if name is None else self.require_name(name)
        with self._database.reading() as session:
            return setting_changes(session, self._kiosk_id, name)

    def change(self, number: int) -> SettingChange:
        """Return one of the last changes. Raises SettingNotFound."""
        found = next((one for one in self.history() if one.id == number), None)
        if found is None:
            raise SettingNotFound(f"there is no change {number} of this office or device; `kiosk settings history`")
        return found

    def require_name(self, name: str) -> str:
        """Return the name of a setting that may have been written as its variable. Raises SettingNotFound."""
        field = field_of(name.upper())
        if field not in self._fields:
            raise SettingNotFound(unknown_setting(PREFIX + field.upper(), self._fields))
        return field

    def _require_changeable(self, name: str, level: SettingLevel) -> None:
        scope = traits_of(name).scope
        if scope is SettingScope.MACHINE:
            raise SettingRefused(f"{name} is set by {PREFIX}{name.upper()} in the environment or in .env alone")
        if scope is SettingScope.DEVICE and level is SettingLevel.OFFICE:
            raise SettingRefused(f"{name} differs from device to device; set it for this device")
        origin = origins(self._data_dir)[name]
        if origin.level.is_fixed:
            raise SettingRefused(f"{name} is fixed by {origin.place}; change it there, or delete it there first")

    @contextmanager
    def _changing(self, level: SettingLevel) -> Iterator[Session]:
        """Run the block in a transaction, one change after another; the device's file is as it was if it fails."""
        before = self._chosen()
        try:
            with self._database.transaction() as session:
                audit_log.lock(session)
                yield session
        except BaseException:
            if level is SettingLevel.DEVICE and self._chosen() != before:
                first_run_config.save(self._data_dir, before)
            raise

    def _set_at(self, session: Session, name: str, level: SettingLevel) -> str | None:
        return office_settings(session).get(name) if level is SettingLevel.OFFICE else self._chosen().settings.get(name)

    def _record(
        self, session: Session, name: str, level: SettingLevel, old: str | None, new: str | None
    ) -> SettingChange:
        actor, kiosk_id = current_actor(), None if level is SettingLevel.OFFICE else self._kiosk_id
        values = {"old_value": _shown(name, old), "new_value": _shown(name, new)}
        change = add_setting_change(session, name, kiosk_id=kiosk_id, changed_by=actor, **values)
        told = {} if traits_of(name).may_name_person else {"old": change.old_value, "new": change.new_value}
        details = {"level": level, **({} if kiosk_id is None else {"device": kiosk_id}), **told}
        audit_log.append(session, actor, ACTION, f"setting:{name}", details)
        return change

    def _chosen(self) -> FirstRunAnswers:
        return first_run_config.load(self._data_dir) or FirstRunAnswers()

    def _write(self, name: str, text: str | None) -> None:
        chosen = self._chosen()
        settings = {key: value for key, value in chosen.settings.items() if key != name}
        if text is not None:
            settings[name] = text
        first_run_config.save(self._data_dir, replace(chosen, settings=settings))


def _shown(name: str, text: str | None) -> str | None:
    """Return a value without what may be a password."""
    if not text or not traits_of(name).may_hold_secret or not is_address(text):
        return text
    try:
        return text if parse_address(text).shown == text else MASK
    except DeviceError:
        return MASK


def _form(field: FieldInfo) -> SettingForm:
    least, greatest = limits_of(field)
    return SettingForm(choices_of(field), is_number(field), least, greatest, longest_text(field), takes_none(field))
