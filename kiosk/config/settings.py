"""The settings: KIOSK_* environment variables, the file .env beside install.sh, and what was chosen at first start.

The first that knows a setting wins.
"""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from sqlalchemy import URL
from tzlocal import get_localzone_name

from kiosk.config import first_run_config
from kiosk.config.env_file import check_env_file
from kiosk.config.paths import DEFAULT_DATA_DIR, ENV_FILE, MODELS_DIR
from kiosk.domain.demo_marks import RESERVED_KIOSK_IDS
from kiosk.domain.types import EventMode
from kiosk.errors import ConfigurationError

PREFIX = "KIOSK_"


def _existing_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no time zone; write it like Europe/Moscow") from error
    return name


def _system_timezone() -> str:
    """Return the system's time zone; a POSIX one, such as CET-1CEST, would silently be taken for UTC."""
    named = os.environ.get("TZ", "").removeprefix(":")
    if named and not named.startswith("/"):
        try:
            ZoneInfo(named)
        except (KeyError, ValueError, OSError) as error:
            raise ConfigurationError(
                f"the system's time zone TZ={named} has no name that holds for all years; "
                "set KIOSK_TIMEZONE, written like Europe/Berlin"
            ) from error
    return get_localzone_name()


def _quarter_turn(degrees: int) -> int:
    if degrees not in (0, 90, 180, 270):
        raise ValueError("must be 0, 90, 180 or 270")
    return degrees


