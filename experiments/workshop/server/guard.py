"""What stands before every request: hosts, origins, headers of proxies, limits; and what every answer carries.

One ASGI wrapper over the whole application, HTTP and websockets alike. Hosts and origins are compared whole, never by how
they begin (CVE-2026-21883 of Bokeh, CVE-2026-40110 of Jupyter Server).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from .answers import with_safe_headers

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Header = tuple[bytes, bytes]

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
MOST_BYTES = 16 * 2**20  # of the body of a request
MOST_SOCKETS = 400  # pages that are open at one time
CLOSED = ("/resourcez",)  # addresses that tell of the server's inside
FROM_PROXIES = (b"forwarded", b"script-name", b"x-script-name", b"x-real-ip")


@dataclass(frozen=True)
class Access:
    """Who may reach the server under which names.

    port: it listens on. exposed: whether others than this machine can open it. names: further names, each as `name` or
    `name:port`. root_path: prefix under which a proxy serves it. proxies: addresses whose X-Forwarded headers count.
    """

    port: int
    exposed: bool = False
    names: tuple[str, ...] = ()
    root_path: str = ""
    proxies: tuple[str, ...] = ()

    def is_known(self, host: str, own: str) -> bool:
        """Tell whether a Host header names this server. own: the address of this machine that was reached."""
        known = {f"{name}:{self.port}" for name in LOOPBACK}
        if self.exposed:
            known |= {_with_port(own, self.port), *self.names, *(f"{name}:{self.port}" for name in self.names)}
        return host.lower() in {name.lower() for name in known} or (self.port == 80 and f"{host.lower()}:80" in known)


def _with_port(address: str, port: int) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


@dataclass
class Guard:
    """The wrapped application."""

    app: App
    access: Access
    _open: int = field(default=0, init=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        scope = self._without_hints(scope)
        refusal = self._refusal(scope)
        if refusal is not None:
            await _refuse(scope, receive, send, *refusal)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self.app(scope, _limited(receive), with_safe_headers(send, scope["scheme"] == "https"))

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a websocket, and count it while it is open."""
        self._open += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._open -= 1

    def _without_hints(self, scope: Scope) -> Scope:
        """Return the request without headers that speak for a proxy; of a named proxy scheme and client are taken first."""
        headers: list[Header] = scope["headers"]
        client = scope.get("client")
        fresh = {**scope, "root_path": self.access.root_path}
        if client and client[0] in self.access.proxies:
            said = {name.lower(): value.decode("latin-1").strip() for name, value in headers}
            scheme = said.get(b"x-forwarded-proto", "").lower()
            if scheme in ("http", "https"):
                fresh["scheme"] = {"http": "ws", "https": "wss"}[scheme] if scope["type"] == "websocket" else scheme
            origin = said.get(b"x-forwarded-for", "").rpartition(",")[2].strip()
            fresh["client"] = (origin or client[0], client[1])
        fresh["headers"] = [
            (name, value)
            for name, value in headers
            if name.lower() not in FROM_PROXIES and not name.lower().startswith(b"x-forwarded")
        ]
        return fresh

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Return the status and the reason of a request that is refused."""
        hosts, origins = (_all(scope["headers"], name) for name in (b"host", b"origin"))
        own = (scope.get("server") or ("", 0))[0]
        if len(hosts) != 1 or not self.access.is_known(hosts[0], own):
            return 403, "This server is not called so. Further names are given by `ecopark app --name NAME`."
        secure = scope["scheme"] in ("https", "wss")
        is_own = [origin.lower() for origin in origins] == [f"{'https' if secure else 'http'}://{hosts[0].lower()}"]
        if (scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS) and not is_own:
            return 403, "Only the server's own pages may ask this."
        path = scope["path"].removeprefix(self.access.root_path)
        if path.rstrip("/").lower() in CLOSED:
            return 404, "There is no such page."
        if scope["type"] == "websocket" and self._open >= MOST_SOCKETS:
            return 503, f"More than {MOST_SOCKETS} pages are open; close some."
        if any(
            not length.isdigit() or int(length) > MOST_BYTES for length in _all(scope["headers"], b"content-length")
        ):
            return 413, f"At most {MOST_BYTES // 2**20} MB."
        return None


def guard(app: App, access: Access) -> App:
    """Return an application that answers only those whom it is meant for."""
    return Guard(app, replace(access, root_path=access.root_path.rstrip("/")))


def _all(headers: Iterable[Header], name: bytes) -> list[str]:
    return [value.decode("latin-1").strip() for key, value in headers if key.lower() == name]


def _limited(receive: Receive) -> Receive:
    """Return a channel that ends a body which grows beyond the limit, whatever its header says."""
    seen = 0

    async def channel() -> Any:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > MOST_BYTES else message

    return channel


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, reason: str) -> None:
    """Answer with a status and one sentence."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": reason})  # before it is accepted: HTTP 403
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": reason.encode()})
