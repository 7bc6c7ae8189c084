"""The debrief at the end of a round."""

from __future__ import annotations

import solara
import solara.lab

from experiments.workshop.components.downloads import Downloads
from experiments.workshop.components.selection import Selection
from experiments.workshop.components.sheet import Sheet
from experiments.workshop.player import Player
from experiments.workshop.rooms import Room
from experiments.workshop.views.debrief import debrief


@solara.component
def Debrief(room: Room, player: Player):
    """Show the sheets of the debrief, computed beside the page."""
    task = solara.lab.use_task(
        lambda: debrief(room), dependencies=[room.code, room.park.month, len(room.main.log)], raise_error=False
    )
    with solara.Div(classes=["eco-debrief"]):
        if task.error:
            solara.Text(f"The debrief could not be computed ({task.exception}).", classes=["eco-wrong"])
        elif task.value is None:
            solara.Text("Playing the round once more with agents in every seat …", classes=["eco-muted"])
        else:
            with solara.Div(classes=["eco-grid"]):
                for sheet in task.value:
                    with solara.Div(classes=["eco-card"]):
                        Sheet(sheet, player.pick, closable=False)
        if player.selected:
            with solara.Div(classes=["eco-card"]):
                Selection(player, 0)
        Downloads(room)
