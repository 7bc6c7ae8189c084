"""The plain pages of workshops on a port of their own in this process, and a client that speaks their language."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import uvicorn
import websockets

from ecopark.experiments.workshop.server import hub, routes, workshops
from ecopark.experiments.workshop.stores.play import process


def run_aside(play):
    """Run a coroutine in a thread of its own, whose loop is no matter to a browser that is open in this one; return its answer."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, play).result()


@contextmanager
def serving(registry):
    """Serve the workshops of a registry; every frame is checked against the whitelist of its face."""
    before, checked = list(process._REGISTRY), hub.CHECKED
    process._REGISTRY[:] = [registry]
    hub.CHECKED = True
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(
            routes.app,
            host="127.0.0.1",
            port=port,
            log_level="warning",
            ws="websockets-sansio",
            timeout_graceful_shutdown=2,
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"127.0.0.1:{port}"
    finally:
        for opened in list(workshops._HUBS.values()):  # each in its own loop: none outlives it
            opened._loop.call_soon_threadsafe(opened.close)
        server.should_exit = True
        thread.join(60)
        assert not thread.is_alive(), "the server does not stop: its sockets stay open"
        workshops._HUBS.clear()
        process._REGISTRY[:] = before
        hub.CHECKED = checked


def get(address: str, path: str, cookie: str = "", **headers: str):
    request = urllib.request.Request(
        f"http://{address}{path}", headers={**({"Cookie": cookie} if cookie else {}), **headers}
    )
    return urllib.request.urlopen(request, timeout=10)


def cookie_of(address: str, code: str) -> str:
    with get(address, f"/w/{code}") as answer:
        return re.match(r"ecopark_device=[\w-]+", answer.headers["set-cookie"]).group()


class Client:
    """A device. public, mine: what it shows. heard: every message as text. acks: how long each act took [s]."""

    def __init__(self, address: str, code: str, face: str = "phone", cookie: str = ""):
        self.address, self.code, self.face, self.cookie = address, code, face, cookie
        self.public: dict = {}
        self.mine: dict = {}
        self.seen = {"public": 0, "mine": 0, "epoch": ""}
        self.who = None
        self.heard: list[str] = []
        self.stamps: list[float] = []
        self.acks: list[float] = []
        self.waiting: dict[str, asyncio.Future] = {}
        self.count = 0
        self.socket = None

    async def connect(self, **headers: str):
        self.socket = await websockets.connect(
            f"ws://{self.address}/w/{self.code}/socket?face={self.face}",
            additional_headers={"Cookie": self.cookie, **headers}, open_timeout=30,
        )  # fmt: skip
        self.reader = asyncio.create_task(self.read())
        self.greeted = asyncio.get_running_loop().create_future()
        await self.socket.send(json.dumps({"t": "seen", **self.seen}))
        await asyncio.wait_for(self.greeted, 30)
        return self

    async def read(self):
        try:
            async for text in self.socket:
                self.take(text)
        except websockets.ConnectionClosed:
            pass

    def take(self, text: str):
        self.heard.append(text)
        self.stamps.append(time.monotonic())
        message = json.loads(text)
        if message["t"] in ("frame", "mine"):
            part, name = (self.public, "public") if message["t"] == "frame" else (self.mine, "mine")
            part.update(message["set"])
            self.seen[name], self.seen["epoch"] = message["n"], message["epoch"]
        elif message["t"] == "hello":
            self.who = message["who"]
            if not self.greeted.done():
                self.greeted.set_result(True)
        elif message["t"] == "ack" and message["id"] in self.waiting:
            self.waiting.pop(message["id"]).set_result(message)

    async def act(self, act: str, id: str = "", **terms):
        self.count += 1
        number = id or f"{id_of(self)}-{self.count}"
        answered = self.waiting[number] = asyncio.get_running_loop().create_future()
        began = time.monotonic()
        await self.socket.send(json.dumps({"t": "act", "id": number, "act": act, "terms": terms}))
        ack = await asyncio.wait_for(answered, 30)
        self.acks.append(time.monotonic() - began)
        return ack

    async def until(self, true, seconds: float = 10.0):
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, "it never came"
            await asyncio.sleep(0.02)

    async def cut(self):
        """Lose the connection without a goodbye."""
        self.socket.transport.abort()
        await asyncio.wait([self.reader])
        await self.socket.close()

    async def close(self):
        if self.socket is not None:
            await self.socket.close()


def id_of(client: Client) -> str:
    return f"{id(client):x}"


async def people(address: str, code: str, count: int) -> list[Client]:
    """Let so many people join, each with a device of their own."""

    async def one(place: int) -> Client:
        cookie = await asyncio.to_thread(cookie_of, address, code)
        client = await Client(address, code, cookie=cookie).connect()
        ack = await client.act("join", name=f"Person {place}", consent=True, language="en", device="phone")
        assert ack["ok"], ack
        await client.until(lambda: "who" in client.mine)
        return client

    return list(await asyncio.gather(*(one(place) for place in range(count))))
