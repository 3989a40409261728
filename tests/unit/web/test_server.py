"""Where the API may be listened to."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI

from kiosk.api.server import Server, ServerConfig, serve
from kiosk.errors import ConfigurationError, DeviceError


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "kiosk.office.test"])  # noqa: S104  that is the point
def test_other_machines_are_not_spoken_to_in_plain_text(host: str) -> None:
    with pytest.raises(ConfigurationError, match="KIOSK_API_CERTIFICATE"):
        serve(Server(FastAPI(), ServerConfig(host, 8000)))


def test_a_certificate_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="needs both"):
        serve(Server(FastAPI(), ServerConfig("127.0.0.1", 8000, tmp_path / "c.pem")))
    with pytest.raises(ConfigurationError, match=r"c\.pem is no file"):
        serve(Server(FastAPI(), ServerConfig("127.0.0.1", 8000, tmp_path / "c.pem", tmp_path / "k.pem")))


@pytest.mark.expects_errors
def test_an_address_that_is_taken_is_named() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DeviceError, match=f"127.0.0.1:{port}"):
            serve(Server(FastAPI(), ServerConfig("127.0.0.1", port)))
