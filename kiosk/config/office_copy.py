"""The copy of what is set for the whole office, which the database holds: for a start while that is away.

One line with the SHA-256 of the rest, which is JSON. A file that does not match is not used.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path

from kiosk.core.files import read_own_file, reason_of, replace_file
from kiosk.core.logger import log

FILE_NAME = "office_settings.json"


def load(data_dir: Path) -> Mapping[str, str]:
    """Return the settings of the copy as texts, by name; none where there is no copy, or a damaged one."""
    try:
        stored = read_own_file(data_dir / FILE_NAME)
    except OSError as error:
        log(logging.WARNING, "settings.copy_ignored", reason=reason_of(error))
        return {}
    if stored is None:
        return {}
    digest, _, text = stored.partition(b"\n")
    if hashlib.sha256(text).hexdigest().encode() != digest:
        log(logging.WARNING, "settings.copy_ignored", reason="damaged")
        return {}
    return {str(name): str(value) for name, value in json.loads(text).items()}


def save(data_dir: Path, settings: Mapping[str, str]) -> None:
    """Put settings in the place of those that were copied before; one that cannot be written is told in the log."""
    text = json.dumps(dict(settings), ensure_ascii=False, sort_keys=True).encode()
    try:
        replace_file(data_dir / FILE_NAME, hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
    except OSError as error:
        log(logging.WARNING, "settings.copy_failed", reason=reason_of(error))
