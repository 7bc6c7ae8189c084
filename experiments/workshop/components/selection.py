"""What is selected on the map: a company or an exchange, with what the person may do there."""

from __future__ import annotations

import solara

from ecopark.abm.interventions.seats import cost_of_leaving

from ..languages.tab import here, refused, t
from ..stores.player import Player
from ..view_models.company import company_sheet
from ..view_models.exchange import exchange_sheet
from ..view_models.format import figure
from .sheet import Sheet


@solara.component
def Selection(player: Player, turn: int):
    """Show the sheet of what is selected."""
    kind, _, name = player.selected.partition(" ")
    if not player.selected:
        solara.Text(t("Click a company or a link on the map to see what is behind it."), classes=["eco-muted"])
    elif kind == "company":
        Company(player, name, turn)
    elif int(name) < int(player.game.park.state.clock.exchanges[0]):
        Exchange(player, int(name), turn)


@solara.component
def Company(player: Player, name: str, turn: int):
    """Show a company, with its seat."""
    game = player.game
    Sheet(game.read(company_sheet, game.park, name, game.sight, here()), player.pick, closable=False)
    with solara.Row(classes=["eco-inline"]):
        if name not in game.seats:
            solara.Button(
                t("take the seat of {company}", company=name),
                icon_name="mdi-seat",
                small=True,
                outlined=True,
                on_click=lambda: player.sit(name),
            )
        else:
            solara.Button(
                t("leave the seat"),
                icon_name="mdi-exit-run",
                small=True,
                outlined=True,
                on_click=lambda: player.stand_up(name),
            )
    if player.errors.get("seat"):
        solara.Text(refused(player.errors["seat"]), classes=["eco-wrong"])


@solara.component
def Exchange(player: Player, number: int, turn: int):
    """Show an exchange; who sits in one of its companies can end it."""
    game = player.game
    sheet = game.read(exchange_sheet, game.park, number, game.sight, here())
    sure, set_sure = solara.use_state(False)
    Sheet(sheet, player.pick, closable=False)
    own = [company for company in sheet["parties"] if company in player.companies]

    def leave() -> None:
        set_sure(False)
        player.leave(own[0], number)

    if own and sheet["runs"]:
        cost = game.read(cost_of_leaving, game.park, number, own[0])
        words = (
            t(
                "{company} would pay {cost} for leaving before the term is over.",
                company=own[0],
                cost=figure(cost, "EUR"),
            )
            if cost
            else t("The term is over: leaving costs nothing.")
        )
        solara.Text(words, classes=["eco-muted"])
        with solara.Row(classes=["eco-inline"]):
            if sure:
                solara.Button(t("yes, end it"), small=True, color="error", on_click=leave)
                solara.Button(t("keep it"), small=True, text=True, on_click=lambda: set_sure(False))
            else:
                solara.Button(
                    t("end this exchange"),
                    icon_name="mdi-link-off",
                    small=True,
                    outlined=True,
                    on_click=lambda: set_sure(True),
                )
    if player.errors.get("leave"):
        solara.Text(refused(player.errors["leave"]), classes=["eco-wrong"])
