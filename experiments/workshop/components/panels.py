"""The panels beside the map: the own seats, levers, talks, the log."""

from __future__ import annotations

import solara

from ..stores.player import PANELS, Player
from ..view_models.story import story
from .seat import Seats
from .selection import Selection
from .steering import Steering
from .story import Story
from .tabs import Tabs
from .talks import Talks

LABELS = {"details": "Details", "seat": "Seat", "levers": "Levers", "talks": "Talks", "log": "Log"}


@solara.component
def Panels(player: Player, turn: int):
    """Show the panel that is open."""
    game = player.game
    waiting = sum(company in player.companies for company, _ in game.pending())
    Tabs(
        [{"name": name, "label": LABELS[name], "count": waiting if name == "seat" else 0} for name in PANELS],
        player.panel,
        lambda name: player.look(panel=name),
    )
    if player.panel == "details":
        Selection(player, turn)
    elif player.panel == "seat":
        Seats(player, turn)
    elif player.panel == "levers":
        Steering(player, turn)
    elif player.panel == "talks":
        Talks(player, turn)
    else:
        Story(
            game.read(story, game.park, player.everything, sight=game.sight),
            player.everything,
            lambda on: player.look(everything=on),
            player.pick,
        )
