"""A busy minute at the door: PYTHONPATH=tests python tests/load/busy_door.py [--seconds 60] [--people 10000]
[--size 1920x1080]

Two people stand before a real stream, so many are enrolled, and every few seconds somebody opens the administration and
searches the list of employees. Prints how long the main thread was kept from what it had to do, and how many of the
camera's pictures were painted. Without a display it runs offscreen.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer
from sqlalchemy import insert

from db.models import EmployeeRow
from db.templates import add_templates
from kiosk.app.databases import open_database
from kiosk.app.door import open_pipeline
from kiosk.app.enrollment import open_enrollment
from kiosk.app.entrance import open_entrance_app, run_entrance_app
from kiosk.app.models import load_embedder
from kiosk.app.pipeline import Pipeline
from kiosk.app.storage import make_data_dir
from kiosk.config.settings import Settings
from kiosk.core.logger import configure
from kiosk.core.opencv import cv2
from kiosk.demo import fake_office
from kiosk.demo.demo_people import enroll_demo_people
from kiosk.employees.store import EmployeeStore
from kiosk.security.admin_password import AdminPassword
from kiosk.synthetic.entrance import door_camera
from kiosk.synthetic.figures import load_figure
from kiosk.synthetic.film import MovingSubject, film
from kiosk.synthetic.walks import Walk, Waypoint
from kiosk.ui.admin.home import AdminHome
from kiosk.ui.admin.password_screens import PasswordScreen
from kiosk.ui.entrance.screen import EntranceScreen
from kiosk.ui.entrance_app import EntranceApp
from kiosk.ui.people.list_screen import PeopleScreen
from support.mjpeg_server import MjpegServer

PASSWORD = "right-password"  # noqa: S105 - of a database that is thrown away
# The main thread wants to be called this often; what is longer, somebody kept it for.
BEAT_MS = 1
BLOCK_MS = 33.0
SEARCHES = ("iv", "ma", "ber", "42")


@dataclass(frozen=True, slots=True)
class Busy:
    """gaps_ms: between two calls of the main thread. own_ms: what it worked itself in each, in processor time.

    painted, taken: frames by the preview and by the camera, while the entrance screen was shown. faces: framed at once.
    """

    gaps_ms: np.ndarray
    own_ms: np.ndarray
    painted: int
    taken: int
    faces: int

    def lines(self) -> str:
        p50, p99, p999 = np.percentile(self.gaps_ms, [50, 99, 99.9])
        own50, own99, own999 = np.percentile(self.own_ms, [50, 99, 99.9])
        return "\n".join(
            (
                f"main thread kept, median / p99 / p99.9   {p50:.1f} / {p99:.1f} / {p999:.1f} ms",
                f"of that its own work                     {own50:.1f} / {own99:.1f} / {own999:.1f} ms",
                f"longest, and longest own work            {self.gaps_ms.max():.0f} ms, {self.own_ms.max():.0f} ms",
                f"longer than {BLOCK_MS:.0f} ms                        {np.sum(self.gaps_ms > BLOCK_MS)}"
                f" of {len(self.gaps_ms)} turns",
                f"frames painted                           {self.painted} of {self.taken}"
                f" ({self.painted / max(1, self.taken):.0%})",
                f"faces framed at once, the most           {self.faces}",
            )
        )


class Watch(QObject):
    """Asks the main thread to be called every millisecond, and notes when it was."""

    def __init__(self, ui: EntranceApp, pipeline: Pipeline) -> None:
        super().__init__(ui)
        self._ui, self._pipeline = ui, pipeline
        self._beats: list[tuple[float, float]] = []
        self._painted = self._taken = self._faces = 0
        self._before = (0, 0)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._before = self._counts()
        self._timer.start(BEAT_MS)

    def result(self) -> Busy:
        self._timer.stop()
        gaps, own = np.diff(np.array(self._beats), axis=0).T * 1000
        return Busy(gaps, own, self._painted, self._taken, self._faces)

    def _beat(self) -> None:
        self._beats.append((time.perf_counter(), time.thread_time()))
        painted, taken = self._counts()
        if self._ui.window.screen_shown is self._ui.entrance:
            self._painted += painted - self._before[0]
            self._taken += taken - self._before[1]
            self._faces = max(self._faces, len(self._ui.entrance.picture.marks))
        self._before = painted, taken

    def _counts(self) -> tuple[int, int]:
        return self._ui.entrance.picture.preview.painted_frames, self._pipeline.mailbox.counts.put


class Administrator(QObject):
    """Opens the administration now and then, searches the list, and goes back to the door."""

    def __init__(self, ui: EntranceApp) -> None:
        super().__init__(ui)
        self._ui = ui
        self.visits = 0
        self._steps = self._visit()
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: next(self._steps))
        self._timer.start(300)

    def stop(self) -> None:
        """Press nothing any more: the window has gone."""
        self._timer.stop()

    def _visit(self) -> Iterator[None]:
        while True:
            for _ in range(20):
                yield None
            self._ui.window.admin_requested.emit()
            while not isinstance(self._ui.window.screen_shown, PasswordScreen):
                yield None
            password_screen = self._ui.window.screen_shown
            password_screen.password.field.setText(PASSWORD)
            password_screen.enter.click()
            while not isinstance(self._ui.window.screen_shown, AdminHome):
                yield None
            self._ui.window.screen_shown.buttons["people"].click()
            people = self._ui.window.screen_shown
            assert isinstance(people, PeopleScreen)
            while not people.model.rowCount():
                yield None
            for text in SEARCHES:
                people.search.setText(text)
                yield None
            self._ui.window.home()
            assert isinstance(self._ui.window.screen_shown, EntranceScreen)
            self.visits += 1


def two_people() -> list[bytes]:
    """Pictures of two of the demo's people who stand side by side and sway."""
    left = Walk((Waypoint(0.0, -0.3, 0.8), Waypoint(1.0, -0.27, 0.82), Waypoint(2.0, -0.3, 0.8)))
    right = Walk((Waypoint(0.0, 0.3, 0.84), Waypoint(1.0, 0.27, 0.8), Waypoint(2.0, 0.3, 0.84)))
    people = [MovingSubject(load_figure("obama2.jpg"), left), MovingSubject(load_figure("biden.jpg"), right)]
    return [cv2.imencode(".jpg", frame)[1].tobytes() for frame in film(door_camera(), people, 2.0)]


