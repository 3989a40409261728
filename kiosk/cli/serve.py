"""`kiosk serve`: the HTTP API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kiosk.config.settings import Settings


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; else KIOSK_API_HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port; else KIOSK_API_PORT.")] = None,
) -> None:
    """Answer other systems over HTTP, beside the running kiosk; ends with Ctrl-C or SIGTERM.

    Tokens are made with `kiosk token create`. The documentation is at /docs: any name, and a token as the password.
    """
    from kiosk.api import server
    from kiosk.app.api import build_server_config, open_api
    from kiosk.app.models import open_models
    from kiosk.app.setting_store import load_settings
    from kiosk.app.setting_sync import followed_settings
    from kiosk.core.logger import configure

    def load() -> Settings:
        return load_settings(api_host=host, api_port=port)

    renewing = True
    while renewing:  # once more with every change of the settings
        settings = load()
        config = build_server_config(settings)
        server.require_safe(config)
        configure(settings.log_level)
        with open_models(settings) as models, open_api(settings, models) as app:
            # The database's threads are not watched: starting anew would not help a database that hangs.
            running = server.Server(app, config, (app.state.inference,))
            with followed_settings(settings, load, running.request_stop) as outdated:
                signalled = server.serve(running)
        renewing = outdated.is_set() and not signalled
