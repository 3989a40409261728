"""What is known of each setting beside its value: whom it is for, where it is shown, and when a change takes effect."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SettingScope(StrEnum):
    """Whom a setting is for.

    Attributes:
        OFFICE: every door and the API; a device may have a value of its own.
        DEVICE: one device.
        MACHINE: whoever looks after the machine: environment and .env alone, no screen and no token.
    """

    OFFICE = "office"
    DEVICE = "device"
    MACHINE = "machine"


class SettingGroup(StrEnum):
    """Where a setting is shown."""

    CAMERA = "camera"
    SCREEN = "screen"
    ATTENDANCE = "attendance"
    RECOGNITION = "recognition"
    PRIVACY = "privacy"
    OFFICE = "office"
    SYSTEM = "system"


class SettingEffect(StrEnum):
    """When a change takes effect.

    Attributes:
        AT_ONCE: within seconds; a door waits until nobody uses its screens.
        TONIGHT: when what has expired is deleted next.
        NEXT_START: when the program starts again.
    """

    AT_ONCE = "at once"
    TONIGHT = "tonight"
    NEXT_START = "at the next start"


@dataclass(frozen=True, slots=True)
class SettingTraits:
    """Of one setting.

    Attributes:
        may_hold_secret: an address with a password, which neither the database nor the audit log may hold.
        may_name_person: its values are not written into the audit log, where nothing can be deleted.
    """

    scope: SettingScope
    group: SettingGroup
    effect: SettingEffect = SettingEffect.AT_ONCE
    may_hold_secret: bool = False
    may_name_person: bool = False


class SettingLevel(StrEnum):
    """The first that knows a setting decides it."""

    ENVIRONMENT = "environment"
    ENV_FILE = ".env"
    DEVICE = "device"
    OFFICE = "office"
    DEFAULT = "default"

    @property
    def is_fixed(self) -> bool:
        """Whether no screen, command or token can change it."""
        return self in (SettingLevel.ENVIRONMENT, SettingLevel.ENV_FILE)


@dataclass(frozen=True, slots=True)
class Origin:
    """What has decided a setting.

    Attributes:
        level: that of the value in use.
        place: the variable, or the file with the line; empty for the office and the default.
    """

    level: SettingLevel
    place: str = ""

    def __str__(self) -> str:
        return f"{self.level}: {self.place}" if self.place else str(self.level)


_OFFICE, _DEVICE, _MACHINE = SettingScope.OFFICE, SettingScope.DEVICE, SettingScope.MACHINE
_UNKNOWN = SettingTraits(_MACHINE, SettingGroup.SYSTEM, SettingEffect.NEXT_START)
_TRAITS: dict[str, SettingTraits] = {
    "source": SettingTraits(_DEVICE, SettingGroup.CAMERA, may_hold_secret=True),
    **dict.fromkeys(
        (
            "camera_rotation_deg",
            "camera_mirror",
            "camera_exposure_ms",
            "camera_width_px",
            "camera_height_px",
            "camera_fps",
            "camera_reconnect_max_s",
            "camera_frozen_s",
            "replay_fps",
        ),
        SettingTraits(_DEVICE, SettingGroup.CAMERA),
    ),
    **dict.fromkeys(
        (
            "language",
            "sounds",
            "greeting_name",
            "less_motion",
            "theme",
            "high_contrast",
            "large_type",
            "office_logo_path",
        ),
        SettingTraits(_OFFICE, SettingGroup.SCREEN),
    ),
    **dict.fromkeys(
        ("event_mode", "cooldown_s", "unknown_cooldown_s", "longest_stay_h", "exit_reasons", "day_begins"),
        SettingTraits(_OFFICE, SettingGroup.ATTENDANCE),
    ),
    "forgotten_exit": SettingTraits(_OFFICE, SettingGroup.ATTENDANCE, SettingEffect.TONIGHT),
    "holidays_country": SettingTraits(_OFFICE, SettingGroup.ATTENDANCE),
    "holidays_region": SettingTraits(_OFFICE, SettingGroup.ATTENDANCE),
    **dict.fromkeys(
        ("target_fpir", "agreeing_samples", "minimum_margin", "door_calibration", "templates_per_person", "liveness"),
        SettingTraits(_OFFICE, SettingGroup.RECOGNITION),
    ),
    "templates_from_visits": SettingTraits(_OFFICE, SettingGroup.RECOGNITION),
    "old_template_days": SettingTraits(_OFFICE, SettingGroup.RECOGNITION, SettingEffect.TONIGHT),
    **dict.fromkeys(
        ("snapshots", "unknown_snapshots", "keep_portrait", "evacuation_access"),
        SettingTraits(_OFFICE, SettingGroup.PRIVACY),
    ),
    **dict.fromkeys(
        ("snapshot_ttl_days", "decision_record_days", "inactive_template_days", "purge_at"),
        SettingTraits(_OFFICE, SettingGroup.PRIVACY, SettingEffect.TONIGHT),
    ),
    **dict.fromkeys(
        ("office_name", "organisation", "okpo", "t13_pay", "timezone"),
        SettingTraits(_OFFICE, SettingGroup.OFFICE),
    ),
    "office_responsible": SettingTraits(_OFFICE, SettingGroup.OFFICE, may_name_person=True),
    **dict.fromkeys(
        ("threads", "database_timeout_s", "log_level"),
        SettingTraits(_DEVICE, SettingGroup.SYSTEM),
    ),
    "backup_keep": SettingTraits(_DEVICE, SettingGroup.SYSTEM, SettingEffect.TONIGHT),
    "api_requests_per_minute": SettingTraits(_OFFICE, SettingGroup.SYSTEM),
}


def traits_of(name: str) -> SettingTraits:
    """Return what is known of a setting; one that is not listed is the machine's."""
    return _TRAITS.get(name, _UNKNOWN)


def listed_settings() -> tuple[str, ...]:
    """Return the names of all settings that may be changed outside of environment and .env."""
    return tuple(_TRAITS)
