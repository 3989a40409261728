"""What settings and their values are called on the screens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from kiosk.config.setting_traits import SettingEffect, SettingGroup

# Icon, title and sentence.
GROUPS: dict[SettingGroup, Callable[[], tuple[str, str, str]]] = {
    SettingGroup.CAMERA: lambda: (
        "camera",
        QCoreApplication.translate("Settings", "Camera"),
        QCoreApplication.translate("Settings", "Which one, and how its picture is turned"),
    ),
    SettingGroup.SCREEN: lambda: (
        "eye",
        QCoreApplication.translate("Settings", "Screen and sound"),
        QCoreApplication.translate("Settings", "Language, names, motion, sounds"),
    ),
    SettingGroup.ATTENDANCE: lambda: (
        "swap",
        QCoreApplication.translate("Settings", "Entries and exits"),
        QCoreApplication.translate("Settings", "What is recorded, and when a day begins"),
    ),
    SettingGroup.RECOGNITION: lambda: (
        "person",
        QCoreApplication.translate("Settings", "Recognition"),
        QCoreApplication.translate("Settings", "How strict the door is"),
    ),
    SettingGroup.PRIVACY: lambda: (
        "photo",
        QCoreApplication.translate("Settings", "Pictures and data"),
        QCoreApplication.translate("Settings", "What is kept, and for how long"),
    ),
    SettingGroup.OFFICE: lambda: (
        "mark",
        QCoreApplication.translate("Settings", "Office"),
        QCoreApplication.translate("Settings", "Name, person responsible, time zone"),
    ),
    SettingGroup.SYSTEM: lambda: (
        "database",
        QCoreApplication.translate("Settings", "System"),
        QCoreApplication.translate("Settings", "Backups, log and API"),
    ),
}
# In the order in which they are shown: title and sentence by the setting's name.
SETTINGS: dict[str, Callable[[], tuple[str, str]]] = {
    "camera_rotation_deg": lambda: (
        QCoreApplication.translate("Settings", "Rotation"),
        QCoreApplication.translate("Settings", "Turns the picture clockwise, for a camera that hangs sideways."),
    ),
    "camera_mirror": lambda: (
        QCoreApplication.translate("Settings", "Mirrored camera"),
        QCoreApplication.translate(
            "Settings", "Swaps left and right, for a camera that mirrors its picture by itself."
        ),
    ),
    "camera_exposure_ms": lambda: (
        QCoreApplication.translate("Settings", "Exposure, in milliseconds"),
        QCoreApplication.translate("Settings", "How long each picture is exposed; leave it empty for automatic."),
    ),
    "language": lambda: (
        QCoreApplication.translate("Settings", "Language"),
        QCoreApplication.translate("Settings", "Of the entrance screen and of timesheets."),
    ),
    "greeting_name": lambda: (
        QCoreApplication.translate("Settings", "Name in the greeting"),
        QCoreApplication.translate("Settings", "What others at the entrance can read of somebody's name."),
    ),
    "less_motion": lambda: (
        QCoreApplication.translate("Settings", "Less motion"),
        QCoreApplication.translate("Settings", "Nothing slides or closes in on the screens."),
    ),
    "theme": lambda: (
        QCoreApplication.translate("Settings", "Brightness"),
        QCoreApplication.translate("Settings", "Light, dark, or dark in the evening and at night."),
    ),
    "high_contrast": lambda: (
        QCoreApplication.translate("Settings", "High contrast"),
        QCoreApplication.translate("Settings", "Stronger colours and lines, for eyes that see little."),
    ),
    "large_type": lambda: (
        QCoreApplication.translate("Settings", "Large type"),
        QCoreApplication.translate("Settings", "Texts are larger by a quarter where people read."),
    ),
    "sounds": lambda: (
        QCoreApplication.translate("Settings", "Sounds"),
        QCoreApplication.translate("Settings", "A short sound for entry, exit and refusal."),
    ),
    "event_mode": lambda: (
        QCoreApplication.translate("Settings", "What is recorded"),
        QCoreApplication.translate(
            "Settings", "Entries and exits in turn, or one of them alone at a door for one direction."
        ),
    ),
    "day_begins": lambda: (
        QCoreApplication.translate("Settings", "The day begins at"),
        QCoreApplication.translate(
            "Settings", "Where people work past midnight, a later hour keeps a shift on one day."
        ),
    ),
    "cooldown_s": lambda: (
        QCoreApplication.translate("Settings", "Pause after an event, in seconds"),
        QCoreApplication.translate("Settings", "Whoever is seen again within this time is not registered once more."),
    ),
    "longest_stay_h": lambda: (
        QCoreApplication.translate("Settings", "Longest stay, in hours"),
        QCoreApplication.translate(
            "Settings", "After that an exit counts as forgotten, unless a schedule says otherwise."
        ),
    ),
    "forgotten_exit": lambda: (
        QCoreApplication.translate("Settings", "Forgotten exits"),
        QCoreApplication.translate(
            "Settings", "Stay open until somebody answers, or are set to the end of the shift at night."
        ),
    ),
    "target_fpir": lambda: (
        QCoreApplication.translate("Settings", "How strict"),
        QCoreApplication.translate(
            "Settings", "Of so many strangers one may be taken for an employee. Stricter means more second looks."
        ),
    ),
    "door_calibration": lambda: (
        QCoreApplication.translate("Settings", "Learn from this door"),
        QCoreApplication.translate(
            "Settings", "The door measures how much alike people look before its camera, and becomes stricter by it."
        ),
    ),
    "snapshots": lambda: (
        QCoreApplication.translate("Settings", "Snapshots"),
        QCoreApplication.translate("Settings", "A small picture is kept with each entry and exit."),
    ),
    "unknown_snapshots": lambda: (
        QCoreApplication.translate("Settings", "Snapshots of strangers"),
        QCoreApplication.translate("Settings", "Also of visitors whom the kiosk does not know."),
    ),
    "snapshot_ttl_days": lambda: (
        QCoreApplication.translate("Settings", "Keep snapshots, in days"),
        QCoreApplication.translate("Settings", "Older ones are deleted at night; seven days at most."),
    ),
    "decision_record_days": lambda: (
        QCoreApplication.translate("Settings", "Keep reasons, in days"),
        QCoreApplication.translate(
            "Settings", "For so long the journal can say why somebody was recognised; 0 for not at all."
        ),
    ),
    "keep_portrait": lambda: (
        QCoreApplication.translate("Settings", "Portraits"),
        QCoreApplication.translate("Settings", "A small picture of each enrolled person is kept from now on."),
    ),
    "inactive_template_days": lambda: (
        QCoreApplication.translate("Settings", "Faces of former employees, in days"),
        QCoreApplication.translate("Settings", "After so many days the face of somebody who has left is deleted."),
    ),
    "evacuation_access": lambda: (
        QCoreApplication.translate("Settings", "Who is in, without a password"),
        QCoreApplication.translate("Settings", "When anybody may read the list of who is in the building."),
    ),
    "office_name": lambda: (
        QCoreApplication.translate("Settings", "Name on the screen"),
        QCoreApplication.translate("Settings", "Stands at the top of the entrance screen."),
    ),
    "office_responsible": lambda: (
        QCoreApplication.translate("Settings", "Responsible for data"),
        QCoreApplication.translate(
            "Settings", "Named in the notice below the camera's picture; empty for the office's name."
        ),
    ),
    "organisation": lambda: (
        QCoreApplication.translate("Settings", "Name on timesheets"),
        QCoreApplication.translate("Settings", "As it is registered."),
    ),
    "timezone": lambda: (
        QCoreApplication.translate("Settings", "Time zone"),
        QCoreApplication.translate("Settings", "Clocks, days and timesheets follow it."),
    ),
    "backup_keep": lambda: (
        QCoreApplication.translate("Settings", "Backups to keep"),
        QCoreApplication.translate("Settings", "Older ones are deleted after the nightly backup."),
    ),
    "purge_at": lambda: (
        QCoreApplication.translate("Settings", "Nightly work at"),
        QCoreApplication.translate("Settings", "Backup, and deleting what has expired."),
    ),
    "log_level": lambda: (
        QCoreApplication.translate("Settings", "Log"),
        QCoreApplication.translate("Settings", "How much the kiosk writes into the system's log."),
    ),
    "api_requests_per_minute": lambda: (
        QCoreApplication.translate("Settings", "Requests per minute"),
        QCoreApplication.translate("Settings", "So many may one token send to the API."),
    ),
}
VALUES: dict[tuple[str, str], Callable[[], str]] = {
    ("", "true"): lambda: QCoreApplication.translate("Settings", "On"),
    ("", "false"): lambda: QCoreApplication.translate("Settings", "Off"),
    ("language", "en"): lambda: "English",
    ("language", "ru"): lambda: "Русский",
    ("greeting_name", "called"): lambda: QCoreApplication.translate("Settings", "As called"),
    ("greeting_name", "full"): lambda: QCoreApplication.translate("Settings", "Full"),
    ("greeting_name", "initials"): lambda: QCoreApplication.translate("Settings", "Initials"),
    ("greeting_name", "none"): lambda: QCoreApplication.translate("Settings", "None"),
    ("theme", "light"): lambda: QCoreApplication.translate("Settings", "Light"),
    ("theme", "dark"): lambda: QCoreApplication.translate("Settings", "Dark"),
    ("theme", "auto"): lambda: QCoreApplication.translate("Settings", "By itself"),
    ("event_mode", "toggle"): lambda: QCoreApplication.translate("Settings", "In turn"),
    ("event_mode", "entry_only"): lambda: QCoreApplication.translate("Settings", "Entries"),
    ("event_mode", "exit_only"): lambda: QCoreApplication.translate("Settings", "Exits"),
    ("forgotten_exit", "open"): lambda: QCoreApplication.translate("Settings", "Stay open"),
    ("forgotten_exit", "shift-end"): lambda: QCoreApplication.translate("Settings", "End of shift"),
    ("evacuation_access", "password"): lambda: QCoreApplication.translate("Settings", "Never"),
    ("evacuation_access", "database-away"): lambda: QCoreApplication.translate("Settings", "Database away"),
    ("evacuation_access", "always"): lambda: QCoreApplication.translate("Settings", "Always"),
    ("log_level", "DEBUG"): lambda: QCoreApplication.translate("Settings", "All"),
    ("log_level", "INFO"): lambda: QCoreApplication.translate("Settings", "Normal"),
    ("log_level", "WARNING"): lambda: QCoreApplication.translate("Settings", "Warnings"),
    ("log_level", "ERROR"): lambda: QCoreApplication.translate("Settings", "Errors"),
}


def title_of(name: str) -> str:
    """Return what a setting is called; one that no screen shows, by its own name."""
    if name == "source":
        return QCoreApplication.translate("Settings", "Camera")
    return SETTINGS[name]()[0] if name in SETTINGS else name


def sentence_of(name: str, effect: SettingEffect) -> str:
    """Return what a setting does, and when a change takes effect where that is not at once."""
    later = {
        SettingEffect.AT_ONCE: "",
        SettingEffect.TONIGHT: QCoreApplication.translate("Settings", "Takes effect tonight."),
        SettingEffect.NEXT_START: QCoreApplication.translate("Settings", "Takes effect at the next start."),
    }
    return f"{SETTINGS[name]()[1]} {later[effect]}".strip()


def value_text(name: str, value: str | None) -> str:
    """Return a value in words; numbers and names as they are."""
    if value is None:
        return QCoreApplication.translate("Settings", "not set")
    if name == "target_fpir":
        return one_in(value)
    text = VALUES.get((name, value)) or VALUES.get(("", value))
    return text() if text else value or QCoreApplication.translate("Settings", "empty")


def one_in(fpir: str) -> str:
    """Return how many strangers go on one that may be taken for somebody, such as "1 in 1,000"."""
    count = round(1 / float(fpir))
    number = f"{count:,}".replace(",", " ")
    return QCoreApplication.translate("Settings", "1 in {count}").format(count=number)