def _time_of_day(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError(f"{text!r} is no time of day; write it like 03:00")
    return text


def _own_kiosk_id(kiosk_id: str) -> str:
    if kiosk_id.strip().casefold() in RESERVED_KIOSK_IDS:
        raise ValueError(f"{kiosk_id!r} marks made-up rows, which are deleted; choose another, such as entrance-1")
    return kiosk_id


def _usable_folder(path: Path) -> Path:
    return path.expanduser().absolute()


class Chosen(PydanticBaseSettingsSource):
    """What was chosen on the screen; it lies in the data directory that the other sources name."""

    def get_field_value(self, _field: FieldInfo, name: str) -> tuple[Any, str, bool]:
        return self().get(name), name, False

    def __call__(self) -> dict[str, Any]:
        data_dir = self.current_state.get("data_dir", DEFAULT_DATA_DIR)
        chosen = first_run_config.load(_usable_folder(Path(data_dir)))
        return {} if chosen is None else dict(chosen.settings)


class Settings(BaseSettings):
    """All that an office may set. A field named cooldown_s is read from KIOSK_COOLDOWN_S."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, env_file_encoding="utf-8-sig", extra="forbid", frozen=True
    )

    data_dir: Annotated[Path, AfterValidator(_usable_folder)] = Field(
        DEFAULT_DATA_DIR, description="where database, snapshots and own models are kept"
    )
    run_dir: Path | None = Field(
        None, description="folder for what the running kiosk says of itself, best in memory; without it, data_dir"
    )
    database_url: SecretStr | None = Field(
        None, description="postgresql://user:password@host/name; without it, SQLite in the data directory"
    )
    kiosk_id: Annotated[str, AfterValidator(_own_kiosk_id)] = Field(
        "kiosk-1", min_length=1, max_length=64, description="name of this device in the log's rows"
    )
    timezone: Annotated[str, AfterValidator(_existing_timezone)] = Field(
        default_factory=_system_timezone, description="where a day begins and how times are shown; the system's"
    )

    office_name: str = Field(
        "", max_length=100, description="name of the office on the screen; Face attendance without"
    )
    office_responsible: str = Field(
        "",
        max_length=200,
        description="who answers for the recognition of faces, as the screen says; the office without",
    )
    office_logo_path: Path | None = Field(None, description="PNG, JPEG or SVG to stand beside the office's name")
    language: Literal["en", "ru"] = Field("en", description="language of the screen until somebody changes it: en, ru")
    sounds: bool = Field(True, description="a short sound for entry, exit and refusal")

    source: str = Field("0", description="camera number, /dev path, video file, folder of images or stream URL")
    replay_fps: float | None = Field(
        None, ge=0.1, le=240, description="frames a second of a video file or folder; else the file's own, a folder's 5"
    )
    camera_width_px: int = Field(1280, ge=160, le=7680, description="width that is asked of a USB camera, in pixels")
    camera_height_px: int = Field(720, ge=120, le=4320, description="height that is asked of a USB camera, in pixels")
    camera_fps: float = Field(30, ge=1, le=240, description="frames a second that are asked of a USB camera")
    camera_rotation_deg: Annotated[int, AfterValidator(_quarter_turn)] = Field(
        0, description="clockwise turn of the camera's picture: 0, 90, 180 or 270 degrees"
    )
    camera_mirror: bool = Field(False, description="exchange left and right in the camera's picture")
    camera_exposure_ms: float | None = Field(
        None, ge=0.1, le=1000, description="exposure of a USB camera in milliseconds; without it, automatic"
    )
    camera_reconnect_max_s: float = Field(
        0.8, ge=0.1, le=60, description="longest pause in seconds between two attempts to reach a lost camera"
    )
    camera_frozen_s: float = Field(
        2.5, ge=0, le=60, description="seconds of identical frames after which a camera counts as frozen; 0: never"
    )

    detector: str = Field("blazeface-full-range", description="id of the detector in the models' catalogue")
    embedder: str = Field("mobilefacenet", description="id of the embedder in the models' catalogue")
    threads: int = Field(1, ge=1, le=64, description="processor threads for the embedder")

    target_fpir: float = Field(
        0.001, gt=0, lt=0.5, description="probability that a stranger's visit is taken for somebody"
    )
    agreeing_samples: int = Field(3, ge=1, le=20, description="samples that must name the same person")
    minimum_margin: float = Field(0.05, ge=0, le=1, description="similarity by which the first must lead the second")

    event_mode: EventMode = Field(EventMode.TOGGLE, description="toggle, entry_only or exit_only")
    longest_stay_h: float = Field(
        16, ge=1, le=96, description="hours that a stay may last; an entry older than that has lost its exit"
    )
    day_begins: Annotated[str, AfterValidator(_time_of_day)] = Field(
        "00:00", description="time of day at which an office day begins; a stay belongs to the day on which it began"
    )
    cooldown_s: float = Field(300, ge=0, description="seconds in which a person's second event is not written")
    unknown_cooldown_s: float = Field(60, ge=0, description="seconds between two rows of unknown visitors")

    snapshots: bool = Field(True, description="keep a snapshot with each employee's event")
    unknown_snapshots: bool = Field(False, description="keep a snapshot of unknown visitors, too")
    snapshot_ttl_days: int = Field(7, ge=1, le=7, description="days after which a snapshot is deleted")
    keep_portrait: bool = Field(False, description="keep a small portrait of who is enrolled")
    templates_per_person: int = Field(10, ge=1, le=100, description="templates that are kept of a person; the best")
    inactive_template_days: int = Field(
        30, ge=0, le=3650, description="days after a deactivation in which the person's templates are kept"
    )
    purge_at: Annotated[str, AfterValidator(_time_of_day)] = Field(
        "03:00", description="time of day at which what is too old is deleted every night"
    )

    caller_vouches_for_consent: bool = Field(
        False,
        description="enroll through the API without naming a consent text: who calls vouches that the person has "
        "agreed to the current one",
    )

    backup_dir: Path | None = Field(None, description="folder for backups; without it, backups in the data directory")
    backup_keep: int = Field(14, ge=1, le=1000, description="backups that are kept; the newest")

    api_host: str = Field("127.0.0.1", min_length=1, description="address that the HTTP API listens on")
    api_port: int = Field(8750, ge=1, le=65535, description="port that the HTTP API listens on")
    api_certificate: Path | None = Field(None, description="PEM file of the certificate with which the API speaks TLS")
    api_key: Path | None = Field(None, description="PEM file of the certificate's key")
    api_plain_http: bool = Field(
        False, description="let other machines reach the API without TLS, where something else encrypts"
    )
    api_requests_per_minute: int = Field(
        600, ge=1, le=1_000_000, description="requests a minute that one token, and one address, may make"
    )
    api_cors_origins: tuple[str, ...] = Field(
        (), description='web pages whose scripts may call the API, like ["https://portal.example.com"]'
    )

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="least severity in the log")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, dotenv_settings, file_secret_settings, Chosen(settings_cls)

    @property
    def models_dir(self) -> Path:
        """Folder of the catalogue that comes with the project, and of the installed models."""
        return MODELS_DIR

    @property
    def own_models_dir(self) -> Path:
        """Folder for models of the office's own, with a catalogue.toml of the same form."""
        return self.data_dir / "models"

    @property
    def status_path(self) -> Path:
        """File in which the running kiosk says how it is."""
        return (self.run_dir or self.data_dir) / "status.json"

    @property
    def effective_backup_dir(self) -> Path:
        return self.backup_dir or self.data_dir / "backups"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def effective_database_url(self) -> str:
        """SQLAlchemy's URL of the database in use, password included: not to be logged."""
        if self.database_url is None:
            url = URL.create("sqlite", database=str(self.data_dir / "kiosk.db"))  # also with ?, # and % in the path
            return url.render_as_string(hide_password=False)
        return self.database_url.get_secret_value()


def load_settings(**overrides: Any) -> Settings:
    """Read the settings; overrides win over environment and file. Raises ConfigurationError naming each fault."""
    unknown = sorted(
        name for name in os.environ if name.startswith(PREFIX) and _field(name) not in Settings.model_fields
    )
    if unknown:
        raise ConfigurationError("; ".join(_unknown_setting(name) for name in unknown))
    env_file = Settings.model_config.get("env_file")
    if isinstance(env_file, Path):
        check_env_file(env_file)
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        raise ConfigurationError("; ".join(_fault(fault) for fault in error.errors())) from error


def decided_settings() -> frozenset[str]:
    """Return the names of the settings that the environment or .env decide, whatever is chosen on the screen."""
    sources = EnvSettingsSource(Settings), DotEnvSettingsSource(Settings)
    return frozenset(name for source in sources for name in source())


def _field(variable: str) -> str:
    return variable.removeprefix(PREFIX).lower()


def _unknown_setting(variable: str) -> str:
    close = get_close_matches(_field(variable), Settings.model_fields, n=1)
    hint = f"; did you mean {PREFIX}{close[0].upper()}?" if close else "; docs/settings.md lists the settings"
    return f"{variable} is not a setting{hint}"


def _fault(fault: Any) -> str:
    name = str(fault["loc"][0]) if fault["loc"] else "settings"
    if fault["type"] == "extra_forbidden":
        return _unknown_setting(PREFIX + _field(name.upper()).upper())
    return f"{PREFIX}{name.upper()}: {fault['msg'].removeprefix('Value error, ')}"
