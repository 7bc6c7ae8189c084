"""Agenda: what a talk is about at the values of the month: quantity, capital still missing, worth, outside options, least gains."""

from __future__ import annotations

from ...entities.codes import RENEWAL
from ...numerics.compiled import compiled
from ..assets import capital_as_new, missing_equipment, missing_link, shared_pipe_of
from ..shared_pipes import price_of_place, years_left
from .outside_option import link_talks, set_outside
from .preferences import value_talk, want


@compiled
def set_quantity(p, lever, s, talk, quantity):
    """Set what a talk about a new exchange is for, in place: the quantity, the capital it still needs, its life and upkeep."""
    talk.quantity = quantity
    set_capital_needed(p, lever, s, talk, 0.0)
    opportunity = s.opportunities[talk.opportunity]
    conversion = s.conversions[opportunity.conversion]
    talk.upkeep = conversion.om_share * capital_as_new(conversion, opportunity, quantity)


@compiled
def set_rebuilding(p, lever, s, talk):
    """Set the capital that a renewal needs for what is worn or too small, in place; without any, what is sunk stays divided as it is."""
    exchange = s.exchanges[talk.exchange]
    set_capital_needed(p, lever, s, talk, exchange.quantity)
    talk.upkeep = 0.0
    if talk.capital + talk.grant > 0.0:
        opportunity = s.opportunities[talk.opportunity]
        conversion = s.conversions[opportunity.conversion]
        talk.upkeep = conversion.om_share * capital_as_new(conversion, opportunity, talk.quantity)


@compiled
def set_capital_needed(p, lever, s, talk, held):
    """Set the capital that the quantity of a talk needs beside what stands, its grant, its life and how it can be split, in place.

    held: what a running contract of its own takes [unit/year]. A place in a shared pipe is priced net of the grant and gets none of
    its own: nothing is built for it.
    """
    opportunity = s.opportunities[talk.opportunity]
    conversion = s.conversions[opportunity.conversion]
    link = missing_link(p, s, opportunity, talk.quantity, held)
    equipment = missing_equipment(p, s, opportunity, talk.quantity, held)
    gross = link + equipment
    pipe = shared_pipe_of(p, s, opportunity, talk.quantity)
    place = price_of_place(s, pipe) if pipe >= 0 else 0.0
    talk.main = pipe + 1
    talk.buy_in = (1.0 - lever.capital_grant) * place
    talk.grant = lever.capital_grant * (gross - place)
    talk.capital = gross - place - talk.grant + talk.buy_in
    talk.life = p.contract_longest
    if link > 0.0:
        talk.life = min(talk.life, conversion.link_life if pipe < 0 else years_left(s, pipe))
    if equipment > 0.0:
        talk.life = min(talk.life, conversion.equipment_life)
    talk.longest = talk.life
    talk.splits = p.negotiation_splits if gross > 0.0 else 1


@compiled
def refresh_talks(t, p, clock, lever, s):
    """Set what every open talk is about at the values of the month, in place: worth, outside options, least gains, guesses."""
    first, after = link_talks(s, clock.talks)
    for row in range(clock.talks):
        refresh(t, p, lever, s, row, first, after)


@compiled
def refresh(t, p, lever, s, row, first, after):
    """Set one talk to the values of the month, in place."""
    talk = s.talks[row]
    if talk.kind == RENEWAL:
        set_rebuilding(p, lever, s, talk)
    value_talk(p, lever, s, talk)
    set_outside(t, p, lever, s, talk, row, first, after)
    want(t, p, lever, s, talk)
