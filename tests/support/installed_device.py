"""A device in a container, as a technician has it: the commands they type, and what they look at."""

from __future__ import annotations

import re
import shlex
import socket
import time
from collections.abc import Callable
from pathlib import Path

from support.debian_container import Container

SOURCE = "/src"
LONGEST_START_S = 60.0
GROWING = {"audit_log", "audit_head", "device_claims", "gallery_changes"}
EMAIL = "barack.obama@demo.local"
# What lives while nothing is changed: logs, the database, and what the kiosk writes as it runs.
LIVING = ("proc", "sys", "dev", "run", "tmp", "var/tmp", "var/log", "var/lib/postgresql", "var/lib/kiosk")


class Device:
    def __init__(self, container: Container) -> None:
        self.container = container
        self.run = container.run

    def install(self, verb: str, *arguments: str, source: str = SOURCE, check: bool = True) -> str:
        """Run ./install.sh and return what it says."""
        return self.run(f"{source}/install.sh", verb, *arguments, check=check, timeout_s=1800).stderr

    def kiosk(self, *arguments: str, check: bool = True) -> str:
        return self.run("kiosk", *arguments, check=check).stdout

    def sql(self, statement: str) -> list[str]:
        """Return the rows of a query on the device's database."""
        query = f"psql -X -w -tA -d kiosk -c {shlex.quote(statement)}"
        return self.run("runuser", "-u", "kiosk", "--", "sh", "-c", f"cd / && {query}").stdout.splitlines()

    def digest(self) -> list[str]:
        """Return how many rows each table holds, and a checksum of what is in them.

        Without what grows by itself: the audit log, the claims on names, the count of the gallery's changes; and
        without the snapshots' paths, for a backup holds no snapshots.
        """
        tables = self.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        row = "(to_jsonb(t) - 'photo_path')::text"
        sums = f"SELECT count(*), md5(string_agg({row}, chr(10) ORDER BY {row})) FROM"
        return [f"{name} {self.sql(f'{sums} {name} t')}" for name in tables if name not in GROWING]

    def counts(self) -> dict[str, int]:
        tables = ("employees", "embeddings", "attendance_log")
        return {name: int(self.sql(f"SELECT count(*) FROM {name}")[0]) for name in tables}

    def change_settings(self, **settings: object) -> None:
        """Change settings as a technician would, by lines at the end of the file, and start the services anew."""
        lines = "".join(f"KIOSK_{name.upper()}={value}\n" for name, value in settings.items())
        self.run("sh", "-c", "cat >>/etc/kiosk/kiosk.env", given="\n" + lines)
        self.run("systemctl", "restart", "kiosk", "kiosk-api")

    def property(self, name: str, unit: str = "kiosk") -> str:
        return self.run("systemctl", "show", f"--property={name}", "--value", unit).stdout.strip()

    def is_active(self, unit: str = "kiosk") -> bool:
        return self.property("ActiveState", unit) == "active"

    def until(self, condition: Callable[[], bool], timeout_s: float = LONGEST_START_S) -> float:
        """Return the seconds until something is so. Raises AssertionError with the kiosk's log when it never is."""
        began = time.monotonic()
        while not condition():
            assert time.monotonic() - began < timeout_s, self.log(60)
            time.sleep(0.2)
        return time.monotonic() - began

    def until_started_anew(self, than: str, unit: str = "kiosk", timeout_s: float = LONGEST_START_S) -> float:
        """than: the main process that must have been replaced."""
        return self.until(lambda: self.is_active(unit) and self.property("MainPID", unit) not in ("0", than), timeout_s)

    def log(self, lines: int = 10_000, unit: str = "kiosk") -> str:
        return self.run("journalctl", "-u", unit, "-n", str(lines), "-o", "cat", "--no-pager").stdout

    def registered(self) -> list[str]:
        """The events that the kiosk said are safe, in order, since the device was set up."""
        return re.findall(r"event\.registered trace_id=([0-9a-f-]{36})", self.log())

    def recorded(self) -> set[str]:
        return set(self.sql("SELECT trace_id FROM attendance_log"))

    def listing(self) -> str:
        """Every file of the system, its mode, owner, time and size, and the checksums of /etc and /usr/local."""
        pruned = " -o ".join(f"-path /{folder}" for folder in LIVING)
        found = self.run(
            "sh", "-c", rf"find / -xdev \( {pruned} \) -prune -o -printf '%y %m %u %g %T@ %s %p %l\n'"
        ).stdout
        sums = self.run("sh", "-c", "find /etc /usr/local -type f | sort | xargs -d '\\n' sha256sum").stdout
        volatile = re.compile(
            r"/var/(lib/systemd|cache/(apt|ldconfig|kiosk)|backups)|/etc/(resolv|mtab)|/root/.cache|__pycache__$"
        )
        return "\n".join(sorted(line for line in (found + sums).splitlines() if not volatile.search(line)))

    def show_clip(self, clip: Path) -> None:
        """Let a network camera show the clip, at every start of the machine, and the kiosk look at it."""
        port = free_port()
        folder = self.container.root / "srv" / "camera"
        folder.mkdir(exist_ok=True)
        for source in (clip, Path(__file__).with_name("clip_camera.py")):
            (folder / source.name).write_bytes(source.read_bytes())
        command = f"/opt/kiosk/current/.venv/bin/python /srv/camera/clip_camera.py /srv/camera/{clip.name} {port}"
        unit = (
            f"[Service]\nRestart=always\nRestartSec=0.2\nExecStart={command}\n[Install]\nWantedBy=multi-user.target\n"
        )
        (self.container.root / "etc/systemd/system/clip-camera.service").write_text(unit)
        self.run("systemctl", "daemon-reload")
        self.run("systemctl", "enable", "--now", "clip-camera")
        self.change_settings(
            source=f"http://127.0.0.1:{port}/stream.mjpg", cooldown_s=4, unknown_cooldown_s=4, api_port=free_port()
        )


def free_port() -> int:
    """The containers share this machine's network."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


def measured(what: str, seconds: float) -> None:
    """Say how long something took; nothing is asserted of it."""
    print(f"\n    {what}: {seconds:.1f} s", end="")  # noqa: T201
