"""The end of an exchange: books, reasons, counts and disappointment."""

import pytest

from ecopark.abm.entities.codes import (
    BUILDING,
    BY_PRODUCT_GONE,
    CLOSED,
    ENDED,
    EV_ENDED,
    HELD_UP,
    NEED_GONE,
    NOT_RENEWED,
    PARTNER_CLOSED,
    PERMIT_WITHDRAWN,
    REASONS,
    SUPPLY_FAILED,
    TRUST_LOST,
    UNPROFITABLE,
)
from ecopark.abm.submodels.termination import count_end, end_exchange, release
from tests.abm.submodels.contracts import Site
from tests.abm.submodels.tables import month


def test_release_takes_an_exchange_out_of_all_books():
    site = Site()
    release(site.clock, site, site.ways[0], site.exchange)
    assert site.streams.contracted.tolist() == [0, 0, 0, 0]
    assert site.streams.links[:2].tolist() == [0, 0]
    assert (site.companies.sells[0], site.companies.buys[1]) == (0, 0)
    building = Site(stage=BUILDING)
    release(building.clock, building, building.ways[0], building.exchange)
    assert building.streams.links[:2].tolist() == [1, 1]


@pytest.mark.parametrize("reason", range(1, len(REASONS)), ids=REASONS[1:])
def test_every_reason_is_counted_written_down_and_disappoints_when_bad(reason):
    site = Site({"screening.retry": 36, "behaviour.disappointment": 0.1})
    site.clock.month = 20
    end_exchange(site.p, site.clock, site.now, site, site.ways[0], site.exchange, 0, reason, 7.5)
    assert (site.exchange.stage, site.exchange.end, site.exchange.reason, site.exchange.trigger) == (
        ENDED,
        20,
        reason,
        7.5,
    )
    assert (site.ways.stage[0], site.ways.look[0]) == (ENDED, 56)
    counted = {name: site.now[name] for name in site.now.dtype.names if name.startswith("ends_")}
    assert counted == {f"ends_{name}": float(name == REASONS[reason]) for name in REASONS[1:]}
    assert (site.kinds(), site.events.reason[0], site.events.value[0]) == ([EV_ENDED], reason, 7.5)
    bad = reason in (NEED_GONE, UNPROFITABLE, SUPPLY_FAILED, TRUST_LOST, HELD_UP, NOT_RENEWED, PERMIT_WITHDRAWN)
    assert site.companies.attitude[:2].tolist() == pytest.approx([0.45 if bad else 0.5] * 2)
    assert PARTNER_CLOSED < BY_PRODUCT_GONE < NEED_GONE < UNPROFITABLE


def test_need_that_is_gone_for_good_disappoints_nobody():
    site = Site()
    end_exchange(site.p, site.clock, site.now, site, site.ways[0], site.exchange, 0, NEED_GONE, 0.0)
    assert site.companies.attitude[:2].tolist() == [0.5, 0.5]


def test_ends_add_up_over_reasons():
    now = month()
    for reason in range(1, len(REASONS)):
        count_end(now, reason)
    assert now.ends == len(REASONS) - 1


LEFT = {  # reason, number with it, company that has closed -> what seller and buyer pay for going back [EUR]
    "a failed supplier": (SUPPLY_FAILED, 6.0, None, (0, 825)),
    "a failed buyer": (NEED_GONE, 6.0, None, (500, 0)),
    "a permit": (PERMIT_WITHDRAWN, 0.0, None, (500, 825)),
    "a closed seller": (PARTNER_CLOSED, 0.0, 0, (0, 825)),
    "a closed buyer": (PARTNER_CLOSED, 0.0, 1, (500, 0)),
    "a need that ended as announced": (NEED_GONE, 0.0, None, (0, 0)),
    "no renewal": (NOT_RENEWED, 5.0, None, (0, 0)),
}


@pytest.mark.parametrize("case", LEFT)
def test_who_is_left_without_notice_pays_for_going_back(case):
    """1,000 units a year, kappa 0.5: half of the cost of a month, at 12 EUR/unit of disposal or 27.5 EUR of 0.72 input."""
    reason, trigger, closed, paid = LEFT[case]
    site = Site({"contract.interruption_cost": 0.5})
    site.streams.disposal_cost[0] = 12.0
    site.materials.price[1] = 27.5
    if closed is not None:
        site.companies.status[closed] = CLOSED
    end_exchange(site.p, site.clock, site.now, site, site.ways[0], site.exchange, 0, reason, trigger)
    assert (-site.companies.net[:2]).tolist() == pytest.approx(paid)


@pytest.mark.parametrize(("announced", "paid"), [(24, 0), (2, 825)])
def test_a_closure_that_was_announced_in_time_costs_nothing(announced, paid):
    site = Site({"contract.interruption_cost": 0.5, "discovery.announcement": announced}, {"lead": 6})
    site.materials.price[1] = 27.5
    site.companies.status[0], site.companies.closes[0] = CLOSED, 0
    end_exchange(site.p, site.clock, site.now, site, site.ways[0], site.exchange, 0, PARTNER_CLOSED, 0.0)
    assert -site.companies.net[1] == pytest.approx(paid)
