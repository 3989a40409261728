"""A small portrait is kept where an office wants it, and goes with the person's face."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
import pytest

from db.session import Database
from kiosk.app.housekeeping import build_clock_watch, build_purge
from kiosk.app.models import LoadedModels
from kiosk.core.opencv import cv2
from kiosk.employees.portraits import SIDE_PX
from support.api_client import Api, opened_api
from support.builders import make_settings

EMPLOYEES = "/api/v1/employees"


@pytest.fixture
def opened(
    sqlite_url: str, open_database: Callable[[str], Database], loaded_models: LoadedModels, tmp_path: Path
) -> Callable[..., AbstractContextManager[Api]]:
    @contextmanager
    def open_api(**changes: bool) -> Iterator[Api]:
        settings = make_settings(tmp_path / "data", database_url=sqlite_url, **changes)
        with opened_api(settings, loaded_models, open_database(sqlite_url)) as api:
            yield api

    return open_api


def test_none_is_kept_unless_somebody_says_so(opened, tmp_path: Path) -> None:
    with opened() as api:
        assert api.enroll("obama.jpg").json()["employee"]["photo_path"] is None
    assert not (tmp_path / "data" / "portraits").exists()


def test_portrait_shows_the_face_and_goes_with_it(opened, loaded_models: LoadedModels, tmp_path: Path) -> None:
    with opened(keep_portrait=True) as api:
        person = api.enroll("obama.jpg", "obama2.jpg").json()["employee"]
        path = tmp_path / "data" / person["photo_path"]
        assert path.stat().st_mode & 0o777 == 0o600
        portrait = cv2.imread(str(path))
        assert portrait is not None
        assert portrait.shape == (SIDE_PX, SIDE_PX, 3)
        [face] = loaded_models.detector.detect(portrait)
        left, top, right, bottom = face.box_xyxy
        assert np.allclose(((left + right) / 2, (top + bottom) / 2), SIDE_PX / 2, atol=SIDE_PX / 8)
        api.client.post(f"{EMPLOYEES}/{person['id']}/erase", headers=api.write)
        assert not path.exists()
        assert api.client.get(f"{EMPLOYEES}/{person['id']}", headers=api.read).json()["photo_path"] is None


def test_portrait_of_nobody_is_swept(opened, sqlite_url: str, open_database, tmp_path: Path) -> None:
    with opened(keep_portrait=True) as api:
        kept = tmp_path / "data" / api.enroll("obama.jpg").json()["employee"]["photo_path"]
    stray, fresh = kept.with_name("77.jpg"), kept.with_name("78.jpg")
    for path in (stray, fresh):
        path.write_bytes(b"left over from a crash")
    for path in (kept, stray):
        os.utime(path, (time.time() - 3600,) * 2)
    settings = make_settings(tmp_path / "data", database_url=sqlite_url)
    build_purge(settings, open_database(sqlite_url), build_clock_watch(settings), lambda: False).tidy_up()
    assert (kept.exists(), stray.exists(), fresh.exists()) == (True, False, True)
