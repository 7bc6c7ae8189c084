"""The hubs of the workshops of this process."""

from __future__ import annotations

from starlette.responses import JSONResponse

from ecopark.abm.input.errors import InputError

from ..stores.play.attainable import share_of_attainable
from ..stores.play.process import registry
from ..stores.play.scores import Scores
from ..stores.play.state import say
from .hub import Hub

_HUBS: dict[str, Hub] = {}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
}  # fmt: skip


def hub_of(code: str) -> Hub:
    """Return the hub of a workshop that is open; called in the loop of the server. Raises InputError."""
    workshop = registry().find(code)
    hub = _HUBS.get(workshop.code)
    if hub is None or hub.workshop is not workshop:
        workshop.start()
        hub = _HUBS[workshop.code] = Hub(workshop, Scores(workshop.play, share_of_attainable))
    return hub


def find_hub(code: str) -> Hub | None:
    """Return the hub of a workshop, None where no open one has the code."""
    try:
        return hub_of(code)
    except InputError:
        return None


def unknown() -> JSONResponse:
    """Return the answer to who asks for a workshop that is not open."""
    return JSONResponse({"ok": False, "why": [say("No workshop with this code is open.")]}, 404, headers=HEADERS)
