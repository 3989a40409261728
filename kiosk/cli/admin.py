"""kiosk admin: the password of the administrator's screens."""

from __future__ import annotations

from typing import Annotated

import typer

from kiosk.cli.console import say

app = typer.Typer(help="Set the password that opens the administrator's screens.", no_args_is_help=True)


@app.callback()
def admin() -> None:
    """Set the password that opens the administrator's screens."""


@app.command("set-password")
def set_password(
    stdin: Annotated[
        bool, typer.Option("--stdin", help="Read it from the first line of standard input, for scripts.")
    ] = False,
    first: Annotated[bool, typer.Option("--first", help="Only if there is none yet; one that is set stays.")] = False,
) -> None:
    """Set the administrator's password: the first one, a new one, or one in place of a forgotten one.

    The old one is not asked for, and a lock after wrong attempts ends. It has 8 to 128 characters
    and is none of those that anybody would try first.
    """
    from kiosk.app.databases import open_database
    from kiosk.app.setting_store import load_settings
    from kiosk.security.admin_password import AdminPassword

    with open_database(load_settings()) as database:
        if first and AdminPassword(database).is_set():
            say("There is an administrator's password already; it stays.")
            return
        password = (
            _first_line()
            if stdin
            else typer.prompt("New password", hide_input=True, confirmation_prompt="Once more", err=True)
        )
        AdminPassword(database).replace(password)
    say("The administrator's password is set; it opens the screens at once.")


def _first_line() -> str:
    import sys

    from kiosk.errors import InvalidInput

    try:
        return sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InvalidInput("the password on standard input is not UTF-8 text") from error
