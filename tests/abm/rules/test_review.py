"""Review: eleven reasons to end, each with the number that led to it; new terms before an end."""

import math

import pytest

from abm.randomness import identity_of
from abm.rules.review import (
    ask_for_terms,
    best_input,
    best_use,
    count_end,
    end_exchange,
    find_better,
    find_failure,
    find_loss,
    leaving_cost,
    pay_for_leaving,
    promise,
    readjust,
    release,
    renew,
    review_exchanges,
    years_left,
)
from abm.state import (
    AGREED,
    BETTER_INPUT,
    BETTER_USE,
    BUILDING,
    BY_PRODUCT_GONE,
    CLOSED,
    ENDED,
    EV_ENDED,
    EV_RENEGOTIATED,
    EV_RENEWED,
    HELD_UP,
    IDENTIFIED,
    IN,
    NEED_GONE,
    NOT_RENEWED,
    OPEN,
    OPERATING,
    OUT,
    PARTNER_CLOSED,
    PERMIT_WITHDRAWN,
    REASONS,
    RUNNING,
    SCREENED,
    SUPPLY_FAILED,
    TRUST_LOST,
    UNPROFITABLE,
    WAITING,
)
from tests.abm.rules.tables import lever, month, one, params, rows, table

TERMS = {
    "stage": OPERATING, "buyer": 1, "demand": 1, "quantity": 1000, "term": 5, "penalty": 1.5, "price": 4, "indexation": 0.5,
    "reference": 33, "flow": 1, "start": 0, "end": math.nan, "expected_seller": 8000, "expected_buyer": 6000,
}  # fmt: skip
WAY = {"there": 0, "back": 1, "arriving": 0.9, "ratio": 0.8, "share": 1, "fit_supply": 1, "fit_demand": 1}


class Site:
    """A running contract on opportunity 0; opportunity 1 is another use, opportunity 2 another source."""

    def __init__(self, values=None, way=None, **exchange):
        self.p = params({"behaviour.weight_norm": 0, "behaviour.weight_control": 0, **(values or {})})
        self.companies = rows("companies", 4, status=OPEN, attitude=0.5, coming_capacity=100)
        self.companies.sells[0] = self.companies.buys[1] = 1
        own = {"coefficient": 1, "coming": 1, "permit": 1, "opportunity_count": 2}
        self.streams = table(
            "streams",
            {**own, "direction": OUT, "contracted": 1000},
            {**own, "direction": IN, "company": 1, "material": 1, "contracted": 720},
            {"direction": IN, "company": 2, "coming": 9},
            {"direction": OUT, "company": 3, "coming": 9},
            links=1,
        )
        self.materials = table("materials", {}, {"cost": 33})
        other = {"arriving": 1, "ratio": 0.5, "share": 1, "fit_supply": 1, "fit_demand": 1}
        self.ways = table(
            "opportunities",
            {"buyer": 1, "demand": 1, **WAY, **(way or {})},
            {**other, "buyer": 2, "demand": 2},
            {**other, "seller": 3, "supply": 3, "buyer": 1, "demand": 1},
        )
        self.needs = rows("needs", 2, opportunity=[0, 2])
        self.pairs = table("pairs", {"other": 1}, {"owner": 1}, trust=0.5)
        self.exchanges = table("exchanges", {**TERMS, "identity": identity_of("e"), **exchange})
        self.clock, self.now, self.events = one("clock", exchanges=1), month(), rows("events", 20)

    @property
    def exchange(self):
        return self.exchanges[0]

    def kinds(self):
        return self.events.kind[: int(self.clock.events)].tolist()

    def loss(self, t=0):
        return find_loss(t, self.p, self.companies, self.streams, self.exchange, self.ways[0])

    def failure(self):
        return find_failure(
            self.p, self.clock, self.companies, self.streams, self.pairs, self.ways[0], self.exchange, self.events, 0
        )

    def better(self, t=0, seller_gain=0.0, buyer_gain=0.0):
        return find_better(
            t,
            self.p,
            self.companies,
            self.streams,
            self.ways,
            self.needs,
            self.exchange,
            float(seller_gain),
            float(buyer_gain),
        )

    def review(self, t):
        self.clock.month = t
        review_exchanges(
            t, self.p, self.clock, lever(), self.now, self.companies, self.streams, self.materials, self.ways, self.needs,
            self.pairs, self.exchanges, self.events,
        )  # fmt: skip
        return REASONS[self.exchange.reason]


LOSSES = {
    "partner_closed": [("companies", "status", 0, CLOSED)],
    "by_product_gone": [("streams", "coefficient", 0, 0), ("streams", "coming", 0, 0)],
    "need_gone": [("streams", "coefficient", 1, 0), ("streams", "coming", 1, 0)],
    "permit_withdrawn": [("streams", "permit", 0, 0)],
}


