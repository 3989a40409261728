from io import StringIO

import numpy as np
import pytest
from sqlalchemy import text, update

from db.models import EmployeeRow
from db.session import Database
from db.templates import DatabaseTemplates, add_templates
from kiosk.core.logger import configure
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Embedding
from kiosk.errors import RowRefused
from support.database_rows import MODEL, OTHER_MODEL, add_person, enroll, face


def test_templates_of_active_people_and_of_the_model_alone_are_loaded_in_order(database: Database) -> None:
    anna, boris, clara = add_person(database), add_person(database), add_person(database, active=False)
    enroll(database, boris, 1)
    enroll(database, anna, 2, 3)
    enroll(database, anna, 4, model_version=OTHER_MODEL)
    enroll(database, clara, 5)
    templates = DatabaseTemplates(database).load_templates(MODEL)
    assert [template.employee_id for template in templates] == [boris, anna, anna]
    assert [template.vector.tobytes() for template in templates] == [face(seed).tobytes() for seed in (1, 2, 3)]


def test_empty_database_has_no_templates(database: Database) -> None:
    assert DatabaseTemplates(database).load_templates(MODEL) == ()
    with database.transaction() as session:
        add_templates(session, 1, [])


@pytest.mark.parametrize(
    "vector",
    [face(1) * 1.01, np.zeros(192, dtype=np.float32), np.full(192, np.nan, dtype=np.float32)],
    ids=["too long", "no direction", "NaN"],
)
def test_what_is_no_unit_vector_is_refused(database: Database, vector: np.ndarray) -> None:
    anna = add_person(database)
    with pytest.raises(ValueError, match="of length 1"), database.transaction() as session:
        add_templates(session, anna, [Embedding(face(1), MODEL), Embedding(vector, MODEL)])
    assert DatabaseTemplates(database).load_templates(MODEL) == ()


def test_template_of_nobody_is_refused(database: Database) -> None:
    with pytest.raises(RowRefused):
        enroll(database, 17, 1)


def test_damaged_template_is_left_out_and_logged_as_all_else(database: Database) -> None:
    stream = StringIO()
    configure("INFO", stream)
    anna, boris = add_person(database), add_person(database)
    enroll(database, anna, 1, 2, 3, 4)
    enroll(database, boris, 5, 6)
    on_postgresql = database.engine.dialect.name == "postgresql"
    damages = (
        ("'{}'", "'{{1},{0}}'", "'{1,NULL}'", "'{1,0}'")
        if on_postgresql
        else ("x''", "x'0000803f00'", "'text'", "x'0000803f00000000'")
    )
    with database.transaction() as session:
        for template_id, damage in enumerate(damages, start=1):
            session.execute(text(f"UPDATE embeddings SET vector = {damage} WHERE id = {template_id}"))
    templates = DatabaseTemplates(database).load_templates(MODEL)
    assert [template.employee_id for template in templates] == [boris, boris]
    assert Gallery(MODEL, templates).person_count == 1
    lines = [line.split(" ", 1)[1] for line in stream.getvalue().splitlines()]
    assert lines == [f"ERROR template.damaged template_id={number} employee_id={anna}" for number in range(1, 5)]


def test_doctor_learns_who_has_to_be_enrolled_again(database: Database) -> None:
    anna, boris, clara, dora = (add_person(database, name) for name in ("Anna", "Boris", "Clara", "Dora"))
    enroll(database, anna, 1, model_version=OTHER_MODEL)
    enroll(database, boris, 2, model_version=OTHER_MODEL)
    enroll(database, boris, 3)
    enroll(database, clara, 4)
    templates = DatabaseTemplates(database)
    assert [(person.employee_id, person.full_name) for person in templates.people_to_enroll(MODEL)] == [(anna, "Anna")]
    assert [person.employee_id for person in templates.people_to_enroll(OTHER_MODEL)] == [clara]
    assert [person.employee_id for person in templates.people_to_enroll("new")] == [anna, boris, clara]
    assert dora not in [person.employee_id for person in templates.people_to_enroll("new")]
    assert templates.count_by_version() == {MODEL: 2, OTHER_MODEL: 2}
    with database.transaction() as session:
        session.execute(update(EmployeeRow).where(EmployeeRow.id == anna).values(is_active=False))
    assert templates.people_to_enroll(MODEL) == ()
    assert templates.count_by_version() == {MODEL: 2, OTHER_MODEL: 1}
