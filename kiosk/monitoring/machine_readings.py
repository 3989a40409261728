"""What the kernel says of the machine: memory, temperature, disk.

Source: proc(5), /proc/meminfo and /proc/self/status in kibibytes; thermal zones under /sys/class/thermal in thousandths
of a degree.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC, THERMAL = Path("/proc"), Path("/sys/class/thermal")
_KIB = 1024


@dataclass(frozen=True, slots=True)
class MachineReadings:
    """One moment of the machine; None for what it does not tell.

    Attributes:
        own_bytes: memory of this process.
        available_bytes: memory that programs can still have.
        total_bytes: memory of the machine.
        temperature_c: of its warmest part, degrees Celsius.
        free_disk_bytes: on the data directory's disk.
        total_disk_bytes: size of that disk.
    """

    own_bytes: int | None
    available_bytes: int | None
    total_bytes: int | None
    temperature_c: float | None
    free_disk_bytes: int | None
    total_disk_bytes: int | None


def read_machine(
    data_dir: Path, *, proc: Path = Path("/proc"), thermal: Path = Path("/sys/class/thermal")
) -> MachineReadings:
    """Read everything anew; a few small files."""
    memory, own = _kib_values(proc / "meminfo"), _kib_values(proc / "self" / "status")
    free = total = None
    with suppress(OSError):
        usage = shutil.disk_usage(data_dir)
        free, total = usage.free, usage.total
    return MachineReadings(
        own_bytes=own.get("VmRSS"),
        available_bytes=memory.get("MemAvailable"),
        total_bytes=memory.get("MemTotal"),
        temperature_c=_warmest_c(thermal),
        free_disk_bytes=free,
        total_disk_bytes=total,
    )


def _kib_values(path: Path) -> dict[str, int]:
    """Return the lines `Name: 123 kB` of a file in bytes; none where it cannot be read."""
    found: dict[str, int] = {}
    with suppress(OSError):
        for line in path.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            number, _, unit = value.strip().partition(" ")
            if unit == "kB" and number.isdecimal():
                found[name] = int(number) * _KIB
    return found


def _warmest_c(thermal: Path) -> float | None:
    degrees = []
    for zone in thermal.glob("thermal_zone*/temp"):
        with suppress(OSError, ValueError):
            degrees.append(int(zone.read_text(encoding="ascii")) / 1000)
    return max(degrees, default=None)
