"""Assets: what stands is used again, what is worn is built anew."""

import math

import pytest

from ecopark.abm.submodels.assets import build_assets, missing_capital, missing_equipment, missing_link, take, wear
from tests.abm.submodels.tables import one, params, rows, state, table

KIND = {
    "link_fixed": 1000, "link_flow": 2, "capital_fixed": 500, "capital_flow": 3, "distance": 10, "pipe": 4,
    "link_life": 40, "equipment_life": 15,
}  # fmt: skip
WIDE = 1.1  # a contract may be exceeded by a tenth


@pytest.fixture
def site():
    """Seller 0; buyers 1 and 2; opportunity 0 and 1: two conversions to buyer 1 by one class of pipe; 2: to buyer 2."""
    ways = table("opportunities", {**KIND, "buyer": 1}, {**KIND, "buyer": 1}, {**KIND, "buyer": 2})
    ways.conversion = [0, 1, 0]
    return state(companies=rows("companies", 3), ways=ways)


def contract(s, row, quantity):
    """Sign and build a contract on an opportunity."""
    p, clock, way = params(), s.clock[0], s.ways[row]
    link, equipment = missing_link(p, s, way, quantity, 0.0), missing_equipment(p, s, way, quantity, 0.0)
    exchange = one("exchanges", quantity=quantity, band=WIDE - 1, asset=-1, wears=math.inf, share=0.5, ready=clock.month,
                   link_capital=link, equipment_capital=equipment)  # fmt: skip
    take(clock, s, way, exchange, quantity)
    build_assets(clock, s, way, exchange, 0, exchange.ready)
    return exchange


def test_where_nothing_stands_all_is_missing(site):
    assert missing_capital(params(), site, site.ways[0], 100.0, 0.0) == 10_000 + 20 * 100 + 500 + 3 * 100


def test_the_same_pair_needs_nothing_again_while_the_link_lives(site):
    first = contract(site, 0, 100.0)
    assert (first.asset, first.wears) == (0, 12 * 15)
    take(site.clock[0], site, site.ways[0], first, -100.0)  # it ends
    assert missing_capital(params(), site, site.ways[0], 100.0, 0.0) == pytest.approx(0)
    assert missing_capital(params(), site, site.ways[0], 150.0, 0.0) == pytest.approx((20 + 3) * 50)
    assert contract(site, 0, 100.0).asset == 0


def test_another_conversion_shares_the_pipe_and_another_partner_the_equipment_of_the_buyer_alone(site):
    contract(site, 0, 100.0)
    p = params()
    assert missing_link(p, site, site.ways[1], 60.0, 0.0) == pytest.approx(20 * 60)  # the pipe is full: capacity alone
    assert missing_equipment(p, site, site.ways[1], 60.0, 0.0) == 500 + 3 * 60
    assert missing_link(p, site, site.ways[2], 60.0, 0.0) == 10_000 + 20 * 60
    assert missing_equipment(p, site, site.ways[2], 60.0, 0.0) == 500 + 3 * 60


def test_a_running_contract_counts_its_own_part_as_free(site):
    contract(site, 0, 100.0)
    assert missing_capital(params(), site, site.ways[0], 100.0, 0.0) == pytest.approx((20 + 3) * 100)
    assert missing_capital(params(), site, site.ways[0], 100.0, 100.0) == pytest.approx(0)


def test_worn_parts_are_needed_anew(site):
    contract(site, 0, 100.0)
    wear(12 * 15, site.clock[0], site)
    assert missing_equipment(params(), site, site.ways[0], 100.0, 100.0) == 500 + 3 * 100
    assert missing_link(params(), site, site.ways[0], 100.0, 100.0) == pytest.approx(0)
    wear(12 * 40, site.clock[0], site)
    assert missing_link(params(), site, site.ways[0], 100.0, 100.0) == 10_000 + 20 * 100


def test_capacity_is_what_contracts_take_with_their_band(site):
    contract(site, 0, 100.0)
    contract(site, 1, 60.0)
    assert site.assets.capacity[:4] == pytest.approx([110, 110, 66, 66])
    assert site.connections.used[:3] == pytest.approx([176, 110, 66])


def test_who_builds_a_worn_pipe_anew_builds_its_own_part_alone(site):
    """Two contracts of 100 and 60 units share a pipe; in month 480 it is worn, and the first builds for itself."""
    first, second = contract(site, 0, 100.0), contract(site, 1, 60.0)
    clock, p = site.clock[0], params()
    wear(480, clock, site)
    assert missing_link(p, site, site.ways[0], 100.0, 100.0) == 10_000 + 20 * 100
    first.link_capital, first.equipment_capital = 12_000, 0.0
    build_assets(clock, site, site.ways[0], first, 0, 481)
    assert (first.wears, site.assets[first.asset].capacity) == (481 + 12 * 40, pytest.approx(110))
    assert missing_link(p, site, site.ways[1], 60.0, second.quantity) == pytest.approx(
        20 * 60
    )  # the pipe is there, too narrow
