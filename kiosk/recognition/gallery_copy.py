"""The last good gallery on disk, for a start while the database is away."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kiosk.core.files import replace_file
from kiosk.core.gallery import Gallery
from kiosk.core.logger import log
from kiosk.core.types import Template

FILE_NAME = "gallery.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Enrolled:
    """The people who can be recognised: their templates, and the full names that they are greeted by."""

    gallery: Gallery
    names: Mapping[int, str]


def save(path: Path, model_version: str, templates: tuple[Template, ...], names: Mapping[int, str]) -> None:
    """Put a copy in place, mode 600; a disk that refuses is logged: the gallery in memory is in use."""
    content = io.BytesIO()
    np.savez(
        content,
        model_version=np.array(model_version),
        employee_ids=np.array([t.employee_id for t in templates], dtype=np.int64),
        vectors=np.stack([t.vector for t in templates]) if templates else np.empty((0, 0), dtype=np.float32),
        named_ids=np.array(list(names), dtype=np.int64),
        names=np.array(list(names.values()), dtype=np.str_),
    )
    try:
        replace_file(path, content.getvalue())
    except OSError as error:
        log(logging.WARNING, "gallery.copy_failed", reason=error.strerror or type(error).__name__)


def load(path: Path, model_version: str) -> Enrolled | None:
    """Return the copy, or None when there is none of this model or it is damaged; the zip's checksums tell."""
    try:
        with np.load(path, allow_pickle=False) as copy:
            if str(copy["model_version"]) != model_version:
                log(logging.WARNING, "gallery.copy_ignored", reason="another model")
                return None
            templates = [Template(int(i), v) for i, v in zip(copy["employee_ids"], copy["vectors"], strict=True)]
            names = dict(zip(copy["named_ids"].tolist(), copy["names"].tolist(), strict=True))
            return Enrolled(Gallery(model_version, templates), names)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        log(logging.WARNING, "gallery.copy_ignored", reason="damaged or unreadable")
        return None
