"""The plain page: routes and the socket by which a phone, a projector or a console meets its workshop."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import secrets
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from ecopark.abm.input.errors import InputError

from ..stores.play.people import FACILITATOR
from ..stores.play.presence import DROPPED
from ..stores.play.state import say
from ..view_models.faces.park import park_page
from .addresses import addresses
from .doors import COOKIE, is_device, new_device
from .downloads import data_set, recording, report
from .hub import FACES, Device, Hub, encode
from .workshops import HEADERS, find_hub, unknown

FOLDER = Path(__file__).parents[1] / "faces"
KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
LONGEST_MESSAGE, LONGEST_WAIT = 20_000, 25.0


@lru_cache(maxsize=64)
def _file(name: str, stamp: float) -> tuple[bytes, str]:
    path = FOLDER / name
    return gzip.compress(path.read_bytes(), 6, mtime=0), KINDS[path.suffix]


async def file(request: Request) -> Response:
    """Return a module or a style of the faces, compressed."""
    path = (FOLDER / request.path_params["name"]).resolve()
    if path.parent not in (FOLDER, FOLDER / "languages") or path.suffix not in KINDS or not path.is_file():
        return Response("not found", 404)
    data, kind = _file(str(path.relative_to(FOLDER)), path.stat().st_mtime)
    headers = {
        "Content-Encoding": "gzip",
        "Cache-Control": "no-cache",
        "ETag": f'"{len(data)}-{path.stat().st_mtime_ns}"',
        **HEADERS,
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=kind, headers=headers)


def mark(request: Request, response: Response) -> Response:
    """Give a device its cookie unless it has one; return the response."""
    if not is_device(request.cookies.get(COOKIE)):
        response.set_cookie(
            COOKIE, new_device(), max_age=30 * 86400, httponly=True, samesite="lax",
            path=f"{request.scope.get('root_path', '')}/", secure=request.url.scheme == "https",
        )  # fmt: skip
    return response


async def hello(request: Request) -> Response:
    """Give a device its cookie, for faces that stand on a page of Solara."""
    return mark(request, Response("", 204, headers=HEADERS))


async def page(request: Request) -> Response:
    """Return the page of a face; the device gets its cookie."""
    face = request.path_params.get("face", "phone")
    if face not in FACES:
        return Response("not found", 404)
    root = request.scope.get("root_path", "")
    text = (FOLDER / "index.html").read_text(encoding="utf-8").replace("{root}", root).replace("{face}", face)
    return mark(request, Response(text, media_type="text/html", headers=HEADERS))


async def park(request: Request) -> Response:
    """Return what never changes of the park: names and places."""
    hub = find_hub(request.path_params["code"])
    if hub is None:
        return unknown()
    return JSONResponse(park_page(hub.workshop.play.scenario), headers=HEADERS)


async def address(request: Request) -> Response:
    """Return where the workshop is reached."""
    if find_hub(request.path_params["code"]) is None:
        return unknown()
    root, host = request.scope.get("root_path", ""), request.headers.get("host", "localhost")
    return JSONResponse(addresses(request.url.scheme, host, root, request.path_params["code"]), headers=HEADERS)


def _device(request: Request | WebSocket, hub: Hub) -> Device:
    """Return the device that asks, as whoever its cookie stands for."""
    face, key = request.query_params.get("face", "phone"), request.cookies.get(COOKIE, "")
    device = Device(face if face in FACES else "phone", key if is_device(key) else "")
    identify(device, hub)
    return device


def identify(device: Device, hub: Hub) -> None:
    """Note who speaks by a device, in place."""
    if device.face == "console":
        device.who = FACILITATOR if hub.workshop.identities.leads(device.key) else ""
    elif device.face == "phone":
        device.who = hub.workshop.identities.who_has(device.key) if device.key else ""


async def socket(websocket: WebSocket) -> None:
    """Serve one device until it goes, or has been silent for 25 s."""
    hub = find_hub(websocket.path_params["code"])
    if not _from_here(websocket):
        await websocket.close(4403)
        return
    await websocket.accept()
    if hub is None:
        await websocket.send_text(encode({"t": "unknown"}))
        await websocket.close(4404)
        return
    device = _device(websocket, hub)
    hub.devices.add(device)
    _arrive(hub, device)
    writer = asyncio.create_task(_write(websocket, device))
    try:
        await _listen(websocket, hub, device)
    except (WebSocketDisconnect, TimeoutError, RuntimeError, ValueError):
        pass
    finally:
        hub.devices.discard(device)
        _depart(hub, device)
        writer.cancel()
        with contextlib.suppress(Exception):
            await websocket.close()


def _from_here(request: WebSocket | Request) -> bool:
    """Tell whether a page of this server asks: its Origin, where there is one, is the Host it asked, matched whole."""
    origin, host = request.headers.get("origin"), request.headers.get("host", "")
    return origin is None or origin.split("://", 1)[-1] == host


def _arrive(hub: Hub, device: Device) -> None:
    if device.who and device.who != FACILITATOR:
        hub.workshop.connect(device.who)


def _depart(hub: Hub, device: Device) -> None:
    if device.who and device.who != FACILITATOR:
        hub.workshop.disconnect(device.who)


async def _write(websocket: WebSocket, device: Device) -> None:
    while (text := await device.queue.get()) is not None:
        await websocket.send_text(text)
    await websocket.close()


async def _listen(websocket: WebSocket, hub: Hub, device: Device) -> None:
    while True:
        text = await asyncio.wait_for(websocket.receive_text(), DROPPED / 1000)
        message = read(text)
        if device.who and device.who != FACILITATOR:
            hub.workshop.hear(device.who)
        if message.get("t") == "seen":
            for part in hub.greet(device, message):
                device.send(part)
        elif message.get("t") == "beat":
            device.send(encode({"t": "beat", "now": hub.workshop.now()}))
        elif message.get("t") == "act":
            answer(hub, device, message)


def read(text: str) -> dict[str, Any]:
    """Return a message of a device; raises ValueError when it is none."""
    if len(text) > LONGEST_MESSAGE:
        raise ValueError("too long")
    message = json.loads(text, parse_constant=_refuse)
    if not isinstance(message, dict):
        raise ValueError("no message")
    return message


def _refuse(name: str) -> None:
    raise ValueError(name)


def answer(hub: Hub, device: Device, message: dict[str, Any]) -> None:
    """Do what a device asks and acknowledge it; the device then sees its own face at once."""
    ack = act(hub, device, message)
    device.send(encode({"t": "ack", "id": message.get("id"), **ack}))
    if ack.get("who") is not None:  # somebody came in by this device
        for part in hub.greet(device, {}):
            device.send(part)


def act(hub: Hub, device: Device, message: dict[str, Any]) -> dict[str, Any]:
    """Do an act in the name of whoever a device stands for; return its acknowledgement."""
    name, terms = message.get("act"), message.get("terms", {})
    if not isinstance(name, str) or not isinstance(terms, dict) or not all(key.isidentifier() for key in terms):
        return {"ok": False, "why": [say("This cannot be done from here.")]}
    number = str(message.get("id", ""))[:40]
    if name in DOORS:
        return DOORS[name](hub, device, {key: str(value)[:200] for key, value in terms.items()}, terms)
    if not device.who or {"act", "who", "id"} & set(terms):
        return {"ok": False, "why": [say("Join first.")]}
    return hub.workshop.do(name, device.who, number, **terms)


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
    _depart(hub, device)
    device.who = code
    if device in hub.devices:
        _arrive(hub, device)


DOORS: dict[str, Callable[[Hub, Device, dict[str, str], dict[str, Any]], dict[str, Any]]] = {
    "join": join, "return": come_back, "unlock": unlock, "show_pin": show_pin, "return_word": return_word, "rename": rename,
}  # fmt: skip


async def wait(request: Request) -> Response:
    """Return what a device has missed, at the latest after 25 s: for networks that let no socket through."""
    hub = find_hub(request.path_params["code"])
    if hub is None:
        return unknown()
    device = _device(request, hub)
    seen = {name: _whole(request.query_params.get(name)) for name in ("public", "mine")}
    hub.devices.add(device)
    _arrive(hub, device)
    try:
        missed = hub.greet(device, {**seen, "epoch": request.query_params.get("epoch")})
        if not any('"set":{"' in text for text in missed):
            with contextlib.suppress(TimeoutError):
                text = await asyncio.wait_for(device.queue.get(), LONGEST_WAIT)
                missed = [text] if text else missed
    finally:
        hub.devices.discard(device)
        _depart(hub, device)
    return Response(f"[{','.join(missed)}]", media_type="application/json", headers=HEADERS)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 12 else 0


async def post(request: Request) -> Response:
    """Do an act that came without a socket."""
    hub = find_hub(request.path_params["code"])
    if hub is None:
        return unknown()
    if not _from_here(request):
        return Response("foreign origin", 403, headers=HEADERS)
    try:
        message = read((await request.body()).decode())
    except ValueError:
        return Response("no message", 400, headers=HEADERS)
    device = _device(request, hub)
    if device.who and device.who != FACILITATOR:
        hub.workshop.hear(device.who)
    return JSONResponse({"t": "ack", "id": message.get("id"), **act(hub, device, message)}, headers=HEADERS)


ROUTES = [
    Route("/faces/{name:path}", file),
    Route("/w", page),
    Route("/w/hello", hello),
    Route("/w/{code}", page),
    Route("/w/{code}/park.json", park),
    Route("/w/{code}/address.json", address),
    Route("/w/{code}/dataset.zip", data_set),
    Route("/w/{code}/report.html", report),
    Route("/w/{code}/recording.ecopark", recording),
    Route("/w/{code}/wait", wait),
    Route("/w/{code}/act", post, methods=["POST"]),
    Route("/w/{code}/{face}", page),
    WebSocketRoute("/w/{code}/socket", socket),
]
app = Starlette(routes=ROUTES)
