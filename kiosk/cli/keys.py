"""kiosk keys: the keys that seal backups."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.console import out, say

if TYPE_CHECKING:
    from kiosk.security.key_store import KeyStore
    from kiosk.security.recovery_key import WordLanguage

WORDS_ASKED = 3

app = typer.Typer(help="Keep the keys that seal backups.", no_args_is_help=True)


@app.callback()
def keys() -> None:
    """Keep the keys that seal backups."""


@app.command("status")
def status() -> None:
    """Say whether backups are sealed, since when, and how many of those there are."""
    from kiosk.app.backup import build_backup_dir
    from kiosk.config.settings import load_settings

    settings = load_settings()
    backups = build_backup_dir(settings)
    stored = backups.keys.stored()
    if stored is None:
        out.print("Backups are not sealed; `kiosk keys recovery` makes a recovery key, and from then on they are.")
    else:
        backups.keys.current()  # says when the device's key is gone
        made_at = stored.recovery_made_at.astimezone(settings.zone)
        since = stored.keys[0].made_at.astimezone(settings.zone)
        out.print(
            f"Backups are sealed. Recovery key of {made_at:%Y-%m-%d %H:%M}; office's key of {since:%Y-%m-%d %H:%M}."
        )
        out.print(f"Keys of before, which open older backups: {len(stored.keys) - 1}.")
    sealed = backups.count_sealed()
    out.print(f"In {backups.folder}: {sealed} sealed, {len(backups.paths()) - sealed} not sealed.", soft_wrap=True)
    out.print(f"The keys lie in {backups.keys.folder}; they are in no backup.", soft_wrap=True)


@app.command("recovery")
def recovery(
    language: Annotated[str, typer.Option("--language", metavar="en|ru", help="Language of the words.")] = "en",
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: for scripts that keep what is printed.")] = False,
) -> None:
    """Make the recovery key, print its 24 words once, and seal every backup from then on.

    Write the words down, or take a picture of the code with a telephone that you trust, and keep them apart from the
    device: without this device, only they open its backups. Nobody can print them again. A new recovery key opens what
    is sealed from then on; keep the old words as long as older backups are wanted.
    """
    from kiosk.errors import InvalidInput
    from kiosk.security.recovery_key import WORD_LISTS, make_recovery_key, words_of

    language_code: WordLanguage | None = next((code for code in WORD_LISTS if code == language), None)
    if language_code is None:
        raise InvalidInput(f"there are words in {' and '.join(WORD_LISTS)}, and not in {language!r}")
    store = _store()
    if store.stored() is not None and not yes:
        question = "There is a recovery key already. Make another one, for what is sealed from now on?"
        typer.confirm(question, abort=True, err=True)
    key = make_recovery_key()
    words = words_of(key, language_code)
    _print_words(words)
    if not yes:
        _ask_for_some(words)
    store.use_recovery_key(key)
    say("The recovery key is in force: every backup is sealed from now on. Older ones stay as they are.")


@app.command("rotate")
def rotate() -> None:
    """Make a new key for the backups to come; the recovery words stay, and older backups still open."""
    _store().rotate()
    say("A new key seals the backups from now on; the recovery words are the same.")


@app.command("recover")
def recover(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A sealed backup, when this device has no keys yet.")
    ] = None,
) -> None:
    """Take over the keys by the recovery words, on a new device or when the device's key is lost.

    The words are asked for, or read from standard input; English or Russian, in one line or several. Then
    `kiosk restore FILE` opens the backup.
    """
    from kiosk.backup.archive import BackupFile
    from kiosk.errors import InvalidInput
    from kiosk.security.recovery_key import key_of_words

    store = _store()
    header = None
    if file is not None:
        header = BackupFile(file, store.find).seal_header()
        if header is None:
            raise InvalidInput(f"{file} is not sealed; restore it at once: kiosk restore {file}")
    key = key_of_words(typer.prompt("The 24 words", err=True) if sys.stdin.isatty() else sys.stdin.read(4096))
    store.recover(key, header)
    say("The keys are on this device now." + (f" Next: kiosk restore {file}" if file else ""))


def _store() -> KeyStore:
    from kiosk.app.backup import build_key_store
    from kiosk.config.settings import load_settings

    return build_key_store(load_settings())


def _print_words(words: tuple[str, ...]) -> None:
    import segno

    rows = len(words) // 2
    for place in range(rows):
        left, right = words[place], words[place + rows]
        out.print(f"{place + 1:>4}  {left:<14}{place + rows + 1:>4}  {right}", highlight=False)
    out.print()
    if out.is_terminal:
        segno.make(" ".join(words), error="m").terminal(compact=True)


def _ask_for_some(words: tuple[str, ...]) -> None:
    """Have some of the words typed, so that they stand on paper before anything is sealed."""
    import secrets

    say("Before anything is sealed, type some of the words from your paper.")
    for place in sorted(secrets.SystemRandom().sample(range(len(words)), WORDS_ASKED)):
        while typer.prompt(f"Word {place + 1}", err=True).strip().casefold() != words[place]:
            say(f"That is not word {place + 1}; look at your paper again. Ctrl+C leaves everything as it was.")
