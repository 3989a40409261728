"""Enrolling from photographs: what is taken, and what is refused with a reason and without a trace."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import pytest

from support import photographs

ANNA = ("--email", "Anna@Example.test", "--name", "Анна Каренина")


def employees(command) -> str:
    listed = command("employees", "list", "--all")
    assert listed.returncode == 0, listed.stderr
    return listed.stdout


def bomb(folder: Path) -> Path:
    """A PNG of 30,000 × 30,000 pixels that is a few kilobytes as a file."""
    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(bytes(3751)) for _ in range(30_000)) + rows.flush()
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    content = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
    path = folder / "bomb.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + content)
    return path


def text_file(folder: Path) -> Path:
    path = folder / "letter.jpg"
    path.write_text("This is no photograph.", encoding="utf-8")
    return path


def empty_file(folder: Path) -> Path:
    path = folder / "empty.jpg"
    path.touch()
    return path


REFUSED = [
    pytest.param(lambda _: photographs.path("coffee.png"), "no face", id="no face"),
    pytest.param(text_file, "not a JPEG, PNG, WebP, HEIC or AVIF", id="text file"),
    pytest.param(empty_file, "not a JPEG, PNG, WebP, HEIC or AVIF", id="empty file"),
    pytest.param(bomb, "too large", id="30,000 by 30,000 pixels"),
    pytest.param(lambda folder: folder / "missing.jpg", "cannot be read", id="missing path"),
    *(
        pytest.param(lambda folder, spoilt=spoilt: spoilt.write(folder), word, id=spoilt.name)
        for spoilt in photographs.SPOILT
        if (
            word := {
                "two-faces": "more than one face",
                "too-small": "too small",
                "too-blurred": "blurred",
                "too-dark": "too dark",
                "cut-off": "cut off",
            }.get(spoilt.name)
        )
    ),
]


@pytest.mark.parametrize(("make", "words"), REFUSED)
def test_what_cannot_be_enrolled_is_refused_in_a_sentence(command, tmp_path: Path, make, words: str):
    completed = command("enroll", *ANNA, make(tmp_path))
    assert completed.returncode == 2
    assert words in completed.stderr
    assert "nothing was written" in completed.stderr
    assert "Traceback" not in completed.stderr
    assert "anna" not in employees(command)


def test_several_photographs_make_several_templates(command, tmp_path: Path):
    files = [photographs.path(name) for name in ("obama.jpg", "obama2.jpg", "coffee.png")]
    completed = command("enroll", *ANNA, *files)
    assert completed.returncode == 0, completed.stderr
    assert "no face" in completed.stdout
    assert "2 of 3 photographs accepted; enrolled with 2 templates now." in completed.stderr
    more = command("enroll", *ANNA[:2], photographs.path("obama3.jpg"))
    assert "1 of 1 photographs accepted; enrolled with 3 templates now." in more.stderr
    assert "anna@example.test" in employees(command)
    doctor = command("doctor", "--json")
    threshold = next(f for f in json.loads(doctor.stdout) if f["subject"] == "threshold")
    assert "with 3 templates" in threshold["sentence"]


def test_somebody_elses_face_is_refused(command):
    obama = photographs.path("obama.jpg")
    assert command("enroll", *ANNA, obama).returncode == 0
    other = command("enroll", "--email", "b@example.test", "--name", "Boris", photographs.path("obama2.jpg"))
    assert other.returncode == 2
    assert "already enrolled as another person (employee 1)" in other.stderr
    wrong = command("enroll", "--email", "anna@example.test", photographs.path("biden.jpg"))
    assert wrong.returncode == 2
    assert "does not look like" in wrong.stderr
    same = command("enroll", "--email", "anna@example.test", obama)
    assert same.returncode == 2
    assert "enrolled already" in same.stderr
    assert "b@example.test" not in employees(command)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--email", "new@example.test"), "--name"),
        (("--email", "no-address", "--name", "X"), "e-mail"),
        (("--email", "a@b.test", "--name", "  "), "name"),
    ],
    ids=["somebody new without a name", "no address", "blank name"],
)
def test_what_is_missing_is_said_before_the_work(command, arguments, words):
    completed = command("enroll", *arguments, photographs.path("obama.jpg"))
    assert completed.returncode == 2
    assert words in completed.stderr
    assert "Traceback" not in completed.stderr


def test_who_was_deactivated_has_to_be_restored_first(command):
    assert command("enroll", *ANNA, photographs.path("obama.jpg")).returncode == 0
    assert command("employees", "deactivate", "anna@example.test").returncode == 0
    refused = command("enroll", "--email", "anna@example.test", photographs.path("obama2.jpg"))
    assert refused.returncode == 2
    assert "restore" in refused.stderr
    assert command("employees", "restore", "1").returncode == 0
    assert command("enroll", "--email", "anna@example.test", photographs.path("obama2.jpg")).returncode == 0


def test_another_models_templates_are_listed_by_the_doctor(command, data_dir: Path):
    import sqlite3

    assert command("enroll", *ANNA, photographs.path("obama.jpg")).returncode == 0
    with sqlite3.connect(data_dir / "kiosk.db") as connection:
        connection.execute("UPDATE embeddings SET model_version = 'older@0123456789abcdef'")
    connection.close()
    findings = json.loads(command("doctor", "--json").stdout)
    assert any("kiosk enroll --employee 1 PHOTO" in (f["next_step"] or "") for f in findings)
