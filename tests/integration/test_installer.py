"""What can be known of the installer without installing: its words, its locks, and the settings' example file."""

from __future__ import annotations

import configparser
import re
import subprocess
from pathlib import Path

import pytest

from kiosk.config.paths import PROJECT_DIR
from kiosk.config.setting_faults import PREFIX
from kiosk.config.settings import Settings

INSTALLER = PROJECT_DIR / "install.sh"
EXAMPLE = PROJECT_DIR / ".env.example"
LOCKS = ("requirements.lock", "requirements-test.lock")
AN_EXAMPLE_STANDS_FOR = {
    "data_dir", "run_dir", "database_url", "backup_dir", "timezone", "replay_fps", "camera_exposure_ms",
    "api_certificate", "api_key", "office_logo_path", "holidays_country", "holidays_region", "embedder", "okpo",
    "t13_pay", "directory_file", "key_dir",
}  # fmt: skip


def install(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [INSTALLER, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, timeout=30
    )


def test_help_names_every_verb() -> None:
    result = install("--help")
    assert (result.returncode, result.stderr) == (0, "")
    documented = set(re.findall(r"^  ([a-z][a-z-]*) ", result.stdout, re.MULTILINE))
    program = '. "$1" --help >/dev/null; compgen -A function verb_'
    defined = subprocess.run(["bash", "-c", program, "bash", INSTALLER], capture_output=True, text=True, check=True)
    assert documented == {function.removeprefix("verb_").replace("_", "-") for function in defined.stdout.splitlines()}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [((), "Usage:"), (("fly",), "install.sh knows no verb fly."), (("--run",), "install.sh knows no verb --run.")],
    ids=["no verb", "unknown verb", "option for a verb"],
)
def test_wrong_call_shows_the_usage_and_exits_with_2(arguments: tuple[str, ...], sentence: str) -> None:
    result = install(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(sentence)
    assert "./install.sh VERB" in result.stderr


def pins(lock: str) -> dict[str, list[str]]:
    """Package -> the lines that pin it, each with its marker, without hashes."""
    found: dict[str, list[str]] = {}
    for line in (PROJECT_DIR / lock).read_text().splitlines():
        if match := re.match(r"([a-z0-9._-]+)==[^\\]+", line):
            found.setdefault(match[1], []).append(match[0].strip())
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_registry_is_named(lock: str) -> None:
    text = (PROJECT_DIR / lock).read_text()
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


@pytest.mark.parametrize(("lock", "extra"), [(LOCKS[0], None), (LOCKS[1], "test")])
def test_locks_pin_what_the_project_asks_for(lock: str, extra: str | None) -> None:
    config = configparser.ConfigParser()
    config.read(PROJECT_DIR / "setup.cfg")
    asked = config["options"]["install_requires"].split("\n")
    if extra:
        asked += config["options.extras_require"][extra].split("\n")
    names = {re.split(r"[<>=!~\[; ]", line, maxsplit=1)[0].lower() for line in asked if line}
    assert names
    assert names - pins(lock).keys() == set(), "run ./install.sh lock"


def test_both_locks_agree() -> None:
    run, test = pins(LOCKS[0]), pins(LOCKS[1])
    assert {name: test.get(name) for name in run} == run


def test_one_package_alone_owns_cv2() -> None:
    assert [name for name in pins(LOCKS[1]) if name.startswith("opencv")] == ["opencv-contrib-python"]


def example_settings() -> dict[str, tuple[str, str]]:
    """Field -> the comment above its line, and the value shown."""
    lines = re.findall(rf"^# (.+)\n# {PREFIX}([A-Z0-9_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE)
    return {name.lower(): (comment, value) for comment, name, value in lines}


def test_example_shows_the_defaults_and_loads_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    (tmp_path / ".env").write_text(re.sub(rf"^# (?={PREFIX})", "", EXAMPLE.read_text(), flags=re.MULTILINE))
    loaded = Settings(_env_file=tmp_path / ".env")
    for name, field in Settings.model_fields.items():
        if name not in AN_EXAMPLE_STANDS_FOR:
            assert getattr(loaded, name) == field.get_default(call_default_factory=True), name
    assert {name for name in AN_EXAMPLE_STANDS_FOR if not example_settings()[name][1]} == set()
