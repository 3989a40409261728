"""The settings: KIOSK_* environment variables, the file .env beside install.sh, and what was chosen on a screen.

The first that knows a setting wins: environment, .env, this device's choices, those for the whole office.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationError
from sqlalchemy import URL

from kiosk.config.device_settings import DeviceSettings
from kiosk.config.env_file import check_env_file
from kiosk.config.setting_faults import PREFIX, field_of, setting_fault, unknown_setting
from kiosk.config.validators import (
    listed_exit_reasons,
    time_of_day,
)
from kiosk.domain.corrections import ForgottenExit
from kiosk.domain.types import EventMode
from kiosk.errors import ConfigurationError


class Settings(DeviceSettings):
    """All that an office may set. A field named cooldown_s is read from KIOSK_COOLDOWN_S."""

    event_mode: EventMode = Field(
        EventMode.TOGGLE,
        description="what is recorded when somebody is recognised: toggle (entries and exits in turn), "
        "entry_only or exit_only",
    )
    longest_stay_h: float = Field(
        16,
        ge=1,
        le=96,
        description="maximum length of a stay in hours, without a schedule; after that, the exit counts as forgotten",
    )
    forgotten_exit: ForgottenExit = Field(
        ForgottenExit.OPEN,
        description="what becomes of an exit that nobody registered, once the stay can last no longer: open, or "
        "shift-end: set every night to the end of the shift where a schedule says when, marked as automatic",
    )
    day_begins: Annotated[str, AfterValidator(time_of_day)] = Field(
        "00:00", description="time of day at which an office day begins; a stay belongs to the day on which it began"
    )
    exit_reasons: Annotated[str, AfterValidator(listed_exit_reasons)] = Field(
        "break: Break: Перерыв; business: Business: По работе; personal: Personal: Личное",
        description="reasons to choose from when leaving, each `code: English name: Russian name`; empty for none",
    )
    cooldown_s: float = Field(300, ge=0, description="minimum seconds from a person's last sighting to the next event")
    holidays_country: str = Field(
        "", examples=["RU"], description="country whose public holidays nobody has to work on (default: none)"
    )
    holidays_region: str = Field(
        "", examples=["BY"], description="region of that country with holidays of its own (default: the whole country)"
    )
    organisation: str = Field("", max_length=200, description="name of the office, for timesheets (default: none)")
    okpo: str = Field(
        "",
        pattern=r"^(\d{8}|\d{10})?$",
        examples=["12345678"],
        description="code of the office in the register ОКПО, for the form T-13 (default: none)",
    )
    t13_pay: str = Field(
        "",
        examples=["Я: 2000: 26, ОТ: 2012: 26"],
        description="for the form T-13: what is paid under which code and account, each `mark: code of pay: account` "
        "(default: all of it on one line without a code)",
    )
    unknown_cooldown_s: float = Field(60, ge=0, description="minimum seconds between two events of unknown visitors")

    snapshots: bool = Field(True, description="keep a snapshot with each employee's event")
    unknown_snapshots: bool = Field(False, description="keep a snapshot of unknown visitors as well")
    snapshot_ttl_days: int = Field(7, ge=1, le=7, description="days after which a snapshot is deleted; 7 at most")
    decision_record_days: int = Field(
        7, ge=0, le=365, description="days for which the numbers behind a decision are kept (`kiosk why`); 0 for none"
    )
    keep_portrait: bool = Field(False, description="keep a small portrait of each enrolled person")
    templates_per_person: int = Field(
        10, ge=1, le=100, description="maximum number of templates per person; the best ones are kept"
    )
    inactive_template_days: int = Field(
        30, ge=0, le=3650, description="days after which a deactivated person's templates are deleted"
    )
    purge_at: Annotated[str, AfterValidator(time_of_day)] = Field(
        "03:00", description="time of day at which everything that has expired is deleted"
    )
    directory_file: Path | None = Field(
        None,
        examples=["/etc/kiosk/ldap.toml"],
        description="file of `kiosk employees pull` that says where the directory (LDAP, Active Directory) is whose "
        "people are fetched every night; nobody is deactivated when it would be more than a fifth (default: none)",
    )
    directory_deactivate_missing: bool = Field(
        False, description="deactivate at night who was fetched before and is not in the directory any more"
    )

    caller_vouches_for_consent: bool = Field(
        False,
        description="accept enrollments without a consent version: the caller vouches that the person has "
        "agreed to the current consent text",
    )

    backup_dir: Path | None = Field(
        None, examples=["/mnt/backups"], description="folder for backups (default: backups in the data directory)"
    )
    backup_keep: int = Field(14, ge=1, le=1000, description="number of backups to keep; older ones are deleted")

    key_dir: Path | None = Field(
        None,
        examples=["/etc/kiosk/keys"],
        description="folder for the keys that seal backups (default: beside the data directory, under its name with "
        "-keys behind it)",
    )

    api_alone: bool = Field(
        False,
        description="no kiosk runs on this machine, the API alone: `/health` and the doctor do not miss one",
    )
    api_host: str = Field("127.0.0.1", min_length=1, description="address on which the HTTP API listens")
    api_port: int = Field(8750, ge=1, le=65535, description="port on which the HTTP API listens")
    api_certificate: Path | None = Field(
        None,
        examples=["/etc/kiosk/certificate.pem"],
        description="PEM file of the TLS certificate of the HTTP API (default: no TLS)",
    )
    api_key: Path | None = Field(
        None, examples=["/etc/kiosk/key.pem"], description="PEM file of the certificate's private key (default: no TLS)"
    )
    api_plain_http: bool = Field(
        False, description="let other machines reach the API without TLS, for example behind a proxy that encrypts"
    )
    api_requests_per_minute: int = Field(
        600, ge=1, le=1_000_000, description="maximum requests per minute from one token"
    )
    api_connections: int = Field(
        512, ge=8, le=100_000, description="maximum connections to the API at once; fewer where files are limited"
    )
    api_connections_per_address: int = Field(
        256,
        ge=1,
        le=100_000,
        description="maximum connections to the API from one address; behind a reverse proxy that is everybody",
    )
    api_cors_origins: tuple[str, ...] = Field(
        (), description='origins of web pages whose scripts may call the API, as in ["https://portal.example.com"]'
    )

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="log level: DEBUG, INFO, WARNING or ERROR"
    )

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
    def effective_key_dir(self) -> Path:
        """Folder of the keys, outside of the data directory: whoever copies that has no key."""
        return self.key_dir or self.data_dir.with_name(f"{self.data_dir.name}-keys")

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
        name for name in os.environ if name.startswith(PREFIX) and field_of(name) not in Settings.model_fields
    )
    if unknown:
        raise ConfigurationError("; ".join(unknown_setting(name, Settings.model_fields) for name in unknown))
    env_file = Settings.model_config.get("env_file")
    if isinstance(env_file, Path):
        check_env_file(env_file)
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        raise ConfigurationError(
            "; ".join(setting_fault(fault, Settings.model_fields) for fault in error.errors())
        ) from error
