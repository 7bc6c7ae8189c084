"""One negotiation against an agent, and what both sides would have signed; then ten years in the same seat."""

from __future__ import annotations

import solara

from ..stores.first_talk import FirstTalk, Opened
from ..stores.newcomer import Newcomer
from ..stores.session import Session
from ..view_models.seat import seat_talks
from .talk import Talk


@solara.component
def FirstTable(session: Session, newcomer: Newcomer, turn: int):
    """Show the talk, or what came of it."""
    first = newcomer.talk
    solara.HTML(tag="h1", unsafe_innerHTML="Sit at the table")
    if first is None or first.number is None:
        solara.Text("In this park no two companies ever come to talks by themselves.", classes=["eco-lead"])
        return
    game = first.player.game
    solara.Text(
        f"You are {first.company}. Another company wants to talk. Sign if it is worth it, else walk out: what it is worth to them, you do not know.",
        classes=["eco-lead"],
    )
    if first.opened is not None:
        Reveal(first, first.opened)
        with solara.Row(classes=["eco-inline"]):
            solara.Button(
                "play ten years in this seat",
                icon_name="mdi-seat",
                color="primary",
                depressed=True,
                on_click=session.take_the_seat,
            )
        return
    for card in game.read(seat_talks, game.park, first.company):
        if card["number"] == first.number:
            Talk(game, card, first.player.errors.get(f"talk {first.number}", ""), first.decide).key(
                f"first talk {card['meeting']}"
            )


@solara.component
def Reveal(first: FirstTalk, opened: Opened):
    """Show the zone, and where the price lies in it."""
    per = f"EUR per {opened.unit}"
    low, high = ("You", "they") if opened.sells else ("They", "you")
    with solara.Div(classes=["eco-sentence"], attributes={"data-zone": "true"}):
        if opened.high < opened.low:
            solara.Text(
                f"{low} needed at least {opened.low:,.2f} {per}, {high} could pay {opened.high:,.2f}: no price suited both.",
                classes=["eco-lead"],
            )
        else:
            solara.Text(
                f"{low} would have sold from {opened.low:,.2f} {per} on, {high} would have paid up to {opened.high:,.2f}.",
                classes=["eco-lead"],
            )
        if opened.price != opened.price:
            solara.Text(f"There was no deal: {opened.why}.", classes=["eco-why"])
            return
        solara.Text(f"You signed at {opened.price:,.2f}.", classes=["eco-why"])
        if opened.share == opened.share:
            solara.Text(
                f"Of what there was to divide, {min(1.0, max(0.0, opened.share)):.0%} is yours.", classes=["eco-why"]
            )
            Bar((opened.price - opened.low) / (opened.high - opened.low))


@solara.component
def Bar(place: float):
    """Draw the zone as a bar, the price as a mark."""
    at = 100.0 * min(1.0, max(0.0, place))
    with solara.Div(
        classes=["eco-zone"], attributes={"role": "img", "aria-label": f"the price lies at {at:.0f} % of the zone"}
    ):
        solara.Div(classes=["eco-zone-mark"], style=f"left: {at:.1f}%")