@pytest.mark.parametrize("stage", [AGREED, BUILDING, OPERATING])
@pytest.mark.parametrize("reason", LOSSES)
def test_exchange_ends_at_once_when_it_has_lost_its_ground(reason, stage):
    site = Site(stage=stage)
    assert site.loss() == RUNNING
    for where, column, row, value in LOSSES[reason]:
        getattr(site, where)[column][row] = value
    assert site.review(5) == reason
    assert (site.exchange.stage, site.exchange.end) == (ENDED, 5)
    assert site.now[f"ends_{reason}"] == site.now.ends == 1


def test_what_is_announced_or_still_flows_is_not_lost():
    for column in ("coefficient", "coming"):
        site = Site()
        site.streams[column] = 0
        assert site.loss() == RUNNING
    site = Site()
    site.companies.status[0] = WAITING
    assert site.loss() == RUNNING


def test_permits_are_withdrawn_at_their_hazard_where_one_is_needed():
    site = Site({"review.permit_hazard": 0.3}, way={"permit": 1})
    ends = 0
    for number in range(300):
        site.exchange.identity = identity_of(f"exchange {number}")
        ends += any(site.loss(t) == PERMIT_WITHDRAWN for t in range(12))
    assert ends / 300 == pytest.approx(0.3, abs=0.08)
    site.ways.permit[0] = 0
    assert all(site.loss(t) == RUNNING for t in range(100))


@pytest.mark.parametrize(("by", "reason"), [("fails", SUPPLY_FAILED), ("fails_buyer", NEED_GONE)])
def test_side_that_failed_too_often_gives_the_reason(by, reason):
    site = Site({"review.short_months": 5, "review.readjust": False})
    site.exchange[by] = 4.99
    assert site.failure() == (RUNNING, 0)
    site.exchange[by] = 5.5
    assert site.failure() == (reason, 5.5)


def test_trust_below_the_breaking_point_ends_an_exchange():
    site = Site({"trust.breaking": 0.15})
    site.pairs.trust[1] = 0.14
    assert site.failure() == (TRUST_LOST, pytest.approx(0.14))
    assert site.review(3) == "trust_lost"
    assert site.exchange.trigger == pytest.approx(0.14)


@pytest.mark.parametrize(("by", "shaken"), [("fails", 1), ("fails_buyer", 0)])
def test_contract_shrinks_to_what_flows_instead_of_an_end(by, shaken):
    site = Site({"review.short_months": 5, "review.least_share": 0.3}, flow=0.6)
    site.exchange[by] = 6
    assert site.failure() == (RUNNING, 0)
    contract = site.exchange
    assert contract.quantity == pytest.approx(600)
    assert (contract.expected_seller, contract.expected_buyer) == (pytest.approx(4800), pytest.approx(3600))
    assert site.streams.contracted[:2].tolist() == pytest.approx([600, 720 - 400 * 0.72])
    assert (contract.fails, contract.fails_buyer, contract.flow, contract.renegotiations) == (0, 0, 1, 1)
    assert site.pairs.trust.tolist() == pytest.approx([0.5 * 0.85 if row == shaken else 0.5 for row in range(2)])
    assert site.kinds() == [EV_RENEGOTIATED]
    assert (site.events.reason[0], site.events.value[0]) == (1, pytest.approx(-400))


@pytest.mark.parametrize(
    ("values", "flow"),
    [({"review.readjust": False}, 0.6), ({"review.least_share": 0.7}, 0.6), ({"contract.smallest": 0.8}, 0.6)],
    ids=["switched off", "too small a part", "not worth it"],
)
def test_too_small_a_rest_is_no_contract(values, flow):
    site = Site(values, flow=flow)
    assert not readjust(
        site.p, site.clock, site.companies, site.streams, site.pairs, site.ways[0], site.exchange, site.events, 0
    )
    assert site.exchange.quantity == 1000


def ask(seller_gain, buyer_gain, delivered=1000.0):
    site = Site()
    site.materials.cost[1] = 43
    agreed = ask_for_terms(
        site.p, site.clock, lever(), site.streams, site.materials, site.pairs, site.ways[0], site.exchange, site.events,
        0, float(seller_gain), float(buyer_gain), delivered,
    )  # fmt: skip
    return site, agreed


def test_losing_seller_gets_even_and_a_quarter_of_the_joint_gain():
    site, agreed = ask(-2000, 6000)
    assert agreed
    step = (0.25 * 4000 + 2000) / 1000
    assert site.exchange.price == pytest.approx(4 + 0.5 * 0.72 * 10 + step)
    assert site.exchange.reference == 43
    assert site.pairs.trust.tolist() == pytest.approx([0.5, 0.5 * 0.85])
    assert (site.kinds(), site.events.reason[0], site.events.value[0]) == ([EV_RENEGOTIATED], 0, pytest.approx(step))


