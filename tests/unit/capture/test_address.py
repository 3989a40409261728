"""Addresses of streams: passwords stay inside."""

import traceback

import pytest

from kiosk.capture.address import parse_address
from kiosk.config.settings import load_settings
from kiosk.errors import ConfigurationError, DeviceError

RAW = [
    f"{scheme}://{rest}"
    for scheme in ("rtsp", "http", "https")
    for rest in (
        "admin:geheim/34@127.0.0.1/stream1",
        "admin:12/geheim@127.0.0.1/stream1",
        "admin:geheim?34s@127.0.0.1/stream1",
        "admin:9#geheim@127.0.0.1/stream1",
        "admin:a@b/geheim@127.0.0.1/stream1",
        "admin:[geheim@127.0.0.1/stream1",
        "admin:[geheim]@127.0.0.1/stream1",
        "admin:ge heim\\geheim@127.0.0.1/stream1",
        "geheim/x@127.0.0.1/stream1",
    )
] + ["rtsp:/admin:geheim@127.0.0.1/stream1", "admin:geheim@127.0.0.1/stream1", "rtsp:admin:geheim@127.0.0.1"]


@pytest.mark.parametrize(
    ("url", "shown", "port"),
    [
        ("http://10.0.0.5/video", "http://10.0.0.5/video", 80),
        ("HTTP://admin:geheim@Cam:8080/a/b.mjpg", "http://cam:8080/a/b.mjpg", 8080),
        ("http://cam/video.cgi?user=admin&pwd=geheim", "http://cam/video.cgi", 80),
        ("rtsp://admin:ge%40heim@cam/h264#geheim", "rtsp://cam/h264", 554),
        ("rtsp://cam/user=admin_password=geheim_channel=1.sdp", "rtsp://cam/…", 554),
        ("http://admin:ge:he@im@cam/x", "http://cam/x", 80),
        ("rtsp://admin:50%zz@cam/admin:geheim/1", "rtsp://cam/…/1", 554),
        ("https://[fe80::1]:8443/x", "https://[fe80::1]:8443/x", 8443),
    ],
)
def test_what_is_shown_of_an_address(url, shown, port):
    address = parse_address(url)
    assert (address.shown, address.port, address.url) == (shown, port, url)
    assert "geheim" not in repr(address)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://u:geheim@cam/x",
        "http:///geheim",
        "http://u:geheim@cam:99999/x",
        "http://[u:geheim@cam/",
        "://geheim",
        *RAW,
    ],
)
def test_what_is_no_address_is_refused_without_repeating_a_password(url):
    with pytest.raises(DeviceError) as refusal:
        parse_address(url)
    assert "geheim" not in str(refusal.value)
    assert refusal.value.__cause__ is None and refusal.value.__context__ is None, "a traceback would repeat it"


@pytest.mark.parametrize("url", RAW)
def test_the_settings_refuse_it_with_the_way_out(url, monkeypatch):
    monkeypatch.setenv("KIOSK_SOURCE", url)
    with pytest.raises(ConfigurationError) as refusal:
        load_settings()
    told = "".join(traceback.format_exception(refusal.value))
    assert "geheim" not in told
    assert "%2F %3F %23" in told or "begin with http:// or rtsp://" in told


def test_a_file_may_be_called_like_an_address(tmp_path, monkeypatch):
    path = tmp_path / "a:b@c.avi"
    path.touch()
    monkeypatch.setenv("KIOSK_SOURCE", str(path))
    settings = load_settings()
    assert settings.source == str(path)
    assert str(path) not in repr(settings)
