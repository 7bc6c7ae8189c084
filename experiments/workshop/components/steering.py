"""Levers that act at once, and shocks by button."""

from __future__ import annotations

import solara

from ecopark.abm.entities.codes import OPEN
from ecopark.abm.initialization.found import ground_of

from ..stores.actions import policies_now
from ..stores.levers import policy_levers
from ..stores.player import Player
from ..view_models.anchor import anchor_of
from .levers import LeversWidget, declared
from .shocks import priced


@solara.component
def Steering(player: Player, turn: int):
    """Policies and shocks of the running park."""
    game = player.game
    levers = solara.use_memo(lambda: declared({lever.name: lever for lever in policy_levers(game.scenario)}), [])
    values = {f"policy.{name}": size for name, size in game.read(policies_now, game.park).items() if size}
    Shocks(player, turn)
    errors = {name: text for name, text in player.errors.items() if name.startswith("policy.")}
    LeversWidget.element(declared=levers, values=values, errors=errors, periods=False, on_change=player.move)


@solara.component
def Shocks(player: Player, turn: int):
    """Close or reopen a company, let a price jump: in the month to come."""
    game = player.game
    company, set_company = solara.use_state(anchor_of(game.scenario))
    material, set_material = solara.use_state("energy")
    factor, set_factor = solara.use_state("2")
    is_open = game.park.state.companies.status[list(game.park.names).index(company)] == OPEN
    with solara.Div(classes=["eco-shocks"]):
        solara.HTML(tag="div", classes=["eco-group"], unsafe_innerHTML="Shocks, at once")
        with solara.Row(classes=["eco-inline"]):
            solara.Select(
                "company",
                values=sorted(ground_of(game.scenario).names[:400]),
                value=company,
                on_value=set_company,
                dense=True,
            )
            solara.Button(
                "close it" if is_open else "open it",
                small=True,
                outlined=True,
                on_click=lambda: player.strike("close" if is_open else "open", company=company),
            )
        with solara.Row(classes=["eco-inline"]):
            solara.Select("price of", values=priced(game.scenario), value=material, on_value=set_material, dense=True)
            solara.InputText(
                "times", value=factor, on_value=set_factor, continuous_update=True, dense=True, style="max-width: 70px"
            )
            solara.Button(
                "apply",
                small=True,
                outlined=True,
                on_click=lambda: player.strike("price", material=material, factor=factor),
            )
        if player.errors.get("shock"):
            solara.Text(player.errors["shock"], classes=["eco-wrong"])
