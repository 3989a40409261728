"""From a fresh Debian to a kiosk that comes back by itself. The tests go on from one another, in this order."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from db import migrations
from support.installed_device import EMAIL, SOURCE, Device, measured

PHOTOGRAPHS = "/opt/kiosk/current/assets/photographs"
UNITS = (
    "kiosk.service kiosk-api.service kiosk-deliver.service kiosk-deliver.path kiosk-backup.service kiosk-backup.timer"
)


KILLED_AT = """\
{source}/install.sh device --session headless &
installer=$!
until grep -q '^== {step}' /var/log/kiosk-install.log 2>/dev/null; do
    kill -0 $installer || exit 3
    sleep 0.1
done
sleep 2
kill -KILL $installer
"""


def test_killed_in_its_middle_it_goes_on_when_it_is_run_again(device: Device):
    """What the killed run had begun, such as apt, ends before the next run begins."""
    for step in ("Installing .* system packages", "Making PostgreSQL", "Installing Python packages"):
        device.run("bash", "-c", KILLED_AT.format(source=SOURCE, step=step))
    assert device.run("test", "-e", "/usr/local/bin/kiosk", check=False).returncode == 1


def test_from_nothing_to_a_recognised_person_in_postgresql(device: Device, clip: Path):
    began = time.monotonic()
    device.install("device", "--session", "headless")
    measured("installation, or the rest of it", time.monotonic() - began)
    device.kiosk("enroll", "--email", EMAIL, "--name", "Barack Obama", f"{PHOTOGRAPHS}/obama.jpg")
    device.show_clip(clip)
    someone = "SELECT 1 FROM attendance_log JOIN employees ON employees.id = employee_id WHERE email = '{}'"
    device.until(lambda: device.sql(someone.format(EMAIL)) != [], 120)
    assert "Barack" not in device.log()


def test_the_settings_are_private_and_postgresql_listens_nowhere(device: Device):
    assert device.run("stat", "-c", "%U %a", "/etc/kiosk/kiosk.env", "/var/lib/kiosk").stdout.split() == [
        "kiosk", "600", "kiosk", "700",
    ]  # fmt: skip
    assert device.sql("SHOW listen_addresses") == [""]
    groups = device.run("id", "-nG", "kiosk").stdout.split()
    assert {"video", "input", "render"} <= set(groups)


def test_systemd_finds_nothing_to_say_of_the_units(device: Device):
    verified = device.run("sh", "-c", f"cd /etc/systemd/system && systemd-analyze verify {UNITS} 2>&1")
    assert verified.stdout == ""
    for unit in ("kiosk.service", "kiosk-api.service", "kiosk-backup.service"):
        device.run("systemd-analyze", "security", "--offline=true", "--threshold=25", f"/etc/systemd/system/{unit}")


def test_a_second_run_changes_nothing(device: Device):
    before, process = device.listing(), device.property("MainPID")
    device.install("device", "--session", "headless")
    assert device.listing() == before
    assert device.property("MainPID") == process


def test_it_is_ready_after_a_boot(device: Device):
    device.container.switch_off()
    measured("boot", device.container.switch_on())
    measured("and until ready", device.until(lambda: device.is_active() and device.is_active("kiosk-api")))
    device.run("systemctl", "is-active", "kiosk-backup.timer")


def test_a_hang_ends_with_the_watchdog(device: Device):
    for unit in ("kiosk", "kiosk-api"):
        process = device.property("MainPID", unit)
        device.run("kill", "-STOP", process)
        measured(f"{unit} hung until active", device.until_started_anew(process, unit, 120))
        assert "Watchdog timeout" in device.log(unit=unit)


def test_killed_it_is_active_again(device: Device):
    process = device.property("MainPID")
    device.run("kill", "-KILL", process)
    measured("killed until active", device.until_started_anew(process))


def test_it_is_started_anew_after_exit_code_3(device: Device):
    """A thread that crashes again and again ends the process."""
    device.run("sh", "-c", "cat >/srv/crashing.py", given=CRASHING)
    drop_in = "/run/systemd/system/kiosk.service.d/crashing.conf"
    start = "/opt/kiosk/current/.venv/bin/python /srv/crashing.py run --headless"
    device.run("mkdir", "-p", drop_in.rsplit("/", 1)[0])
    device.run("sh", "-c", f"cat >{drop_in}", given=f"[Service]\nExecStart=\nExecStart={start}\n")
    device.run("systemctl", "daemon-reload")
    device.run("touch", "/srv/crash")
    device.run("systemctl", "restart", "kiosk")
    device.until(lambda: "status=3/NOTIMPLEMENTED" in device.log(), 120)
    device.run("rm", "/srv/crash", drop_in)
    device.run("systemctl", "daemon-reload")
    device.until(device.is_active)
    time.sleep(10)
    assert device.is_active()


CRASHING = """\
import os

