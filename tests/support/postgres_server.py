"""A PostgreSQL server of the tests' own, started for a run and removed after it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg2
from sqlalchemy import URL, make_url

START_TIMEOUT_S = 30
BINARIES = "usr/lib/postgresql/*/bin/postgres"  # where Debian keeps them, off the PATH
INITDB = ("--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C")
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}
SERVER = ("-p", "5432", *(f"--{name}={value}" for name, value in SETTINGS.items()))
NO_SERVER = (
    "no PostgreSQL server to test with: install Debian's package postgresql, "
    "or name a server on which databases may be created in KIOSK_TEST_DATABASE_URL"
)


class PostgresServer:
    """A server on which tests create databases.

    url: of any database there. disposable: the server goes with the run, and nothing on it has to be dropped.
    """

    def __init__(self, url: str, *, disposable: bool) -> None:
        self._url = make_url(url).set(drivername="postgresql")
        self._disposable = disposable

    def create_database(self, template: str = "template0") -> str:
        """Return the URL of a new database: a copy of the one named template."""
        name = f"kiosk_test_{uuid4().hex}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._url.set(database=name).render_as_string(hide_password=False)

    def drop_database(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        if not self._disposable:
            self._execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def ping(self) -> None:
        """Raises psycopg2.OperationalError while the server does not answer."""
        self._execute("SELECT 1")

    def _execute(self, statement: str) -> None:
        with closing(psycopg2.connect(self._url.render_as_string(hide_password=False))) as connection:
            connection.autocommit = True
            connection.cursor().execute(statement)


class OwnServer(PostgresServer):
    """A server of this test's own, that can be killed and started again; it listens on a socket in its folder alone."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        url = URL.create("postgresql", "postgres", port=5432, database="postgres", query={"host": str(folder)})
        super().__init__(url.render_as_string(), disposable=True)
        # The server goes when the tests do, even when they are killed.
        as_user: list[str | Path] = ["setpriv", "--pdeathsig", "INT", *_as_ordinary_user(folder)]
        initdb = [*as_user, binaries / "initdb", *INITDB, folder / "data"]
        subprocess.run(initdb, check=True, cwd="/", stdout=subprocess.DEVNULL)
        self._command = [*as_user, binaries / "postgres", "-D", folder / "data", "-k", folder, *SERVER]
        self._process: subprocess.Popen[bytes] | None = None
        self.data_dir = folder / "data"

    def create_owned_database(self) -> str:
        """Return the URL of a new database by which one connects as its owner, a role that may do nothing else."""
        name = f"kiosk_test_{uuid4().hex}"
        self._execute(f'CREATE ROLE "{name}" LOGIN')
        self._execute(f'CREATE DATABASE "{name}" OWNER "{name}"')
        return self._url.set(database=name, username=name).render_as_string(hide_password=False)

    def rename_database(self, old: str, new: str, *, owner: str) -> None:
        """Rename a database to which nobody is connected, and let owner own it."""
        self._execute(f'ALTER DATABASE "{old}" RENAME TO "{new}"')
        self._execute(f'ALTER DATABASE "{new}" OWNER TO "{owner}"')

    def start(self) -> None:
        """Return when it answers. Raises RuntimeError when it does not."""
        self._process = subprocess.Popen(self._command, cwd="/", stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + START_TIMEOUT_S
        while True:
            try:
                self.ping()
            except psycopg2.OperationalError as error:
                if time.monotonic() > deadline:
                    raise RuntimeError(f"the PostgreSQL server for the tests does not start: {error}") from error
                time.sleep(0.05)
            else:
                return

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Stop all processes of the server while the block runs: connections stay, and nothing answers."""
        assert self._process is not None
        processes = [self._process.pid, *_children(self._process.pid)]
        try:
            for process in processes:
                with suppress(ProcessLookupError):  # one that had nothing to do may just have ended
                    os.kill(process, signal.SIGSTOP)
            yield
        finally:
            for process in processes:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGCONT)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT cleanly, SIGQUIT as a crash would; harmless when it is not running."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(how)
            process.wait()


def _children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@contextmanager
def running_server() -> Iterator[OwnServer]:
    """Start a server and stop it at the end. Raises RuntimeError when none is installed or it does not start."""
    installed = sorted(Path("/").glob(BINARIES), key=lambda path: int(path.parts[-3]))
    if not installed:
        raise RuntimeError(NO_SERVER)
    folder = Path(tempfile.mkdtemp(prefix="kiosk-pg-", dir="/tmp"))  # a socket's path has to be short
    try:
        server = OwnServer(folder, installed[-1].parent)
        try:
            server.start()
            yield server
        finally:
            server.stop(signal.SIGQUIT)  # nobody needs a last checkpoint
    finally:
        shutil.rmtree(folder)


def _as_ordinary_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    user = next((user for user in pwd.getpwall() if user.pw_name == "postgres"), pwd.getpwnam("nobody"))
    os.chown(folder, user.pw_uid, user.pw_gid)
    return [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
