"""The seats of this person: talks that wait, autopilot, and where to sit down."""

from __future__ import annotations

import solara

from ecopark.abm.entities.codes import OPEN

from ..languages.tab import here, refused, t
from ..stores.player import Player
from ..view_models.seat import seat_talks
from .choice import Choice
from .talk import Talk


@solara.component
def Seats(player: Player, turn: int):
    """All seats of this person, or how to take one."""
    companies = player.companies
    if not companies:
        solara.Text(
            t("You sit nowhere. Take the seat of a company: its talks then wait for you, the agents play the rest."),
            classes=["eco-muted"],
        )
    for company in companies:
        Seat(player, company, turn)
    TakeSeat(player, turn)
    if player.errors.get("seat"):
        solara.Text(refused(player.errors["seat"]), classes=["eco-wrong"])


@solara.component
def Seat(player: Player, company: str, turn: int):
    """One seat: its talks and its autopilot."""
    game = player.game
    cards = game.read(seat_talks, game.park, company, here())
    automatic = company in game.autopilot
    with solara.Div(classes=["eco-seat"]):
        with solara.Row(classes=["eco-inline"], justify="space-between"):
            solara.Text(company, style="font-weight: 600; font-size: 15px")
            solara.Switch(label=t("autopilot"), value=automatic, on_value=lambda on: player.set_autopilot(company, on))
        with solara.Row(classes=["eco-inline"]):
            solara.Button(
                t("my company"),
                icon_name="mdi-factory",
                text=True,
                small=True,
                on_click=lambda: player.pick(f"company {company}"),
            )
            solara.Button(
                t("leave the seat"),
                icon_name="mdi-exit-run",
                text=True,
                small=True,
                on_click=lambda: player.stand_up(company),
            )
        if automatic:
            solara.Text(t("The agent decides. Switch the autopilot off to decide yourself."), classes=["eco-muted"])
        elif not cards:
            solara.Text(
                t("No talks at present. When one opens it appears here and waits for you."), classes=["eco-muted"]
            )
        else:
            for card in cards:
                number = card["number"]
                Talk(
                    game, card, player.errors.get(f"talk {number}", ""),
                    lambda number=number, **what: player.decide(company, number, **what),
                ).key(f"talk {company} {number}")  # fmt: skip


@solara.component
def TakeSeat(player: Player, turn: int):
    """Choose a company whose seat is free."""
    game = player.game
    status = game.park.state.companies.status
    free = sorted(name for row, name in enumerate(game.park.names) if status[row] == OPEN and name not in game.seats)
    chosen, set_chosen = solara.use_state("")
    company = chosen if chosen in free else (free[0] if free else "")
    if not free:
        solara.Text(t("No free seat at present."), classes=["eco-muted"])
        return
    with solara.Row(classes=["eco-inline"]):
        Choice(t("company"), values=free, value=company, on_value=set_chosen)
        solara.Button(
            t("sit down"), icon_name="mdi-seat", small=True, outlined=True, on_click=lambda: player.sit(company)
        )
