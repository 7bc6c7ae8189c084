"""The hubs of the workshops of this process."""

from __future__ import annotations

from ..stores.play.attainable import share_of_attainable
from ..stores.play.process import registry
from ..stores.play.scores import Scores
from .hub import Hub

_HUBS: dict[str, Hub] = {}


def hub_of(code: str) -> Hub:
    """Return the hub of a workshop that is open; called in the loop of the server. Raises InputError."""
    workshop = registry().find(code)
    hub = _HUBS.get(workshop.code)
    if hub is None or hub.workshop is not workshop:
        workshop.start()
        hub = _HUBS[workshop.code] = Hub(workshop, Scores(workshop.play, share_of_attainable))
    return hub
