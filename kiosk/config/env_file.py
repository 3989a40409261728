"""Whether the file .env says what its author meant: every line is understood as it stands, or named."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from kiosk.errors import ConfigurationError

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def check_env_file(path: Path) -> None:
    """Raise ConfigurationError naming the first line that cannot be decoded or parsed, or that would be expanded.

    Also for a file that cannot be read; one that is not there, or a folder of that name, holds no settings.
    """
    try:
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be read: {error.strerror}; run this as its owner, or let the kiosk's user read it"
        ) from error
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise ConfigurationError(f"{path}, line {number}: not UTF-8; save the file in UTF-8") from error
        if b"\0" in line:
            raise ConfigurationError(f"{path}, line {number}: not a text; save the file in UTF-8")
    for number, binding in numbered_bindings(content.decode("utf-8-sig")):
        if binding.error or (binding.key is not None and (binding.value is None or not NAME.fullmatch(binding.key))):
            raise ConfigurationError(f"{path}, line {number}: not understood; write it like KIOSK_LANGUAGE=ru")
        if binding.value is not None and "${" in binding.value:
            raise ConfigurationError(f"{path}, line {number}: ${{…}} is not replaced here; write the value out")


def numbered_bindings(text: str) -> Iterator[tuple[int, Binding]]:
    """Yield what each entry binds, with the number of the line on which it begins."""
    for binding in parse_stream(io.StringIO(text)):
        before = binding.original.string[: -len(binding.original.string.lstrip())]
        yield binding.original.line + before.count("\n"), binding
