"""What every answer of the server carries: no frames, no guessing of types, cookies that scripts and other sites do not get."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

Send = Callable[[Any], Awaitable[None]]
FRAMES = b"frame-ancestors 'none'"
ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
)


def with_safe_headers(send: Send, secure: bool) -> Send:
    """Return a channel that completes the headers of each answer. secure: whether the browser came by HTTPS."""

    async def channel(message: Any) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": safe_headers(message.get("headers", ()), secure)}
        await send(message)

    return channel


def safe_headers(headers: Any, secure: bool) -> list[tuple[bytes, bytes]]:
    """Return the headers of an answer, completed."""
    own = {name for name, _ in ALWAYS}
    kept = [(bytes(name), bytes(value)) for name, value in headers if bytes(name).lower() not in own]
    complete = []
    has_policy = False
    for name, value in kept:
        if name.lower() == b"set-cookie":
            value = safe_cookie(value, secure)
        if name.lower() == b"content-security-policy":
            has_policy = True
            value = value if b"frame-ancestors" in value else value.rstrip(b"; ") + b"; " + FRAMES
        complete.append((name, value))
    policy = [] if has_policy else [(b"content-security-policy", FRAMES)]
    return [*complete, *ALWAYS, *policy]


def safe_cookie(value: bytes, secure: bool) -> bytes:
    """Return a cookie that no script reads and no other site sends along, and that HTTPS alone carries where there is HTTPS."""
    content, *terms = [part.strip() for part in value.split(b";")]
    kept = [term for term in terms if term.split(b"=")[0].lower() not in (b"httponly", b"samesite", b"secure")]
    strict = [term for term in terms if term.lower() == b"samesite=strict"]
    return b"; ".join([content, *kept, b"HttpOnly", *(strict or [b"SameSite=Lax"]), *([b"Secure"] if secure else [])])
