"""MJPEG over HTTP, the way most network cameras can be read.

FFmpeg inside OpenCV reads it too, but hands out torn pictures as whole ones, hides a change of resolution by scaling
to the first size, and cannot tell a wrong password from a camera that is off.
"""

from __future__ import annotations

import time

import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError

from kiosk.capture.address import CONNECT_TIMEOUT_S, READ_TIMEOUT_S, StreamAddress, unreachable
from kiosk.capture.multipart import MultipartSplitter
from kiosk.capture.picture_size import unusable_size
from kiosk.capture.status import CameraFault, CameraFaultKind
from kiosk.core.image_decoder import decode_frame
from kiosk.domain.types import Image
from kiosk.errors import SampleRefused

# As much as has arrived is taken at once, so that of several pictures only the newest is decoded.
_CHUNK = 1024 * 1024
_END_OF_IMAGE = b"\xff\xd9"


class MjpegStream:
    """One connection to an MJPEG server as a LiveStream. Raises CameraFault when it cannot be made."""

    def __init__(self, address: StreamAddress) -> None:
        self._name = address.shown
        self._session = requests.Session()
        self._session.trust_env = False  # a camera is never behind the proxy that the browser uses
        try:
            self._response = _request(self._session, address)
            self._parts = MultipartSplitter(_boundary(self._response, self._name))
        except CameraFault:
            self._session.close()
            raise

    def read(self) -> Image:
        """Return the newest picture, (H, W, 3) BGR uint8, within two seconds. Raises CameraFault."""
        give_up_s = time.monotonic() + READ_TIMEOUT_S
        fault = CameraFault(CameraFaultKind.GARBAGE, f"{self._name} sends something that is not a picture")
        while time.monotonic() < give_up_s:
            for body in reversed(self._parts.feed(self._receive())):
                try:
                    image = _decode(body)
                except SampleRefused:
                    fault = unusable_size(self._name)
                    continue
                if image is not None:
                    return image
                fault = CameraFault(CameraFaultKind.GARBAGE, f"{self._name} sends pictures that cannot be read")
        raise fault

    def close(self) -> None:
        self._response.close()
        self._session.close()

    def _receive(self) -> bytes:
        try:
            data: bytes = self._response.raw.read1(_CHUNK)
        except ReadTimeoutError as error:
            raise CameraFault(CameraFaultKind.STALLED, f"{self._name} has stalled: nothing for two seconds") from error
        except (HTTPError, OSError, ValueError) as error:
            raise self._ended() from error
        if not data:
            raise self._ended()
        return data

    def _ended(self) -> CameraFault:
        return CameraFault(CameraFaultKind.ENDED, f"{self._name} has closed the connection")


def _request(session: requests.Session, address: StreamAddress) -> requests.Response:
    response = _get(session, address, _basic_auth(address))
    if response.status_code == requests.codes.unauthorized and "digest" in _challenge(response):
        response.close()
        response = _get(session, address, _DigestAuth(address.user, address.password))
    if response.status_code in (requests.codes.unauthorized, requests.codes.forbidden):
        response.close()
        raise CameraFault(
            CameraFaultKind.REFUSED,
            f"{address.shown} does not accept the user name and password; write them as http://user:password@host/path",
        )
    if not response.ok:
        response.close()
        raise CameraFault(
            CameraFaultKind.REFUSED, f"{address.shown} answers with error {response.status_code}; check the path"
        )
    return response


class _DigestAuth(HTTPDigestAuth):
    """Sends a user name outside ASCII as UTF-8, where requests would fail."""

    def build_digest_header(self, method: str, url: str) -> bytes | None:
        header: str | None = super().build_digest_header(method, url)  # type: ignore[no-untyped-call]
        return None if header is None else header.encode()


def _basic_auth(address: StreamAddress) -> HTTPBasicAuth | None:
    """Return user and password as UTF-8 (RFC 7617), where requests would send Latin-1; None without any."""
    if not address.user and not address.password:
        return None
    return HTTPBasicAuth(address.user.encode(), address.password.encode())


def _get(session: requests.Session, address: StreamAddress, auth: AuthBase | None) -> requests.Response:
    try:
        return session.get(address.bare_url, auth=auth, stream=True, timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S))
    except requests.ReadTimeout as error:
        raise CameraFault(
            CameraFaultKind.STALLED, f"{address.shown} accepts the connection, but does not answer"
        ) from error
    except requests.exceptions.SSLError as error:
        raise CameraFault(CameraFaultKind.REFUSED, f"{address.shown} has a certificate that is not trusted") from error
    except requests.ConnectionError as error:
        if error.args and isinstance(error.args[0], ProtocolError):
            raise _no_camera(address) from error
        raise unreachable(address) from error
    except (requests.RequestException, HTTPError, ValueError) as error:
        raise _no_camera(address) from error


def _no_camera(address: StreamAddress) -> CameraFault:
    return CameraFault(
        CameraFaultKind.NO_STREAM, f"{address.shown} accepts the connection, but does not answer as a camera does"
    )


def _challenge(response: requests.Response) -> str:
    return str(response.headers.get("WWW-Authenticate", "")).lower()


def _boundary(response: requests.Response, name: str) -> str:
    kind = str(response.headers.get("Content-Type", ""))
    media, _, parameters = kind.partition(";")
    for parameter in parameters.split(";"):
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "boundary" and value.strip('" '):
            return value.strip()
    response.close()
    what = media.strip() or "something unnamed"
    raise CameraFault(CameraFaultKind.NO_STREAM, f"{name} gives {what}, not an MJPEG stream; name the stream itself")


def _decode(jpeg: bytes) -> Image | None:
    """Return the picture, or None when it is torn, damaged or not a JPEG. Raises SampleRefused for its size."""
    return decode_frame(jpeg) if jpeg.rstrip(b"\0\r\n- ").endswith(_END_OF_IMAGE) else None
