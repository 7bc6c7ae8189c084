"""Assets: links between two companies and equipment at a buyer live, wear and are used again."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

from tests.references.shared_pipes import fixed_beside, shared_pipe_of


@dataclass(slots=True, eq=False)
class Asset:
    """A link, or the equipment of a conversion at the buyer."""

    number: int
    is_link: bool
    exchange: Any
    capacity: float
    begins: float
    ends: float
    capital: float
    share: float
    connection: Any
    worn: bool = False
    main: Asset | None = None


@dataclass(slots=True, eq=False)
class Connection:
    """What has been built for one purpose, and how much of it contracts take [unit/year]."""

    assets: list[Asset]
    used: float = 0.0
    capacity: float = 0.0

    @property
    def living(self) -> int:
        """How many of its assets are not worn."""
        return sum(not asset.worn for asset in self.assets)


def wear(model) -> None:
    """Take what has reached the end of its life out of the capacity of its connection."""
    for asset in model.assets:
        if not asset.worn and asset.ends <= model.month:
            asset.worn = True
            asset.connection.capacity -= asset.capacity


def keys_of(opportunity) -> tuple[tuple, tuple]:
    """What tells the link of an opportunity and its equipment from all others."""
    return ("link", opportunity.seller, opportunity.buyer, opportunity.pipe), (
        "equipment",
        opportunity.buyer,
        opportunity.conversion,
    )


def missing_capital(model, opportunity, quantity: float, held: float = 0.0) -> tuple[float, float]:
    """Capital of link and equipment that is still missing [EUR]; `held`: what a running contract of its own takes."""
    link, equipment = keys_of(opportunity)
    pipe = shared_pipe_of(model, opportunity, quantity)
    fixed = fixed_beside(model, opportunity, pipe) if pipe else opportunity.link_fixed
    return (
        missing(model, link, fixed, opportunity.link_flow, quantity, held),
        missing(model, equipment, opportunity.equipment_fixed, opportunity.equipment_flow, quantity, held),
    )


def missing(model, key: tuple, fixed: float, flow: float, quantity: float, held: float) -> float:
    """The fixed part where nothing is there, and capacity as far as it lacks."""
    connection = model.connections.get(key)
    if connection is None or not connection.living:
        return fixed + flow * quantity
    wide = 1.0 + model.p.contract_band
    free = max(0.0, connection.capacity - connection.used + held * wide)
    lacking = quantity - free / wide
    return flow * lacking if lacking > 1e-9 * quantity else 0.0


def take(model, exchange, quantity: float) -> None:
    """Count what a contract takes of its connections (below zero: sets free); they are planned when first taken."""
    opportunity = exchange.opportunity
    link, equipment = keys_of(opportunity)
    for key, fixed, flow in (
        (link, opportunity.link_fixed, opportunity.link_flow),
        (equipment, opportunity.equipment_fixed, opportunity.equipment_flow),
    ):
        if fixed > 0.0 or flow > 0.0:
            connection = model.connections.setdefault(key, Connection([]))
            connection.used += quantity * (1.0 + exchange.band)


def build_assets(model, exchange, begins: float) -> None:
    """Build what is missing for a contract, ready in month `begins`."""
    opportunity = exchange.opportunity
    link, equipment = keys_of(opportunity)
    for key, capital, life in (
        (link, exchange.link_capital, opportunity.link_life),
        (equipment, exchange.equipment_capital, opportunity.equipment_life),
    ):
        if capital > 0.0:
            add(model, exchange, key, begins, capital, life)
            if key is link and exchange.main:
                take_place(model.assets[-1], exchange.main)
    note_wear(model, exchange)


def take_place(asset: Asset, pipe: Asset) -> None:
    """A line beside a pipe wears with it; the first of its connection has a place in it."""
    asset.ends = pipe.ends
    if asset.connection.living == 1:
        asset.main = pipe


def note_wear(model, exchange) -> None:
    """The contract learns what it uses and when the first of that wears."""
    exchange.asset, exchange.wears = -1, inf
    for key in keys_of(exchange.opportunity):
        connection = model.connections.get(key)
        for asset in reversed(connection.assets) if connection else ():
            if exchange.asset < 0:
                exchange.asset = asset.number
            if not asset.worn:
                exchange.wears = min(exchange.wears, asset.ends)


def add(model, exchange, key: tuple, begins: float, capital: float, life: float) -> None:
    """Add an asset of the capacity that lacks for a contract beside the others on its connection."""
    connection = model.connections[key]
    lacking = min(connection.used - connection.capacity, exchange.quantity * (1.0 + exchange.band))
    asset = Asset(
        len(model.assets), key[0] == "link", exchange, max(0.0, lacking), begins, begins + 12.0 * life, capital,
        exchange.share, connection,
    )  # fmt: skip
    connection.capacity += asset.capacity
    model.assets.append(asset)
    connection.assets.append(asset)
