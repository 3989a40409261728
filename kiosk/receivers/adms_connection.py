"""Talks to a receiver of the ADMS push protocol over HTTP, as a terminal does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

import requests

from kiosk.core.clock import elapsed_s
from kiosk.receivers.adms_protocol import (
    PUSH_VERSION,
    AdmsCommand,
    AdmsSettings,
    is_ok,
    read_commands,
    read_settings,
)
from kiosk.receivers.port import DeliveryFailed

CONNECT_S, READ_S, ANSWER_S = 5.0, 10.0, 10.0
MOST_ANSWERED_BYTES = 256 * 1024
AGENT = "face-attendance-kiosk (iClock)"


@dataclass(frozen=True, slots=True)
class AdmsAddress:
    """Where a receiver is.

    Attributes:
        url: without /iclock and a slash at the end.
        serial: the terminal's serial number, by which the receiver knows it.
        ca: file of the authority that signed its certificate; None for the system's.
        key_parameter: the parameter that the communication key goes into.
        key: the communication key; None without.
    """

    url: str
    serial: str
    ca: str | None = None
    key_parameter: str = "pushcommkey"
    key: str | None = None


class AdmsConnection:
    """For one thread. Every method raises DeliveryFailed; no address and no key is ever in its sentence."""

    def __init__(self, address: AdmsAddress) -> None:
        self._address = address
        self._session = requests.Session()
        self._session.trust_env = False  # neither a proxy nor passwords of ~/.netrc
        self._session.headers["User-Agent"] = AGENT

    def greet(self) -> AdmsSettings:
        """Ask what the receiver wants of a terminal."""
        answer = self._ask("GET", "cdata", {"options": "all", "language": "69", "pushver": PUSH_VERSION})
        settings = read_settings(answer)
        if settings is None:
            raise DeliveryFailed("bad_answer", "what answers there does not speak the ADMS push protocol; check url")
        return settings

    def upload(self, table: str, stamp: int, lines: Sequence[str]) -> None:
        """Return when the receiver has said OK to all lines."""
        body = "".join(f"{line}\n" for line in lines)
        if not is_ok(self._ask("POST", "cdata", {"table": table, "Stamp": str(stamp)}, body)):
            raise DeliveryFailed("not_confirmed", f"the receiver did not answer OK to {len(lines)} lines of {table}")

    def commands(self) -> Sequence[AdmsCommand]:
        """Ask for commands."""
        found = read_commands(self._ask("GET", "getrequest", {}))
        if found is None:
            raise DeliveryFailed("bad_answer", "the receiver answered neither OK nor commands when asked for them")
        return found

    def answer(self, lines: Sequence[str]) -> None:
        """Say what became of commands."""
        self._ask("POST", "devicecmd", {}, "\n".join(lines))

    def close(self) -> None:
        self._session.close()

    def _ask(self, method: str, page: str, parameters: Mapping[str, str], body: str | None = None) -> str:
        address = self._address
        query = {"SN": address.serial, **parameters}
        if address.key is not None:
            query[address.key_parameter] = address.key
        try:
            with self._session.request(
                method,
                f"{address.url}/iclock/{page}",
                params=query,
                data=None if body is None else body.encode("utf-8"),
                headers=None if body is None else {"Content-Type": "text/plain; charset=UTF-8"},
                timeout=(CONNECT_S, READ_S),
                verify=address.ca or True,
                allow_redirects=False,
                stream=True,
            ) as response:
                _require_success(response)
                return _text(response)
        except requests.exceptions.SSLError as error:
            why = "no secure connection could be made: the certificate is not accepted; check ca and url"
            raise DeliveryFailed("certificate", why) from error
        except requests.exceptions.ReadTimeout as error:
            raise DeliveryFailed("timeout", f"the receiver did not answer within {READ_S:.0f} s") from error
        except (requests.exceptions.RequestException, OSError) as error:
            raise DeliveryFailed("unreachable", "the receiver cannot be reached, or broke off; check url") from error


def _require_success(response: requests.Response) -> None:
    status = response.status_code
    if status == HTTPStatus.OK:
        return
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        why = "the receiver does not admit this serial number; enter or approve the terminal there, and check the key"
        raise DeliveryFailed("not_admitted", why)
    if 300 <= status < 400:
        raise DeliveryFailed("redirected", "the receiver is somewhere else; give its final address as url")
    wait = response.headers.get("Retry-After", "")
    raise DeliveryFailed(
        f"http_{status}",
        f"the receiver answered with HTTP {status}",
        retry_after_s=float(wait) if wait.isascii() and wait.isdecimal() else None,
    )


def _text(response: requests.Response) -> str:
    began_s, content = elapsed_s(), bytearray()
    for part in response.iter_content(4096):
        content += part
        if len(content) > MOST_ANSWERED_BYTES or elapsed_s() - began_s > ANSWER_S:
            raise DeliveryFailed("bad_answer", "the receiver's answer is too long, or does not end")
    return content.decode("utf-8", errors="replace")
