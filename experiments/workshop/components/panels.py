"""The panels beside the map: the own seats, levers, talks, the log."""

from __future__ import annotations

import solara

from experiments.workshop.components.seat import Seats
from experiments.workshop.components.selection import Selection
from experiments.workshop.components.steering import Steering
from experiments.workshop.components.story import Story
from experiments.workshop.components.tabs import Tabs
from experiments.workshop.components.talks import Talks
from experiments.workshop.player import PANELS, Player
from experiments.workshop.views.story import story

LABELS = {"details": "Details", "seat": "Seat", "levers": "Levers", "talks": "Talks", "log": "Log"}


@solara.component
def Panels(player: Player, turn: int):
    """Show the panel that is open."""
    room = player.room
    waiting = sum(company in player.companies for company, _ in room.pending())
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
            room.read(story, room.park, player.everything, sight=room.sight(player.key)),
            player.everything,
            lambda on: player.look(everything=on),
            player.pick,
        )
