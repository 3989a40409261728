"""Recognition's contract with other rooms: embeddings, faces, similarities; on real photographs."""

from __future__ import annotations

from asyncio import run
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from db.session import Database
from db.templates import add_templates
from kiosk.app.models import LoadedModels
from kiosk.app.recognition import build_recognition_service
from kiosk.core.thread_pool import ThreadPool
from kiosk.domain.types import DecisionStatus, Embedding
from kiosk.errors import InvalidInput, SampleRefused
from kiosk.recognition.service import RecognitionService
from support import photographs
from support.builders import make_settings
from support.database_rows import add_person


@pytest.fixture
def database(sqlite_url: str, open_database: Callable[[str], Database]) -> Database:
    return open_database(sqlite_url)


@pytest.fixture
def service(loaded_models: LoadedModels, database: Database, tmp_path: Path) -> Iterator[RecognitionService]:
    with closing(ThreadPool("inference", 1)) as inference:
        yield build_recognition_service(make_settings(tmp_path), loaded_models, database, inference)


def content(file: str) -> bytes:
    return photographs.path(file).read_bytes()


def test_faces_of_one_person_are_alike(service: RecognitionService) -> None:
    obama, obama2, biden = (run(service.create_embedding(content(f))) for f in ("obama.jpg", "obama2.jpg", "biden.jpg"))
    assert run(service.compare_faces(obama, obama)) == pytest.approx(1.0)
    assert run(service.compare_faces(obama, obama2)) > 0.6
    assert run(service.compare_faces(obama, biden)) < 0.35


@pytest.mark.parametrize("other", [[], [1.0], [0.0] * 128, [float("nan")] * 128, [2.0] + [0.0] * 127])
def test_what_are_no_embeddings_cannot_be_compared(service: RecognitionService, other: list[float]) -> None:
    with pytest.raises(InvalidInput):
        run(service.compare_faces([1.0] + [0.0] * 127, other))


def test_a_photograph_that_cannot_be_enrolled_makes_no_embedding(service: RecognitionService) -> None:
    with pytest.raises(SampleRefused) as refused:
        run(service.create_embedding(content("coffee.png")))
    assert refused.value.reason == "no_face"


def test_the_gallery_follows_the_database_from_one_photograph_to_the_next(
    service: RecognitionService, database: Database, loaded_models: LoadedModels
) -> None:
    nobody = run(service.recognize_face(content("obama2.jpg")))
    assert (nobody.status, nobody.employee_id, nobody.confidence) == (DecisionStatus.UNKNOWN, None, None)
    vector = np.array(run(service.create_embedding(content("obama.jpg"))), np.float32)
    anna = add_person(database, "Anna")
    with database.transaction() as session:
        add_templates(session, anna, [Embedding(vector, loaded_models.embedder.model_version)])
    found = run(service.recognize_face(content("obama2.jpg")))
    assert (found.status, found.employee_id) == (DecisionStatus.MATCH, anna)
    assert found.confidence is not None and found.confidence > 0.6
    assert run(service.recognize_face(content("coffee.png"))).status is DecisionStatus.NO_FACE


def test_two_people_who_are_too_alike_are_not_told_apart(
    service: RecognitionService, database: Database, loaded_models: LoadedModels
) -> None:
    vector = np.array(run(service.create_embedding(content("obama.jpg"))), np.float32)
    for name in ("Anna", "Twin"):
        person = add_person(database, name)
        with database.transaction() as session:
            add_templates(session, person, [Embedding(vector, loaded_models.embedder.model_version)])
    found = run(service.recognize_face(content("obama2.jpg")))
    assert (found.status, found.employee_id) == (DecisionStatus.LOW_CONFIDENCE, None)
