"""Assets: links between two companies and equipment at a buyer live, wear, and are used again by later contracts."""

from __future__ import annotations

import math

from ..entities.codes import EQUIPMENT, LINK
from ..numerics.compiled import compiled
from .shared_pipes import find_pipe, fixed_beside, take_place


@compiled
def find_connection(s, owner, kind, other, key):
    """Return the row of a connection in `owner`'s chain, -1 when there is none.

    A link belongs to the seller and is known by buyer and pipe class, equipment to the buyer and is known by conversion.
    """
    place = s.companies[owner].connections - 1
    while place >= 0:
        connection = s.connections[place]
        if connection.kind == kind and connection.other == other and connection.key == key:
            return place
        place = connection.following - 1
    return -1


@compiled
def link_of(s, opportunity):
    """Return the row of the link that an opportunity would use, -1 when there is none."""
    pipe = s.conversions[opportunity.conversion].pipe
    return find_connection(s, opportunity.seller, LINK, opportunity.buyer, pipe)


@compiled
def equipment_of(s, opportunity):
    """Return the row of the equipment that an opportunity would use, -1 when there is none."""
    return find_connection(s, opportunity.buyer, EQUIPMENT, opportunity.buyer, opportunity.conversion)


@compiled
def wear(t, clock, s):
    """Take what has reached the end of its life out of the capacity of its connection, in place."""
    for place in range(clock.assets):
        asset = s.assets[place]
        if asset.worn == 0 and asset.ends <= t:
            asset.worn = 1
            s.connections[asset.connection].capacity -= asset.capacity
            s.connections[asset.connection].living -= 1


@compiled
def missing(p, s, connection, fixed, flow, quantity, held):
    """Return the capital [EUR] that a quantity still needs: the fixed part where nothing is there, capacity as far as it lacks.

    held: what a running contract of its own takes [unit/year].
    """
    if connection < 0 or s.connections[connection].living == 0:
        return fixed + flow * quantity
    wide = 1.0 + p.contract_band
    free = max(0.0, s.connections[connection].capacity - s.connections[connection].used + held * wide)
    lacking = quantity - free / wide
    return flow * lacking if lacking > 1e-9 * quantity else 0.0


@compiled
def missing_link(p, s, opportunity, quantity, held):
    """Return the capital of the link that a quantity still needs [EUR]."""
    conversion = s.conversions[opportunity.conversion]
    fixed = conversion.link_fixed * opportunity.distance
    flow = conversion.link_flow * opportunity.distance
    pipe = shared_pipe_of(p, s, opportunity, quantity)
    if pipe >= 0:
        fixed = fixed_beside(s, opportunity, pipe)
    return missing(p, s, link_of(s, opportunity), fixed, flow, quantity, held)


@compiled
def shared_pipe_of(p, s, opportunity, quantity):
    """Return the row of the pipe in which a new link for a quantity would have a place, -1 where it stands already or is laid alone."""
    if p.investment_shared_pipes == 0:
        return -1
    place = link_of(s, opportunity)
    if place >= 0 and s.connections[place].living > 0:
        return -1
    return find_pipe(p, s, opportunity, quantity)


@compiled
def missing_equipment(p, s, opportunity, quantity, held):
    """Return the capital of equipment that a quantity still needs [EUR]."""
    conversion = s.conversions[opportunity.conversion]
    place = equipment_of(s, opportunity)
    return missing(p, s, place, conversion.capital_fixed, conversion.capital_flow, quantity, held)


@compiled
def missing_capital(p, s, opportunity, quantity, held):
    """Return the capital [EUR] that an exchange still needs beside what stands and is not worn."""
    return missing_link(p, s, opportunity, quantity, held) + missing_equipment(p, s, opportunity, quantity, held)


@compiled
def capital_as_new(conversion, opportunity, quantity):
    """Return the capital [EUR] that an exchange needs where nothing stands."""
    fixed = conversion.link_fixed * opportunity.distance + conversion.capital_fixed
    flow = conversion.link_flow * opportunity.distance + conversion.capital_flow
    return fixed + flow * quantity


