"""The worst picture of each kind, in the memory that a device's units give: nothing is killed, and room is left."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import requests
from PIL import Image as pillow

from support.kiosk_process import PATIENCE_S, free_port
from support.memory_limit import MEGABYTE, allocator_settings, memory_limited, memory_max, peak_bytes
from support.mjpeg_server import MjpegServer
from support.pictures import GREY, RGBA, camera_jpeg, encoded, flat_png, plain

ENROLL, DETECT = "/api/v1/employees/enroll", "/api/v1/recognition/detect"
LARGEST = 25 * MEGABYTE
# Of the limit, so much is left free: for a gallery of thousands, and for what nobody has thought of.
ROOM = 0.15


def textured(side_px: int, **options: object) -> bytes:
    """Return a WebP with alpha that no encoder takes for a single colour."""
    tile = np.random.default_rng(1).integers(0, 255, (256, 256, 4), np.uint8)
    times = -(-side_px // 256)
    return encoded(pillow.fromarray(np.tile(tile, (times, times, 1))[:side_px, :side_px]), "WEBP", **options)


WORST: dict[str, Callable[[], bytes]] = {
    "jpeg-268-megapixels": partial(plain, 16_384, 16_384, "JPEG", subsampling=2),
    "progressive-444": partial(plain, 8_000, 7_990, "JPEG", progressive=True),
    "progressive-cmyk": partial(plain, 6_900, 6_900, "JPEG", "CMYK", progressive=True),
    "png": partial(flat_png, 8_000, 8_000, RGBA),
    "png-of-16-bits-of-grey": partial(flat_png, 8_000, 8_000, GREY, 16),
    "png-of-16-bits": partial(flat_png, 4_000, 4_000, RGBA, 16),
    "webp": partial(textured, 4_898),
    "webp-lossy": partial(textured, 4_898, lossless=False),
    "avif": partial(plain, 4_898, 4_898, "AVIF", "RGBA"),
    "heic": partial(plain, 7_070, 7_070, "HEIF", chroma=420),
    "heic-with-alpha": partial(plain, 4_898, 4_898, "HEIF", "RGBA"),
}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the worst of each kind; what it is, the content tells and not the name."""
    folder = tmp_path_factory.mktemp("worst")
    for name, make in WORST.items():
        (folder / f"{name}.png").write_bytes(make())
    return folder


class Limited:
    """A command of the kiosk under the MemoryMax of a unit, and what it says."""

    def __init__(self, process: subprocess.Popen[str], limit_bytes: int, how: str) -> None:
        self.process, self._limit_bytes, self._how = process, limit_bytes, how

    def saying(self, words: str) -> queue.Queue[str]:
        """Return where the lines with these words will come, while the process goes on."""
        lines: queue.Queue[str] = queue.Queue()

        def read() -> None:
            for line in self.process.stderr or ():
                if words in line:
                    lines.put(line)

        threading.Thread(target=read, daemon=True).start()
        return lines

    def wait_for(self, words: str) -> str:
        return self.saying(words).get(timeout=PATIENCE_S)

    def assert_has_room(self, what: str) -> None:
        """Hold the peak since this was asked last against the limit."""
        assert self.process.poll() is None, f"killed at {what}"
        self._hold(what, peak_bytes(self.process.pid))

    def assert_ends_with_room(self, what: str) -> None:
        """Wait for the end, and hold the highest of the peaks until then against the limit."""
        peak = 0
        while self.process.poll() is None:
            with suppress(OSError, AssertionError):  # it may end, or have given its memory back, meanwhile
                peak = max(peak, peak_bytes(self.process.pid))
            time.sleep(0.05)
        assert self.process.returncode == 0, what
        self._hold(what, peak)

    def _hold(self, what: str, peak: int) -> None:
        print(f"{what:28} {peak // MEGABYTE:5} of {self._limit_bytes // MEGABYTE} MiB, {self._how}")  # noqa: T201
        assert 0 < peak < (1 - ROOM) * self._limit_bytes, what


@contextmanager
def limited(unit: str, environment: dict[str, str], *arguments: str | Path) -> Iterator[Limited]:
    with memory_limited(memory_max(unit)) as limit:
        command = limit.command(sys.executable, "-m", "kiosk", *arguments)
        with subprocess.Popen(
            command, env=environment | allocator_settings(unit), stderr=subprocess.PIPE, text=True
        ) as process:
            try:
                yield Limited(process, limit.limit_bytes, limit.how)
            finally:
                process.terminate()
                process.wait(timeout=60)


def test_two_uploads_at_once_of_the_worst_of_each_kind(kiosk, environment: dict[str, str], pictures: Path) -> None:
    headers = {"Authorization": f"Bearer {kiosk('token', 'create', '--scope', 'write').stdout.strip()}"}
    port = free_port()

    def post(path: str, field: str, contents: list[bytes], **form: str) -> requests.Response:
        files = [(field, ("picture", content)) for content in contents]
        return requests.post(f"http://127.0.0.1:{port}{path}", data=form, files=files, headers=headers, timeout=240)

    def enroll(contents: list[bytes]) -> requests.Response:
        form = {"full_name": "Anna", "email": "anna@example.test", "consent_version": "1"}
        return post(ENROLL, "photos", contents, **form)

    with limited("kiosk-api.service", environment, "serve", "--port", str(port)) as api, ThreadPoolExecutor(2) as two:
        api.wait_for("api.listening")
        api.assert_has_room("idle")
        for name in WORST:
            content = [(pictures / f"{name}.png").read_bytes()]
            for answer in two.map(lambda contents: post(DETECT, "image", contents), [content, content]):
                assert answer.json().get("status") == "no_face", (name, answer.text)
            api.assert_has_room(name)
        names = ("webp", "avif", "heic", "progressive-444", "png")
        five = [(pictures / f"{name}.png").read_bytes().ljust(LARGEST, b"\0") for name in names]
        for answer in two.map(enroll, [five, five]):
            assert [fault["what"].split(":")[0] for fault in answer.json()["faults"]] == ["no_face"] * len(five)
        api.assert_has_room("five of 25 MB, twice")


def test_the_door_plays_the_worst_of_each_kind(environment: dict[str, str], pictures: Path) -> None:
    arguments = ("run", "--headless", "--source", pictures, "--speed", "max")
    with limited("kiosk.service", environment, *arguments) as door:
        said = door.saying("replay.ended")
        door.assert_ends_with_room("a folder of the worst")
        assert f"frames={len(WORST)} " in said.get(timeout=10)


def test_the_door_takes_a_camera_of_64_megapixels(environment: dict[str, str]) -> None:
    with (
        closing(MjpegServer([camera_jpeg(8_000, 8_000)])) as camera,
        limited("kiosk.service", environment, "run", "--headless", "--source", camera.url) as door,
    ):
        assert "size_px=4000x4000" in door.wait_for("camera.opened")
        door.assert_has_room("camera of 64 megapixels")