from kiosk.__main__ import main
from kiosk.recognition.recognition_loop import RecognitionLoop

step = RecognitionLoop.step


def crash(self):
    if os.path.exists("/srv/crash"):
        raise RuntimeError("as the test wants it")
    return step(self)


RecognitionLoop.step = crash
main()
"""


def test_events_are_complete_after_postgresql_was_away(device: Device):
    device.run("systemctl", "stop", "postgresql")
    before = len(device.registered())
    device.until(lambda: len(device.registered()) >= before + 3, 180)
    assert device.is_active()
    device.run("systemctl", "start", "postgresql")
    device.until(lambda: set(device.registered()) <= device.recorded(), 60)
    assert len(device.registered()) == len(set(device.registered()))
    assert int(device.sql("SELECT count(*) - count(DISTINCT trace_id) FROM attendance_log")[0]) == 0


def test_a_clean_stop_stays_stopped(device: Device):
    device.run("systemctl", "stop", "kiosk")
    assert (device.property("ExecMainStatus"), device.property("Result")) == ("0", "success")
    time.sleep(10)
    assert device.property("ActiveState") == "inactive"
    device.run("systemctl", "start", "kiosk")


def test_after_a_power_cut_it_starts_and_nothing_is_lost(device: Device):
    before = len(device.registered())
    device.until(lambda: len(device.registered()) > before, 60)
    registered = device.registered()
    device.container.cut_power()
    device.container.switch_on()
    measured("ready after a power cut", device.until(lambda: device.is_active() and device.is_active("kiosk-api")))
    device.until(lambda: set(registered) <= device.recorded(), 60)


def test_a_month_of_data_comes_back_on_an_empty_device(device: Device):
    """Somebody who was erased after the backup does not come back with it."""
    device.kiosk("demo-data", "--people", "40", "--days", "30", "--templates")
    device.run("systemctl", "stop", "kiosk", "kiosk-api", "clip-camera")
    counts, digest = device.counts(), device.digest()
    backup = device.kiosk("backup").strip()
    device.run("cp", backup, "/srv/month.kiosk-backup")
    device.run("cp", "/etc/kiosk/kiosk.env", "/srv/kiosk.env")
    device.install("device", "--purge", "--yes")
    for gone in ("/var/lib/kiosk", "/etc/kiosk", "/opt/kiosk", "/usr/local/bin/kiosk"):
        assert device.run("test", "-e", gone, check=False).returncode == 1
    device.run("mkdir", "-p", "/etc/kiosk")
    device.run("cp", "/srv/kiosk.env", "/etc/kiosk/kiosk.env")
    device.install("device", "--session", "headless")
    device.run("systemctl", "stop", "kiosk", "kiosk-api")
    device.run("install", "-o", "kiosk", "-m", "600", "/srv/month.kiosk-backup", "/var/lib/kiosk/month.kiosk-backup")
    assert device.counts() == dict.fromkeys(counts, 0)
    device.kiosk("restore", "--yes", "/var/lib/kiosk/month.kiosk-backup")
    assert device.counts() == counts
    assert device.digest() == digest
    device.kiosk("employees", "erase", "--yes", EMAIL)
    device.kiosk("restore", "--yes", "/var/lib/kiosk/month.kiosk-backup")
    assert device.counts()["attendance_log"] == counts["attendance_log"]
    assert device.counts()["embeddings"] < counts["embeddings"]
    faces = f"SELECT 1 FROM embeddings JOIN employees ON employees.id = employee_id WHERE email = '{EMAIL}'"
    assert device.sql(faces) == []
    device.run("systemctl", "start", "clip-camera", "kiosk", "kiosk-api")


def test_uninstalled_it_leaves_the_data_and_installed_again_finds_them(device: Device):
    counts = device.counts()
    said = device.install("device", "--uninstall")
    assert "/var/lib/kiosk" in said
    assert device.run("systemctl", "list-unit-files", "--no-legend", "kiosk*", check=False).stdout == ""
    for gone in ("/opt/kiosk", "/usr/local/bin/kiosk"):
        assert device.run("test", "-e", gone, check=False).returncode == 1
    assert device.counts() == counts
    device.install("device")
    device.until(device.is_active)
    found = device.counts()
    assert all(found[name] >= number for name, number in counts.items())


def new_version(device: Device, name: str) -> tuple[str, Path]:
    """The project's files once more, to be changed; their path in the device and out here."""
    inside, outside = f"/{name}", device.container.root / name
    shutil.copytree(device.container.root / SOURCE.lstrip("/"), outside)
    return inside, outside


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def current(device: Device) -> str:
    return os.path.basename(device.run("readlink", "-f", "/opt/kiosk/current").stdout.strip())  # noqa: PTH119


