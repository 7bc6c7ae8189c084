"""What uvicorn serves: the plain pages of workshops first, Solara's application for everything else."""

from __future__ import annotations

from typing import Any

from solara.server.starlette import app as solara_app

from . import routes

OWN = ("/w", "/faces")


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Pass a request to the application whose path it is; start and end of the server are Solara's."""
    path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
    own = any(path == start or path.startswith(f"{start}/") for start in OWN)
    await (routes.app if own else solara_app)(scope, receive, send)
