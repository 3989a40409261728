"""What the kernel says of the machine."""

from __future__ import annotations

from pathlib import Path

from kiosk.monitoring.machine_readings import read_machine

MEMINFO = "MemTotal:       24684084 kB\nMemFree:  1000 kB\nMemAvailable:   22312480 kB\nHugePages_Total:       0\n"
STATUS = "Name:\tpython\nVmRSS:\t  145064 kB\nThreads:\t9\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_memory_and_the_warmest_part_are_read(tmp_path: Path):
    _write(tmp_path / "meminfo", MEMINFO)
    _write(tmp_path / "self/status", STATUS)
    for number, reading in enumerate(("48500\n", "51250\n", "no number\n")):
        _write(tmp_path / f"thermal/thermal_zone{number}/temp", reading)
    found = read_machine(tmp_path, proc=tmp_path, thermal=tmp_path / "thermal")
    assert (found.total_bytes, found.available_bytes, found.own_bytes) == (
        24684084 * 1024,
        22312480 * 1024,
        145064 * 1024,
    )
    assert found.temperature_c == 51.25


def test_what_a_machine_does_not_tell_is_none(tmp_path: Path):
    found = read_machine(tmp_path / "missing", proc=tmp_path, thermal=tmp_path)
    assert (found.own_bytes, found.temperature_c, found.free_disk_bytes) == (None, None, None)


def test_this_machine_tells_its_memory_and_disk(tmp_path: Path):
    found = read_machine(tmp_path)
    assert found.own_bytes is not None and found.total_bytes is not None and found.own_bytes < found.total_bytes
    assert found.free_disk_bytes is not None and found.total_disk_bytes is not None
