"""What install.sh device puts into the system, as far as it can be known without one: tests/device has the rest."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.config.paths import PROJECT_DIR

DEVICE = PROJECT_DIR / "assets" / "device"
SERVICES = sorted(path.name for path in DEVICE.glob("*.service"))
SESSIONS = ("cage", "x11", "headless")
EXPOSURE_LIMIT = "25"  # tenths


def analyze(*arguments: object) -> subprocess.CompletedProcess[str]:
    program = shutil.which("systemd-analyze")
    assert program is not None, "./install.sh test installs systemd"
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=60)


def installed(folder: Path, session: str) -> list[Path]:
    """The units as a session has them; this machine has none of the programs that they start."""
    made = []
    for source in [path for kind in ("service", "timer", "path") for path in DEVICE.glob(f"*.{kind}")]:
        unit = folder / source.name
        unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", source.read_text(), flags=re.MULTILINE))
        made.append(unit)
    drop_in = folder / "kiosk.service.d" / "session.conf"
    drop_in.parent.mkdir()
    shutil.copy(DEVICE / f"kiosk-service-{session}.conf", drop_in)
    return made


@pytest.mark.parametrize("session", SESSIONS)
def test_systemd_finds_nothing_to_say_of_the_units(tmp_path: Path, session: str):
    result = analyze("verify", "--man=no", *installed(tmp_path, session))
    assert (result.returncode, result.stdout + result.stderr) == (0, "")


def test_systemd_would_say_something_of_a_word_it_does_not_know(tmp_path: Path):
    unit = installed(tmp_path, "headless")[0]
    unit.write_text(unit.read_text().replace("[Service]", "[Service]\nProtectEverything=yes"))
    assert "ProtectEverything" in analyze("verify", "--man=no", unit).stderr


@pytest.mark.parametrize("service", SERVICES)
def test_little_is_exposed(service: str):
    result = analyze("security", "--offline=true", f"--threshold={EXPOSURE_LIMIT}", DEVICE / service)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    "service", ["kiosk.service", "kiosk-api.service", "kiosk-deliver.service", "kiosk-screen.service"]
)
def test_a_service_is_never_given_up(service: str):
    text = (DEVICE / service).read_text()
    assert {"Type=notify", "Restart=always", "StartLimitIntervalSec=0"} <= set(text.splitlines())
    assert re.search(r"^MemoryMax=\d+[MG]$", text, re.MULTILINE)


@pytest.mark.parametrize("service", ["kiosk.service", "kiosk-api.service", "kiosk-deliver.service"])
def test_the_watchdog_watches_and_names_stay_out_of_the_log(service: str):
    lines = (DEVICE / service).read_text().splitlines()
    assert any(re.fullmatch(r"WatchdogSec=\d+", line) for line in lines)
    assert "StandardOutput=null" in lines


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("device", "--session", "wayland"), "--session takes one of: cage x11 headless, not 'wayland'."),
        (("device", "--session"), "--session takes one of: cage x11 headless, not 'nothing'."),
        (("device", "--database=mysql"), "--database takes one of: postgresql sqlite, not 'mysql'."),
        (("device", "--unistall"), "./install.sh device knows no --unistall."),
        (("upgrade", "--watch", "long"), "--watch takes whole seconds, not 'long'."),
        (("upgrade", "now"), "./install.sh upgrade knows no now."),
    ],
    ids=" ".join,
)
def test_a_wrong_call_changes_nothing_and_exits_with_2(arguments: tuple[str, ...], sentence: str):
    result = subprocess.run(
        [PROJECT_DIR / "install.sh", *arguments], capture_output=True, text=True, check=False, timeout=30
    )
    assert (result.returncode, result.stdout, result.stderr.splitlines()[0]) == (2, "", sentence)


@pytest.mark.parametrize("verb", ["device", "upgrade"])
def test_help_is_for_everybody(verb: str):
    result = subprocess.run(
        [PROJECT_DIR / "install.sh", verb, "--help"], capture_output=True, text=True, check=False, timeout=30
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Usage: ./install.sh {verb} ")


def functions_of_the_installer(commands: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run commands with the functions that install.sh device has."""
    script = (
        f'set -Eeuo pipefail; here=$1; shift; say() {{ echo "$*" >&2; }}; . "$here/assets/device/device.sh"; {commands}'
    )
    return subprocess.run(
        ["bash", "-c", script, "test", str(PROJECT_DIR), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_equal_code_has_equal_release_names(tmp_path: Path):
    def name(folder: Path) -> str:
        result = functions_of_the_installer('release_name "$1"', folder)
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()

    copy = tmp_path / "copy"
    made = functions_of_the_installer(
        'mkdir "$2" && files_of "$1" | tar -C "$1" -cf - -T - | tar -C "$2" -xf -', PROJECT_DIR, copy
    )
    assert made.returncode == 0, made.stderr
    before = name(copy)
    assert re.fullmatch(r"\d+\.\d+\.\d+-[0-9a-f]{10}", before)
    assert before == name(PROJECT_DIR)
    (copy / "kiosk" / "__pycache__").mkdir(exist_ok=True)
    (copy / "kiosk" / "__pycache__" / "made.pyc").write_bytes(b"by running it")
    (copy / "models" / "network.onnx").write_bytes(b"by installing it")
    assert name(copy) == before
    (copy / "kiosk" / "errors.py").write_text("# another version\n")
    assert name(copy) != before


def test_a_file_of_the_system_is_written_once(tmp_path: Path):
    destination = tmp_path / "etc" / "unit"
    put = 'changed=; put "$1" "$2" 644; put "$1" "$2" 644; echo "$changed"'
    assert functions_of_the_installer(put, DEVICE / "journald.conf", destination).stdout == f" {destination}\n"
    assert destination.read_text() == (DEVICE / "journald.conf").read_text()
    assert functions_of_the_installer(put, DEVICE / "journald.conf", destination).stdout == "\n"


KEYS = """
systemctl() { echo "systemctl $*"; }
units_dir=$1
key_files=$(for file in $key_files; do echo "${file%%:*}:$1${file#*:}"; done)
x_session=$1$x_session x_server=$1$x_server
changed=
"""


@pytest.mark.parametrize("session", SESSIONS)
def test_a_keyboard_at_the_screen_opens_no_console_and_starts_nothing_anew(tmp_path: Path, session: str):
    """On a headless device the keyboard is the technician's, also when the session is changed to that."""
    steps = 'install_keys "$here/assets/device" cage >/dev/null; install_keys "$here/assets/device" "$2"'
    result = functions_of_the_installer(f"{KEYS}{steps}", tmp_path, session)
    assert result.returncode == 0, result.stderr
    made = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*.conf")}
    if session == "headless":
        assert made == {}
        return
    assert result.stdout == "systemctl mask --quiet ctrl-alt-del.target\n"
    assert {"NAutoVTs=0", "ReserveVT=0"} <= set(made["etc/systemd/logind.conf.d/kiosk.conf"].splitlines())
    assert "CtrlAltDelBurstAction=none" in made["etc/systemd/system.conf.d/kiosk.conf"]
    assert "kernel.sysrq = 0" in made["etc/sysctl.d/90-kiosk.conf"]


def test_cage_switches_to_no_console():
    (started,) = re.findall(r"^ExecStart=(.+)$", (DEVICE / "kiosk-screen.service").read_text(), re.MULTILINE)
    assert started.startswith("/usr/bin/cage -- ")


def test_the_x_session_has_no_window_manager():
    session = DEVICE / "kiosk-x11-session"
    assert session.stat().st_mode & 0o111
    programs = {line.split()[0] for line in session.read_text().splitlines() if line and not line.startswith("#")}
    assert programs == {"xhost", "xset", "setxkbmap", "exec"}
    server = (DEVICE / "xorg.conf").read_text()
    assert 'Option "DontVTSwitch" "true"' in server and 'Option "DontZap" "true"' in server
