"""What was chosen on this device, at its first start or later: a file in the data directory, mode 600, replaced whole.

A KIOSK_* variable or a line in .env wins over it, and it wins over what is set for the whole office.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.core.files import read_own_file, reason_of, replace_file
from kiosk.core.logger import log
from kiosk.errors import ConfigurationError, StorageError

FILE_NAME = "choices.json"


@dataclass(frozen=True, slots=True)
class FirstRunAnswers:
    """What was chosen.

    Attributes:
        settings: values as they would be written in .env, by the setting's name.
        step: the question of the first start that was shown last.
        finished: all questions were passed.
    """

    settings: Mapping[str, str] = field(default_factory=dict)
    step: str = ""
    finished: bool = False


def load(data_dir: Path) -> FirstRunAnswers | None:
    """Return what was chosen, None before the first start and, with a line in the log, from a damaged file.

    Raises ConfigurationError when the file cannot be read.
    """
    path = data_dir / FILE_NAME
    try:
        stored = read_own_file(path)
        if stored is None:
            return None
        content = json.loads(stored)
        settings = {name: str(value) for name, value in content["settings"].items()}
        return FirstRunAnswers(settings, str(content["step"]), bool(content["finished"]))
    except OSError as error:
        raise ConfigurationError(
            f"{path}, what was chosen on this device, cannot be read: {reason_of(error)}; give it back to the kiosk's "
            "user, or move it away: a kiosk with a screen then asks again, settings in .env stay"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError):
        log(logging.WARNING, "first_run.damaged", path=path, goes_on_with="the defaults")
        return None


def save(data_dir: Path, choices: FirstRunAnswers) -> None:
    """Put choices in the place of the earlier ones. Raises StorageError, and the earlier ones stay."""
    content = {"settings": dict(choices.settings), "step": choices.step, "finished": choices.finished}
    path = data_dir / FILE_NAME
    try:
        replace_file(path, json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}; make room or repair the disk") from error
