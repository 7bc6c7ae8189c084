"""The lobby: open a room, or join one by its code."""

from __future__ import annotations

import solara

from ..stores.session import Session
from .upload import OpenSave
from .workshops import WorkshopCards


@solara.component
def Lobby(session: Session, turn: int):
    """Cards of workshops, and of rooms: one for the facilitator, one for participants."""
    name, set_name = solara.use_state(session.name)
    code, set_code = solara.use_state(session.invited)
    seed, set_seed = solara.use_state("0")
    with solara.Div(classes=["eco-lobby"]):
        WorkshopCards(session.visit, session.workshop.source, turn)
        with solara.Div(classes=["eco-card"]):
            solara.HTML(tag="h3", unsafe_innerHTML="Join a room")
            solara.Text(
                "Take a company and bargain with the others and with agents on one shared park.", classes=["eco-muted"]
            )
            solara.InputText(
                "your name",
                value=name,
                on_value=set_name,
                continuous_update=True,
                error=session.errors.get("join name"),
            )
            solara.InputText(
                "code of the room",
                value=code,
                on_value=set_code,
                continuous_update=True,
                error=session.errors.get("join room"),
            )
            solara.Button("join", color="primary", depressed=True, on_click=lambda: session.join(code, name))
        with solara.Div(classes=["eco-card"]):
            solara.HTML(tag="h3", unsafe_innerHTML="Open a room")
            solara.Text(
                "You set pace and levers and end the round; the others join by link or QR code.", classes=["eco-muted"]
            )
            solara.InputText(
                "your name",
                value=name,
                on_value=set_name,
                continuous_update=True,
                error=session.errors.get("open name"),
            )
            solara.InputText(
                "seed of the park's chances (0: drawn)",
                value=seed,
                on_value=set_seed,
                continuous_update=True,
                error=session.errors.get("open seed"),
            )
            solara.Button(
                "open a room", color="primary", depressed=True, on_click=lambda: session.open_room(name, seed)
            )
            OpenSave(session, name)
