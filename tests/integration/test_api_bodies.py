"""How much may be sent, of which kind, and where it lies meanwhile."""

from __future__ import annotations

import stat
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as pillow

from kiosk.web.uploads import LARGEST_BODY, LARGEST_PHOTOGRAPH
from support.api_client import Api, problem

EMPLOYEES = "/api/v1/employees"
DETECT = "/api/v1/recognition/detect"


@pytest.fixture
def api(api_on_sqlite: Api) -> Api:
    return api_on_sqlite


def photograph_of(size: int) -> bytes:
    return b"\xff\xd8\xff\xe0".ljust(size, b"\x00")


def test_bodies_are_refused_by_their_length(api: Api) -> None:
    large = {"image": ("a.jpg", photograph_of(LARGEST_PHOTOGRAPH + 1))}
    problem(api.client.post(DETECT, files=large, headers=api.write), 413, "body_too_large")
    last_reported = api.client.post(f"{EMPLOYEES}/", content=b" " * (LARGEST_BODY + 1), headers=api.write)
    problem(last_reported, 413, "body_too_large")


def test_a_body_of_unknown_length_is_broken_off(api: Api) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(LARGEST_BODY // 65536 + 2):
            yield b" " * 65536

    json_type = api.write | {"Content-Type": "application/json"}
    problem(api.client.post(f"{EMPLOYEES}/", content=endless(), headers=json_type), 413, "body_too_large")


def as_format(name: str) -> bytes:
    content = BytesIO()
    pillow.new("RGB", (64, 64)).save(content, format=name)
    return content.getvalue()


@pytest.mark.parametrize(
    ("image", "status", "code"),
    [
        pytest.param(b"This is a letter.", 415, "not_an_image", id="text named .jpg"),
        pytest.param(b"", 415, "not_an_image", id="empty"),
        pytest.param(as_format("GIF"), 415, "not_an_image", id="GIF"),
        pytest.param(as_format("JPEG")[:200], 422, "unreadable_file", id="torn JPEG"),
    ],
)
def test_a_photograph_is_known_by_its_content(api: Api, image: bytes, status: int, code: str) -> None:
    problem(
        api.client.post(DETECT, files={"image": ("photo.jpg", image)}, headers=api.write),
        status,
        code,
    )
    assert api.client.post(DETECT, files={"image": ("x.txt", as_format("WEBP"))}, headers=api.write).status_code == 200


@pytest.mark.parametrize(
    ("content", "headers", "status", "code"),
    [
        (b"a=b", {"Content-Type": "text/plain"}, 415, "unsupported_media_type"),
        (b"{", {"Content-Type": "application/json"}, 422, "invalid_request"),
        (b"\xff", {"Content-Type": "application/json"}, 400, "malformed_request"),
        (b'{"is_admin": true}', {"Content-Type": "application/json"}, 422, "invalid_request"),
    ],
    ids=["no JSON", "torn JSON", "no UTF-8", "unknown field"],
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_refused(api: Api, content, headers, status: int, code: str) -> None:
    problem(api.client.post(f"{EMPLOYEES}/", content=content, headers=api.write | headers), status, code)


def test_every_fault_is_named(api: Api) -> None:
    answer = api.client.post(f"{EMPLOYEES}/", json={"full_name": "", "email": "x"}, headers=api.write)
    problem(answer, 422, "invalid_request")
    assert {fault["where"] for fault in answer.json()["faults"]} == {"body.full_name", "body.email"}


def test_large_upload_lies_in_the_data_directory_and_nowhere_else(api: Api, tmp_path: Path) -> None:
    free = threading.Event()
    api.app.state.inference._executor.submit(free.wait, 30)
    large = b"\xff\xd8" + bytes(3 * 1024 * 1024)  # more than is kept in memory, and no picture
    answers: list[Any] = []
    sender = threading.Thread(target=lambda: answers.append(api.detect(large)))
    sender.start()
    try:
        ends_s = time.monotonic() + 20
        while not (held := nameless_files()) and time.monotonic() < ends_s:
            time.sleep(0.01)
    finally:
        free.set()
        sender.join()
    assert held
    assert all(path.is_relative_to(tmp_path / "data" / "tmp") for path in held)
    assert answers[0].status_code == 415
    assert not nameless_files()
    assert not list((tmp_path / "data" / "tmp").rglob("*.*"))


def nameless_files() -> list[Path]:
    """Return where this process has files of more than a megabyte open that have no name."""
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            seen = descriptor.stat()
            if stat.S_ISREG(seen.st_mode) and not seen.st_nlink and seen.st_size > 1024 * 1024:
                found.append(descriptor.readlink())
    return found