MIGRATION = '''\
"""A table that only the new version knows, and an old one that it spoils."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "{revision}", "{before}"


def upgrade() -> None:
    op.create_table("novelties", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("UPDATE employees SET full_name = 'spoilt'")


def downgrade() -> None:
    op.drop_table("novelties")
'''


def test_an_upgrade_that_is_not_well_goes_back_and_leaves_the_data_untouched(device: Device):
    """The new version changes the tables, starts, and dies after a few seconds."""
    source, folder = new_version(device, "spoilt")
    revision = f"{int(migrations.HEAD[:3]) + 1:03}_novelties"
    migration = MIGRATION.format(revision=revision, before=migrations.HEAD)
    (folder / f"alembic/versions/{revision}.py").write_text(migration)
    replace(
        folder / "kiosk/app/pipeline.py",
        "        notify(READY)\n",
        "        notify(READY)\n        dies_s = time.monotonic() + 5\n",
    )
    body = "            before, stuck = stuck, self.stuck_threads()\n"
    replace(
        folder / "kiosk/app/pipeline.py",
        body,
        "            if time.monotonic() > dies_s:\n                raise SystemExit(7)\n" + body,
    )

    device.run("systemctl", "stop", "clip-camera")
    version = current(device)
    device.until(lambda: set(device.registered()) <= device.recorded())
    digest = device.digest()
    said = device.install("upgrade", "--watch", "30", source=source, check=False)
    assert "Going back to" in said, said
    assert current(device) == version
    assert device.digest() == digest
    device.until(lambda: device.is_active() and device.is_active("kiosk-api"))
    device.run("systemctl", "start", "clip-camera")


def test_an_upgrade_that_is_well_stays(device: Device):
    source, folder = new_version(device, "better")
    replace(folder / "setup.cfg", "version = ", "version = 9.")
    device.run("systemctl", "stop", "clip-camera")
    version, digest = current(device), device.digest()
    began = time.monotonic()
    said = device.install("upgrade", "--watch", "20", source=source)
    measured("upgrade, 20 s of watching in it", time.monotonic() - began)
    assert current(device).startswith("9.")
    assert current(device) != version
    assert device.digest() == digest
    assert "Upgraded from" in said
    device.run("systemctl", "start", "clip-camera")
    before = len(device.registered())
    device.until(lambda: len(device.registered()) > before, 120)
    assert "at this version already" in device.install("upgrade", source=source)


def test_purged_nothing_is_left(device: Device):
    refused = device.install("device", "--purge", check=False)
    assert "say --purge --yes" in refused
    assert device.is_active()
    device.install("device", "--purge", "--yes")
    assert device.run("getent", "passwd", "kiosk", check=False).returncode == 2
    found = device.run("sh", "-c", "find /etc /usr /var /opt -xdev -name '*kiosk*' ! -path '/var/log/*'").stdout
    assert found == ""
