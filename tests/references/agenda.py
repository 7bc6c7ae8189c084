"""Agenda: quantity and capital of a talk at the values of the month."""

from __future__ import annotations

from tests.references.assets import missing_capital
from tests.references.deals import Talk
from tests.references.outside_option import set_outside
from tests.references.preferences import value_sides, want
from tests.references.screening import capital_as_new
from tests.references.shared_pipes import price_of_place, shared_pipe_of, years_left


def set_quantity(model, talk: Talk, quantity: float) -> None:
    """Quantity and capital of a talk about a new exchange."""
    talk.quantity = quantity
    set_capital_needed(model, talk, 0.0)
    talk.upkeep = talk.opportunity.om_share * capital_as_new(talk.opportunity, quantity)


def set_rebuilding(model, talk: Talk) -> None:
    """Capital that a renewal needs for what is worn or too small."""
    set_capital_needed(model, talk, talk.exchange.quantity)
    upkeep = talk.opportunity.om_share * capital_as_new(talk.opportunity, talk.quantity)
    talk.upkeep = upkeep if talk.capital + talk.grant > 0.0 else 0.0


def set_capital_needed(model, talk: Talk, held: float) -> None:
    """Capital beside what stands, its grant, its life and how it can be split; held: what its own contract takes."""
    opportunity, longest = talk.opportunity, model.p.contract_longest
    link, equipment = missing_capital(model, opportunity, talk.quantity, held)
    gross = link + equipment
    talk.main = shared_pipe_of(model, opportunity, talk.quantity)
    place = price_of_place(model, talk.main) if talk.main else 0.0
    talk.buy_in = (1.0 - model.lever.capital_grant) * place
    talk.grant = model.lever.capital_grant * (gross - place)
    talk.capital = gross - place - talk.grant + talk.buy_in
    life = years_left(model, talk.main) if talk.main else opportunity.link_life
    talk.life = min(longest, life) if link > 0.0 else longest
    talk.life = min(talk.life, opportunity.equipment_life) if equipment > 0.0 else talk.life
    talk.longest = talk.life
    talk.levels_of_split = model.p.negotiation_splits if gross > 0.0 else 1


def refresh_talks(model) -> None:
    """Set what every open talk is about at the values of the month."""
    for talk in model.talks:
        refresh(model, talk)


def refresh(model, talk: Talk) -> None:
    """Set one talk to the values of the month."""
    if talk.kind == "renewal":
        set_rebuilding(model, talk)
    value_sides(model, talk)
    set_outside(model, talk)
    want(model, talk)
