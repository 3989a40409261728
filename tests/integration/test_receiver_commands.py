"""`kiosk receivers` as an administrator uses it, what doctor and metrics say of it, and that no secret is said."""

from __future__ import annotations

import base64
import json
import logging
import stat
import sys
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import text

from db.feed_epochs import begin_epoch
from db.session import Database
from kiosk.__main__ import main
from kiosk.app.doctor import build_examined_device
from kiosk.config.settings import load_settings
from kiosk.core.logger import NAME as LOGGER
from kiosk.core.logger import LineFormatter
from kiosk.doctor.receivers import receivers as examine_receivers
from support.api_client import Api
from support.builders import event
from support.database_rows import add_person
from support.receivers import ReceivingOffice, hurry, receiving_office, wait_until
from support.webhook_server import webhook_server

KEY = base64.b64encode(b"never to be seen anywhere, really").decode()
SECRETS = {
    "secret": f"whsec_{KEY}",
    "previous_secret": "whsec_" + base64.b64encode(b"nor is this one, ever, anywhere").decode(),
    "authorization": "Bearer invisible-authorization",
}

Run = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command; returns its exit code."""

    def run(*arguments: object) -> int:
        monkeypatch.setattr(sys, "argv", ["kiosk", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return run


def rows(capsys: pytest.CaptureFixture[str], run: Run) -> list[dict[str, object]]:
    capsys.readouterr()
    assert run("receivers", "list", "--json") == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_a_receiver_from_its_beginning_to_its_end(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("receivers", "add", "payroll", "files", "--set", f"folder={tmp_path}", "--set", "minutes=1") == 0
    (row,) = rows(capsys, run)
    assert (row["state"], row["waiting"], row["this_device"]) == ("new", 0, True)
    assert run("receivers", "test", "payroll") == 0
    assert run("receivers", "set", "payroll", "--set", "minutes=2") == 0
    assert run("receivers", "pause", "payroll") == 0
    (row,) = rows(capsys, run)
    assert (row["state"], row["options"]["minutes"]) == ("paused", 2)  # type: ignore[index]
    assert run("receivers", "resume", "payroll") == 0
    assert run("receivers", "remove", "payroll") == 0
    assert rows(capsys, run) == []
    assert not (tmp_path / "data" / "receivers" / "payroll").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("add", "Payroll", "files"), "small letters", id="name"),
        pytest.param(("add", "payroll", "fax"), "no kind of receiver called 'fax'", id="kind"),
        pytest.param(("add", "payroll", "files", "--set", "folder"), "--set OPTION=VALUE", id="no value"),
        pytest.param(("add", "p", "files", "--secret", "a=/nonexistent"), "missing or empty", id="no file"),
        pytest.param(("test", "payroll"), "no receiver called payroll", id="unknown"),
        pytest.param(("resume", "payroll"), "no receiver called payroll", id="unknown to resume"),
        pytest.param(("replay", "payroll", "--from", "1"), "no receiver called payroll", id="unknown to replay"),
        pytest.param(("remove", "payroll"), "no receiver called payroll", id="unknown to remove"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    run: Run, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert run("receivers", *arguments) == 2
    errors = capsys.readouterr().err
    assert said in errors
    assert "Traceback" not in errors


def test_a_number_that_there_is_not_is_refused(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("receivers", "add", "payroll", "files", "--set", f"folder={tmp_path}") == 0
    assert run("receivers", "replay", "payroll", "--from", "7") == 2
    assert "from 1 to 0" in capsys.readouterr().err


def test_secrets_are_said_nowhere(  # noqa: PLR0917  fixtures
    api_on_sqlite: Api,
    database_of_api: Database,
    run: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    sqlite_url: str,
) -> None:
    hurry(monkeypatch)
    monkeypatch.setenv("KIOSK_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("KIOSK_TIMEZONE", "Europe/Moscow")
    logged = StringIO()
    handler = logging.StreamHandler(logged)
    handler.setFormatter(LineFormatter())
    logging.getLogger(LOGGER).addHandler(handler)
    logging.getLogger(LOGGER).setLevel(logging.DEBUG)
    add_person(database_of_api)
    data_dir = tmp_path / "data"
    with webhook_server() as server:
        server.status = 500
        secrets = {**SECRETS, "url": f"{server.url}/secret-path"}
        options: list[object] = ["--set", "allow_local=true", "--set", "allow_http=true", "--after", 0]
        for name, secret in secrets.items():
            (tmp_path / name).write_text(f"{secret}\n")
            options += ["--secret", f"{name}={tmp_path / name}"]
        assert run("receivers", "add", "hook", "webhook", *options) == 0
        office = receiving_office(database_of_api, data_dir / "receivers")
        office.record(event())
        with office.delivering():
            wait_until(lambda: office.stored("hook").error == "http_500", "it fails")
            assert run("receivers", "test", "hook") == 2
        assert server.received[0].path == "/hook/secret-path"
    for arguments in (("receivers", "list"), ("receivers", "list", "--json"), ("receivers", "kinds"), ("settings",)):
        assert run(*arguments) == 0
    run("doctor")
    run("doctor", "--json")
    assert run("backup") == 0
    printed = capsys.readouterr()
    said = printed.out + printed.err + logged.getvalue()
    said += api_on_sqlite.client.get("/metrics", headers=api_on_sqlite.read).text
    said += api_on_sqlite.client.get("/health").text
    assert "hook" in said, "what says nothing at all proves nothing"
    assert "delivery.failed" in said
    files = [path for path in (*data_dir.rglob("*"), *tmp_path.glob("kiosk.db*")) if path.is_file()]
    (backup,) = [path for path in files if zipfile.is_zipfile(path)]
    with zipfile.ZipFile(backup) as archive:
        archive.extractall(tmp_path / "data" / "unpacked")
    files += [path for path in (data_dir / "unpacked").rglob("*") if path.is_file()]
    for name, secret in secrets.items():
        needle = secret.rpartition("/")[2] if name == "url" else secret.removeprefix("whsec_")
        assert needle not in said, name
        holders = {path.name for path in files if needle.encode() in path.read_bytes()}
        assert holders == {"secrets.json"}, name
    kept = data_dir / "receivers" / "hook" / "secrets.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_metrics_and_health_of_a_dead_receiver(
    api_on_sqlite: Api, database_of_api: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    before = api_on_sqlite.client.get("/health").json()
    office = receiving_office(database_of_api, tmp_path / "receivers")
    add_person(database_of_api)
    office.add("dead", "files", folder=tmp_path / "nowhere", minutes=0)
    office.record(event(), event())
    with office.delivering():
        wait_until(lambda: office.stored("dead").failure_count, "it fails")
        text = api_on_sqlite.client.get("/metrics", headers=api_on_sqlite.read).text
    assert 'kiosk_receiver_waiting{kind="files",receiver="dead"} 2.0' in text
    assert 'kiosk_receiver_position{kind="files",receiver="dead"} 0.0' in text
    assert 'kiosk_receiver_up{kind="files",receiver="dead"} 0.0' in text
    assert 'kiosk_receiver_failures_total{kind="files",receiver="dead"}' in text
    assert api_on_sqlite.client.get("/health").json() == before


@pytest.fixture
def office(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReceivingOffice:
    hurry(monkeypatch)
    add_person(database)
    made = receiving_office(database, tmp_path / "data" / "receivers")
    made.add("payroll", "files", folder=tmp_path, minutes=0)
    made.record(event())
    return made


def sentences(database: Database) -> list[str]:
    device = build_examined_device(load_settings())
    return [f"{one.level}: {one.sentence}; {one.next_step}" for one in examine_receivers(device, database)]


def test_the_doctor_says_how_a_receiver_is(office: ReceivingOffice, database: Database, tmp_path: Path) -> None:
    (nobody,) = sentences(database)
    assert "warning: no device delivers to receiver payroll; 1 change(s) wait; start it" in nobody
    with office.delivering():
        wait_until(lambda: office.stored("payroll").position == 1, "it is told")
        (well,) = sentences(database)
        assert "ok: receiver payroll has been told of everything" in well
        office.receivers.set("payroll", {"folder": str(tmp_path / "gone")})
        office.record(event())
        wait_until(lambda: office.stored("payroll").error, "it fails")
        (failing,) = sentences(database)
        assert "has taken nothing for 0 minute(s) (folder_missing); 1 change(s) wait" in failing
        office.receivers.pause("payroll")
        (paused,) = sentences(database)
        assert "is paused; 1 change(s) wait; once you know why: kiosk receivers resume payroll" in paused


def test_a_copied_database_tells_nobody_before_somebody_says_so(office: ReceivingOffice, database: Database) -> None:
    with office.delivering():
        wait_until(lambda: office.stored("payroll").position == 1, "it is told")
        with database.transaction() as session:
            begin_epoch(session)
        office.record(event())
        wait_until(lambda: office.stored("payroll").error == "database_copied", "it is paused")
        assert office.stored("payroll").is_paused
        office.receivers.resume("payroll")
        wait_until(lambda: office.stored("payroll").position == 2, "resumed, it goes on")


def test_only_one_device_delivers(office: ReceivingOffice, database: Database, tmp_path: Path) -> None:
    other = receiving_office(database, tmp_path / "data" / "receivers")
    stored = office.stored("payroll")
    assert office.outbox.hold([stored.id]) == (stored.id,)
    assert other.outbox.hold([stored.id]) == ()
    assert not other.outbox.advance(office.stored("payroll"), 1), "who does not hold it notes nothing"
    office.outbox.release()
    assert other.outbox.hold([stored.id]) == (stored.id,)
    with database.transaction() as session:
        session.execute(text("UPDATE receivers SET held_until = '2020-01-01 00:00:00'"))
    assert office.outbox.hold([stored.id]) == (stored.id,), "a device that has died is succeeded"
