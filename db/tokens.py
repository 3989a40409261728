"""Access tokens of other systems; the database keeps their hashes alone."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from db import audit_log
from db.session import Database
from db.tables import CredentialRow
from kiosk.core.context import current_actor
from kiosk.errors import InvalidInput

KIND = "token"
PREFIX = "kiosk_"  # so that a token in a log or a repository is recognised as one
SECRET_BYTES = 32
COLUMNS = (
    CredentialRow.id,
    CredentialRow.name,
    CredentialRow.scope,
    CredentialRow.created_at,
    CredentialRow.expires_at,
    CredentialRow.revoked_at,
)


NAME = re.compile(r"[\w.@-]{1,64}")


def checked_name(name: str) -> str:
    """Return a token's name, which stands in log lines and audit rows. Raises InvalidInput."""
    if not NAME.fullmatch(name):
        raise InvalidInput("a token's name is made of up to 64 letters, digits and . _ @ -")
    return name


class TokenScope(StrEnum):
    """What a token opens; each one opens all that stands before it, too."""

    READ = "read"
    WRITE = "write"
    BIOMETRIC = "biometric"

    def covers(self, wanted: TokenScope) -> bool:
        order = list(TokenScope)
        return order.index(self) >= order.index(wanted)


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; never the token itself. All times are aware UTC, None for never."""

    id: int
    name: str
    scope: TokenScope
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    def is_valid(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class DatabaseTokens:
    """Each method is one transaction and raises StorageError; what it changes is in the audit log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, name: str, scope: TokenScope, expires_at: datetime | None = None) -> tuple[Token, str]:
        """Return a new token and its text, which nobody can find out again. Raises InvalidInput for a name in use."""
        secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
        row = {"kind": KIND, "name": name, "scope": scope, "secret_hash": _hash(secret), "expires_at": expires_at}
        with self._database.transaction() as session:
            try:
                made = session.execute(insert(CredentialRow).values(**row).returning(*COLUMNS)).one()
            except IntegrityError as error:
                raise InvalidInput(f"there is a token named {name!r} already; revoke it or choose a name") from error
            until = None if expires_at is None else expires_at.isoformat()
            audit_log.append(
                session, current_actor(), "token_create", f"token:{name}", {"scope": scope, "expires": until}
            )
        return _token(made), secret

    def list(self) -> tuple[Token, ...]:
        """Return all tokens, also those that open nothing any more, the oldest first."""
        with self._database.reading() as session:
            query = select(*COLUMNS).where(CredentialRow.kind == KIND).order_by(CredentialRow.id)
            return tuple(_token(row) for row in session.execute(query))

    def revoke(self, name: str) -> Token:
        """From now on the token opens nothing. Raises InvalidInput when no token of this name does anyway."""
        statement = (
            update(CredentialRow)
            .where(CredentialRow.kind == KIND, CredentialRow.name == name, CredentialRow.revoked_at.is_(None))
            .values(revoked_at=datetime.now(UTC))
            .returning(*COLUMNS)
        )
        with self._database.transaction() as session:
            row = session.execute(statement, execution_options={"synchronize_session": False}).one_or_none()
            if row is None:
                raise InvalidInput(f"there is no token named {name!r} to revoke; `kiosk token list` shows them")
            audit_log.append(session, current_actor(), "token_revoke", f"token:{name}")
        return _token(row)

    def find(self, secret: str) -> Token | None:
        """Return the token with this text, whether it is valid or not; None for what is none.

        The texts hold 256 random bits, so that a plain SHA-256 cannot be guessed and looking it up tells no more than
        whether it is there.
        """
        query = select(*COLUMNS).where(CredentialRow.kind == KIND, CredentialRow.secret_hash == _hash(secret))
        with self._database.reading() as session:
            row = session.execute(query).one_or_none()
        return None if row is None else _token(row)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def _token(row: Row[int, str, str | None, datetime, datetime | None, datetime | None]) -> Token:
    return Token(row.id, row.name, TokenScope(str(row.scope)), row.created_at, row.expires_at, row.revoked_at)
