"""`kiosk evaluate` on real faces."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kiosk.evaluation.study import Study
from support import photographs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    people = {
        "Obama": ("obama.jpg", "obama2.jpg", "obama3.jpg"),
        "Biden": ("biden.jpg",),
        "Collins": ("astronaut.png",),
        "Cup": ("coffee.png",),
    }
    for name, files in people.items():
        (tmp_path / "faces" / name).mkdir(parents=True)
        for file in files:
            shutil.copy(photographs.path(file), tmp_path / "faces" / name)
    return tmp_path / "faces"


def test_a_folder_of_people(command, folder, tmp_path):
    ended = command("evaluate", folder, "--json", "--plots", tmp_path / "plots")
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert (found["people"], found["enrolled"], found["templates"]) == (4, 1, 1)
    assert found["recognised"]["count"] == found["recognised"]["total"] == 2
    assert (found["strangers_named"]["count"], found["strangers_named"]["total"]) == (0, 3)
    assert found["refused_probes"] == {"no_face": 1}
    written = {path.name: path.read_bytes()[:8] for path in (tmp_path / "plots").iterdir()}
    assert written == dict.fromkeys(("det.png", "scores.png", "error-versus-discard.png"), b"\x89PNG\r\n\x1a\n")


def test_the_table_names_the_figures(command, folder):
    ended = command("evaluate", folder, "--samples", "2")
    assert ended.returncode == 0, ended.stderr
    assert "1 from 2 photographs each, 2 templates" in ended.stdout
    assert "1 of 1" in ended.stdout


def test_people_who_walk_up(command, folder):
    ended = command("evaluate", folder, "--walks", "--json")
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert found["recognised"]["count"] == found["recognised"]["total"] == 2
    assert found["strangers_named"]["count"] == 0
    assert 0 < len(found["seconds_to_decision"]) <= 4


def test_a_study_answers_in_a_table_and_in_json(command, folder):
    ended = command("evaluate", folder, "--study", "coverings", "--json")
    assert ended.returncode == 0, ended.stderr
    found = {row["photographs"]: row for row in json.loads(ended.stdout)}
    assert found["as they are"]["recognised"]["count"] == found["as they are"]["recognised"]["total"] == 2
    assert all(row["misnamed"]["count"] == 0 for row in found.values())
    ended = command("evaluate", folder, "--study", "coverings")
    assert "sunglasses" in ended.stdout


def test_a_study_that_needs_more_people_says_how_many(command, folder):
    ended = command("evaluate", folder, "--study", "promise")
    assert ended.returncode == 2
    assert "200 are needed" in ended.stderr
    assert ended.stdout == ""


def test_studies_are_listed_and_a_wrong_name_is_told(command, folder):
    listed = command("evaluate", "--study", "list")
    assert listed.returncode == 0, listed.stderr
    names = [line.split()[0] for line in listed.stdout.splitlines()[1:]]
    assert names == list(Study)
    refused = command("evaluate", folder, "--study", "unheard-of")
    assert refused.returncode == 2
    assert all(name in refused.stderr for name in ("unheard-of", *names))


def test_a_clip(command, folder, with_clip):
    shutil.rmtree(folder / "Collins")
    shutil.rmtree(folder / "Cup")
    ended = command("evaluate", "--clip", with_clip, "--people", folder, "--json")
    assert ended.returncode == 0, ended.stderr
    tracks = json.loads(ended.stdout)
    seen = [{decision["person"] for decision in track["decisions"] if decision["person"]} for track in tracks]
    assert {"Obama"} in seen
    assert {"Biden"} in seen
    assert all(len(names) <= 1 for names in seen)
    decided = [track["seconds_to_decision"] for track in tracks if track["decisions"]]
    assert all(0 <= seconds < 3 for seconds in decided)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param([], "FOLDER", id="nothing to evaluate"),
        pytest.param(["--clip", "clip.avi"], "--people", id="a clip without people"),
        pytest.param(["missing"], "missing", id="no such folder"),
        pytest.param([".", "--half", "third"], "tuning, checking", id="no such half"),
    ],
)
def test_what_cannot_be_evaluated_is_told_in_a_sentence(command, arguments, told):
    ended = command("evaluate", *arguments)
    assert ended.returncode == 2
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_four_people_are_too_few_to_calibrate_by(command, folder, data_dir):
    ended = command("evaluate", folder, "--apply")
    assert ended.returncode == 2
    assert "too few" in ended.stderr
    assert not (data_dir / "calibration.toml").exists()
