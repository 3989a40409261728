"""Processes that may take so much memory and no more, as under a unit's MemoryMax."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.config.paths import PROJECT_DIR

_ROOT = Path("/sys/fs/cgroup")
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class MemoryLimit:
    """What a process may take.

    how: in words for a report. Without the right to make a control group nothing is limited, and the peaks alone tell.
    """

    how: str
    limit_bytes: int
    folder: Path | None

    def command(self, *arguments: str | Path) -> list[str]:
        """Return the command that joins the group and becomes the command given."""
        given = [str(argument) for argument in arguments]
        join = 'echo $$ >"$0" && exec "$@"'
        return given if self.folder is None else ["/bin/sh", "-c", join, str(self.folder / "cgroup.procs"), *given]


def memory_max(unit: str) -> int:
    """Return the bytes that a unit of assets/device may take."""
    text = (PROJECT_DIR / "assets" / "device" / unit).read_text(encoding="utf-8")
    return _number(r"^MemoryMax=(\d+)M$", text) * MEGABYTE


def allocator_settings(unit: str) -> dict[str, str]:
    """Return what a unit of assets/device tells the allocator of the C library."""
    text = (PROJECT_DIR / "assets" / "device" / unit).read_text(encoding="utf-8")
    return dict(re.findall(r"^Environment=(MALLOC_\w+)=(\S+)$", text, re.MULTILINE))


@contextmanager
def memory_limited(limit_bytes: int) -> Iterator[MemoryLimit]:
    """Make a control group of version 2 or 1 with this limit and without swap, where that may be done."""
    name = f"kiosk-test-{uuid.uuid4().hex[:8]}"
    for how, folder, settings in (
        ("cgroup v2", _ROOT / name, {"memory.max": limit_bytes, "memory.swap.max": 0}),
        ("cgroup v1", _ROOT / "memory" / name, {"memory.limit_in_bytes": limit_bytes, "memory.swappiness": 0}),
    ):
        with suppress(OSError):
            folder.mkdir()
        if not folder.is_dir():
            continue
        try:
            if all((folder / file).exists() for file in settings):
                for file, value in settings.items():
                    (folder / file).write_text(str(value), encoding="ascii")
                yield MemoryLimit(how, limit_bytes, folder)
                return
        finally:
            folder.rmdir()
    yield MemoryLimit("no control group may be made here", limit_bytes, None)


def peak_bytes(pid: int) -> int:
    """Return the most resident memory that a process, which lives, has had since this was asked last."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
    return _number(r"^VmHWM:\s+(\d+) kB$", status) * 1024


def _number(pattern: str, text: str) -> int:
    found = re.search(pattern, text, re.MULTILINE)
    assert found is not None, f"{pattern} is not in {text}"
    return int(found[1])
