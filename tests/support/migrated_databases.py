"""Lends migrated PostgreSQL databases to tests; emptying one takes a tenth of the time to create one."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg2
from psycopg2.extensions import connection as Connection

from support.postgres_server import PostgresServer

CATALOGUES = ("pg_class", "pg_attribute", "pg_constraint", "pg_trigger", "pg_proc", "pg_rewrite", "pg_attrdef")


class MigratedDatabases:
    """Copies of a database that the migrations laid; one whose tables a test has changed is not lent again."""

    def __init__(self, server: PostgresServer, template: str) -> None:
        self._server = server
        self._template = template
        self._idle: list[str] = []
        self._first_states: dict[str, State] = {}

    def lend(self) -> str:
        """Return the URL of a database that nobody else uses."""
        if self._idle:
            return self._idle.pop()
        url = self._server.create_database(self._template)
        with closing(psycopg2.connect(url)) as connection:
            self._first_states[url] = State.of(connection)
        return url

    def take_back(self, url: str) -> None:
        """Make a database as it was, or do without it."""
        with closing(psycopg2.connect(url)) as connection:
            try:
                self._first_states[url].restore(connection)
            except (psycopg2.Error, ChangedTables):
                connection.rollback()
            else:
                self._idle.append(url)
                return
        self._server.drop_database(url)

    def close(self) -> None:
        for url in self._idle:
            self._server.drop_database(url)


class ChangedTables(Exception):
    """The tables, functions or triggers are no longer those that the migrations laid."""


@dataclass(frozen=True)
class State:
    """What is in a database: the catalogue's fingerprint, each table's rows, and where the sequences stand."""

    catalogue: str
    tables: dict[str, list[tuple[Any, ...]]]
    sequences: list[tuple[str, int, bool]]

    @staticmethod
    def of(connection: Connection) -> State:
        names = _rows(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return State(
            catalogue=_fingerprint(connection),
            tables={name: _rows(connection, f'SELECT * FROM "{name}"') for (name,) in names},
            sequences=_rows(
                connection, "SELECT sequencename, coalesce(last_value, 1), last_value IS NOT NULL FROM pg_sequences"
            ),
        )

    def restore(self, connection: Connection) -> None:
        """Raises ChangedTables; psycopg2.Error also for a user who may not switch triggers off."""
        cursor = connection.cursor()
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        if _fingerprint(connection) != self.catalogue:
            raise ChangedTables
        cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL lock_timeout = '5s'")
        for name, rows in self.tables.items():
            cursor.execute(f'DELETE FROM "{name}"')
            for row in rows:
                cursor.execute(f'INSERT INTO "{name}" VALUES %s', (row,))
        for sequence, value, is_called in self.sequences:
            cursor.execute("SELECT setval(%s, %s, %s)", (sequence, value, is_called))
        connection.commit()


def _fingerprint(connection: Connection) -> str:
    """Return what no statement that defines something leaves as it was: who last wrote the catalogue's rows."""
    sums = (f"(SELECT (count(*), sum(xmin::text::bigint))::text FROM {catalogue})" for catalogue in CATALOGUES)
    return str(_rows(connection, f"SELECT concat({', '.join(sums)})"))


def _rows(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()
