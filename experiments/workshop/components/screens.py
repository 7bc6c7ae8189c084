"""The screen that is shown."""

from __future__ import annotations

import solara

from ..stores.session import Session
from .explore import Explore
from .first_minute import FirstMinute
from .live import Live
from .workshops import WorkshopCards, WorkshopPage


@solara.component
def Screen(session: Session, turn: int):
    """Show the screen that the header has chosen. turn: the number of changes so far."""
    if session.screen == "live":
        Live(session.player, turn)
    elif session.screen == "rooms" and session.visit.code:
        WorkshopPage(session.visit, turn)
    elif session.screen == "rooms":
        WorkshopCards(session.visit, session.workshop.source, turn)
    elif session.screen == "start":
        FirstMinute(session, turn)
    else:
        Explore(session.explorer, session.explorer.seen, session.explorer.message)
