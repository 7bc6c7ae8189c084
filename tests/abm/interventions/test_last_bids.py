"""A call for last bids: a person whom an acceptance would crowd out names one best price, or leaves it."""

import numpy as np
import pytest

from ecopark.abm.entities.codes import ASKED, BUYER, HELD, SELLER
from ecopark.abm.input.errors import InputError
from ecopark.abm.interventions.last_bids import (
    asked_in,
    bid,
    calls_of,
    close_call,
    held_talks,
    is_own_acceptance,
    limit_of,
    named,
    unanswered,
)
from ecopark.abm.interventions.seats import (
    decide,
    find_talk,
    own_gain,
    required_gain,
    take_seat,
    talks_of,
    waiting_talks,
)
from ecopark.abm.interventions.talks import meet
from ecopark.abm.park import Park
from ecopark.abm.submodels.negotiation.utility import best_split, price_for
from ecopark.experiments.workshop.stores.actions import carry_out, replay
from tests import bench_parks

PATIENCE = 40  # months
ALL_HEAR = {"negotiation.heard": 1, "negotiation.patience": PATIENCE}


def scenario(far=60.0, values=None):
    """One seller, two buyers; T0 is so far off that it can pay less than T1."""
    made = bench_parks.rivals(2, values={**ALL_HEAR, **(values or {})})
    rows = tuple(row.model_copy(update={"x_km": far}) if row.name == "T0" else row for row in made.tables["companies"])
    return type(made)(**{**vars(made), "tables": {**made.tables, "companies": rows}})


def until_held(park):
    """Advance until an acceptance is held; return the number of its talk."""
    for _ in range(60):
        if held_talks(park):
            return held_talks(park)[0]
        park.advance(1)
    raise AssertionError("no acceptance was held")


@pytest.fixture
def called():
    """Return a park in which the seller and T0 have agreed and T1, where a person sits, is asked: (park, held, own talk)."""
    park = Park(scenario(), 1)
    take_seat(park, "T1")
    held = until_held(park)
    return park, held, calls_of(park, "T1")[0]


def contract(park):
    """Return (buyer, price) of the only contract."""
    assert park.state.clock.exchanges[0] == 1
    here = park.state.exchanges[0]
    return park.names[int(here.buyer)], float(here.price)


def most_for_seller(park, number):
    """Return what a talk could at most leave its seller [EUR/year]."""
    talk = find_talk(park.fork(), number)
    return float(best_split(talk)) - float(talk.reserve_buyer)


def bits(park):
    """Return all that a park is, without the rows that are not in use."""
    counts = park.state.clock[0]
    return {
        name: table[: int(counts[name])].tobytes() if name in counts.dtype.names else table.tobytes()
        for name, table in park.state.tables().items()
    }


def test_an_acceptance_is_held_as_long_as_a_talk_waits_and_the_rival_in_a_seat_is_asked(called):
    park, held, own = called
    assert [own] == unanswered(park, "T1") == talks_of(park, "T1") == asked_in(park, held)
    assert calls_of(park, "T0") == calls_of(park, "M0") == []
    assert park.state.clock.exchanges[0] == 0
    accepted, meeting = float(find_talk(park, held).price), int(find_talk(park, own).meeting)
    park.advance(PATIENCE)
    assert held_talks(park) == [held]
    assert int(find_talk(park, own).meeting) == meeting, "while a best price is asked for nobody speaks"
    park.advance(1)
    assert contract(park) == ("T0", accepted), "nobody answered: as if there had been no call"
    assert calls_of(park, "T1") == held_talks(park) == []


def test_leaving_it_changes_nothing(called):
    park, held, own = called
    accepted = float(find_talk(park, held).price)
    bid(park, own, "T1")
    assert unanswered(park, "T1") == []
    park.advance(1)
    assert contract(park) == ("T0", accepted), "everybody has answered: it is signed in the month"


def test_nobody_waits_for_who_has_left_the_seat(called):
    park, _, _ = called
    take_seat(park, "T1", False)
    park.advance(1)
    assert contract(park)[0] == "T1", "its agent bids as any other, and can pay most"


def test_who_tops_wins_at_what_the_second_best_would_have_given(called):
    """The agent of T0 would go to its own limit, which is more than was accepted and less than what T1 names."""
    park, held, own = called
    limit = limit_of(park, own, "T1")
    talk = find_talk(park, own)
    assert own_gain(park, own, "T1", limit) >= required_gain(talk, BUYER)
    second = max(float(find_talk(park, held).gain_seller), most_for_seller(park, held))
    price = float(price_for(talk, SELLER, second, limit.share, limit.term))
    bid(park, own, "T1", limit.price, limit.share, limit.term)
    assert named(park, own) == limit
    park.advance(1)
    assert contract(park) == ("T1", pytest.approx(price, rel=1e-2))
    assert price < limit.price, "the true limit may be named: less is paid"


