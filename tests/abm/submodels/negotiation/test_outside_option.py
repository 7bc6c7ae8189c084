"""Outside options: the best offer in hand, what staying is worth, what leaving costs."""

import math

import pytest

from ecopark.abm.entities.codes import BUYER, RENEGOTIATION, SELLER, SWITCH
from ecopark.abm.submodels.negotiation.outside_option import (
    best_offer,
    crowded_out,
    leaving_cost,
    link_talks,
    running_gain,
    set_outside,
    yearly_leaving,
    years_left,
)
from ecopark.abm.submodels.negotiation.utility import annuity
from tests.abm.submodels.contracts import Site
from tests.abm.submodels.tables import lever, rows

TALK = {
    "buyer": 1, "demand": 1, "quantity": 600, "standard": 4, "terms": 1, "splits": 1, "value_seller": 30, "value_buyer": 20,
    "wacc_seller": 0.1, "wacc_buyer": 0.1, "limit_seller": 4, "limit_buyer": 4, "longest": 30, "life": 30, "scale": 50,
    "price_seller": math.nan, "price_buyer": math.nan, "share_buyer": 0.5, "term_buyer": 4, "share_seller": 0.5,
    "term_seller": 4, "exchange": -1,
}  # fmt: skip


def site_with_talks(*talks, **exchange):
    site = Site({"contract.dependable": 1, "contract.monitoring_cost": 0}, **exchange)
    site.streams.contracted = 0
    site.talks = rows("talks", len(talks))
    for row, talk in enumerate(talks):
        for name, value in {**TALK, **talk}.items():
            site.talks[name][row] = value
    return site


@pytest.mark.parametrize(("quantity", "share"), [(600, 0), (700, 1 / 6), (1200, 1), (5000, 1)])
def test_a_rival_counts_as_far_as_this_deal_crowds_it_out(quantity, share):
    """The supply is 1,200 a year: beside a deal of 600 there is room for 600."""
    site = site_with_talks({"quantity": quantity}, {"opportunity": 1, "demand": 2, "buyer": 2})
    assert crowded_out(site.p, site, site.talks[0], site.talks[1], SELLER) == pytest.approx(share)


def test_the_best_offer_in_hand_counts_in_full_for_what_it_crowds_out():
    site = site_with_talks(
        {"quantity": 1200},
        {"opportunity": 1, "demand": 2, "buyer": 2, "price_buyer": 3.0},
        {"opportunity": 1, "demand": 2, "buyer": 2, "price_buyer": 5.0, "quantity": 300},
    )
    first, after = link_talks(site, 3)
    assert best_offer(site.p, site, site.talks[0], 0, SELLER, first, after) == pytest.approx(600 * 33)
    assert best_offer(site.p, site, site.talks[0], 0, BUYER, first, after) == 0
    # Seen from the others the first talk has no offer on the table yet, and what is small leaves room.
    assert best_offer(site.p, site, site.talks[1], 1, SELLER, first, after) == 0


def test_running_gain_is_at_the_price_and_the_values_of_the_month():
    site = Site({"contract.monitoring_cost": 100})
    site.materials.expected[1] = 43
    price = 4 + 0.5 * 0.72 * 10
    assert running_gain(site.p, lever(), site, site.exchange, SELLER) == pytest.approx(1000 * price - 100)
    assert running_gain(site.p, lever(), site, site.exchange, BUYER) == pytest.approx(1000 * (0.72 * 43 - price) - 100)


def test_leaving_costs_the_partners_lost_gain_of_a_year_or_of_the_time_left():
    site = Site({"contract.monitoring_cost": 0}, term_start=0)
    site.materials.expected[1] = 33
    lost = 1000 * (0.72 * 33 - 4)
    assert [years_left(t, site.exchange) for t in (0, 12, 54, 60, 99)] == pytest.approx([5, 4, 0.5, 0, 0])
    costs = [leaving_cost(t, site.p, lever(), site, site.exchange, SELLER) for t in (0, 48, 54, 60)]
    assert costs == pytest.approx([lost, lost, lost / 2, 0])
    site.companies.wacc = 0.1
    assert yearly_leaving(0, site.p, lever(), site, site.exchange, SELLER) == pytest.approx(lost * annuity(0.1, 5))
    site.exchange.price = 99  # the buyer loses: it gains by being left
    assert leaving_cost(0, site.p, lever(), site, site.exchange, SELLER) == 0


def test_new_terms_are_asked_for_with_the_threat_to_leave():
    talk = {"kind": RENEGOTIATION, "exchange": 0, "asker": SELLER, "quantity": 1000}
    site = site_with_talks(talk, price=-30.0, term_start=0)
    site.materials.expected[1] = 33
    site.companies.wacc = 0.1
    first, after = link_talks(site, 1)
    set_outside(0, site.p, lever(), site, site.talks[0], 0, first, after)
    paid = yearly_leaving(0, site.p, lever(), site, site.exchange, SELLER)
    assert site.talks.outside_seller[0] == pytest.approx(max(-30_000, -paid))
    assert site.talks.outside_buyer[0] == pytest.approx(paid)


def test_who_leaves_by_a_switch_wants_more_than_it_has_and_pays():
    site = site_with_talks({"kind": SWITCH, "exchange": 0, "asker": BUYER, "opportunity": 2}, term_start=0)
    site.materials.expected[1] = 33
    site.companies.wacc = 0.1
    first, after = link_talks(site, 1)
    set_outside(0, site.p, lever(), site, site.talks[0], 0, first, after)
    stay = running_gain(site.p, lever(), site, site.exchange, BUYER)
    assert site.talks.outside_buyer[0] == pytest.approx(
        stay + yearly_leaving(0, site.p, lever(), site, site.exchange, BUYER)
    )
    assert site.talks.outside_seller[0] == 0
