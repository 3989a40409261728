"""Every command that a document shows exists, and takes the options and values that are shown with it."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from typing import Any

import pytest
from typer.main import get_command

from kiosk.__main__ import app
from kiosk.config.paths import PROJECT_DIR
from support.documents import Document, documents, split_commands

KIOSK = ("kiosk", ".venv/bin/kiosk")
INSTALLER = ("./install.sh", "install.sh")
# Of these the arguments go on to another program.
PASSED_ON = {"run": "kiosk run", "test": "pytest", "test-faults": "pytest", "check": "pytest", "lock": "uv"}
OPTION = re.compile(r"--[a-z][a-z-]+")


@cache
def usage(*verb: str) -> str:
    return subprocess.run(
        [PROJECT_DIR / "install.sh", *verb, "--help"], capture_output=True, text=True, check=True, timeout=30
    ).stdout


def verbs() -> set[str]:
    return set(re.findall(r"^  ([a-z][a-z-]*) ", usage(), re.MULTILINE))


def kiosk_fault(words: tuple[str, ...]) -> str | None:
    """Return what is wrong with a call of kiosk; a command that is only named needs no arguments."""
    command: Any = get_command(app)
    arguments = [re.sub(r"^\[(.*)\]$", r"\1", word) for word in words]
    path: list[str] = []
    while hasattr(command, "commands") and arguments:
        if arguments[0] in ("COMMAND", "…", "--help"):
            return None
        if command.invoke_without_command and arguments[0].startswith("-"):
            break
        if arguments[0] not in command.commands:
            return f"there is no kiosk {' '.join([*path, arguments[0]])}"
        path.append(arguments[0])
        command = command.commands[arguments.pop(0)]
    arguments = [word for word in arguments if word not in ("…", "--help")]
    try:
        command.make_context("kiosk", list(arguments))
    except Exception as error:
        if type(error).__name__ in ("MissingParameter", "NoArgsIsHelpError") and not arguments:
            return None
        return f"kiosk {' '.join(words)}: {error}"
    return None


def installer_fault(words: tuple[str, ...]) -> str | None:
    if not words or words[0] in ("VERB", "--help"):
        return None
    verb, *arguments = words
    if verb not in verbs():
        return f"./install.sh has no verb {verb}"
    if PASSED_ON.get(verb) == "kiosk run":
        return kiosk_fault(("run", *arguments))
    if verb in PASSED_ON:
        return None
    text = usage(verb) if f"{verb} [OPTIONS]" in usage() else usage()
    unknown = [word for word in arguments if word.startswith("--") and word.partition("=")[0] not in text]
    return f"./install.sh {verb} does not know {' '.join(unknown)}" if unknown else None


def fault(words: tuple[str, ...]) -> str | None:
    if words[0] in KIOSK:
        return kiosk_fault(words[1:])
    if words[:3] in (("python", "-m", "kiosk"), (".venv/bin/python", "-m", "kiosk")):
        return kiosk_fault(words[3:])
    if words[0] in INSTALLER:
        return installer_fault(words[1:])
    return None


def options(command: Any) -> set[str]:
    """All long options of a command and of those below it."""
    own = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    return own.union(*(options(below) for below in getattr(command, "commands", {}).values()), {"--help"})


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_commands_exist(document: Document) -> None:
    faults = [fault(command) for command in document.commands]
    assert [found for found in faults if found is not None] == []


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_options_that_stand_alone_exist(document: Document) -> None:
    known = options(get_command(app)) | {o for verb in ("device", "upgrade") for o in OPTION.findall(usage(verb))}
    alone = {span.split()[0].partition("=")[0] for span in document.code_spans if span.startswith("--")}
    assert alone - known == set()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("kiosk fly", "there is no kiosk fly"),
        ("kiosk employees fly", "there is no kiosk employees fly"),
        ("kiosk log --format pdf", "--format"),
        ("kiosk log --nowhere", "--nowhere"),
        ("sudo systemctl stop kiosk && kiosk restore --fast FILE", "--fast"),
        ("KIOSK_SOURCE=1 python -m kiosk run --fly", "--fly"),
        ("./install.sh fly", "no verb fly"),
        ("sudo ./install.sh device --fly", "does not know --fly"),
        ("./install.sh run --fly", "--fly"),
        ("kiosk restore FILE    # stop the kiosk before", None),
        ("kiosk employees set-pin", None),
        ("kiosk COMMAND --help", None),
        ("sudo ./install.sh device --session x11", None),
        ("./install.sh test -k gallery", None),
    ],
)
def test_wrong_commands_are_noticed(line: str, sentence: str | None) -> None:
    found = [f for f in map(fault, split_commands(line)) if f is not None]
    assert found == [] if sentence is None else [sentence in f for f in found] == [True]
