"""The screen that is shown."""

from __future__ import annotations

import solara

from experiments.workshop.components.explore import Explore
from experiments.workshop.session import Session


@solara.component
def Screen(session: Session, turn: int):
    """Show the screen that the header has chosen. turn: the number of changes so far."""
    Explore(session.explorer, session.explorer.seen, session.explorer.message)
