"""QR codes, in the terminal or as a file to print."""

from __future__ import annotations

import sys
from pathlib import Path

from kiosk.errors import ConfigurationError, StorageError

SUFFIXES = (".png", ".svg")
MODULE_PX = 8
BORDER_MODULES = 4  # ISO/IEC 18004 asks for so wide a quiet zone


def draw_qr_code(text: str, path: Path | None) -> None:
    """Draw a QR code with error correction Q: a quarter of it may be dirty or torn.

    Args:
        text: what it says.
        path: of a new file, .png or .svg; None for the terminal.

    Raises:
        ConfigurationError: the file has another suffix, or is there already.
        StorageError: the file cannot be written.
    """
    import segno

    code = segno.make_qr(text, error="q")
    if path is None:
        code.terminal(out=sys.stdout, compact=True, border=BORDER_MODULES)
        return
    kind = path.suffix.lower()
    if kind not in SUFFIXES:
        raise ConfigurationError(f"{path}: a QR code is written as .png or .svg")
    try:
        with path.open("xb") as file:
            code.save(file, kind=kind.removeprefix("."), scale=MODULE_PX, border=BORDER_MODULES)
    except FileExistsError as error:
        raise ConfigurationError(f"{path} is there already; name another file") from error
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}; name another folder") from error
