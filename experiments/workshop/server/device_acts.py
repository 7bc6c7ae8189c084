"""What a device asks for: an act in the name of who speaks by it, or a door that it opens itself (join, return, unlock)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from ecopark.abm.input.errors import InputError

from ..stores.play.acts import ACTS, CLOCK
from ..stores.play.people import FACILITATOR
from ..stores.play.state import say
from .hub import Device, Hub
from .room_acts import close_room, copy_room, delete_room, rooms


def identify(device: Device, hub: Hub) -> None:
    """Note who speaks by a device, in place."""
    if device.face == "console":
        device.who = FACILITATOR if hub.workshop.identities.leads(device.key) else ""
    elif device.face == "phone":
        device.who = hub.workshop.identities.who_has(device.key) if device.key else ""


def arrive(hub: Hub, device: Device) -> None:
    """Note that who speaks by a device is here."""
    if device.who and device.who != FACILITATOR:
        hub.workshop.connect(device.who)


def depart(hub: Hub, device: Device) -> None:
    """Note that who spoke by a device has gone."""
    if device.who and device.who != FACILITATOR:
        hub.workshop.disconnect(device.who)


def act(hub: Hub, device: Device, message: dict[str, Any]) -> dict[str, Any]:
    """Do an act in the name of whoever a device stands for; return its acknowledgement."""
    name, terms = message.get("act"), message.get("terms", {})
    if not isinstance(name, str) or not isinstance(terms, dict) or not all(key.isidentifier() for key in terms):
        return {"ok": False, "why": [say("This cannot be done from here.")]}
    if name in ACTS and ACTS[name].by == CLOCK and name not in DOORS:  # what time alone does
        return {"ok": False, "why": [say("This cannot be done from here.")]}
    number = number_of(message)
    if name in DOORS:
        return DOORS[name](hub, device, {key: str(value)[:200] for key, value in terms.items()}, terms)
    if not device.who or {"act", "who", "id"} & set(terms):
        return {"ok": False, "why": [say("Join first.")]}
    return hub.workshop.do(name, device.who, number, **terms)


def number_of(message: dict[str, Any]) -> str:
    """Return the id of an act, which its device has made; "" where there is none that could be one."""
    number = message.get("id", "")
    return str(number)[:40] if isinstance(number, str | int) else ""


def join(hub: Hub, device: Device, said: dict[str, str], terms: dict[str, Any]) -> dict[str, Any]:
    """Let somebody in by this device; who has come before has the same seat."""
    if not device.key or device.face != "phone":
        return {"ok": False, "why": [say("This device does not keep cookies: it cannot have a seat.")]}
    if device.who and not hub.workshop.play.people[device.who].gone:
        return {"ok": True, "who": device.who}
    workshop, code = hub.workshop, secrets.token_hex(4)
    workshop.identities.add(code, said.get("name", ""), device.key)
    chosen = {key: terms[key] for key in ("consent", "language", "device", "observe") if key in terms}
    ack = workshop.do("join", code, **chosen)
    if not ack["ok"]:
        workshop.identities.remove(code)
        return ack
    _be(hub, device, code)
    return {**ack, "who": code}


def come_back(hub: Hub, device: Device, said: dict[str, str], terms: dict[str, Any]) -> dict[str, Any]:
    """Bring a seat to this device by its return word."""
    code = "" if hub.words.locked else hub.workshop.identities.who_says(said.get("word", ""))
    if not code or not device.key or device.face != "phone":
        hub.words.miss()
        return {"ok": False, "why": [say("Nobody here has this return word.")]}
    hub.workshop.identities.bind(code, device.key)
    _be(hub, device, code)
    return {"ok": True, "who": code}


def unlock(hub: Hub, device: Device, said: dict[str, str], terms: dict[str, Any]) -> dict[str, Any]:
    """Open the console by the key of its link or by the PIN."""
    if device.face != "console" or not device.key:
        return {"ok": False, "why": [say("This cannot be done from here.")]}
    if not (hub.workshop.identities.is_link(said.get("key", "")) or ("pin" in said and hub.pin.fits(said["pin"]))):
        locked = say("Too many wrong tries: wait ten minutes.") if hub.pin.tries.locked else say("That is not the PIN.")
        return {"ok": False, "why": [locked]}
    hub.workshop.identities.give_console(device.key)
    device.who = FACILITATOR
    return {"ok": True, "who": FACILITATOR}


def show_pin(hub: Hub, device: Device, said: dict[str, str], terms: dict[str, Any]) -> dict[str, Any]:
    """Tell the console its PIN, for another device of the facilitator."""
    if device.who != FACILITATOR:
        return {"ok": False, "why": [say("This cannot be done from here.")]}
    return {"ok": True, "pin": hub.pin.digits}


def return_word(hub: Hub, device: Device, said: dict[str, str], terms: dict[str, Any]) -> dict[str, Any]:
    """Tell the console somebody's return word."""
    person = hub.workshop.identities.people.get(said.get("person", ""))
    if device.who != FACILITATOR or person is None:
        return {"ok": False, "why": [say("This cannot be done from here.")]}
    return {"ok": True, "word": person.word}


def rename(hub: Hub, device: Device, said: dict[str, str], terms: dict[str, Any]) -> dict[str, Any]:
    """Give somebody another name: oneself, or anybody by the console."""
    code = said.get("person", "") if device.who == FACILITATOR else device.who
    if code not in hub.workshop.identities.people:
        return {"ok": False, "why": [say("This cannot be done from here.")]}
    try:
        hub.workshop.identities.rename(code, said.get("name", ""))
    except InputError as error:
        return {
            "ok": False,
            "why": [
                say("{value} is not possible: {allowed}", value=said.get("name", ""), allowed=error.mistakes[0].allowed)
            ],
        }
    hub.refresh()
    return {"ok": True}


def _be(hub: Hub, device: Device, code: str) -> None:
    depart(hub, device)
    device.who = code
    if device in hub.devices:
        arrive(hub, device)


DOORS: dict[str, Callable[[Hub, Device, dict[str, str], dict[str, Any]], dict[str, Any]]] = {
    "join": join, "return": come_back, "unlock": unlock, "show_pin": show_pin, "return_word": return_word, "rename": rename,
    "rooms": rooms, "close_room": close_room, "delete_room": delete_room, "copy_room": copy_room,
}  # fmt: skip
