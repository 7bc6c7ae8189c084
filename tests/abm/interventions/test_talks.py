"""Talks between the months: opened by a person, held at once, with offers that are never refused."""

import numpy as np
import pytest

from ecopark.abm.entities.codes import IDENTIFIED, SCREENED
from ecopark.abm.input.errors import InputError
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.interventions.attention import hasten, look_at, study
from ecopark.abm.interventions.offers import round_step, safe_offer, zone
from ecopark.abm.interventions.seats import (
    Offer,
    advise,
    decide,
    find_talk,
    own_gain,
    required_gain,
    side_of,
    take_seat,
    talks_of,
)
from ecopark.abm.interventions.talks import may_open, meet, open_talk
from ecopark.abm.park import Park


@pytest.fixture
def park():
    return Park(load_scenario("kalundborg"), 1).advance(240)


def openings(park):
    return [(name, one) for name in park.names for one in may_open(park, name)]


def test_a_talk_is_opened_by_a_person_who_then_has_the_word(park):
    company, one = openings(park)[0]
    before = park.month
    number = open_talk(park, one.opportunity, company)
    assert number in talks_of(park, company)
    talk = find_talk(park, number)
    assert side_of(park, talk, company) == talk.speaker
    assert park.month == before
    with pytest.raises(InputError, match="not yet in talks"):
        open_talk(park, one.opportunity, company)


def test_meetings_are_held_at_once_until_the_talk_ends(park):
    company, one = openings(park)[0]
    number = open_talk(park, one.opportunity, company)
    answers = []
    while not answers or answers[-1] == "offer":
        answers.append(meet(park, number))
    assert answers[-1] in ("accept", "walk_out")
    assert len(answers) > 1
    assert number not in talks_of(park, company)


def test_a_seated_company_waits_for_its_person_unless_the_agent_is_asked(park):
    company, one = openings(park)[0]
    take_seat(park, company)
    number = open_talk(park, one.opportunity, company)
    assert meet(park, number) == "wait"
    assert find_talk(park, number).meeting == 0
    assert meet(park, number, as_agent=True) in ("offer", "walk_out")
    assert park.state.companies.seat[list(park.names).index(company)] == 1


def test_offers_that_are_prefilled_are_never_refused(park):
    """W9 in small: the agent's advice, rounded to the safe side, passes the check of a seat in every talk."""
    tried = 0
    for name in park.names:
        take_seat(park, name)
    for name in park.names:
        for one in may_open(park, name)[:3]:
            try:
                number = open_talk(park, one.opportunity, name)
            except InputError:
                continue
            _said, terms = advise(park, number, name)
            for wished in (terms, Offer(terms.price * 0.5, 0.37, 2.2), Offer(terms.price * 2, 1.0, 30.0)):
                offer = safe_offer(park, number, name, wished)
                decide(park, number, name, "counter", offer.price, offer.share, offer.term)
                talk = find_talk(park, number)
                assert own_gain(park, number, name, offer) >= required_gain(talk, side_of(park, talk, name))
                tried += 1
    assert tried > 10


def test_the_zone_is_where_both_gain_what_they_require(park):
    company, one = openings(park)[0]
    number = open_talk(park, one.opportunity, company)
    talk, here = find_talk(park, number), zone(park, number)
    seller, buyer = park.names[int(talk.seller)], park.names[int(talk.buyer)]
    at_low = own_gain(park, number, seller, Offer(here.low, here.share, here.term))
    at_high = own_gain(park, number, buyer, Offer(here.high, here.share, here.term))
    assert at_low == pytest.approx(here.seller_least)
    assert at_high == pytest.approx(here.buyer_least)
    assert (here.high - here.low) * float(talk.quantity) == pytest.approx(here.gain)


def test_steps_are_round_and_near_half_a_percent():
    for value in np.geomspace(0.5, 1e5, 40):
        step = round_step(value)
        assert 0.3 <= step / max(0.005 * value, 0.01) <= 3.0
        assert f"{step:e}"[0] in "125"


def test_a_look_finds_what_two_companies_could_exchange_and_a_study_readies_it():
    park = Park(load_scenario("kalundborg"), 1).advance(12)  # later on companies have found all there is
    state = park.state
    latent = np.flatnonzero((state.funnel.stage == 0) & (state.funnel.known <= park.month))
    found = []
    for place in latent:
        here = state.opportunities[place]
        found = look_at(park, park.names[int(here.seller)], park.names[int(here.buyer)])
        if found:
            break
    assert found
    assert set(state.funnel.stage[found]) == {IDENTIFIED}
    company = park.names[int(state.opportunities[found[0]].seller)]
    assert study(park, company, found[0]) == found[0]
    assert state.funnel.stage[found[0]] == SCREENED
    with pytest.raises(InputError, match="not studied"):
        study(park, company, found[0])


def test_wrong_input_is_refused(park):
    with pytest.raises(InputError, match="number of an opportunity"):
        open_talk(park, 10**9, "Asnaes")
    with pytest.raises(InputError, match="number of an opportunity"):
        study(park, "Asnaes", "1")
    with pytest.raises(InputError, match="still open"):
        meet(park, 10**6)


def test_what_opens_by_and_by_opens_within_fewer_rounds():
    park = Park(load_scenario("harbour"), 1)
    before = park.state.funnel.known.copy()
    hasten(park, 4, 8, 24)
    after = park.state.funnel.known
    assert set(after[np.isfinite(after) & (before > 0)]) == {0.0, 24.0, 48.0, 72.0}
    assert (after[before == 24 * 7] == 24 * 3).all()
    assert (after[before == 24] == 0.0).all()
