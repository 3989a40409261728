"""kiosk token: what other systems show to the API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.console import add_row, out, say, table
from kiosk.domain.credentials import TokenScope, checked_token_name

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kiosk.security.access_tokens import AccessTokens

app = typer.Typer(help="Make, list and revoke the tokens that the HTTP API asks for.", no_args_is_help=True)


@app.command()
def create(
    scope: Annotated[
        TokenScope,
        typer.Option(help="read; write: also changes; biometric: also embeddings; scim, settings: these alone."),
    ],
    name: Annotated[str | None, typer.Option(help="What it is for, such as payroll; else one is made up.")] = None,
    expires: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The first day on which it is no longer valid."),
    ] = None,
) -> None:
    """Make a token and show it, this once: only its hash is kept."""
    import secrets

    with _tokens() as (tokens, zone):
        expires_at = None if expires is None else expires.replace(tzinfo=zone)
        token, secret = tokens.create(
            checked_token_name(name or f"{scope}-{secrets.token_hex(3)}"), scope, _in_future(expires_at)
        )
    out.print(secret, markup=False, highlight=False, soft_wrap=True)
    say(f"Token {token.name!r}, scope {token.scope}, expires: {_day(token.expires_at, zone) or 'never'}.")
    say("Keep it like a password; it is not shown again.")


@app.command("list")
def list_tokens() -> None:
    """List all tokens, also expired and revoked ones."""
    with _tokens() as (tokens, zone):
        found = tokens.list()
    if not found:
        say("There are no tokens; `kiosk token create` makes one.")
        return
    now = datetime.now(UTC)
    rows = table("name", "scope", "made", "expires", "state")
    for token in found:
        state = "revoked" if token.revoked_at else "valid" if token.is_valid(now) else "expired"
        add_row(rows, token.name, token.scope, _day(token.created_at, zone), _day(token.expires_at, zone), state)
    out.print(rows)


@app.command()
def revoke(name: Annotated[str, typer.Argument(help="The token's name.")]) -> None:
    """Make a token invalid from now on."""
    with _tokens() as (tokens, _):
        tokens.revoke(name)
    say(f"Token {name!r} is revoked.")


@contextmanager
def _tokens() -> Iterator[tuple[AccessTokens, ZoneInfo]]:
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.security.access_tokens import AccessTokens

    settings = load_settings()
    with open_database(settings) as database:
        yield AccessTokens(database), settings.zone


def _in_future(moment: datetime | None) -> datetime | None:
    from kiosk.errors import InvalidInput

    if moment is not None and moment <= datetime.now(UTC):
        raise InvalidInput("a token that has expired already is of no use; choose a later day")
    return moment


def _day(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else f"{moment.astimezone(zone):%Y-%m-%d}"