def test_a_price_that_does_not_top_makes_the_other_pay_it(called):
    park, held, own = called
    first, limit = find_talk(park, held), limit_of(park, own, "T1")
    least, most = float(first.gain_seller), most_for_seller(park, held)
    talk = find_talk(park, own)
    price = float(price_for(talk, SELLER, 0.5 * (least + most), limit.share, limit.term))
    bid(park, own, "T1", price, limit.share, limit.term)
    before = float(first.price)
    park.advance(1)
    buyer, paid = contract(park)
    assert buyer == "T0"
    assert paid > before


def test_between_the_months_the_call_is_held_until_it_is_closed():
    """The seller, a person, accepts what T0 offers; T1, a person too, tops it; no month passes."""
    park = Park(scenario(), 1)
    for name in ("M0", "T1"):
        take_seat(park, name)
    while not (talks_of(park, "T0") and talks_of(park, "T1")):
        park.advance(1)
    number, month = talks_of(park, "T0")[0], park.month
    talk = find_talk(park, number)
    if talk.speaker == SELLER:
        limit = limit_of(park, number, "M0")
        decide(park, number, "M0", "counter", 20.0, limit.share, limit.term)
        meet(park, number)
    assert meet(park, number) == "offer"
    assert waiting_talks(park, "M0")
    decide(park, number, "M0", "accept")
    assert meet(park, number) == "held"
    assert number not in waiting_talks(park, "M0")
    with pytest.raises(InputError, match="nothing is accepted"):
        meet(park, number)
    own = calls_of(park, "T1")[0]
    limit = limit_of(park, own, "T1")
    bid(park, own, "T1", limit.price, limit.share, limit.term)
    close_call(park, number)
    assert park.month == month
    assert contract(park)[0] == "T1"
    with pytest.raises(InputError, match="still open"):
        close_call(park, number)


def test_who_accepted_is_never_signed_at_a_price_that_it_did_not_name():
    """T1, a person, has accepted; the agent of T0 hears: T1 is asked, too, and keeps the deal by naming more, or loses it."""
    park = Park(scenario(far=20.0), 1)
    take_seat(park, "T1")
    while not (talks_of(park, "T0") and talks_of(park, "T1")):
        park.advance(1)
    number = talks_of(park, "T1")[0]
    while find_talk(park, number).speaker != BUYER or np.isnan(find_talk(park, number).price_seller):
        if find_talk(park, number).speaker == BUYER:
            decide(park, number, "T1", "counter", -24.0, 0.5, 3.0)
        meet(park, number)
    decide(park, number, "T1", "accept")
    accepted = float(find_talk(park, number).price_seller)
    assert meet(park, number) == "held"
    assert is_own_acceptance(park, number)
    assert unanswered(park, "T1") == [number]
    left, kept = park.fork(), park
    close_call(left, number)
    assert contract(left)[0] == "T0"
    limit = limit_of(kept, number, "T1")
    bid(kept, number, "T1", limit.price, limit.share, limit.term)
    close_call(kept, number)
    buyer, price = contract(kept)
    assert buyer == "T1"
    assert accepted < price < limit.price


def test_a_game_with_a_call_is_played_again_to_the_bit():
    park, log = Park(scenario(), 1), []

    def act(**terms):
        log.append({"month": park.month, **terms})
        carry_out(park, log[-1])

    act(do="seat", company="T1", taken=True)
    until_held(park)
    own = calls_of(park, "T1")[0]
    limit = limit_of(park, own, "T1")
    act(do="bid", talk=own, company="T1", price=limit.price, share=limit.share, term=limit.term)
    park.advance(12)
    assert contract(park)[0] == "T1"
    assert bits(replay(scenario(), 1, log, park.month)) == bits(park)


def test_wrong_input_is_said_and_changes_nothing(called):
    park, held, own = called
    before = bits(park)
    limit = limit_of(park, own, "T1")
    for number, company, price, match in (
        (held, "T1", limit.price, "asked for its best price"), (own, "T0", limit.price, "asked for its best price"),
        (own, "T1", limit.price + 1.0, "signs for"), (own, "T1", "much", "a number EUR per unit"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=match):
            bid(park, number, company, price, limit.share, limit.term)
    assert bits(park) == before


def test_without_people_nothing_is_held():
    """A person in another seat changes nothing of the course either, until it would be asked."""
    park = Park(scenario(), 1)
    for _ in range(30):
        park.advance(1)
        talks = park.state.talks[: int(park.state.clock.talks[0])]
        assert not (talks.held == HELD).any()
        assert not (talks.bid >= ASKED).any()
    assert contract(park)[0] == "T1", "who can pay most is served"
