"""Review: reasons to end, each with the number that led to it; talks before an end."""

import numpy as np
import pytest

from ecopark.abm.entities.codes import (
    AGREED,
    BUILDING,
    BUYER,
    CLOSED,
    ENDED,
    EV_RENEWED,
    EV_TALKS,
    NEED_GONE,
    OPERATING,
    PERMIT_WITHDRAWN,
    RENEGOTIATION,
    RENEWAL,
    RUNNING,
    SELLER,
    SMALLER,
    SUPPLY_FAILED,
    TRUST_LOST,
    WAITING,
)
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.park import Park
from tests import bench_parks
from tests.abm.submodels.contracts import Site

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


def test_who_leaves_for_lack_of_trust_pays_what_leaving_costs():
    site = Site({"trust.exit": 1, "contract.monitoring_cost": 0}, term_start=0)
    site.pairs.trust[1] = 0.0
    assert site.failure() == (TRUST_LOST, 0)
    assert site.companies.net[1] == pytest.approx(-4000)  # what the seller loses in a year
    trusting = Site({"trust.exit": 1})
    assert trusting.failure() == (RUNNING, 0)


@pytest.mark.parametrize(("by", "shaken", "asker"), [("fails", 1, SELLER), ("fails_buyer", 0, BUYER)])
def test_a_smaller_contract_is_talked_about_before_an_end(by, shaken, asker):
    site = Site({"review.short_months": 5, "review.least_share": 0.3}, flow=0.6)
    site.exchange[by] = 6
    assert site.failure() == (RUNNING, 0)
    talk = site.talks[0]
    assert (talk.kind, talk.exchange, talk.asker, talk.speaker) == (SMALLER, 0, asker, asker)
    assert talk.quantity == pytest.approx(600)
    assert (site.exchange.quantity, site.exchange.talking) == (1000, 1)
    assert site.pairs.trust.tolist() == pytest.approx([0.5 * 0.85 if row == shaken else 0.5 for row in range(2)])
    assert site.failure() == (RUNNING, 0)
    assert site.clock.talks == 1


@pytest.mark.parametrize(
    ("values", "flow"),
    [({"review.readjust": False}, 0.6), ({"review.least_share": 0.7}, 0.6), ({"contract.smallest": 0.8}, 0.6)],
    ids=["switched off", "too small a part", "not worth it"],
)
def test_too_small_a_rest_is_no_contract(values, flow):
    site = Site({"review.short_months": 5, **values}, flow=flow, fails=6)
    assert site.failure() == (SUPPLY_FAILED, 6)
    assert site.exchange.quantity == 1000


def test_who_lost_over_a_year_asks_where_it_would_rather_leave():
    """The seller pays 60 EUR to have its by-product taken; the year was bad, and so is the price."""
    site = Site(year_seller=-60_000, year_buyer=80_000, price=-60.0, term_start=0)
    site.exchange.term_start = -48.0
    assert site.review(11) == ""
    talk = site.talks[0]
    assert (talk.kind, talk.asker, talk.quantity) == (RENEGOTIATION, SELLER, 1000)
    assert site.pairs.trust.tolist() == pytest.approx([0.5, 0.5 * 0.85])
    assert (site.exchange.year_seller, site.exchange.year_buyer) == (0, 0)
    assert site.kinds() == [EV_TALKS]


def test_a_bad_year_at_a_good_price_or_made_good_by_damages_is_no_reason_to_ask():
    for change in ({"year_seller": -2000}, {"year_seller": -2000, "year_damages": 5000, "price": -60.0}):
        site = Site(**change)
        assert site.review(11) == ""
        assert site.clock.talks == 0


def test_renewal_is_talked_about_six_months_before_the_end_and_ends_without_a_contract():
    site = Site({"review.notice": 6, "behaviour.threshold": 0.35}, term_start=0)
    assert site.review(53) == ""
    assert site.clock.talks == 0
    assert site.review(54) == ""
    talk = site.talks[0]
    assert (talk.kind, talk.capital, talk.splits) == (RENEWAL, 0, 1)
    assert talk.arranging == pytest.approx(0.25 * 30_000)
    site.exchange.talking = 0
    assert site.review(65) == ""  # it goes on at the old terms, and is not talked about again
    assert site.clock.talks == 1
    assert site.review(66) == "not_renewed"
    assert site.exchange.trigger == 5


def test_a_talk_on_renewal_holds_a_contract_for_one_notice_at_most():
    site = Site(term_start=0)
    site.review(54)
    assert site.review(65) == ""
    assert site.review(66) == "not_renewed"


def test_who_is_not_willing_lets_the_term_run_out():
    site = Site({"behaviour.threshold": 0.35}, term_start=0)
    site.companies.attitude[1] = 0.1
    assert site.review(54) == ""
    assert site.clock.talks == 0
    assert site.review(66) == "not_renewed"


GROUNDS = {
    "partner_closed": ("companies", "prospect", 1),  # it is known to close
    "by_product_gone": ("streams", "coming", 0),  # it still flows, but is known to stop
    "need_gone": ("streams", "coming", 1),
}


@pytest.mark.parametrize("reason", GROUNDS)
def test_a_term_that_nothing_can_follow_ends_for_that_reason(reason):
    site = Site(term_start=0)
    table, column, row = GROUNDS[reason]
    getattr(site, table)[column][row] = 0
    site.companies.attitude[:2] = 0.1  # no talk
    assert site.review(65) == ""
    assert site.review(66) == reason
    assert site.exchange.trigger == 0
    assert site.companies.attitude[:2].tolist() == [0.1, 0.1]  # nobody is disappointed


def test_a_worn_part_asks_for_a_renewal_with_its_capital():
    """A link of 500 EUR/km over 10 km and 3 EUR per unit and km, worn in month 20 of a term of 60 months."""
    way = {"link_fixed": 500, "link_flow": 3, "distance": 10, "link_life": 30, "om_share": 0.02}
    site = Site({"contract.band": 0.1}, way, term_start=0, wears=20, capital=40_000, band=0.1)
    assert site.review(19) == ""
    assert site.clock.talks == 0
    assert site.review(20) == ""
    talk = site.talks[0]
    assert (talk.kind, talk.capital, talk.life) == (RENEWAL, 500 * 10 + 3 * 10 * talk.quantity, 30)
    assert talk.upkeep == pytest.approx(0.02 * talk.capital)
    assert site.review(31) == ""
    assert site.review(32) == "not_renewed"


def test_a_contract_with_a_successor_runs_on_until_that_starts():
    site = Site(term_start=0, successor=3)
    assert site.review(54) == ""
    assert site.review(72) == ""
    assert site.clock.talks == 0


def test_prices_follow_costs_at_renewals():
    """The virgin price doubles in the third year: contracts of three years are renewed at another price."""
    tables = {
        **bench_parks.PAIR,
        "prices": [
            {"series": "gravel", "year": year, "price": 10.0 if year < 2003 else 20.0}
            for year in (2000, 2002, 2003, 2009)
        ],
    }
    tables["materials"] = [
        {**row, "price": None, "price_series": "gravel"} if row["material"] == "gravel" else row
        for row in tables["materials"]
    ]
    scenario = bench_parks.scenario_of(
        tables, {**bench_parks.WILLING, "contract.indexation": 0, "negotiation.terms": False}, years=10
    )
    park = Park(scenario, 1).run()
    events = park.state.events[: int(park.state.clock.events[0])]
    steps = events.value[events.kind == EV_RENEWED]
    assert len(steps) >= 2
    assert np.any(np.abs(steps) > 0.5)
