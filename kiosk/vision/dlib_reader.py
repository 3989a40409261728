"""The records of a dlib network file (.dat).

An integer is a control byte (top bit: sign, low four bits: length) and a little-endian magnitude; a real number is a
mantissa and an exponent of two; a string is its length and its bytes; a tensor is the version 2, four sizes and
little-endian float32; a truth value is the character 1 or 0.
Source: dlib/serialize.h and dlib/cuda/tensor.h of dlib 19 and 20.
"""

from __future__ import annotations

import math

import numpy as np

from kiosk.errors import ConfigurationError
from kiosk.vision.onnx_graph import Weights


class DlibReader:
    """Reads a file's content from its beginning. Every method raises ConfigurationError where the content is not so."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._position = 0

    @property
    def at_end(self) -> bool:
        return self._position == len(self._content)

    def integer(self) -> int:
        control = self._take(1)[0]
        magnitude = int.from_bytes(self._take(control & 15), "little")
        return -magnitude if control & 128 else magnitude

    def integers(self, count: int) -> list[int]:
        return [self.integer() for _ in range(count)]

    def real(self) -> float:
        return math.ldexp(self.integer(), self.integer())

    def string(self) -> str:
        return self._take(self.integer()).decode("ascii", errors="replace")

    def truth(self) -> bool:
        return self._take(1) == b"1"

    def tensor(self) -> Weights:
        version, *shape = self.integers(5)
        if version != 2 or min(shape) < 0:
            raise ConfigurationError("the .dat file is damaged: no tensor where one should be")
        return np.frombuffer(self._take(4 * math.prod(shape)), dtype="<f4").reshape(shape)

    def shape(self) -> list[int]:
        """Read an alias tensor: the shape of a part of the weights before it."""
        return self.integers(5)[1:]

    def _take(self, count: int) -> bytes:
        start, self._position = self._position, self._position + count
        if count < 0 or self._position > len(self._content):
            raise ConfigurationError("the .dat file ends too early")
        return self._content[start : self._position]
