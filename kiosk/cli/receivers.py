"""`kiosk receivers`: which other systems are told of each change of the attendance."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.console import add_row, out, say, table

if TYPE_CHECKING:
    from db.receivers import StoredReceiver
    from kiosk.receivers.administration import ReceiverAdministration

app = typer.Typer(
    help="Set up which other systems are told of each entry, exit and correction; `kiosk deliver` tells them.",
    no_args_is_help=True,
)

LARGEST_SECRET = 64 * 1024
Name = Annotated[str, typer.Argument(metavar="NAME", help="The receiver's name.")]
Options = Annotated[
    list[str] | None, typer.Option("--set", metavar="OPTION=VALUE", help="An option; may be given again.")
]
Secrets = Annotated[
    list[str] | None,
    typer.Option("--secret", metavar="SECRET=FILE", help="A secret, read from a file, or from standard input with -."),
]


@app.command("list")
def list_receivers(
    as_json: Annotated[bool, typer.Option("--json", help="Print an array of JSON objects.")] = False,
) -> None:
    """List receivers, how far each has come, and what is wrong; secrets are never shown."""
    with _administration() as receivers:
        found = [(one, receivers.waiting(one), receivers.is_local(one.name)) for one in receivers.list()]
    if as_json:
        sys.stdout.write(json.dumps([_record(*one) for one in found], ensure_ascii=False, indent=1) + "\n")
        return
    if not found:
        say("There are no receivers; `kiosk receivers add` adds one, `kiosk receivers kinds` lists the kinds.")
        return
    rows = table("name", "kind", "state", "last number", "waiting", "error", "failures", "this device")
    for one, waiting, is_local in found:
        yes = "yes" if is_local else "no"
        add_row(rows, one.name, one.kind, _state(one), one.position, waiting, one.error, one.failure_count, yes)
    out.print(rows)


@app.command()
def kinds() -> None:
    """List the kinds of receivers, with their options and secrets."""
    from kiosk.receivers.registry import KINDS

    rows = table("kind", "option", "meaning", "unless set")
    for name, kind in KINDS.items():
        add_row(rows, name, "", kind.summary, "")
        for option, field in kind.options.model_fields.items():
            default = "has to be set" if field.is_required() else field.default
            add_row(rows, "", option, field.description, default)
        for secret in kind.secrets:
            add_row(rows, "", secret, "a secret", "")
    out.print(rows)


@app.command()
def add(
    name: Name,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="As listed by `kiosk receivers kinds`.")],
    options: Options = None,
    secrets: Secrets = None,
    after: Annotated[
        int | None,
        typer.Option(min=0, metavar="N", help="Begin after this number; 0 for all there is. Else with what comes now."),
    ] = None,
) -> None:
    """Add a receiver, to which this device delivers."""
    with _administration() as receivers:
        stored = receivers.add(name, kind, _options(options), _secrets(secrets), after)
    say(f"Receiver {name} is added and is told of all after number {stored.position}.")


@app.command("set")
def set_options(name: Name, options: Options = None, secrets: Secrets = None) -> None:
    """Change options or secrets of a receiver."""
    with _administration() as receivers:
        if options:
            receivers.set(name, _options(options))
        if secrets:
            receivers.set_secrets(name, _secrets(secrets))
    say(f"Receiver {name} is changed." if options or secrets else "Nothing is changed; give --set or --secret.")


@app.command()
def test(name: Name) -> None:
    """Try a receiver: send it something harmless, and say what became of it."""
    with _administration() as receivers:
        said = receivers.test(name)
    say(f"Receiver {name}: {said}.")


@app.command()
def pause(name: Name) -> None:
    """Deliver nothing to a receiver until it is resumed; nothing is lost."""
    with _administration() as receivers:
        receivers.pause(name)
    say(f"Receiver {name} is paused.")


@app.command()
def resume(name: Name) -> None:
    """Deliver again from where a receiver was, and from this device."""
    with _administration() as receivers:
        stored = receivers.resume(name)
    say(f"Receiver {name} goes on after number {stored.position}.")


@app.command()
def replay(
    name: Name,
    first: Annotated[int, typer.Option("--from", min=1, metavar="N", help="Number of the change that comes next.")],
) -> None:
    """Deliver again from a number on; with a later one, leave out what lies before it."""
    with _administration() as receivers:
        receivers.replay(name, first)
    say(f"Receiver {name} is told again of all from number {first} on.")


@app.command()
def remove(name: Name) -> None:
    """Remove a receiver and its secrets."""
    with _administration() as receivers:
        receivers.remove(name)
    say(f"Receiver {name} is removed.")


def _state(one: StoredReceiver) -> str:
    return "paused" if one.is_paused else "failing" if one.error else "works" if one.delivered_at else "new"


def _record(one: StoredReceiver, waiting: int, is_local: bool) -> dict[str, object]:
    def text(moment: object) -> str | None:
        return None if moment is None else str(moment)

    return {
        "name": one.name,
        "kind": one.kind,
        "options": json.loads(one.options),
        "state": _state(one),
        "position": one.position,
        "waiting": waiting,
        "error": one.error,
        "failing_since": text(one.failing_since),
        "retry_at": text(one.retry_at),
        "failures": one.failure_count,
        "delivered_at": text(one.delivered_at),
        "this_device": is_local,
    }


def _options(given: list[str] | None) -> dict[str, str]:
    return dict(_pair(one, "--set OPTION=VALUE") for one in given or ())


def _secrets(given: list[str] | None) -> Mapping[str, str]:
    pairs = (_pair(one, "--secret SECRET=FILE") for one in given or ())
    return {name: _read_secret(name, path) for name, path in pairs}


def _pair(text: str, form: str) -> tuple[str, str]:
    from kiosk.errors import InvalidInput

    name, equals, value = text.partition("=")
    if not (name and equals):
        raise InvalidInput(f"write it as {form}")  # what was typed may be a secret in the wrong place
    return name, value


def _read_secret(name: str, path: str) -> str:
    from kiosk.core.files import read_own_file, reason_of
    from kiosk.errors import InvalidInput

    try:
        if path == "-":
            content: bytes | None = sys.stdin.buffer.read(LARGEST_SECRET)
        else:
            content = read_own_file(Path(path), LARGEST_SECRET)
        secret = (content or b"").decode("utf-8").strip()
    except OSError as error:
        raise InvalidInput(f"the file of the secret {name} cannot be read: {reason_of(error)}") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"the file of the secret {name} is no text") from error
    if not secret:
        raise InvalidInput(f"the file of the secret {name} is missing or empty")
    return secret


@contextmanager
def _administration() -> Iterator[ReceiverAdministration]:
    from kiosk.app.databases import open_database
    from kiosk.app.receivers import build_receiver_administration
    from kiosk.app.setting_store import load_settings

    settings = load_settings()
    with open_database(settings) as database:
        yield build_receiver_administration(settings, database)
