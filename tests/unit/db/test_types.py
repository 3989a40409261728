from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from sqlalchemy import func, insert, literal_column, select, text
from sqlalchemy.exc import StatementError

from db.models import EmbeddingRow, EmployeeRow
from db.session import Database
from db.tables import AuditRow

FLOAT32 = np.finfo(np.float32)
EXTREMES = np.array(
    [0.0, -0.0, 1.0, -1.0, 1 / 3, FLOAT32.max, FLOAT32.min, FLOAT32.tiny, FLOAT32.smallest_subnormal, FLOAT32.eps],
    dtype=np.float32,
)
SEOUL = timezone(timedelta(hours=9))


@pytest.fixture
def employee_id(database: Database) -> int:
    with database.transaction() as session:
        return session.execute(
            insert(EmployeeRow).values(full_name="Anna", email="anna@office.test").returning(EmployeeRow.id)
        ).scalar_one()


def random_bits(count: int) -> np.ndarray:
    """Float32 of every exponent, not only of those around 1."""
    bits = np.random.default_rng(7).integers(0, 2**32, size=2 * count, dtype=np.uint32).view(np.float32)
    return bits[np.isfinite(bits)][:count]


@pytest.mark.parametrize(
    "vector",
    [EXTREMES, np.array([0.5], dtype=np.float32), random_bits(4096), random_bits(384)[::2]],
    ids=["extremes", "one number", "random bits", "every other number of an array"],
)
def test_vector_comes_back_bit_for_bit(database: Database, employee_id: int, vector: np.ndarray) -> None:
    with database.transaction() as session:
        session.execute(insert(EmbeddingRow).values(employee_id=employee_id, vector=vector, model_version="m"))
    with database.reading() as session:
        stored = session.execute(select(EmbeddingRow.vector)).scalar_one()
    assert stored.dtype == np.float32
    assert stored.tobytes() == vector.tobytes()


@pytest.mark.parametrize(
    "vector",
    [
        np.array([0.5, 0.5]),
        np.array([[0.5]], dtype=np.float32),
        np.array([], dtype=np.float32),
        np.array([0.5, np.nan], dtype=np.float32),
        np.array([0.5, np.inf], dtype=np.float32),
    ],
    ids=["float64", "two-dimensional", "empty", "NaN", "infinite"],
)
def test_what_is_no_vector_is_not_written(database: Database, employee_id: int, vector: np.ndarray) -> None:
    with pytest.raises(StatementError, match="flat array of finite float32"), database.transaction() as session:
        session.execute(insert(EmbeddingRow).values(employee_id=employee_id, vector=vector, model_version="m"))
    with database.reading() as session:
        assert session.execute(select(func.count()).select_from(EmbeddingRow)).scalar_one() == 0


def test_vector_is_stored_in_the_databases_own_form(database: Database, employee_id: int) -> None:
    with database.transaction() as session:
        session.execute(insert(EmbeddingRow).values(employee_id=employee_id, vector=EXTREMES[2:5], model_version="m"))
    with database.reading() as session:
        if database.engine.dialect.name == "postgresql":
            assert session.execute(text("SELECT pg_typeof(vector)::text FROM embeddings")).scalar_one() == "real[]"
            numbers = session.execute(text("SELECT vector FROM embeddings")).scalar_one()
            assert np.array_equal(np.array(numbers, dtype=np.float32), EXTREMES[2:5])
        else:
            assert session.execute(text("SELECT vector FROM embeddings")).scalar_one() == EXTREMES[2:5].tobytes()


@pytest.mark.parametrize(
    "at",
    [
        datetime(2025, 3, 30, 2, 30, 0, 123456, tzinfo=UTC),
        datetime(2025, 3, 30, 2, 30, 0, 123456, tzinfo=SEOUL),
        datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
    ids=["UTC", "another zone", "the last microsecond"],
)
def test_instant_comes_back_as_aware_utc(database: Database, at: datetime) -> None:
    with database.transaction() as session:
        session.execute(insert(AuditRow).values(at=at, actor="a", action="b", previous_hash="0", hash="1"))
    with database.reading() as session:
        stored = session.execute(select(AuditRow.at)).scalar_one()
    assert stored == at
    assert stored.utcoffset() == timedelta(0)


def test_naive_time_is_refused(database: Database) -> None:
    naive = datetime(2025, 3, 30, 2, 30)  # noqa: DTZ001
    with pytest.raises(StatementError, match="no time zone"), database.transaction() as session:
        session.execute(insert(AuditRow).values(at=naive, actor="a", action="b", previous_hash="0", hash="1"))


def test_rows_of_plain_sql_carry_the_databases_time(database: Database) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    with database.transaction() as session:
        session.execute(text("INSERT INTO employees (full_name, email) VALUES ('Anna', 'anna@office.test')"))
    with database.reading() as session:
        created_at = session.execute(select(EmployeeRow.created_at)).scalar_one()
        assert session.execute(select(literal_column("1")).where(EmployeeRow.created_at > before)).first()
    assert before <= created_at <= datetime.now(UTC) + timedelta(seconds=1)
