"""What uvicorn serves: the plain pages of workshops first, Solara's application for everything else."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import Any

from solara.server.starlette import app as solara_app

OWN = ("/w", "/faces")


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Pass a request to the application whose path it is; start and end of the server are Solara's.

    The routes of workshops bring the model: they are imported when first asked for, aside.
    """
    path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
    if any(path == start or path.startswith(f"{start}/") for start in OWN):
        routes = await asyncio.to_thread(import_module, "ecopark.experiments.workshop.server.routes")
        await routes.app(scope, receive, send)
    else:
        await solara_app(scope, receive, send)