def test_losing_buyer_gets_even_and_a_quarter_of_the_joint_gain():
    site, agreed = ask(6000, -2000)
    assert agreed
    assert site.exchange.price == pytest.approx(4 + 3.6 + (0.75 * 4000 - 6000) / 1000)
    assert site.pairs.trust.tolist() == pytest.approx([0.5 * 0.85, 0.5])


def test_expectations_move_with_the_price():
    site, _ = ask(-2000, 6000)
    change = (site.exchange.price - 4 - 3.6) * 1000
    assert (site.exchange.expected_seller, site.exchange.expected_buyer) == (
        pytest.approx(8000 + change),
        pytest.approx(6000 - change),
    )


def test_who_loses_together_finds_no_terms_and_a_year_without_deliveries_needs_none():
    site, agreed = ask(-3000, 2000)
    assert not agreed
    assert (site.exchange.price, site.exchange.renegotiations) == (4, 0)
    site, agreed = ask(-2000, 6000, 0.0)
    assert agreed
    assert (site.exchange.price, site.exchange.renegotiations) == (4, 0)


@pytest.mark.parametrize(("seller", "buyer", "price"), [(-90_000, 100_000, 0.72 * 43), (100_000, -90_000, 0)])
def test_new_price_stays_within_what_a_unit_is_worth_to_each(seller, buyer, price):
    """The seller lets it go at nothing at least, the buyer pays no more than it saves."""
    site, agreed = ask(seller, buyer)
    assert agreed
    assert site.exchange.price == pytest.approx(price)


def test_damages_do_not_make_an_exchange_unprofitable():
    site = Site(year_seller=-2000, year_buyer=6000, year_damages=5000, year_delivered=1000)
    assert site.review(11) == ""
    assert site.kinds() == []
    assert site.exchange.year_damages == 0


def test_review_of_a_losing_year_asks_first_and_ends_what_no_longer_pays():
    site = Site(year_seller=-2000, year_buyer=6000, year_delivered=1000)
    assert site.review(11) == ""
    assert site.kinds() == [EV_RENEGOTIATED]
    assert (site.exchange.year_seller, site.exchange.year_buyer, site.exchange.year_delivered) == (0, 0, 0)
    site = Site(year_seller=-2000, year_buyer=1000, year_delivered=1000)
    assert site.review(11) == "unprofitable"
    assert site.exchange.trigger == -2000


def test_reviews_come_after_every_full_year_of_operation():
    for t in range(40):
        site = Site(start=5, year_seller=-1, year_delivered=0)
        assert (site.review(t) == "unprofitable") == (t in (16, 28))
        if t < 5:
            assert site.exchange.year_seller == -1


def test_promise_is_half_the_joint_gain_of_a_screened_alternative_for_what_is_set_free():
    way = one("opportunities", stage=SCREENED, quantity=2000, score=9000)
    assert promise(way, 500.0) == pytest.approx(0.5 * 9000 / 4)
    assert promise(way, 5000.0) == pytest.approx(4500)
    assert promise(one("opportunities", stage=IDENTIFIED, quantity=2000, score=9000), 500.0) == 0
    assert promise(one("opportunities", stage=SCREENED, quantity=0, score=9000), 500.0) == 0


def offer(site, row, score, quantity=1000.0):
    site.ways.stage[row], site.ways.score[row], site.ways.quantity[row] = SCREENED, score, quantity


def test_best_alternatives_are_looked_up_on_the_own_stream():
    site = Site()
    offer(site, 1, 8000)
    offer(site, 2, 6000)
    tables = site.p, site.companies, site.streams, site.ways
    assert best_use(*tables, site.exchange) == pytest.approx(4000)
    # The buyer's need of 720 units would take 1,440 of the other by-product, of which 1,000 are on offer.
    assert best_input(*tables, site.needs, site.exchange) == pytest.approx(3000)
    offer(site, 0, 99_000)
    assert best_use(*tables, site.exchange) == pytest.approx(4000)


def test_promises_count_where_the_other_still_has_room():
    site = Site({"contract.dependable": 1})
    offer(site, 1, 8000)
    offer(site, 2, 6000)
    tables = site.p, site.companies, site.streams, site.ways
    site.streams.contracted[2] = 9 * 1200 - 100  # 200 units of the by-product still fit
    site.streams.contracted[3] = 9 * 1200 - 250
    assert best_use(*tables, site.exchange) == pytest.approx(0.5 * 8000 * 0.2)
    assert best_input(*tables, site.needs, site.exchange) == pytest.approx(0.5 * 6000 * 0.25)


