"""Files that cannot be restored, and which backups stay."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db import migrations
from db.attendance_log import DatabaseAttendanceLog
from kiosk.app.backup import build_backup_dir
from kiosk.errors import ConfigurationError, StorageError
from support.backed_up_office import Office
from support.builders import event
from support.file_size_limit import files_no_larger_than
from support.filled_database import contents, fill


def damage_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x40
    path.write_bytes(content)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def rewritten(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    """Make another manifest for the same parts."""

    def rewrite(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        manifest = json.loads(parts["manifest.json"])
        change(manifest)
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in (parts | {"manifest.json": json.dumps(manifest).encode()}).items():
                archive.writestr(name, content)

    return rewrite


SPOILT = {
    "a byte changed": (damage_byte, "is damaged"),
    "the end missing": (cut_off, "is damaged"),
    "an empty file": (empty, "is damaged"),
    "no backup at all": (lambda path: path.write_text("hello", encoding="utf-8"), "is damaged"),
    "no such file": (Path.unlink, "there is no"),
    "a part more": (rewritten(lambda m: m["parts"].update(x={"size_bytes": 0, "sha256": ""})), "is damaged"),
    "another count of rows": (rewritten(lambda m: m["rows"].update(employees=99)), "is damaged"),
    "a newer format": (rewritten(lambda m: m.update(format=2)), "newer version"),
    "newer tables": (rewritten(lambda m: m.update(revision="999_next")), "which is newer"),
}


@pytest.mark.parametrize(("spoil", "sentence"), SPOILT.values(), ids=SPOILT)
def test_file_that_cannot_be_restored_changes_nothing(
    make_office: Callable[[str, str], Office], spoil: Callable[[Path], None], sentence: str
) -> None:
    office = make_office("office", "sqlite")
    migrations.upgrade(office.database)
    fill(office.database)
    made = office.back_up()
    before = contents(office.database)
    spoil(made.path)
    with pytest.raises(ConfigurationError, match=sentence):
        office.restore(made.path)
    assert contents(office.database) == before


def test_the_oldest_backups_go_and_others_files_stay(make_office: Callable[[str, str], Office]) -> None:
    office = make_office("office", "sqlite")
    migrations.upgrade(office.database)
    folder = office.data_dir / "backups"
    folder.mkdir()
    others = [
        folder / name for name in ("kiosk-2-20200101T000000Z.kiosk-backup", "notes.txt", "kiosk-1-x.kiosk-backup")
    ]
    for path in others:
        path.touch()
    left_over = folder / "kiosk-1-20200101T000000Z.kiosk-backup.new"
    left_over.touch()
    made = [office.back_up(keep=3) for _ in range(5)]
    left = build_backup_dir(office.settings).paths()
    assert left == tuple(one.path for one in made[-3:])
    assert [len(one.deleted) for one in made] == [0, 0, 0, 1, 1]
    assert all(path.exists() for path in others)
    assert not left_over.exists()


def test_the_newest_stays_although_the_clock_says_it_is_the_oldest(make_office: Callable[[str, str], Office]) -> None:
    office = make_office("office", "sqlite")
    migrations.upgrade(office.database)
    (office.data_dir / "backups").mkdir()
    for year in (2040, 2041):
        (office.data_dir / "backups" / f"kiosk-1-{year}0101T000000Z.kiosk-backup").touch()
    made = office.back_up(keep=1)
    assert build_backup_dir(office.settings).paths() == (made.path,)


def test_folder_that_cannot_be_made_is_named(office: Office) -> None:
    (office.data_dir / "file").touch()
    with pytest.raises(StorageError, match="cannot be made"):
        office.back_up(office.data_dir / "file" / "folder")


def test_snapshots_that_are_not_there_are_not_named(office: Office) -> None:
    kept = office.data_dir / "static" / "debug_photos" / "2025-01-01" / "a.jpg"
    kept.parent.mkdir(parents=True)
    kept.touch()
    [known, *_] = [row[0] for row in contents(office.database)["employees"]]
    here = replace(event(known), kiosk_id="kiosk-1", photo_path=str(kept.relative_to(office.data_dir)))
    gone = replace(event(known), kiosk_id="kiosk-1", photo_path="static/debug_photos/2025-01-01/b.jpg")
    DatabaseAttendanceLog(office.database).record([here, gone])
    office.restore(office.back_up().path)
    named = {entry.trace_id: entry.photo_path for entry in DatabaseAttendanceLog(office.database).history()}
    assert (named[here.trace_id], named[gone.trace_id]) == (here.photo_path, None)


def test_archive_that_the_disk_refuses_is_not_there(office: Office) -> None:
    (office.data_dir / "portraits").mkdir()
    (office.data_dir / "portraits" / "1.jpg").write_bytes(os.urandom(3_000_000))
    with files_no_larger_than(2_500_000), pytest.raises(StorageError, match="make room there, or name another folder"):
        office.back_up()
    assert list((office.data_dir / "backups").iterdir()) == []
