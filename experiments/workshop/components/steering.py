"""Levers that act at once, and shocks by button."""

from __future__ import annotations

import solara

from ecopark.abm.entities.codes import OPEN
from ecopark.abm.initialization.found import ground_of

from ..languages.tab import all_refused, here, refused, t, texts
from ..stores.actions import policies_now
from ..stores.levers import policy_levers
from ..stores.player import Player
from ..view_models.anchor import anchor_of
from .choice import Choice
from .levers import WORDS, LeversWidget, declared
from .shocks import named_prices


@solara.component
def Steering(player: Player, turn: int):
    """Policies and shocks of the running park."""
    game = player.game
    levers = solara.use_memo(
        lambda: declared({lever.name: lever for lever in policy_levers(game.scenario)}), [here().language]
    )
    values = {f"policy.{name}": size for name, size in game.read(policies_now, game.park).items() if size}
    Shocks(player, turn)
    errors = {name: text for name, text in player.errors.items() if name.startswith("policy.")}
    LeversWidget.element(
        declared=levers,
        values=values,
        errors=all_refused(errors),
        words=texts(WORDS),
        language=here().language,
        periods=False,
        on_change=player.move,
    )


@solara.component
def Shocks(player: Player, turn: int):
    """Close or reopen a company, let a price jump: in the month to come."""
    game, say = player.game, here()
    company, set_company = solara.use_state(anchor_of(game.scenario))
    material, set_material = solara.use_state("energy")
    factor, set_factor = solara.use_state("2")
    prices = named_prices(game.scenario)
    is_open = game.park.state.companies.status[list(game.park.names).index(company)] == OPEN
    with solara.Div(classes=["eco-shocks"]):
        solara.v.Html(tag="div", class_="eco-group", children=[t("Shocks, at once")])
        with solara.Row(classes=["eco-inline"]):
            Choice(
                t("company"), values=sorted(ground_of(game.scenario).names[:400]), value=company, on_value=set_company
            )
            solara.Button(
                t("close it") if is_open else t("open it"),
                small=True,
                outlined=True,
                on_click=lambda: player.strike("close" if is_open else "open", company=company),
            )
        with solara.Row(classes=["eco-inline"]):
            Choice(
                t("price of"),
                values=list(prices),
                value=next(label for label, name in prices.items() if name == material),
                on_value=lambda label: set_material(prices[label]),
            )
            solara.InputText(
                t("times"),
                value=factor,
                on_value=set_factor,
                continuous_update=True,
                dense=True,
                style="max-width: 70px",
            )
            solara.Button(
                t("apply"),
                small=True,
                outlined=True,
                on_click=lambda: player.strike("price", material=material, factor=say.read(factor)),
            )
        if player.errors.get("shock"):
            solara.Text(refused(player.errors["shock"]), classes=["eco-wrong"])
