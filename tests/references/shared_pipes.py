"""Shared pipes: a new line lies beside a pipe that stands and buys a place in it."""

from __future__ import annotations

from math import ceil, floor, inf, sqrt

from ecopark.abm.entities import accounts
from tests.references.ledger import pay_item
from tests.references.things import Stage


def shared_pipe_of(model, opportunity, quantity: float):
    """The pipe in which a new link for a quantity would have a place; None where it stands already or is laid alone."""
    own = model.connections.get(("link", opportunity.seller, opportunity.buyer, opportunity.pipe))
    if not model.p.investment_shared_pipes or (own is not None and own.living):
        return None
    pipes = [pipe for key, one in model.connections.items() if (pipe := pipe_beside(model, opportunity, key, one))]
    own = opportunity.link_fixed + opportunity.link_flow * quantity
    costs = {pipe: cost_of_a_life(model, opportunity, pipe, quantity) for pipe in pipes}
    cheaper = [pipe for pipe in pipes if costs[pipe] < own]
    return min(cheaper, key=lambda pipe: (costs[pipe], pipe.number), default=None)


def apart(one, other) -> float:
    """How far two companies are apart in a straight line [km]."""
    east, north = one.x - other.x, one.y - other.y
    return sqrt(east * east + north * north)


def pipe_beside(model, opportunity, key: tuple, connection):
    """The pipe that a connection offers a new line: of its class, both ends near, not itself in another, long-lived and in use."""
    kind, seller, *rest = key
    living = [asset for asset in connection.assets if not asset.worn]
    if kind != "link" or not living:
        return None
    buyer, pipe_class = rest
    corridor, pipe = model.p.investment_corridor, living[0]
    near = apart(seller, opportunity.seller) <= corridor and apart(buyer, opportunity.buyer) <= corridor
    if not near or pipe_class != opportunity.pipe or pipe.main or years_left(model, pipe) < opportunity.term:
        return None
    return pipe if users_of(model, pipe) else None


def years_left(model, pipe) -> float:
    """Whole years that a pipe still lasts."""
    return float(floor((pipe.ends - model.month) / 12.0))


def users_of(model, pipe) -> list:
    """Who is in a pipe now, by what was built: the pipe and the lines beside it, as far as contracts use them."""
    inside = [asset for asset in model.assets if asset is pipe or (asset.main is pipe and not asset.worn)]
    return [asset for asset in inside if asset.connection.used > 1e-9 * asset.connection.capacity]


def price_of_place(model, pipe) -> float:
    """An equal share, with one user more, of the fixed part that is left of the life [EUR]."""
    left = min(1.0, (pipe.ends - model.month) / (pipe.ends - pipe.begins))
    return pipe.exchange.opportunity.link_fixed * left / (len(users_of(model, pipe)) + 1.0)


def fixed_beside(model, opportunity, pipe) -> float:
    """Fixed capital of a line beside a pipe [EUR]: the place, and the own way to it."""
    laid = pipe.exchange
    way = apart(laid.seller, opportunity.seller) + apart(laid.buyer, opportunity.buyer)
    return price_of_place(model, pipe) + opportunity.link_per_km * way


def cost_of_a_life(model, opportunity, pipe, quantity: float) -> float:
    """What a line beside a pipe costs [EUR] for as many years as a new one lasts, from when it could be ready: it wears with the pipe."""
    ready = model.month + 2.0 + ceil(opportunity.lead + opportunity.permit * model.p.investment_permit_months)
    lasts = min(1.0, (pipe.ends - ready) / (12.0 * opportunity.link_life))
    return (fixed_beside(model, opportunity, pipe) + opportunity.link_flow * quantity) / lasts if lasts > 0.0 else inf


def buy_in(model, exchange) -> None:
    """Pay for the place, in equal parts to who is in the pipe now; where nobody is any more nothing is owed."""
    users = users_of(model, exchange.main)
    if not users:
        exchange.capital = max(0.0, exchange.capital - exchange.buy_in)
        exchange.buy_in = 0.0
    part = exchange.buy_in / max(1, len(users))
    for asset in users:
        contract = user_of(model, asset)
        pay_item(model, contract, accounts.BUY_IN, "buy_in_seller", True, -contract.share * part)
        pay_item(model, contract, accounts.BUY_IN, "buy_in_buyer", False, -(1.0 - contract.share) * part)


def user_of(model, asset):
    """The oldest contract that uses the connection of an asset."""
    built, pipe = asset.exchange, asset.exchange.opportunity.pipe
    for exchange in model.exchanges:
        same = exchange.seller is built.seller and exchange.buyer is built.buyer and exchange.opportunity.pipe == pipe
        if same and exchange.stage is not Stage.ENDED:
            return exchange
    return built
