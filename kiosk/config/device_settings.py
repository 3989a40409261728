"""The settings of a device, its camera and its recognition; kiosk/config/settings.py has the others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr

from kiosk.config.paths import DEFAULT_DATA_DIR
from kiosk.config.settings_base import SettingsBase
from kiosk.config.validators import (
    absolute_path,
    existing_timezone,
    own_kiosk_id,
    quarter_turn,
    readable_source,
    system_timezone,
)
from kiosk.domain.evacuation_access import EvacuationAccess
from kiosk.domain.greeting_names import GreetingName
from kiosk.domain.liveness import LivenessMode
from kiosk.domain.screen_theme import ScreenTheme

DEFAULT_EMBEDDER = "sface"


class DeviceSettings(SettingsBase):
    """What one device is, sees and recognises by."""

    data_dir: Annotated[Path, AfterValidator(absolute_path)] = Field(
        DEFAULT_DATA_DIR,
        examples=["/var/lib/kiosk"],
        description="folder for the database, snapshots and models of your own (default: data, beside install.sh)",
    )
    run_dir: Path | None = Field(
        None,
        examples=["/run/kiosk"],
        description="folder for the status file of the running kiosk, best on a memory file system (default: "
        "the data directory)",
    )
    database_url: SecretStr | None = Field(
        None,
        examples=["postgresql://kiosk:password@localhost/kiosk"],
        description="database server, as in postgresql://user:password@host/name (default: a SQLite file in "
        "the data directory)",
    )
    database_timeout_s: float = Field(
        5,
        ge=0.1,
        le=30,
        description="seconds after which a database that does not answer the door counts as away",
    )
    kiosk_id: Annotated[str, AfterValidator(own_kiosk_id)] = Field(
        "kiosk-1",
        min_length=1,
        max_length=64,
        description="name of this device in the attendance log; demo and demo-data are reserved",
    )
    timezone: Annotated[str, AfterValidator(existing_timezone)] = Field(
        default_factory=system_timezone,
        examples=["Europe/Moscow"],
        description="time zone of the office, as in Europe/Moscow (default: the system's)",
    )

    office_name: str = Field(
        "", max_length=100, description="name of the office on the screen (default: Face attendance)"
    )
    greeting_name: GreetingName = Field(
        GreetingName.CALLED,
        description="what of a name the entrance shows: called (the name that is stored for it, or else the full one), "
        "full, initials, or none",
    )
    less_motion: bool = Field(
        False,
        description="nothing is animated on the screens; also followed where the desktop asks for less motion",
    )
    theme: ScreenTheme = Field(
        ScreenTheme.LIGHT,
        description="light, dark, or auto: as the desktop, and without one dark from 20:00 to 6:00",
    )
    high_contrast: bool = Field(False, description="stronger contrasts on the screens, 7 : 1 for every text")
    large_type: bool = Field(False, description="larger type on the screens, by a quarter where people read")
    office_responsible: str = Field(
        "",
        max_length=200,
        description="who is responsible for the recognition of faces, as shown on the screen (default: the "
        "office's name)",
    )
    office_logo_path: Path | None = Field(
        None,
        examples=["/etc/kiosk/logo.svg"],
        description="PNG, JPEG or SVG file shown beside the office's name (default: no logo)",
    )
    language: Literal["en", "ru"] = Field(
        "en", description="language of timesheets, and of the screens until somebody changes it there: en or ru"
    )
    evacuation_access: EvacuationAccess = Field(
        EvacuationAccess.DATABASE_AWAY,
        description="who may see on the screen who is in: password: the administrator; database-away: anybody while "
        "the password cannot be checked, as the database does not answer; always: anybody",
    )
    sounds: bool = Field(True, description="play a short sound on entry, exit and refusal")

    source: Annotated[str, AfterValidator(readable_source)] = Field(
        "0", repr=False, description="camera number, /dev path, stream URL, video file or folder of images to look at"
    )
    replay_fps: float | None = Field(
        None,
        ge=0.1,
        le=240,
        examples=["12.5"],
        description="frames per second at which a video file or folder is played (default: the file's own; 5 "
        "for a folder)",
    )
    camera_width_px: int = Field(1280, ge=160, le=7680, description="width to request from a USB camera, in pixels")
    camera_height_px: int = Field(720, ge=120, le=4320, description="height to request from a USB camera, in pixels")
    camera_fps: float = Field(
        30, ge=1, le=240, description="frame rate to request from a USB camera, in frames per second"
    )
    camera_rotation_deg: Annotated[int, AfterValidator(quarter_turn)] = Field(
        0, description="clockwise rotation of the camera's picture: 0, 90, 180 or 270 degrees"
    )
    camera_mirror: bool = Field(False, description="flip the camera's picture left to right")
    camera_exposure_ms: float | None = Field(
        None,
        ge=0.1,
        le=1000,
        examples=["20"],
        description="exposure time of a USB camera, in milliseconds (default: automatic)",
    )
    camera_face_exposure: bool = Field(
        False,
        description="let a USB camera expose for the face before it instead of for the whole picture; not yet tried "
        "on a physical camera",
    )
    camera_reconnect_max_s: float = Field(
        0.8, ge=0.1, le=60, description="maximum seconds between two attempts to reconnect to a lost camera"
    )
    camera_frozen_s: float = Field(
        2.5,
        ge=0,
        le=60,
        description="seconds of identical frames after which a camera counts as frozen; 0 turns the check off",
    )

    detector: str = Field("blazeface-full-range", description="id of the face detector in the model catalogue")
    embedder: str | None = Field(
        None,
        examples=[DEFAULT_EMBEDDER],
        description="id of the embedder in the model catalogue (default: the one that most people are enrolled with; "
        f"{DEFAULT_EMBEDDER} on a new device)",
    )
    liveness: LivenessMode = Field(
        LivenessMode.WATCH,
        description="what is done about photographs that are shown to the camera: off (nothing), or watch (what was "
        "seen of a live person is kept beside each event, and nobody is refused)",
    )
    templates_from_visits: bool = Field(False, description="let certain visits make templates of a new embedder")
    old_template_days: int = Field(
        30, ge=1, le=3650, description="days in which a finished change of embedder has a way back"
    )
    threads: int = Field(1, ge=1, le=64, description="number of CPU threads for the embedder")

    target_fpir: float = Field(
        0.001,
        gt=0,
        lt=0.5,
        description="accepted probability that a stranger's visit is taken for somebody enrolled (FPIR)",
    )
    agreeing_samples: int = Field(
        3, ge=1, le=20, description="number of samples of a face that must agree on the same person"
    )
    minimum_margin: float = Field(
        0.05, ge=0, le=1, description="minimum lead in similarity of the best candidate over the second best"
    )
    door_calibration: bool = Field(
        True,
        description="whether the door measures how much alike people are before its camera, and raises the threshold "
        "by it; `kiosk calibrate` shows what it has measured",
    )
