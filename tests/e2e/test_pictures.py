"""Pictures of every kind, brought by each way in: enrolling, an upload, a camera, a folder."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import requests
from PIL import Image as pillow

from kiosk.core.opencv import cv2
from kiosk.domain.types import Image
from support import photographs
from support.kiosk_process import Start, serve
from support.mjpeg_server import MjpegServer, Mode
from support.pictures import FORMATS, GREY, cut_out, encoded, flat_png, plain, sixteen_bit_png

ANNA = ("--email", "anna@example.test", "--name", "Анна Каренина")
DETECT = "/api/v1/recognition/detect"
# They abort a process in which the detector looks at them.
ABORTING = [(40_000, 1), (1, 40_000), (70_000, 2)]


def face(reach: float = 2.0) -> Image:
    return photographs.face_picture("obama2.jpg", reach)


def as_pillow(image_bgr: Image) -> pillow.Image:
    return pillow.fromarray(np.ascontiguousarray(image_bgr[:, :, ::-1]))


def of_format(kind: str, **options: object) -> bytes:
    return encoded(as_pillow(face()), kind, **options)


def hidden_person(kind: str, mode: str = "RGBA") -> bytes:
    """A cut-out of one person, in which another one, larger, is fully transparent."""
    other = photographs.face_picture("astronaut.png", 2.0)
    hidden = cv2.resize(other, None, fx=1.6, fy=1.6)
    return (
        encoded(cut_out(face(), hidden).convert(mode), kind, exact=True)
        if kind == "WEBP"
        else encoded(cut_out(face(), hidden).convert(mode), kind)
    )


def grey_of_bits(bits: int) -> bytes:
    grey = cv2.cvtColor(face(), cv2.COLOR_BGR2GRAY).astype(np.uint16)
    return sixteen_bit_png(grey << (bits - 8))


def telephone(width_px: int = 12_000, height_px: int = 9_000) -> bytes:
    """A face in the middle of a picture of 108 megapixels."""
    picture = cv2.resize(face(2.4), (height_px // 2, height_px // 2))
    canvas = np.full((height_px, width_px, 3), 150, np.uint8)
    top, left = height_px // 4, width_px // 2 - height_px // 4
    canvas[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return cv2.imencode(".jpg", canvas, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()


TAKEN = [
    *(pytest.param(partial(of_format, kind), id=kind.lower()) for kind in FORMATS),
    pytest.param(partial(of_format, "JPEG", progressive=True), id="progressive"),
    pytest.param(lambda: encoded(as_pillow(face()).convert("CMYK"), "JPEG"), id="cmyk"),
    pytest.param(lambda: encoded(as_pillow(face()).convert("P"), "PNG"), id="palette"),
    pytest.param(partial(grey_of_bits, 10), id="10-bits-of-grey"),
    pytest.param(partial(grey_of_bits, 12), id="12-bits-of-grey"),
    pytest.param(partial(grey_of_bits, 16), id="16-bits-of-grey"),
    pytest.param(telephone, id="108-megapixels"),
    pytest.param(lambda: encoded(as_pillow(face(0.95)), "JPEG"), id="badge"),
]
HIDING = [
    pytest.param(partial(hidden_person, "PNG"), id="hidden-person-rgba"),
    pytest.param(partial(hidden_person, "PNG", "LA"), id="hidden-person-grey"),
    pytest.param(partial(hidden_person, "WEBP"), id="hidden-person-webp"),
    pytest.param(partial(hidden_person, "AVIF"), id="hidden-person-avif"),
]


@pytest.mark.parametrize("make", TAKEN)
def test_every_kind_of_photograph_is_enrolled(command, tmp_path: Path, make: Callable[[], bytes]) -> None:
    path = tmp_path / "picture"
    path.write_bytes(make())
    enrolled = command("enroll", *ANNA, path)
    assert enrolled.returncode == 0, enrolled.stderr


@pytest.mark.parametrize("make", HIDING)
def test_who_is_seen_is_enrolled_and_not_who_is_hidden(command, tmp_path: Path, make: Callable[[], bytes]) -> None:
    path = tmp_path / "picture"
    path.write_bytes(make())
    enrolled = command("enroll", *ANNA, path)
    assert enrolled.returncode == 0, enrolled.stderr
    assert command("enroll", *ANNA[:2], photographs.path("obama.jpg")).returncode == 0
    hidden = command("enroll", *ANNA[:2], photographs.path("astronaut.png"))
    assert "does not look like" in hidden.stderr


def test_sizes_that_cannot_be_used_are_refused_in_sentences(kiosk, tmp_path: Path) -> None:
    paths = []
    for size_px in [*ABORTING, (8, 8)]:
        paths.append(tmp_path / f"{size_px}.png")
        paths[-1].write_bytes(flat_png(*size_px, GREY))
    refused = kiosk("enroll", *ANNA, *paths, COLUMNS="300")
    assert refused.returncode == 2, refused.stderr
    assert refused.stderr.count("more than eight times as long") == len(ABORTING)
    assert refused.stderr.count("less than 16 pixels a side") == 1
    assert "nothing was written" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_upload_of_any_kind_is_taken_or_refused_and_the_api_lives(kiosk, started: Start) -> None:
    headers = {"Authorization": f"Bearer {kiosk('token', 'create', '--scope', 'write').stdout.strip()}"}
    address = serve(started)

    def upload(content: bytes) -> requests.Response:
        return requests.post(address + DETECT, files={"image": ("a.jpg", content)}, headers=headers, timeout=60)

    for size_px in ABORTING:
        answer = upload(flat_png(*size_px, GREY))
        assert (answer.status_code, answer.json()["code"]) == (422, "image_too_long")
    for kind in FORMATS:
        assert upload(of_format(kind)).json()["status"] == "unknown", kind
    almost_25_mb = of_format("JPEG").ljust(25 * 1024 * 1024, b"\0")
    assert upload(almost_25_mb).json()["status"] == "unknown"
    assert upload(almost_25_mb + b"\0").status_code == 413


def test_the_door_outlives_a_camera_whose_pictures_cannot_be_used(started: Start) -> None:
    with closing(MjpegServer()) as camera:
        camera.set(Mode.WIDE)
        door = started("run", "--headless", "--json", "--source", camera.url, stderr=-1)
        assert door.stderr is not None
        lost = next(line for line in door.stderr if "camera.lost" in line)
        assert "fault=picture_size" in lost
        assert "16 to 16,384 pixels" in lost
        camera.set(Mode.FLOW)
        assert any("camera.back" in line or "camera.opened" in line for line in door.stderr)
        threading.Thread(target=door.stderr.read, daemon=True).start()
        assert door.poll() is None


def test_the_door_plays_a_folder_of_every_kind_of_picture(kiosk, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number, size_px in enumerate(ABORTING):
        (folder / f"{number}.png").write_bytes(flat_png(*size_px, GREY))
    for kind, suffix in zip(FORMATS, (".jpg", ".png", ".webp", ".avif", ".heic"), strict=True):
        (folder / f"9{kind}{suffix}").write_bytes(plain(640, 480, kind))
    played = kiosk("run", "--headless", "--json", "--source", folder, "--speed", "max")
    assert played.returncode == 0, played.stderr
    assert played.stderr.count("replay.image_unreadable") == len(ABORTING)
    assert f"frames={len(FORMATS)}" in played.stderr
