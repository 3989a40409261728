"""The last gallery that was loaded, kept on disk for a start while the database is away.

The file is a numpy archive followed by the SHA-256 of its bytes. A file that does not match is not parsed: a flipped
bit in a template would go unnoticed until somebody is taken for somebody else.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np

from kiosk.core.files import read_own_file, reason_of, replace_file
from kiosk.core.logger import log
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Template

FILE_NAME = "gallery.npz"
LARGEST_COPY = 1024 * 1024 * 1024
DIGEST_LENGTH = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True, eq=False)
class CachedGallery:
    """A gallery with the names of its people.

    Attributes:
        names: full names by the employees' numbers.
        called: what those are called for whom that is stored.
    """

    gallery: Gallery
    names: Mapping[int, str]
    called: Mapping[int, str] = field(default_factory=dict)


def save(
    path: Path,
    model_version: str,
    templates: tuple[Template, ...],
    names: Mapping[int, str],
    called: Mapping[int, str] = MappingProxyType({}),
) -> None:
    """Replace the file, mode 600.

    When the disk refuses, that is logged and the old file deleted if possible: whoever was erased must not stay in it.
    """
    archive = io.BytesIO()
    np.savez(
        archive,
        model_version=np.array(model_version),
        employee_ids=np.array([t.employee_id for t in templates], dtype=np.int64),
        template_ids=np.array([t.id or 0 for t in templates], dtype=np.int64),
        vectors=np.stack([t.vector for t in templates]) if templates else np.empty((0, 0), dtype=np.float32),
        named_ids=np.array(list(names), dtype=np.int64),
        names=np.array(list(names.values()), dtype=np.str_),
        called_ids=np.array(list(called), dtype=np.int64),
        called=np.array(list(called.values()), dtype=np.str_),
    )
    content = archive.getvalue()
    try:
        replace_file(path, content + hashlib.sha256(content).digest())
    except OSError as error:
        log(logging.WARNING, "gallery.copy_failed", reason=reason_of(error))
        _delete(path)


def load(path: Path, model_version: str) -> CachedGallery | None:
    """Return the cached gallery; None without a file, and with a line in the log for a damaged one or another model."""
    cached = load_any(path)
    if cached is not None and cached.gallery.model_version != model_version:
        log(logging.WARNING, "gallery.copy_ignored", reason="another model")
        return None
    return cached


def load_any(path: Path) -> CachedGallery | None:
    """Return the cached gallery of any model; None without a file, and with a line in the log for a damaged one."""
    try:
        data = read_own_file(path, LARGEST_COPY)
    except OSError as error:
        log(logging.WARNING, "gallery.copy_ignored", reason=reason_of(error))
        return None
    if data is None:
        return None
    content, digest = data[:-DIGEST_LENGTH], data[-DIGEST_LENGTH:]
    if hashlib.sha256(content).digest() != digest:
        log(logging.WARNING, "gallery.copy_ignored", reason="damaged")
        return None
    with np.load(io.BytesIO(content), allow_pickle=False) as copy:
        people, vectors = copy["employee_ids"].tolist(), copy["vectors"]
        # A copy written by an earlier version has no numbers of templates, and zero stands for none.
        numbers = copy["template_ids"].tolist() if "template_ids" in copy else [0] * len(people)
        templates = [Template(i, v, n or None) for i, v, n in zip(people, vectors, numbers, strict=True)]
        names = dict(zip(copy["named_ids"].tolist(), copy["names"].tolist(), strict=True))
        called = (
            dict(zip(copy["called_ids"].tolist(), copy["called"].tolist(), strict=True)) if "called" in copy else {}
        )
        return CachedGallery(Gallery(str(copy["model_version"]), templates), names, called)


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        log(logging.WARNING, "gallery.old_copy_stays", reason=reason_of(error))
