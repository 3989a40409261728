"""Where a directory is that the office's people are fetched from over LDAP, and what it calls their attributes."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator

from kiosk.errors import InvalidInput

OWN_MACHINE = ("localhost", "127.0.0.1", "::1")
OTHERS_MAY_READ = 0o077
EXAMPLE = """\
# Where the office's people are fetched from: kiosk employees pull FILE. Keep this file at mode 600.
uri = "ldaps://dc1.office.test"         # or ldap://, which goes on encrypted (StartTLS)
# ca_file = "/etc/ssl/office-ca.pem"    # if the machine does not know who has signed the server's certificate
kind = "active-directory"               # or "openldap"
bind_dn = "CN=kiosk,OU=Services,DC=office,DC=test"
password = "…"
base = "OU=People,DC=office,DC=test"
# filter = "(&(objectCategory=person)(objectClass=user))"

# What each is called there, where it is another name than the kind's.
# [attributes]
# personnel_number = "employeeID"
"""


class DirectoryKind(StrEnum):
    ACTIVE_DIRECTORY = "active-directory"
    OPENLDAP = "openldap"


class LdapAttributes(BaseModel):
    """What the directory calls what the kiosk keeps; an empty name leaves one out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    account_name: str
    identifier: str
    personnel_number: str
    full_name: str
    email: str
    department: str
    position: str


FILTERS = {
    DirectoryKind.ACTIVE_DIRECTORY: "(&(objectCategory=person)(objectClass=user))",
    DirectoryKind.OPENLDAP: "(objectClass=inetOrgPerson)",
}
ATTRIBUTES = {
    DirectoryKind.ACTIVE_DIRECTORY: {
        "account_name": "sAMAccountName",
        "identifier": "objectGUID",
        "personnel_number": "employeeID",
        "full_name": "displayName",
        "email": "mail",
        "department": "department",
        "position": "title",
    },
    DirectoryKind.OPENLDAP: {
        "account_name": "uid",
        "identifier": "entryUUID",
        "personnel_number": "employeeNumber",
        "full_name": "cn",
        "email": "mail",
        "department": "departmentNumber",
        "position": "title",
    },
}


class LdapConfig(BaseModel):
    """The content of the file; `uri` is ldaps://, or ldap://, which StartTLS encrypts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    uri: str
    kind: DirectoryKind
    base: str = Field(min_length=1)
    filter: str = ""
    bind_dn: str = ""
    password: SecretStr = SecretStr("")
    ca_file: Path | None = None
    encrypted: bool = True
    page_size: Annotated[int, Field(ge=1, le=1000)] = 500
    attributes: LdapAttributes

    @field_validator("uri")
    @classmethod
    def _address(cls, uri: str) -> str:
        parts = urlsplit(uri)
        if parts.scheme not in ("ldap", "ldaps") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("give it as ldaps://HOST or ldap://HOST, with a port where it is another one")
        return uri

    @model_validator(mode="before")
    @classmethod
    def _with_the_kinds_names(cls, sent: Any) -> Any:
        if isinstance(sent, dict) and sent.get("kind") in set(DirectoryKind):
            names = ATTRIBUTES[DirectoryKind(sent["kind"])] | dict(sent.get("attributes") or {})
            return {**sent, "attributes": names, "filter": sent.get("filter") or FILTERS[DirectoryKind(sent["kind"])]}
        return sent

    @model_validator(mode="after")
    def _encrypted_elsewhere(self) -> Self:
        if not self.encrypted and (self.host not in OWN_MACHINE or self.uri.startswith("ldaps")):
            raise ValueError("encrypted = false is for ldap:// on this machine alone; leave it out")
        return self

    @property
    def host(self) -> str:
        return urlsplit(self.uri).hostname or ""


def read_ldap_config(path: Path) -> LdapConfig:
    """Return what a file says. Raises InvalidInput with each fault, also for a file that others may read."""
    try:
        content, mode = path.read_bytes(), path.stat().st_mode
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from error
    if mode & OTHERS_MAY_READ:
        raise InvalidInput(f"others may read {path}, which holds a password: chmod 600 {path}")
    try:
        return LdapConfig.model_validate(tomllib.loads(content.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} is no TOML: {error}") from error
    except ValidationError as error:
        raise InvalidInput(f"{path}: {'; '.join(map(_told, error.errors()))}") from error


def _told(fault: Any) -> str:
    place = ".".join(part for part in map(str, fault["loc"]))
    if place.startswith("attributes.") and fault["type"] == "missing":
        place, fault = "kind", {"msg": f"one of {', '.join(DirectoryKind)}"}
    return f"{place}: {fault['msg'].removeprefix('Value error, ')}" if place else fault["msg"]
