"""Shared pipes: what a place costs by hand, who is paid, and that everybody gains; off, there is nothing of it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark import Park
from ecopark.abm.entities.accounts import BUY_IN, PAID, RECEIVED
from ecopark.abm.entities.codes import ENDED, OPERATING
from ecopark.abm.submodels.assets import build_assets, missing_link, shared_pipe_of, take, wear
from ecopark.abm.submodels.shared_pipes import buy_in, count_users, price_of_place, years_left
from ecopark.analysis.value.cooperative_game import coalitions, shapley_exact
from tests.abm.submodels.tables import one, params, rows, state, table
from tests.abm.test_invariance import plain, same_bits, same_results
from tests.parks import terrace

ON = {"investment.shared_pipes": True}
FIXED, FLOW, LIFE = 1000.0, 2.0, 40


def street(*buyers, conversions=None):
    """Return a seller at (0, 0) and buyers at these places [km], a possible exchange with each by the same class of pipe."""
    places = [(0.0, 0.0), *buyers]
    kinds = conversions or [{}] * len(buyers)
    ways = table(
        "opportunities",
        *({"buyer": 1 + number, "distance": math.dist((0, 0), place), "link_fixed": FIXED, "link_flow": FLOW, "pipe": 4,
           "link_life": LIFE, "term": 15, **kind} for number, (place, kind) in enumerate(zip(buyers, kinds, strict=True))),
    )  # fmt: skip
    companies = rows("companies", len(places), x=[place[0] for place in places], y=[place[1] for place in places])
    return state(companies=companies, ways=ways, exchanges=rows("exchanges", 20))


def join_in(s, way, quantity=100.0, share=0.0, p=None):
    """Sign and build a contract on a way, with its place in a pipe; return (what it pays in all, its number)."""
    p = p or params(ON)
    clock, opportunity = s.clock[0], s.ways[way]
    number = int(clock.exchanges)
    clock.exchanges += 1
    exchange = s.exchanges[number]
    exchange.opportunity, exchange.seller, exchange.buyer = way, opportunity.seller, opportunity.buyer
    exchange.quantity, exchange.band, exchange.share, exchange.stage = quantity, 0.1, share, OPERATING
    pipe = shared_pipe_of(p, s, opportunity, quantity)
    exchange.main, exchange.buy_in = pipe + 1, price_of_place(s, pipe) if pipe >= 0 else 0.0
    exchange.link_capital = exchange.capital = missing_link(p, s, opportunity, quantity, 0.0)
    take(clock, s, opportunity, exchange, quantity)
    if pipe >= 0:
        buy_in(p, clock, s, exchange, number)
    build_assets(clock, s, opportunity, exchange, number, float(clock.month))
    return exchange.capital, number


def leave(s, number):
    """End a contract."""
    exchange = s.exchanges[number]
    take(s.clock[0], s, s.ways[exchange.opportunity], exchange, -exchange.quantity)
    exchange.stage = ENDED


def received(s, number):
    """Return what a contract has received for places in its pipe [EUR]."""
    table = s.deliveries[: int(s.clock.deliveries[0])]
    return -float((table.buy_in_seller + table.buy_in_buyer)[table.contract == number].sum())


def test_two_buyers_beside_each_other_at_two_kilometres_by_hand():
    """Pipe of 2 km at 1,000 EUR a km and 2 EUR a km and unit, built in month 0; ten years later a neighbour 0.3 km further on."""
    s = street((2.0, 0.0), (2.0, 0.3))
    assert join_in(s, 0) == (2000 + 2 * 2 * 100, 0)
    s.clock.month = 120
    own = math.sqrt(4.09)
    place = 2000 * 30 / 40 / 2  # three quarters of the life are left, one user becomes two
    paid, _ = join_in(s, 1, 60.0)
    assert paid == pytest.approx(place + 1000 * 0.3 + 2 * own * 60)
    assert paid < 1000 * own + 2 * own * 60  # a pipe of its own
    assert received(s, 0) == pytest.approx(place)
    first, second = s.assets[0], s.assets[1]
    assert (second.main, second.ends, second.capacity) == (1, first.ends, pytest.approx(66))
    assert (count_users(s, 0), years_left(s, 0)) == (2, 30)


def test_off_everybody_lays_a_pipe_of_its_own():
    s, off = street((2.0, 0.0), (2.0, 0.3)), params()
    join_in(s, 0, p=off)
    assert join_in(s, 1, p=off)[0] == pytest.approx((1000 + 2 * 100) * math.sqrt(4.09))
    assert (s.flows[BUY_IN].sum(), s.assets.main.sum()) == (0, 0)


@pytest.mark.parametrize(
    ("buyer", "kind"),
    [
        ((2.0, 0.6), {}),
        ((2.0, 0.3), {"pipe": 5}),
        ((2.0, 0.3), {"term": 31}),
        ((0.2, 0.0), {}),
        ((2.0, 0.3), {"link_fixed": 0.0}),
        ((2.0, 0.3), {"link_flow": 40.0}),
    ],
    ids=["too far", "another class", "worn too soon", "shorter alone", "no fixed part", "dearer a year"],
)
def test_who_has_nothing_of_a_place_lays_its_own(buyer, kind):
    s = street((2.0, 0.0), buyer, conversions=[{}, kind])
    join_in(s, 0)
    s.clock.month = 120
    corridor = params({**ON, "investment.corridor": 3.0 if buyer == (0.2, 0.0) else 0.5})
    assert shared_pipe_of(corridor, s, s.ways[1], 100.0) == -1


def test_the_own_pipe_comes_before_a_place_and_the_cheapest_place_before_others():
    s = street((2.0, 0.0), (2.0, 0.4), (2.0, 0.1))
    join_in(s, 0)
    join_in(s, 1, p=params())
    assert shared_pipe_of(params(ON), s, s.ways[2], 100.0) == 0  # 0.1 km away, not 0.3
    assert shared_pipe_of(params(ON), s, s.ways[1], 100.0) == -1  # its own stands


def test_who_has_left_gets_nothing_and_counts_no_longer_and_an_empty_pipe_is_sold_by_nobody():
    s = street((2.0, 0.0), (2.0, 0.1), (2.0, 0.2))
    join_in(s, 0)
    join_in(s, 1)
    assert received(s, 0) == pytest.approx(1000)
    leave(s, 0)
    assert price_of_place(s, 0) == pytest.approx(1000)  # the second is alone in it now
    join_in(s, 2)
    assert (received(s, 0), received(s, 1)) == (pytest.approx(1000), pytest.approx(1000))
    leave(s, 1)
    leave(s, 2)
    assert count_users(s, 0) == 0
    assert shared_pipe_of(params(ON), s, s.ways[2], 100.0) == -1  # its own line lives on, at no cost
    wear(12 * LIFE, s.clock[0], s)
    assert missing_link(params(ON), s, s.ways[2], 100.0, 0.0) == pytest.approx(
        (1000 + 200) * math.dist((0, 0), (2, 0.2))
    )


def test_a_place_that_nobody_is_left_to_sell_costs_nothing():
    s = street((2.0, 0.0), (2.0, 0.1))
    join_in(s, 0)
    s.exchanges[1] = one("exchanges", main=1, buy_in=1000.0, capital=1500.0, buyer=2, opportunity=1)
    leave(s, 0)
    buy_in(params(ON), s.clock[0], s, s.exchanges[1], 1)
    assert (s.exchanges[1].capital, s.exchanges[1].buy_in, s.flows[BUY_IN].sum()) == (500, 0, 0)


def test_a_worn_pipe_is_laid_anew_by_the_first_and_bought_into_by_the_others():
    s = street((2.0, 0.0), (2.0, 0.3))
    join_in(s, 0)
    s.clock.month = 60
    join_in(s, 1)
    s.clock.month = 12 * LIFE
    wear(12 * LIFE, s.clock[0], s)
    assert s.assets.worn[:2].tolist() == [1, 1]
    assert missing_link(params(ON), s, s.ways[0], 100.0, 100.0) == pytest.approx(2000 + 400)
    again = s.exchanges[0]
    again.main, again.link_capital = 0, 2400.0
    build_assets(s.clock[0], s, s.ways[0], again, 0, float(s.clock[0].month))
    own = math.sqrt(4.09)
    assert missing_link(params(ON), s, s.ways[1], 100.0, 100.0) == pytest.approx(1000 + 300 + 2 * own * 100)


@given(st.lists(st.floats(1, 100), min_size=2, max_size=7), st.integers(0, 10))
def test_in_one_place_all_pay_their_shapley_share_of_what_is_left_which_is_in_the_core(quantities, years):
    """Users of one leg who come one after another in one month, `years` after it was laid."""
    s = street(*[(2.0, 0.0)] * len(quantities))
    join_in(s, 0, quantities[0])
    s.clock.month = 12 * years
    paid = [join_in(s, way, quantity)[0] for way, quantity in enumerate(quantities[1:], 1)]
    left = 2000 * (LIFE - years) / LIFE
    needs = np.array(quantities)

    def cost(groups):
        return left * groups.any(axis=1) + 2 * FLOW * groups @ needs

    shares = shapley_exact(cost, len(needs))
    borne = [left + 2 * FLOW * needs[0], *paid] - np.array([received(s, number) for number in range(len(needs))])
    np.testing.assert_allclose(borne, shares, rtol=1e-9)
    groups = coalitions(len(needs))
    assert (groups @ borne <= cost(groups) * (1 + 1e-9) + 1e-9).all()
    assert s.flows[BUY_IN, RECEIVED] == pytest.approx(sum(received(s, number) for number in range(len(needs))))


@given(st.floats(0, 1), st.floats(0, 1))
def test_who_is_in_is_paid_by_side_as_it_bore_the_capital(share, other):
    s = street((2.0, 0.0), (2.0, 0.1))
    join_in(s, 0, share=share)
    join_in(s, 1, share=other)
    row = s.deliveries[0]
    assert (row.buy_in_seller, row.buy_in_buyer) == (pytest.approx(-1000 * share), pytest.approx(-1000 * (1 - share)))


def contracts(park):
    """Return the contracts of a park."""
    return park.state.exchanges[: int(park.state.clock.exchanges[0])]


def test_a_neighbour_whose_own_pipe_never_pays_joins_and_both_gain():
    alone, shared = (Park(terrace({"investment.shared_pipes": on}), 1).run() for on in (False, True))
    assert [alone.names[row] for row in contracts(alone).buyer] == ["Greenhouse"]
    assert [shared.names[row] for row in contracts(shared).buyer] == ["Greenhouse", "Small"]
    first, second = contracts(shared)
    assert 0 < second.buy_in < second.capital < 100_000 * math.hypot(2.2, 1.1)
    table = shared.state.deliveries[: int(shared.state.clock.deliveries[0])]
    paid = (table.buy_in_seller + table.buy_in_buyer)[table.buy_in_seller + table.buy_in_buyer != 0]
    assert paid.tolist() == pytest.approx([-second.buy_in, second.buy_in])
    books = shared.results.columns("accounts")
    bought = books["item"] == "buy_in"
    assert books["paid"][bought].sum() == pytest.approx(books["received"][bought].sum())
    assert shared.yearly["capex"].sum() == pytest.approx(first.capital + second.capital - second.buy_in)
    gains = [park.yearly["gain"].sum() for park in (alone, shared)]
    assert gains[1] > gains[0]


def test_where_both_pipes_pay_alone_the_second_costs_less_and_the_event_says_why():
    alone, shared = (
        Park(terrace({"investment.shared_pipes": on}, per_km=60_000, size=800), 1).run() for on in (False, True)
    )
    assert len(contracts(alone)) == len(contracts(shared)) == 2
    saved = contracts(alone).capital[1] - (contracts(shared).capital[1] - contracts(shared).buy_in[1])
    assert saved == pytest.approx(60_000 * (math.hypot(2.2, 1.1) - math.hypot(0.2, 0.1)))  # all but the way to the pipe
    events = shared.results.columns("events")
    told = events["detail"][(events["kind"] == "building") & (events["reason"] == "shared")]
    assert len(told) == 1
    assert told[0].endswith("EUR, with a place in a pipe of others")
    assert not (alone.results.columns("events")["reason"] == "shared").any()


@pytest.mark.parametrize("grant", [0.0, 0.5, 0.9])
def test_with_a_grant_a_place_still_costs_less_than_an_own_pipe_and_the_public_pays_for_what_is_built_alone(grant):
    values = {"investment.shared_pipes": True, "policy.capital_grant.size": grant}
    park = Park(terrace(values, per_km=60_000, size=800), 1).run()
    first, second = contracts(park)
    built = second.capital - second.buy_in
    assert second.grant == pytest.approx(grant * (built + second.grant))
    assert 0 < second.buy_in < (1 - grant) * 60_000 * math.hypot(2.2, 1.1)
    assert park.yearly["grants"].sum() == pytest.approx(first.grant + second.grant)


def test_off_nothing_of_it_moves_whatever_the_corridor():
    one_park, other = (Park(terrace({"investment.corridor": km}, size=800), 1).run() for km in (0.0, 10.0))
    same_results(one_park, other)
    assert one_park.state.flows[BUY_IN, PAID] == 0
    assert contracts(one_park).main.sum() == contracts(one_park).buy_in.sum() == 0


def test_a_fork_goes_on_as_the_park_does():
    park = Park(terrace(ON), 1).advance(80)
    twin = park.fork()
    same_bits(park.run(), twin.run())
    assert contracts(park).main.max() == 1


@pytest.mark.parametrize("change", ["order", "place"])
def test_neither_order_nor_place_of_companies_matters(change):
    scenario = terrace(ON)
    rows_ = list(scenario.tables["companies"])
    if change == "order":
        rows_.reverse()
    else:
        rows_ = [row.model_copy(update={"x_km": row.x_km + 64.0, "y_km": row.y_km - 32.0}) for row in rows_]
    tables = plain({**scenario.tables, "companies": tuple(rows_)})
    moved = type(scenario).restore({**scenario.describe(), "tables": tables})
    first, second = Park(scenario, 1).run(), Park(moved, 1).run()
    assert contracts(first).main.max() == 1
    if change == "order":
        same_bits(first, second)
    np.testing.assert_allclose(second.yearly["gain"], first.yearly["gain"], rtol=1e-9)
    np.testing.assert_allclose(second.yearly["capex"], first.yearly["capex"], rtol=1e-9)
