"""What the facilitator does with whole workshops: see the own ones, close one, delete it, open another by the same plan."""

from __future__ import annotations

import time
from typing import Any

from ecopark.abm.input.errors import InputError

from ..stores.play.people import FACILITATOR
from ..stores.play.process import registry
from ..stores.play.state import say
from ..stores.play.workshop import Workshop
from .hub import Device, Hub

Ack = dict[str, Any]
ELSEWHERE = {"ok": False, "why": [say("This cannot be done from here.")]}


def rooms(hub: Hub, device: Device, said: dict[str, str], terms: dict[str, Any]) -> Ack:
    """List the open workshops whose console this device has."""
    if device.who != FACILITATOR:
        return ELSEWHERE
    return {"ok": True, "rooms": [_row(one) for one in list(registry().open_ones.values()) if _leads(one, hub, device)]}


def close_room(hub: Hub, device: Device, said: dict[str, str], terms: dict[str, Any]) -> Ack:
    """Close a workshop; what is kept of it stays on the disk."""
    return _end(hub, device, said, keep=True)


def delete_room(hub: Hub, device: Device, said: dict[str, str], terms: dict[str, Any]) -> Ack:
    """Close a workshop and delete what is kept of it."""
    return _end(hub, device, said, keep=False)


def copy_room(hub: Hub, device: Device, said: dict[str, str], terms: dict[str, Any]) -> Ack:
    """Open another workshop for as many people by the same plan; its console is this device's, too."""
    if device.who != FACILITATOR:
        return ELSEWHERE
    play = hub.workshop.play
    plan = play.plan.describe()
    try:
        opened, key = registry().open(
            play.expected, plan.pop("minutes"), parks=len(play.parks), source=hub.workshop.source, **plan
        )
    except InputError as error:
        return {
            "ok": False,
            "why": [
                say("{value} is not possible: {allowed}", value=str(one.value), allowed=one.allowed)
                for one in error.mistakes
            ],
        }
    opened.identities.call_lead(hub.workshop.identities.lead)
    opened.identities.give_console(device.key)
    opened.start()
    return {"ok": True, "code": opened.code, "key": key}


def _end(hub: Hub, device: Device, said: dict[str, str], keep: bool) -> Ack:
    workshop = registry().open_ones.get(said.get("code") or hub.workshop.code)
    if device.who != FACILITATOR or workshop is None or not _leads(workshop, hub, device):
        return ELSEWHERE
    (registry().close if keep else registry().delete)(workshop.code)
    return {"ok": True}


def _leads(workshop: Workshop, hub: Hub, device: Device) -> bool:
    return workshop is hub.workshop or workshop.identities.leads(device.key)


def _row(workshop: Workshop) -> dict[str, Any]:
    path, play = workshop.journal.path, workshop.play
    return {
        "code": workshop.code, "people": sum(not person.gone for person in play.people.values()), "phase": play.pace.phase,
        "idle": int(time.monotonic() - workshop.last_act), "bytes": path.stat().st_size if path is not None and path.exists() else 0,
    }  # fmt: skip
