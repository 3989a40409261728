"""The diagnostics at the device's screen: readings, backup, report, and restarting after a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.core.power import PowerAccess, PowerAction
from kiosk.domain.frame_result import FrameResult
from kiosk.errors import PowerRefused, StorageError
from kiosk.ui.admin.admin_screen import ConfirmScreen
from kiosk.ui.background import Background
from kiosk.ui.diagnostics.labels import face_lines
from kiosk.ui.diagnostics.screen import DiagnosticsScreen
from kiosk.ui.entrance.face_marks import FaceState
from kiosk.ui.files.screen import FilesScreen
from kiosk.ui.panel import Screen
from kiosk.ui.screenshots.fake_diagnostics import FakeDiagnostics
from kiosk.ui.screenshots.fake_entrance import FakeEntranceBackend
from kiosk.ui.screenshots.scene import ZONE
from kiosk.ui.window import KioskWindow
from support.recording_entrance import IMAGES


class Walk:
    """The diagnostics in a window, and the fingers on them."""

    def __init__(self, qtbot: QtBot, window: KioskWindow, backend: FakeDiagnostics) -> None:
        self.qtbot, self.window, self.backend, self.background = qtbot, window, backend, Background()
        window.open(Screen())
        self.screen = DiagnosticsScreen(backend, self.background, ZONE)
        self.screen.opens.connect(window.open)
        window.open(self.screen)
        with qtbot.waitActive(window):
            window.show()
        qtbot.waitUntil(self.screen.camera.isVisible)

    def touch(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def agree(self) -> None:
        question = self.window.screen_shown
        assert isinstance(question, ConfirmScreen)
        self.touch(question.yes)

    def wait_for(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: words in self.screen.notice.sentence + self.screen.power.notice.sentence)


@pytest.fixture
def backend() -> FakeDiagnostics:
    return FakeDiagnostics()


@pytest.fixture
def walk(qtbot: QtBot, window: KioskWindow, backend: FakeDiagnostics) -> Iterator[Walk]:
    made = Walk(qtbot, window, backend)
    yield made
    made.screen.left()
    made.background.stop()


def result(*states: FaceState) -> FrameResult:
    return FakeEntranceBackend().show(IMAGES["two"], states)


def test_readings_are_said_in_words(walk: Walk) -> None:
    assert walk.screen.camera.values[:3] == ("/dev/kiosk-camera", "gives pictures", "1280 × 720")
    assert walk.screen.recognition.values[2].startswith("one stranger in 1,000 would be taken for somebody")
    assert "9 h ago" in walk.screen.device.values
    assert "trace_id=0c9a2b54-77d1-4f4e-9b1f-2a8d3ad1b7c6" in walk.screen.errors.text()


def test_the_picture_is_not_copied_and_follows_the_newest_result(walk: Walk) -> None:
    walk.backend.result = result(FaceState.RECOGNISED, FaceState.NOT_RECOGNISED)
    before = walk.screen.picture.grab().toImage()
    walk.qtbot.waitUntil(lambda: walk.screen.picture.grab().toImage() != before)
    assert walk.screen.plot.top_ms == 20
    assert 9 < walk.screen.plot.medians_ms[2] < 12


def test_a_face_says_who_it_is_its_scores_and_what_is_missing() -> None:
    known, unknown = result(FaceState.RECOGNISED, FaceState.COME_CLOSER).observations
    assert face_lines(known, 0.8, lambda _: "Anna Swan")[0] == "Anna Swan"
    assert "quality 0.80" in face_lines(known, 0.8, lambda _: None)
    assert face_lines(unknown, None, lambda _: None)[0] == "Come closer"


def test_a_backup_says_where_it_is(walk: Walk) -> None:
    walk.touch(walk.screen.back_up)
    walk.wait_for("Backed up as /var/lib/kiosk/backups/")
    walk.qtbot.waitUntil(lambda: "within the last hour" in walk.screen.device.values)
    assert walk.screen.back_up.isEnabled() and walk.screen.progress.isHidden()


def test_a_backup_that_fails_says_so_and_can_be_made_again(walk: Walk) -> None:
    walk.backend.refuses = StorageError("the disk is full")
    walk.touch(walk.screen.back_up)
    walk.wait_for("No backup was made")
    assert walk.screen.back_up.isEnabled()


def test_a_report_goes_to_the_folder_that_was_chosen(walk: Walk) -> None:
    walk.touch(walk.screen.report)
    files = walk.window.screen_shown
    assert isinstance(files, FilesScreen)
    files.closed.emit()
    files.chosen.emit((Path("/media/stick"),))
    walk.wait_for("Saved as /media/stick/kiosk-report-2026-11-28-0900.zip. It names nobody.")


def test_the_kiosk_is_restarted_after_a_question(walk: Walk, qtbot: QtBot) -> None:
    walk.touch(walk.screen.power.kiosk)
    question = walk.window.screen_shown
    assert isinstance(question, ConfirmScreen)
    with qtbot.assertNotEmitted(walk.screen.restarts):
        walk.touch(question.no)
    walk.touch(walk.screen.power.kiosk)
    with qtbot.waitSignal(walk.screen.restarts):
        walk.agree()


@pytest.mark.parametrize("action", PowerAction)
def test_the_device_is_restarted_and_switched_off_after_a_question(walk: Walk, action: PowerAction) -> None:
    power = walk.screen.power
    walk.touch(power.device if action is PowerAction.RESTART else power.off)
    assert walk.backend.requested == []
    walk.agree()
    walk.wait_for("The device is shutting down.")
    assert walk.backend.requested == [action]


def test_a_refusal_of_the_system_is_said_and_the_buttons_stay(walk: Walk) -> None:
    walk.backend.refuses = PowerRefused("no")
    walk.touch(walk.screen.power.off)
    walk.agree()
    walk.wait_for("The system refused.")
    assert walk.screen.power.off.isEnabled()


@pytest.mark.parametrize(
    ("access", "words"),
    [(PowerAccess.FORBIDDEN, "./install.sh device has set up"), (PowerAccess.ABSENT, "systemd does not answer here")],
)
def test_where_the_machine_cannot_be_restarted_the_page_says_why(
    qtbot: QtBot, window: KioskWindow, backend: FakeDiagnostics, access: PowerAccess, words: str
) -> None:
    backend.state = replace(backend.state, restart=access, switch_off=access)
    walk = Walk(qtbot, window, backend)
    power = walk.screen.power
    assert (power.kiosk.isVisible(), power.device.isVisible(), power.off.isVisible()) == (True, False, False)
    assert words in power.why
    walk.screen.left()
    walk.background.stop()
