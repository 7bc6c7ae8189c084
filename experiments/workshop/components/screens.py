"""The screen that is shown."""

from __future__ import annotations

import solara

from experiments.workshop.components.explore import Explore
from experiments.workshop.components.live import Live
from experiments.workshop.components.lobby import Lobby
from experiments.workshop.components.room import RoomPage
from experiments.workshop.session import Session


@solara.component
def Screen(session: Session, turn: int):
    """Show the screen that the header has chosen. turn: the number of changes so far."""
    if session.screen == "live":
        Live(session.player, turn)
    elif session.screen == "rooms" and session.guest is not None:
        RoomPage(session, session.guest, turn)
    elif session.screen == "rooms":
        Lobby(session, turn)
    else:
        Explore(session.explorer, session.explorer.seen, session.explorer.message)
