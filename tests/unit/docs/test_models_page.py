"""The page on the models lists the catalogue, and its example is a catalogue."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.config.paths import PROJECT_DIR
from kiosk.vision.catalogue import EmbedderModel, read_catalogue
from support.documents import document

PAGE = document("models/README.md")
CATALOGUE = read_catalogue(PROJECT_DIR / "models" / "catalogue.toml")


def test_every_model_has_a_row() -> None:
    rows = {row[0].strip("`"): row for row in PAGE.table("Models") if row[0].strip("`") in {m.id for m in CATALOGUE}}
    assert list(rows) == [model.id for model in CATALOGUE]
    for model in CATALOGUE:
        _, _, licence, installed, size = rows[model.id]
        assert licence == model.licence
        assert installed == ("by default" if model.default else "on request")
        assert size == f"{(model.size_bytes or 0) / 1e6:.1f} MB"


def test_every_field_has_a_row() -> None:
    named = {field for row in PAGE.table("Fields") for field in re.findall(r"`([^`]+)`", row[0])}
    fields = {field for model in CATALOGUE for field in type(model).model_fields}
    assert named == fields - {"id", "title"}


def test_the_example_is_a_catalogue(tmp_path: Path) -> None:
    (example,) = PAGE.code_blocks("toml")
    path = tmp_path / "catalogue.toml"
    path.write_text(re.sub(r'^sha256 = "…"', f'sha256 = "{"0" * 64}"', example, flags=re.MULTILINE), encoding="utf-8")
    (model,) = read_catalogue(path)
    assert isinstance(model, EmbedderModel)
    assert model.id == "our-arcface"
