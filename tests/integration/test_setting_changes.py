"""Settings that are changed while the kiosk runs: levels, refusals, history, undo, and who follows them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from db import audit_log
from db.session import Database
from kiosk.app.setting_store import build_setting_store, load_settings
from kiosk.app.setting_sync import followed_settings
from kiosk.config import first_run_config
from kiosk.config.first_run_config import FirstRunAnswers
from kiosk.config.setting_traits import SettingLevel
from kiosk.config.setting_values import MASK
from kiosk.core.context import acting_as
from kiosk.errors import InvalidInput, SettingChanged, SettingNotFound, SettingRefused, StorageError
from kiosk.settings.store import SettingStore
from support.api_client import Api, problem
from support.builders import make_settings

WITHIN_S = 20


def store_of(database: Database, data_dir: Path, name: str = "door") -> SettingStore:
    data_dir.mkdir(exist_ok=True)
    return build_setting_store(make_settings(data_dir, kiosk_id=name), database)


@pytest.fixture
def store(database: Database, tmp_path: Path) -> SettingStore:
    return store_of(database, tmp_path / "a")


def audited(database: Database) -> list[tuple[str, str | None, dict[str, Any]]]:
    with database.reading() as session:
        rows = audit_log.entries(session)
    return [(row.actor, row.subject, json.loads(row.details)) for row in rows if row.action == "setting_change"]


def test_levels_history_undo_and_the_audit_log(store: SettingStore, database: Database) -> None:
    with acting_as("cli:anna"):
        office = store.set("cooldown_s", "60.0", SettingLevel.OFFICE)
        device = store.set("KIOSK_COOLDOWN_S", "90", SettingLevel.DEVICE)
    assert office is not None
    assert device is not None
    state = store.state("cooldown_s")
    assert (state.value, state.origin.level, state.office_value, state.device_value) == (
        "90",
        SettingLevel.DEVICE,
        "60",
        "90",
    )
    assert state.origin.place.endswith("choices.json, line 3")

    assert store.set("cooldown_s", "60", SettingLevel.OFFICE) is None, "it is set so already"
    store.undo(device)
    assert (store.state("cooldown_s").value, store.state("cooldown_s").origin.level) == ("60", SettingLevel.OFFICE)
    store.set("cooldown_s", "70", SettingLevel.OFFICE)
    with pytest.raises(SettingChanged):
        store.undo(office)
    store.set("cooldown_s", None, SettingLevel.OFFICE)
    assert store.state("cooldown_s").origin.level is SettingLevel.DEFAULT
    assert [(one.old_value, one.new_value, one.kiosk_id) for one in store.history("cooldown_s")] == [
        ("70", None, None),
        ("60", "70", None),
        ("90", None, "door"),
        (None, "90", "door"),
        (None, "60", None),
    ]
    actor, subject, details = audited(database)[1]
    assert (actor, subject) == ("cli:anna", "setting:cooldown_s")
    assert details == {"level": "device", "device": "door", "old": None, "new": "90"}
    assert len(audited(database)) == 5


def test_what_is_not_to_be_changed_here_is_refused(
    store: SettingStore, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingNotFound, match="did you mean KIOSK_COOLDOWN_S"):
        store.set("cooldwn_s", "1", SettingLevel.OFFICE)
    with pytest.raises(SettingRefused, match="KIOSK_API_HOST"):
        store.set("api_host", "::", SettingLevel.OFFICE)
    with pytest.raises(SettingRefused, match="set it for this device"):
        store.set("source", "1", SettingLevel.OFFICE)
    with pytest.raises(InvalidInput, match="less than or equal to 7"):
        store.set("snapshot_ttl_days", "30", SettingLevel.OFFICE)
    monkeypatch.setenv("KIOSK_COOLDOWN_S", "5")
    with pytest.raises(SettingRefused, match="fixed by KIOSK_COOLDOWN_S"):
        store.set("cooldown_s", "1", SettingLevel.OFFICE)
    assert store.history() == ()
    assert audited(database) == []


def test_the_slower_of_two_is_told(store: SettingStore) -> None:
    seen = store.state("event_mode").office_value
    store.set("event_mode", "entry_only", SettingLevel.OFFICE, seen)
    with pytest.raises(SettingChanged, match="somebody else"):
        store.set("event_mode", "exit_only", SettingLevel.OFFICE, seen)
    assert store.state("event_mode").value == "entry_only"


def test_two_at_once_do_not_both_win(store: SettingStore) -> None:
    outcomes: list[object] = []
    start = threading.Barrier(4)

    def change(value: str) -> None:
        start.wait()
        try:
            outcomes.append(store.set("cooldown_s", value, SettingLevel.OFFICE, None))
        except SettingChanged as error:
            outcomes.append(error)

    threads = [threading.Thread(target=change, args=(f"{number}",)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(outcome, SettingChanged) for outcome in outcomes) == 3
    assert len(store.history()) == 1


def test_a_device_file_that_cannot_be_written_changes_nothing(
    store: SettingStore, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(data_dir: Path, _chosen: FirstRunAnswers) -> None:
        raise StorageError(f"{data_dir / first_run_config.FILE_NAME} cannot be written: No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(first_run_config, "save", refuse)
        with pytest.raises(StorageError, match=r"choices\.json cannot be written"):
            store.set("camera_mirror", "true", SettingLevel.DEVICE)
    assert (store.history(), audited(database)) == ((), [])
    assert store.state("camera_mirror").value == "false"


def test_passwords_and_names_stay_out_of_table_and_log(store: SettingStore, database: Database, tmp_path: Path) -> None:
    store.set("source", "rtsp://admin:geheim@camera.local/stream", SettingLevel.DEVICE)
    first = store.set("source", "rtsp://admin:other@camera.local/stream", SettingLevel.DEVICE)
    assert first is not None
    assert (first.old_value, first.new_value, store.state("source").device_value) == (MASK, MASK, MASK)
    with pytest.raises(InvalidInput, match="holds a password"):
        store.undo(first)
    store.set("office_responsible", "Anna Karenina", SettingLevel.OFFICE)
    assert audited(database)[-1][2] == {"level": "office"}
    assert "geheim" not in repr(store.history()) + repr(audited(database)) + repr(store.states())
    assert "other" in (tmp_path / "a" / "choices.json").read_text()


def test_what_was_answered_at_the_first_start_is_kept(store: SettingStore, tmp_path: Path) -> None:
    first_run_config.save(tmp_path / "a", FirstRunAnswers({"language": "ru"}, "camera", finished=True))
    store.set("camera_mirror", "true", SettingLevel.DEVICE)
    expected = FirstRunAnswers({"language": "ru", "camera_mirror": "true"}, "camera", finished=True)
    assert first_run_config.load(tmp_path / "a") == expected


def test_two_doors_follow_one_database(
    database_url: str, open_database: Callable[[str], Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = {name: threading.Event() for name in ("a", "b")}
    loads = {}
    for name in changed:
        (tmp_path / name).mkdir()
        loads[name] = partial(load_settings, data_dir=tmp_path / name, database_url=database_url, kiosk_id=name)
    with (
        followed_settings(loads["a"](), loads["a"], changed["a"].set) as outdated,
        followed_settings(loads["b"](), loads["b"], changed["b"].set),
    ):
        store = store_of(open_database(database_url), tmp_path / "a", "a")
        store.set("cooldown_s", "61", SettingLevel.OFFICE)
        for event in changed.values():
            assert event.wait(WITHIN_S)
        assert outdated.is_set()
        changed["b"].clear()
        store.set("camera_mirror", "true", SettingLevel.DEVICE)
        store.set("office_name", "North", SettingLevel.OFFICE)
        assert changed["b"].wait(WITHIN_S)
    assert {loads[name]().cooldown_s for name in changed} == {61}
    assert [loads[name]().camera_mirror for name in changed] == [True, False]
    assert [loads[name]().office_name for name in changed] == ["North", "North"]


def test_while_the_database_is_away_the_copy_holds(store: SettingStore, database_url: str, tmp_path: Path) -> None:
    store.set("cooldown_s", "62", SettingLevel.OFFICE)
    away = "postgresql://kiosk@127.0.0.1:9/kiosk"
    assert load_settings(data_dir=tmp_path / "a", database_url=away).cooldown_s == 62
    assert load_settings(data_dir=tmp_path / "new", database_url=database_url).cooldown_s == 62
    assert load_settings(data_dir=tmp_path / "new", database_url=away).cooldown_s == 62


def test_settings_over_the_api(api: Api) -> None:
    def put(name: str, **sent: str | None) -> Any:
        return api.client.put(f"/api/v1/settings/{name}", json=sent, headers=api.settings)

    listed = {one["name"]: one for one in api.client.get("/api/v1/settings", headers=api.settings).json()}
    assert (listed["cooldown_s"]["value"], listed["cooldown_s"]["scope"]) == ("300", "office")
    assert listed["data_dir"]["is_fixed"]
    assert put("cooldown_s", value="45", seen=None).json()["office_value"] == "45"
    problem(put("cooldown_s", value="46", seen="300"), 409, "setting_changed")
    problem(put("cooldown_s", value="-1"), 422, "invalid_input")
    problem(put("api_host", value="::"), 409, "setting_fixed")
    problem(put("nothing", value="1"), 404, "setting_not_found")
    (change,) = api.client.get("/api/v1/settings/changes", headers=api.settings).json()
    assert (change["new_value"], change["changed_by"], change["device"]) == ("45", "token:settings", None)
    undone = api.client.post(f"/api/v1/settings/changes/{change['id']}/undo", headers=api.settings)
    assert undone.json()["office_value"] is None
    assert put("cooldown_s", value="47").status_code == 200
    assert api.client.delete("/api/v1/settings/cooldown_s", headers=api.settings).json()["level"] == "default"
    assert api.client.get("/api/v1/settings/cooldown_s", headers=api.settings).json()["value"] == "300"
    for other in (api.read, api.write, api.biometric, api.scim):
        problem(api.client.get("/api/v1/settings", headers=other), 403, "scope_missing")
    problem(api.client.get("/api/v1/employees/", headers=api.settings), 403, "scope_missing")
