"""Who may choose the administrator's password at the screen: whoever sets a new device up, and nobody after that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete

from db.session import Database
from db.tables import CredentialRow
from kiosk.app.camera import build_camera_config
from kiosk.app.setup import SetupService, is_new
from kiosk.capture.camera_loop import CameraLoop
from kiosk.capture.source_factory import open_source
from kiosk.core.clock import SystemClock
from kiosk.core.latest_slot import LatestSlot
from kiosk.domain.types import Frame
from kiosk.errors import InvalidInput
from kiosk.security.admin_password import AdminPassword
from kiosk.ui.setup.backend import PasswordChoice
from support.builders import make_settings
from support.database_rows import add_person

CHOSEN = "right-password"


@pytest.fixture
def service(database: Database, tmp_path: Path) -> SetupService:
    """Return the service of a device whose camera is not plugged in."""
    clock, config = SystemClock(), build_camera_config(make_settings(tmp_path))
    source = open_source("/dev/video99", config, clock, wait_for_camera=True)
    return SetupService(CameraLoop(source, LatestSlot[Frame](), clock), tmp_path, database)


def nothing(_database: Database) -> None:
    pass


def enroll_somebody(database: Database) -> None:
    add_person(database)


def set_password(database: Database) -> None:
    AdminPassword(database).replace(CHOSEN)


def lose_password(database: Database) -> None:
    set_password(database)
    with database.transaction() as session:
        session.execute(delete(CredentialRow))


@pytest.mark.parametrize(
    ("before", "choice"),
    [
        pytest.param(nothing, PasswordChoice.OPEN, id="a new device"),
        pytest.param(enroll_somebody, PasswordChoice.ELSEWHERE, id="set up at the command line"),
        pytest.param(set_password, PasswordChoice.MADE, id="a second door"),
        pytest.param(lose_password, PasswordChoice.ELSEWHERE, id="its row was deleted by hand"),
    ],
)
def test_it_is_chosen_on_a_new_device_alone(
    service: SetupService, database: Database, before: Callable[[Database], None], choice: PasswordChoice
) -> None:
    before(database)
    assert service.password_choice() is choice
    was_set = AdminPassword(database).is_set()
    if choice is PasswordChoice.OPEN:
        service.choose_password(CHOSEN)
        assert service.password_choice() is PasswordChoice.MADE
        assert AdminPassword(database).check(CHOSEN).accepted
    else:
        with pytest.raises(InvalidInput, match="kiosk admin set-password"):
            service.choose_password("another-password")
        assert AdminPassword(database).is_set() == was_set


@pytest.mark.parametrize(
    ("before", "asks"),
    [(nothing, True), (enroll_somebody, False), (set_password, False)],
    ids=["a new device", "set up at the command line", "a second door"],
)
def test_a_device_that_was_set_up_elsewhere_asks_nothing(
    sqlite_url: str, open_database: Callable[[str], Database], tmp_path: Path, before, asks: bool
) -> None:
    before(open_database(sqlite_url))
    assert is_new(make_settings(tmp_path / "data", database_url=sqlite_url)) is asks
