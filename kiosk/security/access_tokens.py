"""Access tokens of other systems, as bearer tokens of RFC 6750; the database keeps their hashes alone."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime

from db import audit_log, credentials
from db.session import Database
from kiosk.core.context import current_actor
from kiosk.domain.credentials import AccessToken, TokenScope
from kiosk.errors import InvalidInput, RowRefused

PREFIX = "kiosk_"  # so that a token in a log or a repository is recognised as one
SECRET_BYTES = 32


class AccessTokens:
    """Each method is one transaction and raises StorageError; what it changes is in the audit log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, name: str, scope: TokenScope, expires_at: datetime | None = None) -> tuple[AccessToken, str]:
        """Return a new token and its text, which nobody can find out again. Raises InvalidInput for a name in use."""
        secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
        details = {"scope": scope, "expires": None if expires_at is None else expires_at.isoformat()}
        with self._database.transaction() as session:
            try:
                token = credentials.insert_token(session, name, scope, _hash(secret), expires_at)
            except RowRefused as error:
                raise InvalidInput(f"there is a token named {name!r} already; revoke it or choose a name") from error
            audit_log.append(session, current_actor(), "token_create", f"token:{name}", details)
        return token, secret

    def list(self) -> tuple[AccessToken, ...]:
        """Return all tokens, revoked and expired ones too, the oldest first."""
        with self._database.reading() as session:
            return credentials.list_tokens(session)

    def revoke(self, name: str) -> AccessToken:
        """Make a token invalid. Raises InvalidInput when no token has this name, or only revoked ones."""
        with self._database.transaction() as session:
            token = credentials.revoke_token(session, name, datetime.now(UTC))
            if token is None:
                raise InvalidInput(f"there is no token named {name!r} to revoke; `kiosk token list` shows them")
            audit_log.append(session, current_actor(), "token_revoke", f"token:{name}")
        return token

    def get(self, token_id: int) -> AccessToken | None:
        """Return a token as it is now; None when there is none."""
        with self._database.reading() as session:
            return credentials.get_token(session, token_id)

    def find(self, secret: str) -> AccessToken | None:
        """Return the token with this text, valid or not; None when there is none.

        The texts hold 256 random bits: a plain SHA-256 cannot be guessed, and the time that a search takes tells no
        more than whether the token exists.
        """
        if not secret.startswith(PREFIX):
            return None  # a flood of guesses must not keep the database busy
        with self._database.reading() as session:
            return credentials.find_token(session, _hash(secret))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
