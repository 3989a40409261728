"""`kiosk serve`: the HTTP API."""

from __future__ import annotations

from typing import Annotated

import typer


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
    from kiosk.config.settings import load_settings
    from kiosk.core.logger import configure

    settings = load_settings(api_host=host, api_port=port)
    config = build_server_config(settings)
    server.require_safe(config)
    configure(settings.log_level)
    with open_models(settings) as models, open_api(settings, models) as app:
        # The database's threads are not watched: starting anew would not help a database that hangs.
        server.serve(app, config, (app.state.inference,))
