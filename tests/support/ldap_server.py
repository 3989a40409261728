"""A real OpenLDAP of the tests' own, with people as OpenLDAP and as Active Directory have them."""

from __future__ import annotations

import base64
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.certificates import Authority

SLAPD, SLAPADD = "/usr/sbin/slapd", "/usr/sbin/slapadd"
START_TIMEOUT_S = 30
BASE = "dc=office,dc=test"
PASSWORD = "secret of the kiosk"  # noqa: S105
SCHEMAS = ("core", "cosine", "inetorgperson", "nis", "msuser")
CONFIG = """\
{includes}
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile {certificate.certificate}
TLSCertificateKeyFile {certificate.key}
sizelimit size.soft=500 size.hard=500 size.pr=unlimited size.prtotal=unlimited
database mdb
suffix "{base}"
rootdn "cn=kiosk,{base}"
rootpw "{password}"
directory {folder}/data
maxsize 104857600
"""
ROOT = f"dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\ndc: office\no: Office\n"


@dataclass(frozen=True)
class LdapServer:
    """Addresses of a running server. ca_file: who has signed its certificate."""

    ldap: str
    ldaps: str
    ca_file: Path


def inetorg(uid: str, name: str, **attributes: str) -> str:
    """Return an entry as OpenLDAP's people are."""
    lines = [f"dn: uid={uid},{BASE}", "objectClass: inetOrgPerson", f"uid: {uid}", _text("cn", name), "sn: x"]
    return "\n".join([*lines, *(_text(key, value) for key, value in attributes.items())]) + "\n"


def active_directory(account: str, name: str, guid: bytes, control: int = 512, **attributes: str) -> str:
    """Return an entry as Active Directory's people are; control: its userAccountControl, 514 for a disabled one."""
    lines = [f"dn: cn={account},{BASE}", "objectClass: user", f"cn: {account}", "sn: x", "instanceType: 4"]
    lines += ["nTSecurityDescriptor: x", f"objectCategory: cn=person,{BASE}", "objectSid: x"]
    lines += [f"sAMAccountName: {account}", f"userAccountControl: {control}", _text("displayName", name)]
    lines += [f"objectGUID:: {base64.b64encode(guid).decode()}"]
    return "\n".join([*lines, *(_text(key, value) for key, value in attributes.items())]) + "\n"


@contextmanager
def ldap_server(folder: Path, *entries: str) -> Iterator[LdapServer]:
    """Start a server that has these entries; whoever binds as cn=kiosk may read them."""
    (folder / "data").mkdir(parents=True)
    authority = Authority(folder, "office")
    includes = "\n".join(f"include /etc/ldap/schema/{name}.schema" for name in SCHEMAS)
    config = folder / "slapd.conf"
    certificate = authority.issue("server", "localhost")
    given = {"includes": includes, "folder": folder, "base": BASE, "password": PASSWORD, "certificate": certificate}
    config.write_text(CONFIG.format(**given))
    ldif = "\n".join((ROOT, *entries))
    subprocess.run([SLAPADD, "-s", "-f", config], input=ldif, text=True, check=True, capture_output=True)
    ports = _free_ports(2)
    urls = f"ldap://127.0.0.1:{ports[0]}", f"ldaps://127.0.0.1:{ports[1]}"
    command: list[str | Path] = ["setpriv", "--pdeathsig", "KILL", SLAPD, "-d", "0", "-f", config, "-h", " ".join(urls)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for port in ports:
            _wait_for(port, process)
        yield LdapServer(f"ldap://localhost:{ports[0]}", f"ldaps://localhost:{ports[1]}", authority.ca)
    finally:
        process.kill()
        process.wait()


def _text(name: str, value: str) -> str:
    return f"{name}:: {base64.b64encode(value.encode()).decode()}"


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("slapd did not start: install Debian's package slapd")
