"""A room: invitation, people, the shared table, and the debrief at the end of the round."""

from __future__ import annotations

import json

import solara

from ..stores.player import Player
from ..stores.session import Session
from .bench import Message
from .debrief import Debrief
from .invite import Invite
from .table import Table


@solara.component
def RoomPage(session: Session, player: Player, turn: int):
    """Show the room for one person."""
    room, leads = player.room, player.room.may_lead(player.key)
    shown, set_shown = solara.use_state(leads and len(room.people) < 2)
    with solara.Div(classes=["eco-table-page"]):
        with solara.Row(classes=["eco-room-bar"]):
            solara.Text(f"Room {room.code}", style="font-weight: 600")
            solara.Text(
                f"{len(room.people)} {'person' if len(room.people) == 1 else 'people'}, {len(room.seats)} in seats",
                classes=["eco-muted"],
            )
            solara.Button(
                "invite", icon_name="mdi-qrcode", text=True, small=True, on_click=lambda: set_shown(not shown)
            )
            if leads:
                solara.Button(
                    "open the round again" if room.ended else "end the round",
                    icon_name="mdi-flag-checkered",
                    text=True,
                    small=True,
                    on_click=lambda: room.end_round(not room.ended),
                )
                solara.FileDownload(
                    lambda: json.dumps(room.save()),
                    filename=f"ecopark-room-{room.code}.json",
                    label="save",
                    icon_name="mdi-content-save-outline",
                    string_encoding="utf-8",
                )
            solara.Button("leave", icon_name="mdi-exit-run", text=True, small=True, on_click=session.leave_room)
        if shown:
            with solara.Div(classes=["eco-card", "eco-room-card"]):
                Invite(room, leads)
                People(session, player, turn)
        if session.message:
            Message(session.message, lambda: session.say(""))
        if room.ended:
            Debrief(room, player, turn)
        else:
            Table(player, turn)


@solara.component
def People(session: Session, player: Player, turn: int):
    """Who is here and where each one sits; the PIN opens the facilitator's controls."""
    room, leads = player.room, player.room.may_lead(player.key)
    pin, set_pin = solara.use_state("")
    seats: dict[str, list[str]] = {}
    for company, who in room.seats.items():
        seats.setdefault(who, []).append(company + (" (autopilot)" if company in room.autopilot else ""))
    with solara.Div(classes=["eco-people"]):
        for who, name in room.people.items():
            where = ", ".join(seats.get(who, [])) or "no seat yet"
            solara.Text(f"{name}{' (facilitator)' if room.may_lead(who) else ''}: {where}", classes=["eco-person"])
        if leads:
            solara.Switch(label="time waits for people who have to decide", value=room.waits, on_value=room.set_waits)
            for company in room.seats:
                with solara.Row(classes=["eco-inline"]):
                    solara.Switch(
                        label=f"autopilot for {company}",
                        value=company in room.autopilot,
                        on_value=lambda on, company=company: player.set_autopilot(company, on),
                    )
        else:
            with solara.Row(classes=["eco-inline"]):
                solara.InputText(
                    "facilitator's PIN",
                    value=pin,
                    on_value=set_pin,
                    continuous_update=True,
                    password=True,
                    dense=True,
                    error=session.errors.get("PIN"),
                )
                solara.Button("unlock", small=True, outlined=True, on_click=lambda: session.unlock(pin))
