"""Shared pipes (an option, off by default): a new line may lie beside a pipe that stands and buy a place in it.

The users of one leg of d km cost d (F + f sum Q): the fixed part serves all, capacity is everybody's own. The Shapley value of
that game is d F / m and the own capacity each (Littlechild and Owen 1973, doi:10.1287/mnsc.20.3.370); it is in the core, since
the game is convex (Shapley 1971, doi:10.1007/BF01753431). So who comes later lays its own capacity and its own way to the leg,
and pays an equal share of the fixed part that is left of its life to those who are in it.
"""

from __future__ import annotations

import math

from ..entities.accounts import BUY_IN
from ..entities.codes import AGREED, ENDED, LINK
from ..numerics.compiled import compiled
from .ledger import pay, row_of


@compiled
def find_pipe(p, s, opportunity, quantity):
    """Return the row of the pipe (of `assets`) beside which a line costs least a year of its life, the older of equals.

    -1 where a pipe of its own costs no more. Both ends of the pipe lie within `investment.corridor` of those of the new line, somebody
    uses it, and it lasts at least as long as the standard term.
    """
    conversion = s.conversions[opportunity.conversion]
    fixed = conversion.link_fixed * opportunity.distance
    least = fixed + conversion.link_flow * opportunity.distance * quantity
    found = -1
    if fixed <= 0.0:
        return found
    for owner in range(len(s.companies)):
        if apart(s, owner, opportunity.seller) > p.investment_corridor:
            continue
        place = s.companies[owner].connections - 1
        while place >= 0:
            pipe = pipe_beside(p, s, opportunity, place)
            if pipe >= 0:
                cost = cost_of_a_life(p, s, opportunity, pipe, quantity)
                if cost < least or (cost == least and -1 < pipe < found):
                    least = cost
                    found = pipe
            place = s.connections[place].following - 1
    return found


@compiled
def apart(s, one, other):
    """Return how far two companies are apart in a straight line [km]."""
    east = s.companies[one].x - s.companies[other].x
    north = s.companies[one].y - s.companies[other].y
    return math.sqrt(east * east + north * north)


@compiled
def pipe_beside(p, s, opportunity, place):
    """Return the row of the pipe that a connection offers a new line, -1 for none; where that has a place itself, none."""
    connection = s.connections[place]
    conversion = s.conversions[opportunity.conversion]
    if connection.kind != LINK or connection.key != conversion.pipe or connection.living == 0:
        return -1
    if apart(s, connection.other, opportunity.buyer) > p.investment_corridor:
        return -1
    pipe = oldest_living(s, place)
    if s.assets[pipe].main > 0 or years_left(s, pipe) < conversion.term or count_users(s, pipe) == 0:
        return -1
    return pipe


@compiled
def oldest_living(s, place):
    """Return the row of the oldest asset of a connection that is not worn, -1 for none."""
    found = -1
    row = s.connections[place].newest - 1
    while row >= 0:
        if s.assets[row].worn == 0:
            found = row
        row = s.assets[row].before - 1
    return found


@compiled
def years_left(s, pipe):
    """Return the whole years that a pipe still lasts."""
    return float(math.floor((s.assets[pipe].ends - s.clock[0].month) / 12.0))


@compiled
def holds_place(s, pipe, row):
    """Tell whether asset `row` is a pipe or has a place in it, and contracts use it now."""
    asset = s.assets[row]
    if row != pipe and (asset.main != pipe + 1 or asset.worn == 1):
        return False
    connection = s.connections[asset.connection]
    return connection.used > 1e-9 * connection.capacity


@compiled
def count_users(s, pipe):
    """Return how many pairs of companies are in a pipe now: who laid it and who has bought a place, as far as they use it."""
    users = 0
    for row in range(s.clock[0].assets):
        if holds_place(s, pipe, row):
            users += 1
    return users


@compiled
def fixed_left(s, pipe):
    """Return the fixed part of the capital of a pipe [EUR] that is left of its life, as a straight line."""
    asset = s.assets[pipe]
    opportunity = s.opportunities[s.exchanges[asset.exchange].opportunity]
    left = min(1.0, (asset.ends - s.clock[0].month) / (asset.ends - asset.begins))
    return s.conversions[opportunity.conversion].link_fixed * opportunity.distance * left


@compiled
def price_of_place(s, pipe):
    """Return what a place in a pipe costs one user more [EUR], without a grant: an equal share of the fixed part that is left."""
    return fixed_left(s, pipe) / (count_users(s, pipe) + 1.0)


@compiled
def fixed_beside(s, opportunity, pipe):
    """Return the fixed capital [EUR] of a line beside a pipe: the place in it, and the own way from both ends to it."""
    laid = s.exchanges[s.assets[pipe].exchange]
    way = apart(s, laid.seller, opportunity.seller) + apart(s, laid.buyer, opportunity.buyer)
    return price_of_place(s, pipe) + s.conversions[opportunity.conversion].link_fixed * way


@compiled
def cost_of_a_life(p, s, opportunity, pipe, quantity):
    """Return what a line beside a pipe costs [EUR] for as many years as a new one lasts: it wears with the pipe.

    Its life begins when a contract signed now would be ready: the month of building, lead time and permit.
    """
    conversion = s.conversions[opportunity.conversion]
    ready = s.clock[0].month + 2.0 + math.ceil(conversion.lead + conversion.permit * p.investment_permit_months)
    lasts = min(1.0, (s.assets[pipe].ends - ready) / (12.0 * conversion.link_life))
    capacity = conversion.link_flow * opportunity.distance * quantity
    return (fixed_beside(s, opportunity, pipe) + capacity) / lasts if lasts > 0.0 else math.inf


@compiled
def buy_in(p, clock, s, exchange, number):
    """Let contract `number` pay for its place, in equal parts to those who are in the pipe now, in place.

    Where nobody is any more, nothing is owed.
    """
    pipe = exchange.main - 1
    users = count_users(s, pipe)
    if users == 0:
        exchange.capital = max(0.0, exchange.capital - exchange.buy_in)
        exchange.buy_in = 0.0
        return
    for row in range(clock.assets):
        if holds_place(s, pipe, row):
            receive(p, clock, s, user_of(clock, s, s.assets[row]), exchange.buy_in / users)


@compiled
def user_of(clock, s, asset):
    """Return the number of the oldest contract that uses the connection of an asset."""
    built = s.exchanges[asset.exchange]
    pipe = s.connections[asset.connection].key
    for number in range(clock.exchanges):
        exchange = s.exchanges[number]
        if exchange.stage < AGREED or exchange.stage == ENDED:
            continue
        same = exchange.seller == built.seller and exchange.buyer == built.buyer
        if same and s.conversions[s.opportunities[exchange.opportunity].conversion].pipe == pipe:
            return number
    return asset.exchange


@compiled
def receive(p, clock, s, number, amount):
    """Let both sides of contract `number` receive an amount [EUR] as they bore its capital, in place."""
    exchange = s.exchanges[number]
    row = row_of(clock, s, exchange, number)
    row.buy_in_seller -= exchange.share * amount
    row.buy_in_buyer -= (1.0 - exchange.share) * amount
    pay(p, clock, s, exchange.seller, BUY_IN, -exchange.share * amount)
    pay(p, clock, s, exchange.buyer, BUY_IN, -(1.0 - exchange.share) * amount)


@compiled
def take_place(s, asset, main):
    """Let a new asset lie beside pipe `main` (1 + row), in place: it wears with it; the first of its connection is a user of it."""
    asset.ends = s.assets[main - 1].ends
    if s.connections[asset.connection].living == 1:
        asset.main = main
