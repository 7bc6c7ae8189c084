"""Live: one person plays the park month by month."""

from __future__ import annotations

import solara

from ..stores.player import Player
from .downloads import Downloads
from .table import Table


@solara.component
def Live(player: Player, turn: int):
    """Show the park that this browser plays alone."""
    with solara.Div(classes=["eco-table-page"]):
        Table(player, turn)
        with solara.Row(classes=["eco-foot"]):
            Downloads(player.room)
            solara.Button(
                "begin again", icon_name="mdi-restart", text=True, small=True, on_click=lambda: player.begin_again()
            )
