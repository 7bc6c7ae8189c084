"""Delivery: the smallest of supply, need and contract; blame; stock; mass."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.abm.entities.codes import AGREED, CLOSED, IN, OPEN, OPERATING, OUT, WAITING
from ecopark.abm.submodels.delivery import (
    blame,
    can_run,
    deliver,
    deliver_one,
    due_quantity,
    open_stocks,
    store_and_dispose,
)
from tests.abm.submodels.tables import lever, one, state, table

AMOUNTS = st.floats(0, 1e6)


def pair(supply, need, replaced=0.0):
    """Return the streams of a seller and a buyer."""
    return table(
        "streams",
        {"direction": OUT, "amount": supply, "free": supply, "coefficient": 1, "permit": 1},
        {"direction": IN, "amount": need, "replaced": replaced, "coefficient": 1, "company": 1},
    )


def way(**columns):
    return one("opportunities", **{"arriving": 1.0, "ratio": 1.0, "share": 1.0, "factor": 1.0, **columns})


def give(exchange, opportunity, conversion, supply, demand, due, backup=0.0):
    """Deliver where nobody of the same conversion has delivered before and find who is to blame; return the month."""
    month = one("deliveries")
    wanted = max(0.0, min(demand.amount - demand.replaced, conversion.share * demand.amount))
    wanted /= opportunity.arriving * opportunity.ratio
    deliver_one(month, exchange, opportunity, supply, demand, due, wanted)
    blame(month, exchange, backup)
    return month


@pytest.mark.parametrize(
    ("supply", "need", "due", "delivered"),
    [
        (80, 200, 100, 80),  # the seller has too little
        (200, 70, 100, 70),  # the buyer wants too little
        (200, 200, 100, 110),  # both want more: the upper end of the band
        (105, 200, 100, 105),  # within the band
        (0, 200, 100, 0),
        (200, 200, 0, 0),
    ],
)
def test_delivered_is_the_least_of_supply_need_and_contract_maximum(supply, need, due, delivered):
    exchange = one("exchanges", demand=1, band=0.1)
    streams = pair(supply, need)
    give(exchange, way(), way(), *streams, float(due))
    assert exchange.delivered_now == pytest.approx(delivered)
    assert streams.free[0] == pytest.approx(supply - delivered)
    assert streams.replaced[1] == pytest.approx(delivered)
    assert exchange.nominal == due


def test_losses_and_ratio_stand_between_what_leaves_and_what_it_replaces():
    exchange, streams = one("exchanges", demand=1, band=0.0), pair(1000, 100)
    one_way = way(arriving=0.8, ratio=0.5, share=0.6)
    give(exchange, one_way, one_way, *streams, 1000.0)
    assert streams.replaced[1] == pytest.approx(60)  # no more than its share of the need
    assert exchange.delivered_now == pytest.approx(60 / 0.4)


def test_need_that_others_have_met_is_not_met_again():
    exchange, streams = one("exchanges", demand=1, band=0.0), pair(1000, 100, replaced=45)
    give(exchange, way(), way(share=0.6), *streams, 1000.0)
    assert exchange.delivered_now == pytest.approx(55)  # another by-product takes no room of its share
    full = pair(1000, 100, replaced=80)
    give(exchange, way(), way(share=0.6), *full, 1000.0)
    assert exchange.delivered_now == pytest.approx(20)


@pytest.mark.parametrize(
    ("supply", "need", "by_seller", "by_buyer"),
    [(60, 500, 30, 0), (500, 60, 0, 30), (95, 500, 0, 0), (500, 500, 0, 0), (50, 60, 10, 0), (60, 50, 0, 10)],
)
def test_what_both_would_have_missed_below_the_band_is_excused(supply, need, by_seller, by_buyer):
    exchange = one("exchanges", demand=1, band=0.1)
    month = give(exchange, way(), way(), *pair(supply, need), 100.0)
    assert (exchange.short_seller, exchange.short_buyer) == (pytest.approx(by_seller), pytest.approx(by_buyer))
    assert month.excused == pytest.approx(max(0, 90 - max(supply, need)))
    assert (month.available, month.wanted, month.due) == (supply, need, 100)


def test_back_up_covers_a_share_of_what_is_missing():
    exchange = one("exchanges", demand=1, band=0.0)
    give(exchange, way(), way(), *pair(60, 500), 100.0, backup=0.25)
    assert exchange.short_seller == pytest.approx(0.75 * 40)
    give(exchange, way(), way(), *pair(60, 500), 100.0, backup=1.0)
    assert exchange.short_seller == 0


@given(AMOUNTS, AMOUNTS, AMOUNTS, st.floats(0, 1), st.floats(0.05, 1), st.floats(0.1, 2), st.floats(0.01, 1))
def test_a_delivery_never_exceeds_its_limits_and_blames_at_most_one_side(
    supply, need, due, band, arriving, ratio, share
):
    exchange, streams = one("exchanges", demand=1, band=band), pair(supply, need)
    give(exchange, way(arriving=arriving, ratio=ratio), way(share=share), *streams, due)
    assert 0 <= exchange.delivered_now <= supply
    assert exchange.delivered_now <= due * (1 + band) * (1 + 1e-12)
    assert streams.replaced[1] <= share * need * (1 + 1e-9)
    assert exchange.short_seller == 0 or exchange.short_buyer == 0
    assert exchange.short_seller + exchange.short_buyer <= due
    assert streams.free[0] == supply - exchange.delivered_now


def both(**columns):
    """Return two open companies, seller and buyer."""
    return table("companies", {}, {}, **{"status": OPEN, "maintenance_month": 12, **columns})


def flat(*factors):
    """Return seasonal profiles: the flat one, then one with the given first months."""
    profiles = np.ones((2, 12))
    profiles[1, : len(factors)] = factors
    return profiles


def test_a_year_of_quantity_falls_due_by_both_seasons():
    streams = pair(1, 1)
    streams.profile[1] = 1
    exchange = one("exchanges", quantity=1200, buyer=1, demand=1)
    profiles = flat(2, 0.5)
    kept = [due_quantity(*both(), *streams, way(keeps=1), 1.25, exchange, profiles, t) for t in range(3)]
    assert kept == pytest.approx([100 * 1.25 * 2, 100 * 1.25 * 0.5, 100 * 1.25])
    # What does not keep has to be made and needed in the same month.
    fresh = [due_quantity(*both(), *streams, way(), 1.25, exchange, profiles, t) for t in range(3)]
    assert fresh == pytest.approx([100 * 1.25, 100 * 1.25 * 0.5, 100 * 1.25])


def test_a_planned_stop_of_either_side_is_not_due():
    exchange, streams, profiles = one("exchanges", quantity=1200, buyer=1, demand=1), pair(1, 1), flat()
    companies = both()
    companies.maintenance_month[0], companies.maintenance_share[0] = 6, 0.75
    due = [due_quantity(*companies, *streams, way(), 1.0, exchange, profiles, month) for month in (5, 6)]
    assert due == pytest.approx([100, 25])
    companies.maintenance_month[1], companies.maintenance_share[1] = 6, 0.9
    assert due_quantity(*companies, *streams, way(), 1.0, exchange, profiles, 6) == pytest.approx(10)


LOSSES = {
    "seller closed": ("companies", "status", 0, CLOSED),
    "buyer waiting": ("companies", "status", 1, WAITING),
    "by-product gone": ("streams", "coefficient", 0, 0),
    "need gone": ("streams", "coefficient", 1, 0),
    "permit gone": ("streams", "permit", 0, 0),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_nothing_is_due_where_a_partner_a_stream_or_the_permit_is_gone(loss):
    where, column, row, value = LOSSES[loss]
    tables = {"companies": both(), "streams": pair(500, 500)}
    exchange = one("exchanges", quantity=1200, buyer=1, demand=1)
    assert can_run(*tables["companies"], *tables["streams"])
    tables[where][column][row] = value
    assert not can_run(*tables["companies"], *tables["streams"])
    assert due_quantity(*tables["companies"], *tables["streams"], way(), 1.0, exchange, flat(), 0) == 0


def test_older_contracts_are_served_first_and_only_those_that_operate():
    streams = table(
        "streams",
        {"direction": OUT, "amount": 100, "stock": 30, "coefficient": 1, "permit": 1},
        *[{"direction": IN, "amount": 80, "coefficient": 1, "company": 1}] * 3,
    )
    exchanges = table(
        "exchanges",
        *({"demand": row, "stage": stage} for row, stage in ((1, OPERATING), (2, AGREED), (3, OPERATING))),
        buyer=1,
        quantity=12 * 80,
    )
    ways = table("opportunities", {"arriving": 1, "ratio": 1, "share": 1, "factor": 1})
    deliver(
        0,
        one("clock", exchanges=3),
        lever(),
        state(companies=both(), streams=streams, ways=ways, exchanges=exchanges, profiles=flat()),
    )
    assert exchanges.delivered_now.tolist() == [80, 0, 50]
    assert streams.free[0] == 0
    assert exchanges.short_seller.tolist() == [0, 0, 30]


def test_what_was_stored_can_be_delivered():
    streams = table("streams", {"direction": OUT, "amount": 7, "stock": 5}, {"direction": IN, "amount": 7, "free": 7})
    open_stocks(streams)
    assert streams.free.tolist() == [12, 7]


@pytest.mark.parametrize(
    ("free", "promised", "storable", "stock"),
    [(50, 120, 0.5, 50), (90, 120, 0.5, 60), (90, 0, 0.5, 0), (90, 120, 0, 0)],
)
def test_stock_holds_what_contracts_take_in_the_months_it_keeps(free, promised, storable, stock):
    streams = table("streams", {"direction": OUT, "free": free, "contracted": 12 * promised})
    store_and_dispose(state(streams=streams, materials=table("materials", {"storable": storable})))
    assert streams.stock[0] == pytest.approx(stock)
    assert streams.disposed[0] == pytest.approx(free - stock)


def test_needs_are_neither_stored_nor_disposed_of():
    streams = table("streams", {"direction": IN, "free": 10, "links": 1, "contracted": 100})
    store_and_dispose(state(streams=streams, materials=table("materials", {"storable": 12})))
    assert (streams.stock[0], streams.disposed[0]) == (0, 0)
