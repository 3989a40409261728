"""Parameters of a query that a route does not know: a misspelt filter must not answer as if it had been heeded."""

from __future__ import annotations

from difflib import get_close_matches

from fastapi import Request
from fastapi.routing import APIRoute

from kiosk.web.problems import Refusal


async def refuse_unknown_parameters(request: Request) -> None:
    """Raise Refusal, 422, for the first query parameter that the API's description does not have at this route."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute) or not request.query_params:
        return
    paths = request.app.openapi()["paths"]
    described = paths.get(route.path_format) or paths.get(f"{route.path_format}/", {})
    parameters = described.get(request.method.lower(), {}).get("parameters", ())
    known = [parameter["name"] for parameter in parameters if parameter["in"] == "query"]
    for name in request.query_params:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise Refusal(422, f"there is no query parameter {name!r:.60}{hint}", "unknown_parameter")
