"""How a setting stands, and what its value may be: for screens and routes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.config.setting_traits import Origin, SettingTraits, traits_of


@dataclass(frozen=True, slots=True)
class SettingForm:
    """What a value may be.

    Attributes:
        choices: the values to choose from; None where they cannot be listed.
        is_number: a number is asked for.
        least: the least number; None for no limit.
        greatest: the greatest number; None for no limit.
        longest: number of characters at most; None for no limit.
        may_be_empty: there may be no value.
    """

    choices: tuple[str, ...] | None = None
    is_number: bool = False
    least: float | None = None
    greatest: float | None = None
    longest: int | None = None
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class SettingState:
    """One setting as it stands on this device.

    Attributes:
        name: the field's, such as cooldown_s.
        value: in use after the next look, as it would be written in .env; without a secret.
        origin: what has decided it.
        office_value: what is set for the whole office; None for nothing.
        device_value: what is set for this device; None for nothing.
    """

    name: str
    value: str
    origin: Origin
    office_value: str | None
    device_value: str | None
    form: SettingForm = SettingForm()

    @property
    def traits(self) -> SettingTraits:
        return traits_of(self.name)


@dataclass(frozen=True, slots=True)
class PastChange:
    """One change of a setting, as a screen lists it. kiosk_id: of one device; None for the whole office."""

    id: int
    name: str
    kiosk_id: str | None
    old_value: str | None
    new_value: str | None
    changed_by: str
    changed_at: datetime
