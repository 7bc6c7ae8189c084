"""Where a workshop is reached: every address of this computer with its QR code, and whether others reach it."""

from __future__ import annotations

import os
import socket
from typing import Any

import segno

from ..stores.play.environment import HOST_VARIABLE

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def addresses(scheme: str, host: str, root: str, code: str) -> dict[str, Any]:
    """Return the links to a workshop with their QR codes as SVG data addresses; the first is the one to show.

    host: as the browser named this server. alone: whether only this computer reaches it.
    """
    port = host.rpartition(":")[2] if ":" in host.rsplit("]", 1)[-1] else ""
    found = own_addresses()
    names = [host] if is_alone() or not found else [f"{address}:{port}" if port else address for address in found]
    links = [f"{scheme}://{name}{root}/w/{code}" for name in names]
    every = [
        {"link": link, "qr": segno.make(link, error="m").svg_data_uri(scale=4, border=2, light="#ffffff")}
        for link in links
    ]
    return {**every[0], "all": every, "alone": is_alone()}


def own_addresses() -> list[str]:
    """Return the addresses of this computer in its networks; nothing is sent."""
    found = [own_address()]
    try:
        for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            found.append(str(entry[4][0]))
    except OSError:
        pass
    return [
        address
        for place, address in enumerate(found)
        if address not in found[:place] and not address.startswith("127.")
    ]


def own_address() -> str:
    """Return this machine's address in its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def is_alone() -> bool:
    """Tell whether the server listens to this machine only."""
    return os.environ.get(HOST_VARIABLE, "127.0.0.1") in LOOPBACK
