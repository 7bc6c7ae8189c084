"""Better use and better input: what others promise, and what leaving costs."""

import pytest

from ecopark.abm.entities.codes import BETTER_INPUT, BETTER_USE, IDENTIFIED, RUNNING
from ecopark.abm.submodels.negotiation.outside_option import (
    best_input,
    best_use,
    leaving_cost,
    promise,
    years_left,
)
from tests.abm.submodels.contracts import Site, offer
from tests.abm.submodels.tables import one


def test_promise_is_half_the_joint_gain_of_a_screened_alternative_for_what_is_set_free():
    note = one("notes", quantity=2000, score=9000)
    assert promise(note, 500.0) == pytest.approx(0.5 * 9000 / 4)
    assert promise(note, 5000.0) == pytest.approx(4500)
    assert promise(one("notes", score=9000), 500.0) == 0


def test_best_alternatives_are_looked_up_on_the_own_stream():
    site = Site()
    offer(site, 1, 8000)
    offer(site, 2, 6000)
    assert best_use(site.p, site, site.exchange) == pytest.approx(4000)
    # The buyer's need of 720 units would take 1,440 of the other by-product, of which 1,000 are on offer.
    assert best_input(site.p, site, site.exchange) == pytest.approx(3000)
    offer(site, 0, 99_000)
    assert best_use(site.p, site, site.exchange) == pytest.approx(4000)
    site.ways.stage = IDENTIFIED
    assert best_use(site.p, site, site.exchange) == 0
    assert best_input(site.p, site, site.exchange) == 0


def test_promises_count_where_the_other_still_has_room():
    site = Site({"contract.dependable": 1})
    offer(site, 1, 8000)
    offer(site, 2, 6000)
    site.streams.contracted[2] = 9 * 1200 - 100  # 200 units of the by-product still fit
    site.streams.contracted[3] = 9 * 1200 - 250
    assert best_use(site.p, site, site.exchange) == pytest.approx(0.5 * 8000 * 0.2)
    assert best_input(site.p, site, site.exchange) == pytest.approx(0.5 * 6000 * 0.25)


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
