"""Investment: lead times, permits, grants; hold-up once capital is sunk."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.accounts import ROWS_OF_BOOKS
from ecopark.abm.entities.codes import (
    AGREED,
    BETTER_USE,
    BUILDING,
    CLOSED,
    ENDED,
    EV_BUILDING,
    EV_ENDED,
    EV_HOLD_UP,
    EV_OPERATING,
    HELD_UP,
    IN,
    OPEN,
    OPERATING,
    OUT,
    WAITING,
)
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.investment import build, demand_price, greed, hold_up, start_building, start_operation
from tests.abm.submodels.tables import Tables, lever, month, one, params, rows, state, table


def start(p=None, levers=None, **way):
    now, events, ways = month(), rows("events", 2), table("opportunities", way)
    exchange = one("exchanges", buyer=1, capital=75000, grant=25000, stage=AGREED, term=4, share=0.5)
    s = state(companies=rows("companies", 2), ways=ways, events=events)
    start_building(5, p or params(), s.clock[0], levers or lever(), now, s, ways[0], exchange, 0)
    return exchange, ways[0], now, s


@pytest.mark.parametrize(
    ("lead", "permit", "easing", "ready"),
    [(0, 0, 0, 6), (2, 0, 0, 8), (2.2, 0, 0, 9), (2, 1, 0, 14), (2, 1, 0.5, 11), (2, 1, 1, 8), (2, 0, 1, 8)],
)
def test_connection_is_ready_after_lead_time_and_permit(lead, permit, easing, ready):
    p = params({"investment.permit_months": 6})
    exchange, _, _, _ = start(p, lever(permit_easing=easing), lead=lead, permit=permit)
    assert exchange.ready == ready


def test_capital_and_grant_are_spent_when_building_starts():
    exchange, opportunity, now, s = start()
    assert (exchange.stage, opportunity.stage) == (BUILDING, BUILDING)
    assert (now.capex, now.grants) == (100_000, 25_000)
    assert (exchange.debt_seller, exchange.debt_buyer) == (37_500, 37_500)
    assert s.companies.net.tolist() == [0, 0]
    assert (s.events.kind[0], s.events.value[0]) == (EV_BUILDING, 75_000)


def test_exchange_runs_from_the_month_after_it_is_ready():
    companies, streams, events = rows("companies", 2), rows("streams", 2), rows("events", 1)
    exchange, opportunity = one("exchanges", buyer=1, demand=1, quantity=900), one("opportunities")
    start_operation(
        7,
        params(),
        one("clock"),
        state(companies=companies, streams=streams, events=events),
        opportunity,
        opportunity,
        exchange,
        0,
    )
    assert (exchange.stage, exchange.start) == (OPERATING, 8)
    assert (opportunity.stage, opportunity.operating) == (OPERATING, 8)
    assert streams.links.tolist() == [1, 1]
    assert (companies.sells.tolist(), companies.buys.tolist()) == ([1, 0], [0, 1])
    assert (events.kind[0], events.value[0]) == (EV_OPERATING, 900)


class Site(Tables):
    """One contract between two open companies."""

    def __init__(self, **exchange):
        self.companies = rows("companies", 2, status=OPEN)
        self.streams = table(
            "streams",
            {
                "direction": OUT,
                "coefficient": 1,
                "permit": 1,
                "amount": 1,
                "disposal_cost": 4 - exchange.get("price", 0),
            },
            {"direction": IN, "coefficient": 1, "company": 1},
        )
        self.pairs = table("pairs", {"other": 1}, {"owner": 1}, trust=0.5)
        self.ways = table(
            "opportunities", {"lead": 0, "forgone": -1, "back": 1, "demand": 1, "buyer": 1, "arriving": 1, "ratio": 1}
        )
        terms = {"buyer": 1, "demand": 1, "quantity": 1000, "identity": identity_of("e"), "ready": math.inf}
        price = exchange.get("price", 0)
        # At this price the contract is worth 4,000 EUR a year to the seller and 6,000 to the buyer, before capital.
        self.streams.material[1] = 1
        self.materials = table("materials", {}, {"expected": 6 + price, "cost": 6 + price})
        terms |= {"predecessor": -1, "successor": math.nan}
        self.exchanges = table("exchanges", {**terms, **exchange})
        self.clock, self.now, self.events = one("clock", exchanges=1), month(), rows("events", 100)
        self.deliveries, self.flows = rows("deliveries", 9), np.zeros((ROWS_OF_BOOKS, 4))
        self.books, self.connections, self.assets = (
            np.zeros((9, 4 * ROWS_OF_BOOKS)),
            rows("connections", 9),
            rows("assets", 9),
        )

    @property
    def exchange(self):
        return self.exchanges[0]

    def kinds(self):
        return self.events.kind[: int(self.clock.events)].tolist()

    def build(self, t):
        self.clock.month = t
        build(t, params(), self.clock, lever(), self.now, self)

    def hold_up(self, t, values=None, levers=None):
        self.clock.month = t
        hold_up(
            t, params({"contract.monitoring_cost": 0, **(values or {})}), self.clock, levers or lever(), self.now, self
        )


def test_building_starts_the_month_after_signing():
    site = Site(stage=AGREED, signed=4)
    site.build(4)
    assert site.exchange.stage == AGREED
    site.build(5)
    assert site.kinds() == [EV_BUILDING, EV_OPERATING]
    assert site.exchange.start == 6


@pytest.mark.parametrize("status", [WAITING, CLOSED])
def test_finished_connection_waits_until_both_sides_can_run(status):
    site = Site(stage=BUILDING, ready=3)
    site.companies.status[1] = status
    site.build(9)
    assert site.exchange.stage == BUILDING
    site.companies.status[1] = OPEN
    site.build(10)
    assert (site.exchange.stage, site.exchange.start) == (OPERATING, 11)


@pytest.mark.parametrize(("amount", "stock", "kind"), [(0, 0, []), (5, 0, [EV_OPERATING]), (0, 5, [EV_OPERATING])])
def test_a_harvest_has_to_be_in_before_deliveries_begin(amount, stock, kind):
    site = Site(stage=BUILDING, ready=5)
    site.streams.amount[0], site.streams.stock[0] = amount, stock
    site.build(5)
    assert site.kinds() == kind


def test_greed_is_opportunism_without_trust_where_the_other_bore_capital():
    company, pair = one("companies", opportunism=0.6), one("pairs", trust=0.25)
    assert greed(company, pair, 0.5) == pytest.approx(0.45)
    assert greed(company, pair, 0.0) == 0


SUNK = {
    "stage": OPERATING,
    "capital": 9000,
    "share": 0.5,
    "start": 0,
    "expected_seller": 4000,
    "expected_buyer": 6000,
    "flow": 1,
}
SURE = {"investment.hold_up": 1, "investment.enforcement": 0, "investment.demand": 0.5}


def test_held_up_side_gives_way_while_it_gains_and_trusts():
    site = Site(**SUNK, price=2)
    site.companies.opportunism[0] = 1
    site.pairs.trust = [0.0, 0.5]
    site.hold_up(12, SURE)
    assert site.kinds() == [EV_HOLD_UP]
    assert site.exchange.price == pytest.approx(2 + 0.5 * 6000 / 1000)
    assert site.pairs.trust.tolist() == pytest.approx([0, 0.5 * (1 - 0.6)])
    assert site.exchange.renegotiations == 1


def test_buyer_demands_a_lower_price():
    site = Site(**SUNK, price=2)
    site.companies.opportunism[1] = 1
    site.pairs.trust = [0.5, 0.0]
    site.hold_up(12, SURE)
    assert site.exchange.price == pytest.approx(2 - 0.5 * 4000 / 1000)
    assert site.pairs.trust.tolist() == pytest.approx([0.2, 0])


def test_victim_without_trust_ends_the_exchange_and_blacklists_the_other():
    site = Site(**SUNK)
    site.companies.opportunism[0] = 1
    site.pairs.trust = [0.0, 0.3]
    site.hold_up(12, {**SURE, "trust.blacklist": 60})
    assert site.kinds() == [EV_HOLD_UP, EV_ENDED]
    assert (site.exchange.stage, site.exchange.reason, site.exchange.trigger) == (ENDED, HELD_UP, 3)
    assert site.pairs.refuses.tolist() == [0, 72]
    assert site.now.ends_held_up == 1


def test_enforcement_turns_demands_down():
    for values, levers in (({"investment.enforcement": 1}, lever()), ({}, lever(enforcement=1.0))):
        site = Site(**SUNK, price=2)
        site.companies.opportunism[0] = 1
        site.pairs.trust = [0.0, 0.5]
        site.hold_up(12, {**SURE, **values}, levers)
        assert site.events.reason[0] == 1
        assert site.exchange.price == 2
        assert site.pairs.trust[1] == pytest.approx(0.5 * (1 - 0.15))


@pytest.mark.parametrize(
    "change", [{"capital": 0}, {"stage": BUILDING}, {"start": 13}], ids=["nothing sunk", "not running", "not started"]
)
def test_nobody_is_held_up_without_sunk_capital_or_before_the_first_delivery(change):
    site = Site(**{**SUNK, **change})
    site.companies.opportunism = 1
    site.pairs.trust = 0
    site.hold_up(12, SURE)
    assert site.kinds() == []


def test_honest_or_trusting_companies_hold_nobody_up():
    for opportunism, trust in ((0, 0), (1, 1)):
        site = Site(**SUNK)
        site.companies.opportunism, site.pairs.trust = opportunism, trust
        site.hold_up(12, SURE)
        assert site.kinds() == []


def test_hold_ups_come_at_their_yearly_rate():
    """A thousand exchanges in which the buyer bears the capital and the seller is out for itself."""
    site = Site(**SUNK)
    site.companies.opportunism[0], site.pairs.trust[0] = 1, 0
    site.exchanges = rows(
        "exchanges", 1000, **{**SUNK, "share": 0, "buyer": 1, "demand": 1, "quantity": 1000, "predecessor": -1}
    )
    site.exchanges.identity = [identity_of(f"exchange {number}") for number in range(1000)]
    site.clock.exchanges, site.events = 1000, rows("events", 12_000)
    for t in range(12, 24):
        site.hold_up(t, {"investment.hold_up": 0.4, "investment.enforcement": 1})
    hit = set(site.events.exchange[: int(site.clock.events)])
    assert len(hit) / 1000 == pytest.approx(0.4, abs=0.05)


def test_demand_counts_on_what_really_flows():
    site = Site(**{**SUNK, "flow": 0.25}, price=0)
    p = params({**SURE, "contract.monitoring_cost": 0})
    demand_price(12, p, site.clock, lever(), site.now, site, site.exchange, 0, True, False)
    assert site.exchange.price == pytest.approx(0.5 * 6000 * 0.25 / 1000)


def test_a_person_in_a_seat_is_not_bound_by_a_demand_where_it_cannot_be_asked():
    site = Site(**SUNK, price=2, talking=1)
    site.companies.opportunism[0], site.companies.seat[1] = 1, 1
    site.pairs.trust = [0.0, 0.5]
    site.hold_up(12, SURE)
    assert site.exchange.price == 2
    assert site.events.reason[0] == 1


def test_the_old_contract_ends_when_the_one_in_its_place_starts():
    """The seller leaves for another buyer: it pays the buyer it leaves what that loses in a year."""
    site = Site(stage=BUILDING, ready=5, predecessor=1, expected_seller=9000)
    old = {
        "stage": OPERATING,
        "buyer": 1,
        "demand": 1,
        "quantity": 1000,
        "term": 5,
        "successor": 0,
        "predecessor": -1,
        "price": 0,
    }
    site.exchanges = np.concatenate([site.exchanges, table("exchanges", {**old, "demand": 1})]).view(np.recarray)
    site.clock.month = 5
    build(5, params({"contract.monitoring_cost": 0}), site.clock, lever(), site.now, site)
    assert site.exchange.stage == OPERATING
    left = site.exchanges[1]
    assert (left.stage, left.reason, left.end, left.trigger) == (ENDED, BETTER_USE, 5, 9000)
    assert site.companies.net.tolist() == pytest.approx([-6000, 6000])


def test_a_person_in_a_seat_demands_nothing_but_by_the_own_hand():
    site = Site(**SUNK, price=2)
    site.companies.opportunism[0], site.companies.seat[0] = 1, 1
    site.pairs.trust = [0.0, 0.5]
    site.hold_up(12, SURE)
    assert site.kinds() == []
    assert site.exchange.price == 2
