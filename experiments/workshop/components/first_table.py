"""One negotiation against an agent, and what both sides would have signed; then ten years in the same seat."""

from __future__ import annotations

import solara

from ecopark.analysis.exchanges.story_line import mark

from ..languages.tab import here, t
from ..stores.first_talk import FirstTalk, Opened
from ..stores.newcomer import Newcomer
from ..stores.session import Session
from ..view_models.seat import seat_talks
from .talk import Talk

APART = {  # by whether the person sells
    True: mark("You needed at least {low:,.2f} EUR per {unit}, they could pay {high:,.2f}: no price suited both."),
    False: mark("They needed at least {low:,.2f} EUR per {unit}, you could pay {high:,.2f}: no price suited both."),
}
ZONE = {
    True: mark("You would have sold from {low:,.2f} EUR per {unit} on, they would have paid up to {high:,.2f}."),
    False: mark("They would have sold from {low:,.2f} EUR per {unit} on, you would have paid up to {high:,.2f}."),
}


@solara.component
def FirstTable(session: Session, newcomer: Newcomer, turn: int):
    """Show the talk, or what came of it."""
    first = newcomer.talk
    solara.v.Html(tag="h1", children=[t("Sit at the table")])
    if first is None or first.number is None:
        solara.Text(t("In this park no two companies ever come to talks by themselves."), classes=["eco-lead"])
        return
    game = first.player.game
    solara.Text(
        t(
            "You are {company}. Another company wants to talk. Sign if it is worth it, else walk out: what it is worth to them, you do not know.",
            company=first.company,
        ),
        classes=["eco-lead"],
    )
    if first.opened is not None:
        Reveal(first, first.opened)
        with solara.Row(classes=["eco-inline"]):
            solara.Button(
                t("play ten years in this seat"),
                icon_name="mdi-seat",
                color="primary",
                depressed=True,
                on_click=session.take_the_seat,
            )
        return
    for card in game.read(seat_talks, game.park, first.company, here()):
        if card["number"] == first.number:
            Talk(game, card, first.player.errors.get(f"talk {first.number}", ""), first.decide).key(
                f"first talk {card['meeting']}"
            )


@solara.component
def Reveal(first: FirstTalk, opened: Opened):
    """Show the zone, and where the price lies in it."""
    ends = {"low": opened.low, "high": opened.high, "unit": opened.unit}
    with solara.Div(classes=["eco-sentence"], attributes={"data-zone": "true"}):
        if opened.high < opened.low:
            solara.Text(
                t(APART[opened.sells], **ends),
                classes=["eco-lead"],
            )
        else:
            solara.Text(
                t(ZONE[opened.sells], **ends),
                classes=["eco-lead"],
            )
        if opened.price != opened.price:
            solara.Text(t("There was no deal: {why}.", why=opened.why), classes=["eco-why"])
            return
        solara.Text(t("You signed at {price:,.2f}.", price=opened.price), classes=["eco-why"])
        if opened.share == opened.share:
            solara.Text(
                t("Of what there was to divide, {share:.0%} is yours.", share=min(1.0, max(0.0, opened.share))),
                classes=["eco-why"],
            )
            Bar((opened.price - opened.low) / (opened.high - opened.low))


@solara.component
def Bar(place: float):
    """Draw the zone as a bar, the price as a mark."""
    at = 100.0 * min(1.0, max(0.0, place))
    with solara.Div(
        classes=["eco-zone"],
        attributes={"role": "img", "aria-label": t("the price lies at {place:.0f} % of the zone", place=at)},
    ):
        solara.Div(classes=["eco-zone-mark"], style=f"left: {at:.1f}%")
