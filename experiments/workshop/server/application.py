"""What uvicorn serves: the plain pages of workshops and of parks of one's own first, Solara's application for everything else."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import Any

from solara.server.starlette import app as solara_app
from starlette.responses import HTMLResponse

from ..languages.translate import languages
from .assets import missing_assets, stand_in

ASKED = b"online=1"  # a page that found the internet asks for the application itself
OWN = {"/w": "routes", "/faces": "routes", "/own": "own_park"}


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Pass a request to the application whose path it is; start and end of the server are Solara's.

    The plain pages bring the model: they are imported when first asked for, aside.
    """
    path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
    plain = next((name for start, name in OWN.items() if path == start or path.startswith(f"{start}/")), None)
    if plain is None and (page := _stand_in(scope, path)) is not None:
        await page(scope, receive, send)
    elif plain is None:
        await solara_app(scope, receive, send)
    else:
        pages = await asyncio.to_thread(import_module, f"ecopark.experiments.workshop.server.{plain}")
        await pages.app(scope, receive, send)


def _stand_in(scope: dict[str, Any], path: str) -> HTMLResponse | None:
    """Return the page that says which scripts are missing, None where the application can be shown."""
    if scope["type"] != "http" or path not in ("", "/") or ASKED in scope.get("query_string", b""):
        return None
    missing = missing_assets()
    return HTMLResponse(stand_in(scope.get("root_path", ""), languages(), missing)) if missing else None
