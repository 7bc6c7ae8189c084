"""A person in a seat who is held up: the demand waits as a talk with a last offer, and nothing moves without the person."""

from __future__ import annotations

import numpy as np
import pytest

from ecopark.abm.entities.codes import HOLD_UP_TALK, OPERATING
from ecopark.abm.input.errors import InputError
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.interventions.seats import advise, decide, find_talk, take_seat, waiting_talks
from ecopark.abm.interventions.talks import meet
from ecopark.abm.park import Park

GREEDY = {"investment.hold_up": 1.0, "investment.enforcement": 0.0, "trust.start": 0.3, "trust.exit": 0.0}


@pytest.fixture(scope="module")
def kept():
    """A park in which demands come often, at the first demand on a person, and the number of that talk."""
    park = Park(load_scenario("kalundborg", GREEDY), 1)
    park.advance(12 * 25)
    for _ in range(240):
        # every buyer with sunk capital is a person, every seller an agent
        sunk = np.flatnonzero((park.state.exchanges.stage == OPERATING) & (park.state.exchanges.capital > 0))
        buyers = set(park.state.exchanges.buyer[sunk].tolist()) - set(park.state.exchanges.seller[sunk].tolist())
        for place, company in enumerate(park.names):
            take_seat(park, company, place in buyers)
        park.advance(1)
        talks = park.state.talks[: int(park.state.clock.talks[0])]
        found = np.flatnonzero(talks.kind == HOLD_UP_TALK)
        if len(found):
            return park, int(talks.number[found[0]])
    raise AssertionError("nobody was held up")


@pytest.fixture
def held_up(kept):
    park, number = kept
    copy = park.fork()
    talk = find_talk(copy, number)
    return copy, number, copy.names[int(talk.buyer if talk.asker == 0 else talk.seller)]


def contract_of(park, number):
    return park.state.exchanges[int(find_talk(park, number).exchange)]


def outcome(park, number):
    rows = park.results.columns("talks")
    (place,) = np.flatnonzero(np.asarray(rows["talk"]) == number)
    return rows["kind"][place], rows["outcome"][place]


def test_the_demand_waits_for_the_person_and_moves_nothing(held_up):
    park, number, person = held_up
    contract = contract_of(park, number)
    price, changes = float(contract.price), int(contract.renegotiations)
    assert number in waiting_talks(park, person)
    assert advise(park, number, person)[0] in ("accept", "walk_out")
    exchange = int(find_talk(park, number).exchange)
    park.advance(2)
    assert (float(park.state.exchanges.price[exchange]), int(park.state.exchanges.renegotiations[exchange])) == (
        price,
        changes,
    )


def test_a_refusal_leaves_the_contract_as_it_is(held_up):
    park, number, person = held_up
    exchange, price = int(find_talk(park, number).exchange), float(contract_of(park, number).price)
    decide(park, number, person, "leave")
    assert meet(park, number) == "walk_out"
    assert float(park.state.exchanges.price[exchange]) == price
    assert int(park.state.exchanges.stage[exchange]) == OPERATING
    assert outcome(park, number) == ("hold_up", "walked_out")


def test_an_accepted_demand_moves_the_price_to_what_was_asked_and_costs_trust(held_up):
    park, number, person = held_up
    talk = find_talk(park, number)
    exchange, by_seller = int(talk.exchange), talk.asker == 0
    asked = float(talk.price_seller if by_seller else talk.price_buyer)
    opportunity = park.state.opportunities[int(talk.opportunity)]
    pair = int(opportunity.back if by_seller else opportunity.there)
    before = float(park.state.pairs.trust[pair])
    decide(park, number, person, "accept")
    assert meet(park, number) == "accept"
    assert float(park.state.exchanges.price[exchange]) == pytest.approx(asked)
    assert float(park.state.pairs.trust[pair]) == pytest.approx(before * (1 - park.scenario["trust.loss_hold_up"]))
    assert outcome(park, number) == ("hold_up", "signed")


def test_a_last_offer_is_accepted_or_left_and_nothing_else(held_up):
    park, number, person = held_up
    talk = find_talk(park, number)
    with pytest.raises(InputError, match="last word"):
        decide(park, number, person, "counter", float(talk.price), 0.5, 5.0)
