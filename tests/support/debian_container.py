"""A fresh Debian, booted by systemd-nspawn as a machine of its own, which can be switched off and lose its power."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

# Without one, debootstrap's own.
MIRROR = os.environ.get("KIOSK_DEVICE_MIRROR")
PACKAGES = "systemd,systemd-sysv,dbus,udev,ca-certificates,procps"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
BUNDLE = "etc/ssl/certs/ca-certificates.crt"


def fresh_debian(release: str, cache: Path, root: Path) -> None:
    """Put a Debian as debootstrap makes it under root; the first one of a release is made, the others are copies.

    What this machine knows of names, certificates and package indexes, the container knows, too.
    """
    pattern = cache / release
    if not (pattern / "etc" / "debian_version").exists() or not (cache / f"{release}.whole").exists():
        shutil.rmtree(pattern, ignore_errors=True)
        (cache / "archives").mkdir(parents=True, exist_ok=True)
        options = ["--variant=minbase", f"--include={PACKAGES}", f"--cache-dir={cache / 'archives'}"]
        mirror = [MIRROR] if MIRROR else []
        subprocess.run(["debootstrap", *options, release, pattern, *mirror], check=True, capture_output=True)
        (cache / f"{release}.whole").touch()
    subprocess.run(["cp", "-a", f"{pattern}/.", root], check=True)
    for known in ("etc/resolv.conf", BUNDLE, "etc/pip.conf"):
        source, target = Path("/") / known, root / known
        if source.exists():
            target.unlink(missing_ok=True)
            shutil.copyfile(source, target)


class Container:
    """root: of its file system. binds: folders of this machine that it sees under the same path."""

    def __init__(self, root: Path, binds: tuple[Path, ...] = ()) -> None:
        self.root = root
        self._binds = binds
        self._nspawn: subprocess.Popen[bytes] | None = None
        self._leader = 0

    def switch_on(self) -> float:
        """Boot, and wait until systemd has started what is to be started; return the seconds that it took."""
        began = time.monotonic()
        options = ["--quiet", "--boot", "--register=no", "--keep-unit", "--console=pipe", "--resolv-conf=off"]
        binds = [f"--bind={folder}" for folder in self._binds]
        self._nspawn = subprocess.Popen(
            ["systemd-nspawn", *options, *binds, f"--directory={self.root}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while time.monotonic() - began < 120:
            self._leader = self._child()
            state = self.run("systemctl", "is-system-running", "--wait", check=False).stdout if self._leader else ""
            if state.strip() in ("running", "degraded"):
                return time.monotonic() - began
            time.sleep(0.1)
        raise RuntimeError(f"{self.root} does not boot")

    def switch_off(self) -> None:
        """Shut down in order."""
        if self._nspawn is not None:
            os.kill(self._leader, signal.SIGRTMIN + 4)  # poweroff.target, see systemd(1)
            self._ended(90)

    def cut_power(self) -> None:
        """End all processes at once, none of them asked."""
        os.kill(self._leader, signal.SIGKILL)
        self._ended(30)

    def run(
        self, *command: str, check: bool = True, timeout_s: float = 900, given: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as the container's root. Raises AssertionError with its words when it fails, unless told."""
        inside = ["nsenter", f"--target={self._leader}", "-m", "-p", "-u", "-i", "-n", "-C", "-r", "-w", "env", "-i"]
        done = subprocess.run(
            [*inside, f"PATH={PATH}", "HOME=/root", "LC_ALL=C.UTF-8", *command],
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout_s,
            input=given or "",
        )
        assert not check or done.returncode == 0, f"{' '.join(command)}: {done.stdout}\n{done.stderr}"
        return done

    def _child(self) -> int:
        assert self._nspawn is not None
        children = Path(f"/proc/{self._nspawn.pid}/task/{self._nspawn.pid}/children").read_text().split()
        return int(children[0]) if children else 0

    def _ended(self, timeout_s: float) -> None:
        assert self._nspawn is not None
        try:
            self._nspawn.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self._nspawn.kill()
            self._nspawn.wait()
        self._nspawn = None