@compiled
def take(clock, s, opportunity, exchange, quantity):
    """Count what a contract takes of its connections [unit/year] (below zero: sets free), in place; they begin when first taken."""
    conversion = s.conversions[opportunity.conversion]
    wide = quantity * (1.0 + exchange.band)
    if conversion.link_fixed * opportunity.distance > 0.0 or conversion.link_flow * opportunity.distance > 0.0:
        place = link_of(s, opportunity)
        if place < 0:
            place = add_connection(clock, s, opportunity.seller, LINK, opportunity.buyer, conversion.pipe)
        s.connections[place].used += wide
    if conversion.capital_fixed > 0.0 or conversion.capital_flow > 0.0:
        place = equipment_of(s, opportunity)
        if place < 0:
            place = add_connection(clock, s, opportunity.buyer, EQUIPMENT, opportunity.buyer, opportunity.conversion)
        s.connections[place].used += wide


@compiled
def add_connection(clock, s, owner, kind, other, key):
    """Begin a connection without any asset, in place; return its row."""
    place = clock.connections
    clock.connections += 1
    connection = s.connections[place]
    connection.kind = kind
    connection.other = other
    connection.key = key
    connection.newest = 0
    connection.living = 0
    connection.capacity = 0.0
    connection.used = 0.0
    connection.following = s.companies[owner].connections
    s.companies[owner].connections = place + 1
    return place


@compiled
def build_assets(clock, s, opportunity, exchange, number, begins):
    """Build what is missing for contract `number`, ready in month `begins`, in place; it learns what it uses and when that wears."""
    conversion = s.conversions[opportunity.conversion]
    link = link_of(s, opportunity)
    equipment = equipment_of(s, opportunity)
    if exchange.link_capital > 0.0:
        add_asset(clock, s, link, exchange, number, begins, exchange.link_capital, conversion.link_life)
        if exchange.main > 0:
            take_place(s, s.assets[clock.assets - 1], exchange.main)
    if exchange.equipment_capital > 0.0:
        add_asset(clock, s, equipment, exchange, number, begins, exchange.equipment_capital, conversion.equipment_life)
    note_wear(s, opportunity, exchange)


@compiled
def note_wear(s, opportunity, exchange):
    """Note the newest asset a contract uses and the month in which the first of its assets wears, in place."""
    exchange.asset = -1
    exchange.wears = math.inf
    use_assets(s, link_of(s, opportunity), exchange)
    use_assets(s, equipment_of(s, opportunity), exchange)


@compiled
def use_assets(s, connection, exchange):
    """Note the newest asset a contract uses and the month in which the first of them wears, in place."""
    if connection < 0:
        return
    place = s.connections[connection].newest - 1
    while place >= 0:
        if exchange.asset < 0:
            exchange.asset = place
        if s.assets[place].worn == 0:
            exchange.wears = min(exchange.wears, s.assets[place].ends)
        place = s.assets[place].before - 1


@compiled
def add_asset(clock, s, connection, exchange, number, begins, capital, life):
    """Add an asset of the capacity that is lacking for a contract beside the others on its connection, in place."""
    place = clock.assets
    clock.assets += 1
    asset = s.assets[place]
    asset.connection = connection
    asset.exchange = number
    asset.worn = 0
    asset.main = 0
    lacking = s.connections[connection].used - s.connections[connection].capacity
    asset.capacity = max(0.0, min(lacking, exchange.quantity * (1.0 + exchange.band)))
    asset.capital = capital
    asset.share = exchange.share
    asset.begins = begins
    asset.ends = begins + 12.0 * life
    asset.before = s.connections[connection].newest
    s.connections[connection].newest = place + 1
    s.connections[connection].living += 1
    s.connections[connection].capacity += asset.capacity


@compiled
def life_of(conversion, exchange):
    """Return the years that the shortest-lived part lasts which is built for a contract; infinite when nothing is."""
    life = math.inf
    if exchange.link_capital > 0.0:
        life = conversion.link_life
    if exchange.equipment_capital > 0.0:
        life = min(life, conversion.equipment_life)
    return life
