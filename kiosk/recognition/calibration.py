"""The impostor tail measured on a site's own photographs, in place of the catalogue's."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.core.files import replace_file
from kiosk.domain.gallery import ImpostorTail
from kiosk.domain.types import Template
from kiosk.errors import ConfigurationError, StorageError
from kiosk.evaluation.protocol import Result

FILE_NAME = "calibration.toml"
RATES = (1e-2, 1e-3, 1e-4, 1e-5)
# A rate is taken from the site when so many pairs of different people lie beyond it; from fewer it is a guess.
LEAST_PAIRS = 30


class Calibration(BaseModel):
    """What `kiosk evaluate --apply` found; it holds for that model alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model_version: str
    made_at: datetime
    people: int
    impostor_tail: ImpostorTail


def site_tail(templates: Sequence[Template], results: Sequence[Result], catalogue: ImpostorTail) -> ImpostorTail:
    """Return the tail of the site's people, each pair of them counted once in each direction.

    Rates too rare to be seen among so many people are taken from the catalogue, moved by as much as the rarest that
    was seen. Raises ConfigurationError with too few people to see any.
    """
    similarities = _of_different_people(templates, results)
    seen = [rate for rate in RATES if rate * len(similarities) >= LEAST_PAIRS]
    if not seen:
        raise ConfigurationError(
            f"{len(similarities):,} pairs of different people are too few to calibrate by; "
            f"{round(LEAST_PAIRS / RATES[0]):,} are needed, as among 60 people with a photograph each"
        )
    measured = [float(np.quantile(similarities, 1 - rate, method="higher")) for rate in seen]
    moved_by = measured[-1] - catalogue.similarity_at(seen[-1])
    beyond = [catalogue.similarity_at(rate) + moved_by for rate in RATES[len(seen) :]]
    try:
        return ImpostorTail((*measured, *beyond), RATES)
    except ValueError as error:
        raise ConfigurationError("the similarities of different people do not thin out: check the folders") from error


def save(calibration: Calibration, data_dir: Path) -> Path:
    """Write the calibration, which replaces an earlier one. Raises StorageError."""
    tail = calibration.impostor_tail
    lines = [
        "# Made by `kiosk evaluate --apply`; delete this file to go back to the catalogue's figures.",
        f'model_version = "{calibration.model_version}"',
        f"made_at = {calibration.made_at.isoformat()}",
        f"people = {calibration.people}",
        "[impostor_tail]",
        f"similarities = [{', '.join(f'{s:.4f}' for s in tail.similarities)}]",
        f"fmr = [{', '.join(f'{rate:g}' for rate in tail.fmr)}]",
    ]
    path = data_dir / FILE_NAME
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        replace_file(path, ("\n".join(lines) + "\n").encode())
    except OSError as error:
        raise StorageError(f"cannot write {path}: {error.strerror}") from error
    return path


def load(data_dir: Path, model_version: str) -> ImpostorTail | None:
    """Return the site's tail for this model, None where there is none. Raises ConfigurationError for a damaged file."""
    path = data_dir / FILE_NAME
    remedy = "run kiosk evaluate --apply again, or delete the file"
    try:
        calibration = Calibration.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigurationError(f"{path} cannot be used; {remedy}") from error
    return calibration.impostor_tail if calibration.model_version == model_version else None


def _of_different_people(templates: Sequence[Template], results: Sequence[Result]) -> NDArray[np.float32]:
    """Return the similarities of one template and one probe of each two people, so that nobody counts more."""
    first = {t.employee_id: t.vector for t in reversed(templates)}
    last = {r.visit.person: r.attempts[-1].vector for r in results if r.attempts}
    if not last:
        return np.empty(0, np.float32)
    similarities = np.stack(list(last.values())) @ np.stack(list(first.values())).T
    different = np.array(list(last))[:, None] != np.array(list(first))[None, :]
    found: NDArray[np.float32] = similarities[different]
    return found
