"""A site's calibration: the impostor tail measured on its own photographs, used in place of the catalogue's.

kiosk.evaluation.impostor_tail measures it; here it is stored and loaded.
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.core.files import read_own_file, replace_file
from kiosk.domain.gallery import ImpostorTail
from kiosk.errors import ConfigurationError, StorageError

FILE_NAME = "calibration.toml"


class Calibration(BaseModel):
    """What `kiosk evaluate --apply` measured; it is valid for that model only.

    Attributes:
        model_version: identity of the model that the similarities were measured with.
        made_at: aware UTC.
        people: number of people that it was measured on.
        impostor_tail: how often different people of the site reach a similarity.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    model_version: str
    made_at: datetime
    people: int
    impostor_tail: ImpostorTail


def save(calibration: Calibration, data_dir: Path) -> Path:
    """Write the calibration over an earlier one and return its path. Raises StorageError."""
    tail = calibration.impostor_tail
    lines = [
        "# Made by `kiosk evaluate --apply`; delete this file to go back to the catalogue's figures.",
        f'model_version = "{calibration.model_version}"',
        f"made_at = {calibration.made_at.isoformat()}",
        f"people = {calibration.people}",
        "[impostor_tail]",
        f"similarities = [{', '.join(f'{s:.4f}' for s in tail.similarities)}]",
        f"fmr = [{', '.join(f'{rate:g}' for rate in tail.fmr)}]",
        *([] if tail.mean is None else [f"mean = {tail.mean:.4f}"]),
    ]
    path = data_dir / FILE_NAME
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        replace_file(path, ("\n".join(lines) + "\n").encode())
    except OSError as error:
        raise StorageError(f"cannot write {path}: {error.strerror}") from error
    return path


def load(data_dir: Path, model_version: str) -> ImpostorTail | None:
    """Return the site's tail for this model, or None without one. Raises ConfigurationError for a damaged file."""
    path = data_dir / FILE_NAME
    remedy = "run kiosk evaluate --apply again, or delete the file"
    try:
        stored = read_own_file(path)
        if stored is None:
            return None
        calibration = Calibration.model_validate(tomllib.loads(stored.decode()))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigurationError(f"{path} cannot be used; {remedy}") from error
    return calibration.impostor_tail if calibration.model_version == model_version else None
