"""The debrief: what the own decisions were worth beside agents in every seat, and beside the optimum."""

from __future__ import annotations

import solara

from ..languages.tab import here, t
from ..stores.player import Player
from ..view_models.debrief import debrief
from .sheet import Sheet


@solara.component
def Debrief(player: Player, turn: int):
    """Show the sheets of the debrief, worked out once for every state of the park."""
    game = player.game
    answer, say = game.debriefing, here()
    answer.ask((game.seed, game.park.month, list(game.main.log), say.language), lambda: debrief(game, say))
    with solara.Div(classes=["eco-debrief"]):
        if answer.error is not None:
            solara.Text(t("The debrief could not be computed ({error}).", error=answer.error), classes=["eco-wrong"])
            solara.Button(t("try again"), small=True, outlined=True, on_click=answer.forget)
        elif answer.value is None:
            solara.Text(
                t("Working: the same years are played once more with agents in every seat …"), classes=["eco-muted"]
            )
        else:
            with solara.Div(classes=["eco-grid"]):
                for sheet in answer.value:
                    with solara.Div(classes=["eco-card"]):
                        Sheet(sheet, player.pick, closable=False)
