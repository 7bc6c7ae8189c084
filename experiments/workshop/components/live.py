"""Live: one person plays the park month by month."""

from __future__ import annotations

import solara

from ..languages.tab import t
from ..stores.player import Player
from .debrief import Debrief
from .downloads import Downloads
from .table import Table


@solara.component
def Live(player: Player, turn: int):
    """Show the park that this browser plays alone."""
    with solara.Div(classes=["eco-table-page"]):
        Table(player, turn)
        if player.compared or player.game.is_over:
            Debrief(player, turn)
        with solara.Row(classes=["eco-foot"]):
            solara.Button(
                t("close the comparison") if player.compared else t("compare with agents alone"),
                icon_name="mdi-scale-balance",
                text=True,
                small=True,
                on_click=player.compare,
            )
            Downloads(player.game)
            solara.Button(t("begin again"), icon_name="mdi-restart", text=True, small=True, on_click=player.begin_again)
