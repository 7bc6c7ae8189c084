"""Review: eleven reasons to end, each with the number that led to it; new terms before an end."""

import pytest

from ecopark.abm.entities.codes import (
    AGREED,
    BUILDING,
    CLOSED,
    ENDED,
    EV_RENEGOTIATED,
    EV_RENEWED,
    NEED_GONE,
    NOT_RENEWED,
    OPERATING,
    PERMIT_WITHDRAWN,
    RUNNING,
    SUPPLY_FAILED,
    TRUST_LOST,
    WAITING,
)
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.review import ask_for_terms, readjust, renew
from tests.abm.submodels.contracts import Site, offer
from tests.abm.submodels.tables import lever

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


@pytest.mark.parametrize(("side", "to_seller"), [(0, -1), (1, 1)])
def test_a_side_without_trust_leaves_and_pays_the_other(side, to_seller):
    site = Site({"trust.exit": 1})
    site.pairs.trust[side] = 0
    assert site.failure() == (TRUST_LOST, 0)
    assert site.companies.owed.tolist()[:2] == [-to_seller * 6000, to_seller * 6000]  # a year's penalty, 1.5 x 4 x 1000
    assert Site({"trust.exit": 1}).failure() == (RUNNING, 0)  # trust 0.5 is comfort
    assert site.review(3) == "trust_lost"
    assert site.exchange.trigger == 0


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
    assert not readjust(site.p, site.clock, site, site.ways[0], site.exchange, 0)
    assert site.exchange.quantity == 1000


def ask(seller_gain, buyer_gain, delivered=1000.0):
    site = Site()
    site.materials.cost[1] = 43
    agreed = ask_for_terms(
        site.p,
        site.clock,
        lever(),
        site,
        site.ways[0],
        site.exchange,
        0,
        float(seller_gain),
        float(buyer_gain),
        delivered,
    )
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


def test_better_use_ends_the_contract_at_the_yearly_review():
    site = Site(year_seller=100, year_buyer=100, year_delivered=1000, term_start=0)
    offer(site, 1, 90_000)
    assert site.review(11) == "better_use"
    assert site.exchange.trigger == pytest.approx(45_000)
    assert site.companies.net[:2].tolist() == [-6000, 6000]
    assert site.deliveries.leaving_seller[0] == 6000


def test_contract_is_renewed_when_both_are_willing():
    site = Site({"behaviour.threshold": 0.35})
    site.clock.month = 60
    answer = renew(60, site.p, site.clock, site, site.exchange, 0)
    assert answer == (RUNNING, 0)
    assert (site.exchange.term_start, site.kinds(), site.events.value[0]) == (60, [EV_RENEWED], pytest.approx(0.5))
    site.companies.attitude[1] = 0.3
    answer = renew(120, site.p, site.clock, site, site.exchange, 0)
    assert answer == (NOT_RENEWED, pytest.approx(0.3))
    assert site.exchange.term_start == 60


def test_renewal_comes_at_the_first_review_after_the_term():
    for t in (47, 59, 71):
        site = Site(term_start=0, year_delivered=1000)
        site.companies.attitude[0] = 0.1
        assert site.review(t) == ("not_renewed" if t >= 60 else "")
