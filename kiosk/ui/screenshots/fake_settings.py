"""A fake backend of the settings' screens: what the database and the files would say is set by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kiosk.config.setting_traits import Origin, SettingLevel
from kiosk.domain.credentials import AccessToken, TokenScope
from kiosk.errors import InvalidInput, KioskError, SettingChanged
from kiosk.settings.states import PastChange, SettingForm, SettingState
from kiosk.ui.settings.texts import SETTINGS, VALUES

_AT = datetime(2026, 11, 27, 9, 12, tzinfo=UTC)
_VALUES = {
    "camera_rotation_deg": "0",
    "day_begins": "00:00",
    "longest_stay_h": "16",
    "target_fpir": "0.001",
    "snapshot_ttl_days": "7",
    "decision_record_days": "7",
    "inactive_template_days": "30",
    "office_name": "North Yard Office",
    "timezone": "Europe/Moscow",
    "backup_keep": "14",
    "purge_at": "03:00",
    "log_level": "INFO",
    "api_requests_per_minute": "600",
    "cooldown_s": "300",
}
_FIRST = {"language": "en", "greeting_name": "called", "event_mode": "toggle", "forgotten_exit": "open"}
_FIXED = {
    "cooldown_s": Origin(SettingLevel.ENVIRONMENT, "KIOSK_COOLDOWN_S"),
    "backup_keep": Origin(SettingLevel.ENV_FILE, "/opt/kiosk/current/.env, line 4"),
}


class FakeSettingsBackend:
    """A SettingsBackend in memory.

    Attributes:
        refuses: raised by every change; None for nothing.
    """

    def __init__(self) -> None:
        self.refuses: KioskError | None = None
        self._states = {name: _state(name) for name in ("source", *SETTINGS)}
        self._changes: list[PastChange] = []
        self._tokens = [
            AccessToken(1, "payroll", TokenScope.READ, _AT, None, None),
            AccessToken(2, "old-system", TokenScope.WRITE, _AT - timedelta(days=90), None, _AT),
        ]

    def states(self) -> tuple[SettingState, ...]:
        return tuple(self._states.values())

    def set(self, name: str, text: str | None, level: SettingLevel, _seen: str | None, /) -> PastChange | None:
        if self.refuses is not None:
            raise self.refuses
        state = self._states[name]
        if state.form.is_number and text is not None and not text.replace(".", "", 1).isdecimal():
            raise InvalidInput("must be a number")
        on_device = level is SettingLevel.DEVICE
        value = text if text is not None else _state(name).value
        changed = replace(state, device_value=text) if on_device else replace(state, office_value=text)
        self._states[name] = replace(changed, value=value, origin=Origin(level))
        number, device = len(self._changes) + 1, "kiosk-1" if on_device else None
        change = PastChange(number, name, device, state.value, text, "admin", _AT + timedelta(minutes=number))
        self._changes.append(change)
        return change

    def undo(self, number: int, /) -> None:
        change = self._changes[number - 1]
        if self._states[change.name].value != change.new_value:
            raise SettingChanged(change.name)
        level = SettingLevel.OFFICE if change.kiosk_id is None else SettingLevel.DEVICE
        self.set(change.name, change.old_value, level, change.new_value)

    def history(self) -> tuple[PastChange, ...]:
        return tuple(self._changes[::-1])

    def cameras(self) -> tuple[str, ...]:
        return "/dev/video0", "/dev/video2"

    def tokens(self) -> tuple[AccessToken, ...]:
        return tuple(self._tokens)

    def make_token(self, name: str, scope: TokenScope, /) -> str:
        if not name or any(token.name == name for token in self._tokens):
            raise InvalidInput("no name, or one that is in use")
        self._tokens.append(AccessToken(len(self._tokens) + 1, name, scope, _AT, None, None))
        return "kiosk_9tGhdLw1kQ3Vt7sZ0aXyBcRfUeMnPjKiOoHgTdSsYvQ"

    def revoke_token(self, name: str, /) -> None:
        self._tokens = [replace(one, revoked_at=_AT) if one.name == name else one for one in self._tokens]


def _state(name: str) -> SettingState:
    choices = tuple(value for setting, value in VALUES if setting == name) or None
    is_number = choices is None and (name.endswith(("_s", "_h", "_days", "_ms", "_keep", "_minute")))
    is_text = is_number or name in ("source", *_VALUES, "office_responsible", "organisation")
    limits = (0, 100) if is_number else (None, None)
    form = SettingForm(choices if choices or is_text else ("true", "false"), is_number, *limits)
    value = "0" if name == "source" else _VALUES.get(name, _FIRST.get(name, "" if is_text else "false"))
    if choices and value not in choices:
        value = choices[0]
    return SettingState(name, value, _FIXED.get(name, Origin(SettingLevel.DEFAULT)), None, None, form)
