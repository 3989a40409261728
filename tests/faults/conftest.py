"""What tests of the running door look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.bench.frames import frame_with_people
from kiosk.domain.types import Image
from kiosk.synthetic.video import write_video

VISITS = 60


@pytest.fixture(scope="session")
def busy_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two people in turns, 60 visits of a third of a second each, with a second of an empty door between."""
    path = tmp_path_factory.mktemp("busy") / "busy.avi"
    write_video(path, _visits(), 25, lambda _made: None)
    return path


def _visits() -> Iterator[Image]:
    empty, faces = frame_with_people(()), [frame_with_people(((file, 0.0),)) for file in ("obama3.jpg", "biden.jpg")]
    for visit in range(VISITS):
        yield from [faces[visit % 2]] * 8
        yield from [empty] * 25
