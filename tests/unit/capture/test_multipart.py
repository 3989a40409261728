"""Parts out of an MJPEG stream, however the network cuts it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.capture.multipart import LARGEST_PART, MultipartSplitter

DELIMITER = b"--frame"
bodies_without_delimiter = st.binary(max_size=80).filter(lambda body: DELIMITER not in body + b"\r\n--")


def part(body: bytes, length: bool = True) -> bytes:
    head = b"Content-Type: image/jpeg\r\n" + (b"Content-Length: %d\r\n" % len(body) if length else b"")
    return DELIMITER + b"\r\n" + head + b"\r\n" + body + b"\r\n"


def cut(data: bytes, places: list[int]) -> list[bytes]:
    borders = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in pairwise(borders)]


@given(st.lists(st.binary(max_size=80), max_size=6), st.lists(st.integers(0, 2000), max_size=12))
def test_bodies_with_a_length_come_out_as_they_went_in(bodies, places):
    splitter = MultipartSplitter("frame")
    stream = b"".join(part(body) for body in bodies)
    assert [body for piece in cut(stream, places) for body in splitter.feed(piece)] == bodies


@given(st.lists(bodies_without_delimiter, max_size=6), st.lists(st.integers(0, 2000), max_size=12))
def test_bodies_without_a_length_end_at_the_next_delimiter(bodies, places):
    splitter = MultipartSplitter("frame")
    stream = b"".join(part(body, length=False) for body in bodies) + DELIMITER
    assert [body for piece in cut(stream, places) for body in splitter.feed(piece)] == [
        body + b"\r\n" for body in bodies
    ]


@given(st.lists(st.binary(max_size=3000), max_size=10))
def test_any_bytes_at_all_are_digested(pieces):
    splitter = MultipartSplitter("frame")
    for piece in pieces:
        splitter.feed(piece)


@given(bodies_without_delimiter)
def test_it_finds_its_way_again_after_damage(noise):
    splitter = MultipartSplitter("frame")
    splitter.feed(noise)
    assert splitter.feed(part(b"first") + part(b"second"))[-1:] == [b"second"]


@pytest.mark.parametrize("boundary", ["frame", '"frame"', "--frame", " frame "])
@pytest.mark.parametrize("delimiter", [b"--frame", b"----frame"])
def test_cameras_disagree_about_dashes_and_quotes(boundary, delimiter):
    splitter = MultipartSplitter(boundary)
    stream = b"\r\n".join([delimiter + b"\r\ncontent-length:4\r\n\r\nJPEG"] * 2)
    assert splitter.feed(stream) == [b"JPEG", b"JPEG"]


def test_a_head_of_bare_newlines_is_understood():
    assert MultipartSplitter("frame").feed(b"--frame\nContent-Length: 4\n\nJPEG\n") == [b"JPEG"]


@pytest.mark.parametrize("length", [b"999999999", b"99999999999999999999", b"-4", b"many"])
def test_an_absurd_length_is_not_believed(length):
    splitter = MultipartSplitter("frame")
    stream = b"--frame\r\nContent-Length: " + length + b"\r\n\r\nJPEG--frame\r\n"
    assert splitter.feed(stream) == [b"JPEG"]


def test_a_part_that_never_ends_does_not_eat_the_memory():
    splitter = MultipartSplitter("frame")
    splitter.feed(b"--frame\r\n\r\n")
    kept = []
    for _ in range(LARGEST_PART // 1_000_000 + 2):
        assert splitter.feed(b"x" * 1_000_000) == []
        kept.append(len(splitter._buffer))
    assert max(kept) <= LARGEST_PART
    assert splitter.feed(part(b"good")) == [b"good"]
