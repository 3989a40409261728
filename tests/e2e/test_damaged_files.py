"""Files of a device that are empty, cut, overwritten or something else: a sentence with the next step, or a default."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from kiosk.core.opencv import cv2
from support import photographs

Damage = Callable[[Path], None]
BACKUP = "office.kiosk-backup"
LOG, RUN, DOCTOR = ("log",), ("run", "--headless", "--source", "{pictures}", "--speed", "max"), ("doctor",)
RESTORE, SERVE = ("restore", "{file}", "--yes"), ("serve", "--port", "1")
VERIFY, SAVE = ("audit", "verify"), ("backup", "{data}/another")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def noise(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(4096))  # noqa: S311


def middle(path: Path) -> None:
    """Overwrite the middle third."""
    content = bytearray(path.read_bytes())
    third = len(content) // 3
    content[third : 2 * third] = random.Random(2).randbytes(third)  # noqa: S311
    path.write_bytes(content)


def another(path: Path) -> None:
    path.write_text("[1, 2, 3]\n", encoding="ascii")


def folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


class Case(NamedTuple):
    """words: that the command says when it meets the file."""

    name: str
    damage: Damage
    arguments: tuple[str, ...]
    exit_code: int
    words: str


CASES = [
    Case("kiosk.db", empty, LOG, 2, "kiosk restore FILE"),
    Case("kiosk.db", cut, LOG, 2, "kiosk restore FILE"),
    Case("kiosk.db", noise, LOG, 2, "kiosk restore FILE"),
    Case("kiosk.db", another, LOG, 2, "kiosk restore FILE"),
    Case("kiosk.db", folder, LOG, 2, "kiosk restore FILE"),
    Case("kiosk.db-wal", noise, LOG, 0, ""),
    Case("kiosk.db-wal", folder, LOG, 2, "the files beside it"),
    Case("events.journal", empty, RUN, 0, ""),
    Case("events.journal", cut, RUN, 0, "journal.damaged"),
    Case("events.journal", noise, RUN, 0, "journal.damaged"),
    Case("events.journal", middle, RUN, 0, "journal.damaged"),
    Case("events.journal", folder, DOCTOR, 2, "events.journal cannot be read"),
    Case("gallery.npz", noise, RUN, 0, "gallery.loaded"),
    Case("gallery.npz", folder, RUN, 0, "gallery.copy_failed"),
    Case("choices.json", empty, LOG, 0, "first_run.damaged"),
    Case("choices.json", cut, LOG, 0, "first_run.damaged"),
    Case("choices.json", noise, LOG, 0, "first_run.damaged"),
    Case("choices.json", another, LOG, 0, "first_run.damaged"),
    Case("choices.json", folder, LOG, 2, "choices.json, what was chosen on this device, cannot be read"),
    Case("purge.json", noise, ("purge",), 0, "Deleted"),
    Case("status.json", another, DOCTOR, 2, "no kiosk runs on this data directory"),
    Case("audit.head", empty, VERIFY, 2, "audit.head is damaged"),
    Case("audit.head", noise, VERIFY, 2, "audit.head"),
    Case("audit.head", folder, VERIFY, 2, "audit.head cannot be read"),
    Case("erased.list", noise, SAVE, 2, "is damaged in its line 1"),
    Case("erased.list", folder, SAVE, 2, "erased.list cannot be read: Is a directory"),
    Case("portraits/1.jpg", folder, SAVE, 0, "Backed up"),
    Case(BACKUP, empty, RESTORE, 2, "is damaged"),
    Case(BACKUP, cut, RESTORE, 2, "is damaged"),
    Case(BACKUP, middle, RESTORE, 2, "is damaged"),
    Case(BACKUP, folder, RESTORE, 2, "cannot be read"),
    Case("api.pem", empty, SERVE, 2, "cannot be used for TLS"),
    Case("api.pem", noise, SERVE, 2, "cannot be used for TLS"),
    Case("api.pem", folder, SERVE, 2, "is no file"),
]


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the data of a device at which somebody was enrolled and came in, and the pictures of that."""
    base = tmp_path_factory.mktemp("device")
    pictures = base / "pictures"
    pictures.mkdir()
    for number in range(12):
        face = cv2.resize(photographs.face_picture("obama2.jpg", 2.0), (420, 420))
        frame = cv2.copyMakeBorder(face, 30, 30, 100 + number, 120 - number, cv2.BORDER_CONSTANT, value=(140, 140, 140))
        assert cv2.imwrite(str(pictures / f"{number:02}.jpg"), frame)
    own = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
    settings = {"KIOSK_DATA_DIR": str(base / "data"), "KIOSK_KEEP_PORTRAIT": "true", "KIOSK_TIMEZONE": "UTC"}
    enroll = ("enroll", "--email", "anna@example.test", "--name", "Anna", photographs.path("obama.jpg"))
    for command in (enroll, [part.format(pictures=pictures) for part in RUN], ("backup", base / "backups")):
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", *map(str, command)],
            env=own | settings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    [backup] = (base / "backups").iterdir()
    backup.rename(base / "data" / BACKUP)
    (base / "data" / "choices.json").write_text('{"settings": {"office_name": "Zebra"}, "step": "", "finished": true}')
    return base


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name}-{case.damage.__name__}-{case.arguments[0]}")
def test_a_damaged_file_is_met_with_a_sentence_or_a_default(  # noqa: PLR0917
    kiosk, command, device: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    shutil.copytree(device / "data", data_dir, dirs_exist_ok=True)
    path = data_dir / case.name
    kept = path.read_bytes() if path.exists() else None
    case.damage(path)
    given = [part.format(pictures=device / "pictures", file=path, data=data_dir) for part in case.arguments]
    if case.arguments is SERVE:
        monkeypatch.setenv("KIOSK_API_CERTIFICATE", str(path))
        monkeypatch.setenv("KIOSK_API_KEY", str(path))
    met = (kiosk if case.arguments is RUN else command)(*given)
    said = met.stdout + met.stderr
    assert met.returncode == case.exit_code, said
    assert case.words in said
    assert "Traceback" not in said
    if path.is_dir():
        path.rmdir()
    path.unlink(missing_ok=True)
    if kept is not None:
        path.write_bytes(kept)
    assert "Anna" in command("log").stdout, "what the other files hold is lost"
