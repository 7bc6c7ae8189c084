"""The debrief at the end of a round."""

from __future__ import annotations

import solara

from ..stores.player import Player
from ..stores.rooms import Room
from ..view_models.debrief import debrief
from .downloads import Downloads
from .selection import Selection
from .sheet import Sheet


@solara.component
def Debrief(room: Room, player: Player, turn: int):
    """Show the sheets of the debrief, worked out once for everybody in the room."""
    answer = room.debriefing
    answer.ask((room.seed, room.park.month, list(room.main.log)), lambda: debrief(room))
    with solara.Div(classes=["eco-debrief"]):
        if answer.error is not None:
            solara.Text(f"The debrief could not be computed ({answer.error}).", classes=["eco-wrong"])
            solara.Button("try again", small=True, outlined=True, on_click=answer.forget)
        elif answer.value is None:
            solara.Text("Working: the round is played once more with agents in every seat …", classes=["eco-muted"])
        else:
            with solara.Div(classes=["eco-grid"]):
                for sheet in answer.value:
                    with solara.Div(classes=["eco-card"]):
                        Sheet(sheet, player.pick, closable=False)
        if player.selected:
            with solara.Div(classes=["eco-card"]):
                Selection(player, turn)
        Downloads(room)