def test_years_left_and_cost_of_leaving():
    contract = one("exchanges", term=5, term_start=6, penalty=1.5, price=-4, quantity=1000)
    assert [years_left(t, contract) for t in (6, 18, 60, 66, 99)] == pytest.approx([5, 4, 0.5, 0, 0])
    assert [leaving_cost(t, contract) for t in (6, 54, 60, 66)] == pytest.approx([6000, 6000, 3000, 0])


def test_another_partner_must_be_better_by_the_bonus_and_the_cost_of_leaving():
    values = {"review.incumbent": 0.2}
    needed = 1.2 * 1000 + 1.5 * 4 * 1000 / 5
    for score, found in ((2 * needed - 1, RUNNING), (2 * needed + 1, BETTER_USE)):
        site = Site(values)
        offer(site, 1, score)
        reason, number = site.better(0, seller_gain=1000)
        assert reason == found
        assert number == (pytest.approx(score / 2) if found else 0)
    site = Site(values)
    offer(site, 2, 2 * needed + 1)
    assert site.better(0, 1000, 1000)[0] == BETTER_INPUT
    assert site.better(0, 1000, 2000)[0] == RUNNING
    assert site.better(60, 1000, needed)[0] == RUNNING


def test_leaving_costs_less_as_the_term_runs_out():
    site = Site()
    offer(site, 1, 2 * 1300)
    assert site.better(0, seller_gain=1000)[0] == RUNNING
    assert site.better(60, seller_gain=1000)[0] == BETTER_USE


@pytest.mark.parametrize(("reason", "to_seller"), [(BETTER_USE, -700), (BETTER_INPUT, 700)])
def test_who_leaves_pays_the_other(reason, to_seller):
    companies, contract, now = rows("companies", 2), one("exchanges", buyer=1), month()
    pay_for_leaving(now, companies, contract, reason, 700.0)
    assert companies.owed.tolist() == [-to_seller, to_seller]
    assert (now.gain_sellers, now.gain_buyers) == (to_seller, -to_seller)
    assert (contract.seller_gain, contract.buyer_gain) == (to_seller, -to_seller)


def test_better_use_ends_the_contract_at_the_yearly_review():
    site = Site(year_seller=100, year_buyer=100, year_delivered=1000, term_start=0)
    offer(site, 1, 90_000)
    assert site.review(11) == "better_use"
    assert site.exchange.trigger == pytest.approx(45_000)
    assert site.companies.owed[:2].tolist() == [6000, -6000]


def test_contract_is_renewed_when_both_are_willing():
    site = Site({"behaviour.threshold": 0.35})
    site.clock.month = 60
    answer = renew(60, site.p, site.clock, lever(), site.companies, site.ways[0], site.exchange, site.events, 0)
    assert answer == (RUNNING, 0)
    assert (site.exchange.term_start, site.kinds(), site.events.value[0]) == (60, [EV_RENEWED], pytest.approx(0.5))
    site.companies.attitude[1] = 0.3
    answer = renew(120, site.p, site.clock, lever(), site.companies, site.ways[0], site.exchange, site.events, 0)
    assert answer == (NOT_RENEWED, pytest.approx(0.3))
    assert site.exchange.term_start == 60


def test_renewal_comes_at_the_first_review_after_the_term():
    for t in (47, 59, 71):
        site = Site(term_start=0, year_delivered=1000)
        site.companies.attitude[0] = 0.1
        assert site.review(t) == ("not_renewed" if t >= 60 else "")


def test_release_takes_an_exchange_out_of_all_books():
    site = Site()
    release(site.companies, site.streams, site.ways[0], site.exchange)
    assert site.streams.contracted.tolist() == [0, 0, 0, 0]
    assert site.streams.links[:2].tolist() == [0, 0]
    assert (site.companies.sells[0], site.companies.buys[1]) == (0, 0)
    building = Site(stage=BUILDING)
    release(building.companies, building.streams, building.ways[0], building.exchange)
    assert building.streams.links[:2].tolist() == [1, 1]


@pytest.mark.parametrize("reason", range(1, len(REASONS)), ids=REASONS[1:])
def test_every_reason_is_counted_written_down_and_disappoints_when_bad(reason):
    site = Site({"screening.retry": 36, "behaviour.disappointment": 0.1})
    site.clock.month = 20
    end_exchange(
        site.p,
        site.clock,
        site.now,
        site.companies,
        site.streams,
        site.ways[0],
        site.exchange,
        site.events,
        0,
        reason,
        7.5,
    )
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
    end_exchange(
        site.p,
        site.clock,
        site.now,
        site.companies,
        site.streams,
        site.ways[0],
        site.exchange,
        site.events,
        0,
        NEED_GONE,
        0.0,
    )
    assert site.companies.attitude[:2].tolist() == [0.5, 0.5]


def test_ends_add_up_over_reasons():
    now = month()
    for reason in range(1, len(REASONS)):
        count_end(now, reason)
    assert now.ends == len(REASONS) - 1
