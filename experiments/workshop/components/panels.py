"""The panels beside the map: the own seats, levers, talks, the log."""

from __future__ import annotations

import solara

from ecopark.analysis.exchanges.story_line import mark

from ..languages.tab import here, t
from ..stores.player import PANELS, Player
from ..view_models.story import story
from .seat import Seats
from .selection import Selection
from .steering import Steering
from .story import Story
from .tabs import Tabs
from .talks import Talks

LABELS = {
    "details": mark("Details"), "seat": mark("Seat"), "levers": mark("Levers"), "talks": mark("Talks"), "log": mark("Log"),
}  # fmt: skip


@solara.component
def Panels(player: Player, turn: int):
    """Show the panel that is open."""
    game = player.game
    waiting = sum(company in player.companies for company, _ in [*game.pending(), *game.asked()])
    Tabs(
        [{"name": name, "label": t(LABELS[name]), "count": waiting if name == "seat" else 0} for name in PANELS],
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
            game.read(story, game.park, player.everything, sight=game.sight, t=here()),
            player.everything,
            lambda on: player.look(everything=on),
            player.pick,
        )
