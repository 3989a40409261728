"""Addresses of streams: passwords stay inside."""

import pytest

from kiosk.capture.address import parse_address
from kiosk.errors import DeviceError


@pytest.mark.parametrize(
    ("url", "shown", "port"),
    [
        ("http://10.0.0.5/video", "http://10.0.0.5/video", 80),
        ("HTTP://admin:geheim@Cam:8080/a/b.mjpg", "http://cam:8080/a/b.mjpg", 8080),
        ("http://cam/video.cgi?user=admin&pwd=geheim", "http://cam/video.cgi", 80),
        ("rtsp://admin:ge%40heim@cam/h264#geheim", "rtsp://cam/h264", 554),
        ("rtsp://cam/user=admin_password=geheim_channel=1.sdp", "rtsp://cam/…", 554),
        ("https://[fe80::1]:8443/x", "https://[fe80::1]:8443/x", 8443),
    ],
)
def test_what_is_shown_of_an_address(url, shown, port):
    address = parse_address(url)
    assert (address.shown, address.port, address.url) == (shown, port, url)
    assert "geheim" not in repr(address)


@pytest.mark.parametrize(
    "url",
    ["ftp://u:geheim@cam/x", "http:///geheim", "http://u:geheim@cam:99999/x", "http://[u:geheim@cam/", "://geheim"],
)
def test_what_is_no_address_is_refused_without_repeating_a_password(url):
    with pytest.raises(DeviceError) as refusal:
        parse_address(url)
    assert "geheim" not in str(refusal.value)
