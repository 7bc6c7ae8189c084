"""The link to a room and its QR code, at an address that other devices can reach."""

from __future__ import annotations

import os
import socket
from urllib.parse import urlsplit, urlunsplit

import segno

from ..stores.play.environment import HOST_VARIABLE

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def reachable(origin: str) -> str:
    """Return the origin with this machine's address in the network where the page was opened by a loopback name."""
    parts = urlsplit(origin)
    if parts.hostname not in LOOPBACK or is_alone():
        return origin
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit((parts.scheme, f"{own_address()}{port}", "", "", ""))


def is_alone() -> bool:
    """Tell whether the server listens to this machine only."""
    return os.environ.get(HOST_VARIABLE, "127.0.0.1") in LOOPBACK


def own_address() -> str:
    """Return this machine's address in its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def invitation(origin: str, code: str) -> tuple[str, str]:
    """Return the link to a room and its QR code as an SVG data address."""
    link = f"{reachable(origin).rstrip('/')}/?room={code}"
    return link, segno.make(link, error="m").svg_data_uri(scale=4, border=2, light="#ffffff", dark="#000000")