def fill(settings: Settings, people: int) -> None:
    """Enroll the demo's two, and so many made-up people beside them."""
    make_data_dir(settings)
    embedder = load_embedder(settings)
    made_up = fake_office.random_embeddings(people, embedder.model_version, embedder.dimension)
    with open_enrollment(settings) as enroll, open_database(settings) as database:
        enroll_demo_people(enroll, EmployeeStore(database), lambda _: None)
        AdminPassword(database).choose(PASSWORD)
        made = [
            {"full_name": person.full_name, "email": person.email, "department": person.department}
            for person in fake_office.made_up_people(people)
        ]
        with database.transaction() as session:
            ids = session.scalars(insert(EmployeeRow).returning(EmployeeRow.id), made).all()
            for employee_id, template in zip(ids, made_up, strict=True):
                add_templates(session, employee_id, [template])


@contextmanager
def camera() -> Iterator[str]:
    """URL of a stream, served by a process of its own: a real camera does not share our interpreter either."""
    paths = {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    command = [sys.executable, __file__, "--serve"]
    with subprocess.Popen(command, env=os.environ | paths, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def serve() -> None:
    """Serve the stream until the process is ended."""
    with closing(MjpegServer(two_people())) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        signal.pause()


@contextmanager
def door(settings: Settings, people: int) -> Iterator[tuple[EntranceApp, Pipeline]]:
    fill(settings, people)
    with camera() as url:
        live = settings.model_copy(update={"source": url})
        with open_pipeline(live) as pipeline, open_entrance_app(live, pipeline) as ui:
            yield ui, pipeline


def busy(settings: Settings, people: int, lasts_s: float, size_px: tuple[int, int] = (1280, 720)) -> Busy:
    """Watch the main thread for so many seconds, after two in which all begins; size_px: of the window."""
    with door(settings, people) as (ui, pipeline):
        watch, administrator = Watch(ui, pipeline), Administrator(ui)
        QTimer.singleShot(0, ui, lambda: ui.window.resize(*size_px))
        QTimer.singleShot(2000, ui, watch.start)
        QTimer.singleShot(round(1000 * (2 + lasts_s)), ui, ui.request_stop)
        assert run_entrance_app(ui, pipeline, windowed=True) == 0
        administrator.stop()
        assert lasts_s < 30 or administrator.visits
        return watch.result()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--size", default="1280x720", help="of the window, such as 1920x1080")
    parser.add_argument("--serve", action="store_true", help="be the camera, as a process of its own")
    wanted = parser.parse_args()
    if wanted.serve:
        serve()
    configure("WARNING")
    width, height = wanted.size.split("x")
    size_px = (int(width), int(height))
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, data_dir=Path(folder) / "data", sounds=False, snapshots=True)
        sys.stdout.write(busy(settings, wanted.people, wanted.seconds, size_px).lines() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
