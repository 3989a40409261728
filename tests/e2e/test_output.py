"""Results on standard output: as UTF-8, of whole days, and a sentence where nobody takes them."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.__main__ import main

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def office(command: Command) -> Command:
    command("demo-data", "--people", "3", "--days", "10")
    return command


def kiosk(environment: dict[str, str], stdout: Path | None, *arguments: str, **more: str) -> tuple[int, bytes, str]:
    with ExitStack() as stack:
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", *arguments],
            env={**os.environ, **environment, **more},
            stdout=subprocess.PIPE if stdout is None else stack.enter_context(stdout.open("wb")),
            stderr=subprocess.PIPE,
            check=False,
        )
    return done.returncode, done.stdout or b"", done.stderr.decode()


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("output", ["csv", "json", "table"])
def test_a_full_disk_is_said_in_a_sentence(environment: dict[str, str], output: str) -> None:
    code, _, said = kiosk(environment, Path("/dev/full"), "log", "--format", output)
    assert (code, said) == (2, "kiosk: standard output cannot be written: No space left on device\n")


@pytest.mark.usefixtures("office")
def test_what_is_written_is_utf_8_whatever_the_locale_says(environment: dict[str, str]) -> None:
    code, written, _ = kiosk(environment, None, "log", "--format", "csv", PYTHONIOENCODING="latin-1", LC_ALL="C")
    assert code == 0
    assert written.startswith(b"\xef\xbb\xbftrace_id,")
    assert written.decode("utf-8-sig").count("\n") > 10


def test_until_a_day_means_the_whole_of_it(office: Command) -> None:
    log = office("log", "--format", "csv").stdout
    days = sorted({line.split(",")[1][:10] for line in log.splitlines()[1:]})
    last = days[-2]
    of_day = [line for line in log.splitlines()[1:] if line.split(",")[1].startswith(last)]
    found = office("log", "--format", "csv", "--since", last, "--until", last).stdout.splitlines()[1:]
    assert found == of_day
    assert len(office("log", "--format", "csv", "--until", f"{last}T00:00").stdout) < len(log)


@pytest.mark.parametrize("day", ["2026-13-01", "9999-12-31"])
def test_what_is_no_day_is_said(command: Command, day: str) -> None:
    refused = command("log", "--until", day)
    assert refused.returncode == 2
    assert "is no day or time" in refused.stderr


@pytest.mark.parametrize("until", ["2026-11-25", "2026-11-26T00:00"])
def test_a_span_that_ends_before_it_begins_is_said(command: Command, until: str) -> None:
    refused = command("log", "--since", "2026-11-26", "--until", until)
    assert refused.returncode == 2
    assert "the span ends before it begins" in " ".join(refused.stderr.replace("│", " ").split())


@pytest.mark.usefixtures("office")
def test_a_long_list_on_a_full_disk_is_one_sentence_too(environment: dict[str, str], office: Command) -> None:
    office("demo-data", "--people", "30", "--days", "60")
    code, _, said = kiosk(environment, Path("/dev/full"), "log", "--format", "csv")
    assert (code, said) == (2, "kiosk: standard output cannot be written: No space left on device\n")


def test_another_fault_is_not_taken_for_the_outputs(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError(errno.ENOSPC, "a disk of ours")

    monkeypatch.setattr("kiosk.__main__.app", fail)
    with pytest.raises(OSError, match="a disk of ours"):
        main()


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("arguments", [("log", "--format", "json"), ("timesheet", "--month", "2026-01")])
def test_a_reader_who_has_had_enough_is_no_fault(environment: dict[str, str], arguments: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", *arguments],
            env=environment,
            stdout=write,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.usefixtures("office")
def test_without_a_standard_output_nothing_fails(environment: dict[str, str]) -> None:
    command = f"{sys.executable} -m kiosk log --format csv >&-"
    done = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
