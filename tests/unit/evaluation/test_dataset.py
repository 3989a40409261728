from pathlib import Path

import pytest

from kiosk.errors import ConfigurationError
from kiosk.evaluation.dataset import Half, Selection, read_groups, read_pairs, read_people, select_people


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, count in (("Anna", 3), ("Boris", 2), ("Vera", 1)):
        (tmp_path / name).mkdir()
        for number in range(1, count + 1):
            (tmp_path / name / f"{name}_{number:04d}.jpg").touch()
    (tmp_path / "Anna" / "notes.txt").touch()
    (tmp_path / "Nobody").mkdir()
    return tmp_path


def test_people_come_in_order_with_their_photographs_alone(folder):
    people = read_people(folder)
    assert [(person.name, len(person.photographs)) for person in people] == [("Anna", 3), ("Boris", 2), ("Vera", 1)]
    assert [path.name for path in people[0].photographs] == ["Anna_0001.jpg", "Anna_0002.jpg", "Anna_0003.jpg"]


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_photographs_is_refused(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigurationError, match=name):
        read_people(tmp_path / name)


def test_the_halves_share_nobody_and_leave_nobody_out(folder):
    halves = {half: [person.name for person in read_people(folder, half)] for half in Half}
    assert halves == {Half.CHECKING: ["Anna", "Vera"], Half.TUNING: ["Boris"]}


@pytest.mark.parametrize(
    ("selection", "names"),
    [
        pytest.param(Selection(2), ["Anna", "Boris", "Vera"], id="everybody"),
        pytest.param(Selection(2, single_strangers=True), ["Anna", "Vera"], id="Boris would come twice"),
        pytest.param(Selection(1, single_strangers=True), ["Anna", "Boris", "Vera"], id="enrolled or single"),
        pytest.param(Selection(3, Half.CHECKING, single_strangers=True), ["Vera"], id="of a half"),
    ],
)
def test_who_takes_part(folder, selection, names):
    assert [person.name for person in select_people(folder, selection)] == names


def test_groups(folder):
    assert read_groups(folder) == {}
    (folder / "groups.csv").write_text("person,group\nAnna,a\nBoris,b\n")
    assert read_groups(folder) == {"Anna": "a", "Boris": "b"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param("name,team\nAnna,a\n", "person,group", id="other columns"),
        pytest.param("person,group\nYuri,a\n", "Yuri", id="somebody who is not there"),
    ],
)
def test_faulty_groups_are_refused(folder, content, told):
    (folder / "groups.csv").write_text(content)
    with pytest.raises(ConfigurationError, match=told):
        read_groups(folder)


def test_pairs_in_folds(folder, tmp_path):
    path = tmp_path / "pairs.txt"
    path.write_text("2\t1\nAnna\t1\t3\nAnna\t2\tVera\t1\nBoris\t1\t2\nBoris 2 Anna 1\n")
    folds = read_pairs(path, read_people(folder))
    assert [[pair.is_same_person for pair in fold] for fold in folds] == [[True, False], [True, False]]
    assert folds[0][1].second.name == "Vera_0001.jpg"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param("", "not a pairs file", id="empty"),
        pytest.param("10 300\nAnna 1 2\n", "another number of pairs", id="cut short"),
        pytest.param("1\nAnna 1 9\nAnna 1 Boris 1\n", "Anna_0009", id="a photograph that is not there"),
        pytest.param("1\nAnna 1\nAnna 1 Boris 1\n", "cannot understand", id="a short line"),
        pytest.param("1\nYuri 1 2\nAnna 1 Boris 1\n", "Yuri_0001", id="a person who is not there"),
    ],
)
def test_faulty_pairs_are_refused(folder, tmp_path, content, told):
    path = tmp_path / "pairs.txt"
    path.write_text(content)
    with pytest.raises(ConfigurationError, match=told):
        read_pairs(path, read_people(folder))
