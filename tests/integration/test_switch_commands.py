"""kiosk models switch: begins, tells how far it is, finishes, goes back; and refuses what cannot be."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from db.session import Database
from db.templates import add_templates
from kiosk.__main__ import app
from kiosk.config.settings import load_settings
from kiosk.domain.types import Embedding
from kiosk.errors import ConfigurationError
from kiosk.vision.catalogue import EmbedderModel
from support.database_rows import add_person, face

pytestmark = pytest.mark.models
runner = CliRunner()


@pytest.fixture
def office(sqlite_url: str, open_database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Anna is enrolled with the old network."""
    monkeypatch.setenv("KIOSK_DATABASE_URL", sqlite_url)
    database: Database = open_database(sqlite_url)
    enroll(database, add_person(database, "Anna"), "mobilefacenet")
    return database


def enroll(database: Database, person: int, model_id: str) -> None:
    from kiosk.app.models import build_model_store

    model = build_model_store(load_settings()).find(model_id)
    assert isinstance(model, EmbedderModel)
    with database.transaction() as session:
        add_templates(session, person, [Embedding(face(1), model.model_version)], [0.9])


def switch(*arguments: str) -> Result:
    return runner.invoke(app, ["models", "switch", *arguments], catch_exceptions=False)


def test_from_the_first_command_to_the_last(office: Database) -> None:
    assert "kiosk models switch ID" in switch().stderr
    assert "install it at every door" in switch("sface").stderr
    told = switch("--status").stdout
    assert "mobilefacenet → sface, gathering: 0 of 1" in told
    assert "Anna" in told and "kiosk enroll --employee 1" in told
    with pytest.raises(ConfigurationError, match="1 of 1 people have no template of sface"):
        switch("--finish")
    enroll(office, 1, "sface")
    assert "kiosk models switch --finish" in switch().stderr
    assert "sface decides" in switch("--finish").stderr
    assert "--cancel" in switch().stderr
    assert "1 old templates are deleted" in switch("--close").stderr


def test_the_way_back(office: Database) -> None:
    switch("sface")
    switch("--finish", "--leave-out")
    assert "mobilefacenet decides" in switch("--cancel").stderr
    assert "begin one" in switch().stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["--finish", "--cancel"], "give one of", id="two-things"),
        pytest.param(["sface", "--status"], "give one of", id="start-and-status"),
        pytest.param(["--leave-out"], "--leave-out goes with --finish", id="leave-out-alone"),
        pytest.param(["--finish"], "no change of the embedder is open", id="nothing-to-finish"),
        pytest.param(["--close"], "no change of the embedder is open", id="nothing-to-close"),
        pytest.param(["mobilefacenet"], "mobilefacenet is the embedder in use", id="in-use"),
        pytest.param(["blazeface-full-range"], "is a detector", id="no-embedder"),
    ],
)
def test_what_cannot_be_is_refused(office: Database, arguments: list[str], sentence: str) -> None:
    with pytest.raises(ConfigurationError, match=sentence):
        switch(*arguments)
