"""The plain page: routes and the socket by which a phone, a projector or a console meets its workshop."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
from functools import lru_cache, partial
from math import isfinite
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from ecopark.abm.input.text_files import parsed

from ..languages.translate import languages
from ..stores.play.people import FACILITATOR
from ..stores.play.presence import DROPPED
from ..view_models.faces.park import park_page
from .addresses import addresses
from .device_acts import act, arrive, depart, identify, number_of
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
    text = (FOLDER / "index.html").read_text(encoding="utf-8")
    for place, value in (("root", root), ("face", face), ("languages", " ".join(languages()))):
        text = text.replace(f"{{{place}}}", value)
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
    arrive(hub, device)
    writer = asyncio.create_task(_write(websocket, device))
    try:
        await _listen(websocket, hub, device)
    except (
        WebSocketDisconnect,
        TimeoutError,
        RuntimeError,
        ValueError,
        KeyError,
    ):  # KeyError: bytes, which no face sends
        pass
    finally:
        hub.devices.discard(device)
        depart(hub, device)
        writer.cancel()
        with contextlib.suppress(Exception):
            await websocket.close()


def _from_here(request: WebSocket | Request) -> bool:
    """Tell whether a page of this server asks: its Origin, where there is one, is the Host it asked, matched whole."""
    origin, host = request.headers.get("origin"), request.headers.get("host", "")
    return origin is None or origin.split("://", 1)[-1] == host


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
    message = parsed(partial(json.loads, parse_constant=_refuse, parse_float=_finite), text)
    if not isinstance(message, dict):
        raise ValueError("no message")
    return message


def _refuse(name: str) -> None:
    raise ValueError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError(digits)
    return number


def answer(hub: Hub, device: Device, message: dict[str, Any]) -> None:
    """Do what a device asks and acknowledge it; the device then sees its own face at once."""
    ack = act(hub, device, message)
    device.send(encode({"t": "ack", "id": number_of(message), **ack}))
    if ack.get("who") is not None:  # somebody came in by this device
        for part in hub.greet(device, {}):
            device.send(part)


async def wait(request: Request) -> Response:
    """Return what a device has missed, at the latest after 25 s: for networks that let no socket through."""
    hub = find_hub(request.path_params["code"])
    if hub is None:
        return unknown()
    device = _device(request, hub)
    seen = {name: _whole(request.query_params.get(name)) for name in ("public", "mine")}
    hub.devices.add(device)
    arrive(hub, device)
    try:
        missed = hub.greet(device, {**seen, "epoch": request.query_params.get("epoch")})
        if not any('"set":{"' in text for text in missed):
            with contextlib.suppress(TimeoutError):
                text = await asyncio.wait_for(device.queue.get(), LONGEST_WAIT)
                missed = [text] if text else missed
    finally:
        hub.devices.discard(device)
        depart(hub, device)
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
    return JSONResponse({"t": "ack", "id": number_of(message), **act(hub, device, message)}, headers=HEADERS)


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
