"""Reads people from an LDAP server or an Active Directory, page by page; nothing is ever written there."""

from __future__ import annotations

import ssl
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import ldap3
from ldap3.core.exceptions import LDAPException, LDAPInvalidFilterError

from kiosk.employees.ldap_config import DirectoryKind, LdapConfig
from kiosk.errors import InvalidInput

CONNECT_S = 10
ANSWER_S = 30
ACCOUNT_DISABLED = 0x2  # of Active Directory's userAccountControl
LOCKED_FOR_GOOD = "000001010000Z"  # of OpenLDAP's password policy
DISABLED = ("userAccountControl", "nsAccountLock", "pwdAccountLockedTime")


@dataclass(frozen=True, slots=True)
class DirectoryPerson:
    """A person as the directory has them.

    Attributes:
        account_name: with which somebody logs in.
        identifier: the directory's own, which stays when a person is renamed.
        personnel_number: None where the directory has none, as with the other texts.
        full_name: as the kiosk greets them.
        email: the address.
        department: where they work.
        position: what they do.
        is_active: whether the account may be used.
    """

    account_name: str
    identifier: str
    personnel_number: str | None
    full_name: str | None
    email: str | None
    department: str | None
    position: str | None
    is_active: bool


def fetch_people(config: LdapConfig) -> Iterator[DirectoryPerson]:
    """Yield everybody whom the filter finds. Raises InvalidInput when the server does not answer as it should."""
    names = [name for name in config.attributes.model_dump().values() if name]
    with _connection(config) as connection:
        entries = connection.extend.standard.paged_search(
            config.base,
            config.filter,
            attributes=[*names, *DISABLED],
            paged_size=config.page_size,
            generator=True,
        )
        for entry in entries:
            if entry["type"] == "searchResEntry":
                yield _person(config, entry)


@contextmanager
def _connection(config: LdapConfig) -> Iterator[ldap3.Connection]:
    if config.ca_file is not None and not config.ca_file.is_file():
        raise InvalidInput(f"ca_file: there is no file {config.ca_file}; name the one of who signed the certificate")
    tls = ldap3.Tls(
        validate=ssl.CERT_REQUIRED,
        ca_certs_file=None if config.ca_file is None else str(config.ca_file),
        version=ssl.PROTOCOL_TLS_CLIENT,
    )
    server = ldap3.Server(config.uri, tls=tls, connect_timeout=CONNECT_S, get_info=ldap3.NONE)
    has_start_tls = config.encrypted and config.uri.startswith("ldap:")
    connection = ldap3.Connection(
        server,
        user=config.bind_dn or None,
        password=config.password.get_secret_value() or None,
        auto_bind=ldap3.AUTO_BIND_NONE,
        read_only=True,
        auto_referrals=False,
        receive_timeout=ANSWER_S,
        raise_exceptions=True,
        # Names that a server does not know are left out by it.
        check_names=False,
    )
    try:
        connection.open()
        if has_start_tls:
            connection.start_tls()
        connection.bind()
        yield connection
    except LDAPInvalidFilterError as error:
        raise InvalidInput(f"the filter {config.filter} is none that LDAP knows; mend it in the file") from error
    except (LDAPException, OSError) as error:
        raise InvalidInput(f"{config.uri} does not answer as it should: {_reason(error)}") from error
    finally:
        opened = connection.socket  # the library leaves it open where the certificate is refused
        connection.strategy.close()
        if opened is not None:
            opened.close()


def _reason(error: Exception) -> str:
    """Return what went wrong in one line, without what was sent."""
    text = " ".join(str(error).split())
    if "CERTIFICATE" in text.upper() or "certificate" in text:
        return f"its certificate cannot be trusted ({text[:200]}); name who has signed it in ca_file"
    kind = getattr(error, "description", None) or type(error).__name__
    if kind == "invalidCredentials":
        return "bind_dn or password is wrong"
    return f"{kind}: {text[:200]}"


def _person(config: LdapConfig, entry: Mapping[str, Any]) -> DirectoryPerson:
    values, names = _Values(entry), config.attributes
    identifier = values.first(names.identifier)
    if config.kind is DirectoryKind.ACTIVE_DIRECTORY and values.raw(names.identifier):
        raw = values.raw(names.identifier)
        identifier = str(uuid.UUID(bytes_le=raw)) if len(raw) == 16 else raw.decode("utf-8", "replace")
    return DirectoryPerson(
        account_name=values.first(names.account_name) or str(entry["dn"]),
        identifier=identifier or str(entry["dn"]),
        personnel_number=values.first(names.personnel_number),
        full_name=values.first(names.full_name),
        email=values.first(names.email),
        department=values.first(names.department),
        position=values.first(names.position),
        is_active=not _is_disabled(values),
    )


class _Values:
    """An entry's attributes, whatever the case of their names."""

    def __init__(self, entry: Mapping[str, Any]) -> None:
        self._values = {name.casefold(): value for name, value in entry["raw_attributes"].items()}

    def raw(self, name: str) -> bytes:
        found = self._values.get(name.casefold()) or [b""]
        return bytes(found[0])

    def first(self, name: str) -> str | None:
        return self.raw(name).decode("utf-8", "replace").strip() or None


def _is_disabled(values: _Values) -> bool:
    control = values.first("userAccountControl") or "0"
    return (
        bool(int(control) & ACCOUNT_DISABLED if control.isdecimal() else 0)
        or (values.first("nsAccountLock") or "").casefold() == "true"
        or values.first("pwdAccountLockedTime") == LOCKED_FOR_GOOD
    )
