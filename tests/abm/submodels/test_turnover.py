"""Turnover: hazard, insolvency, and newcomers drawn by what is unserved."""

import math

import pytest

from ecopark.abm.entities.codes import CLOSED, EV_CLOSED, EV_INSOLVENT, IN, OPEN, OUT, WAITING
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.turnover import admit_newcomers, close_companies, unserved_match
from tests.abm.submodels.tables import lever, month, one, params, rows, state, table


def crowd(count, **columns):
    return rows("companies", count, identity=[identity_of(f"company {number}") for number in range(count)], **columns)


def close(companies, values=None, months=1):
    now, events, clock = month(), rows("events", len(companies)), one("clock")
    for t in range(months):
        clock.month = t
        close_companies(t, params(values), clock, now, state(companies=companies, events=events))
    return now, events


def test_companies_close_at_their_hazard():
    monthly = 1 - 0.9 ** (1 / 12)
    companies = crowd(4000, status=OPEN, hazard=monthly, cash=1)
    now, events = close(companies, months=12)
    assert now.closures / 4000 == pytest.approx(0.1, abs=0.015)
    assert (companies.status == CLOSED).sum() == now.closures
    assert set(events.kind[: int(now.closures)]) == {EV_CLOSED}
    none, _ = close(crowd(4000, status=OPEN, hazard=monthly, cash=1), {"turnover.hazard": 0}, 12)
    assert none.closures == 0
    twice, _ = close(crowd(4000, status=OPEN, hazard=monthly, cash=1), {"turnover.hazard": 2}, 12)
    assert twice.closures > 1.6 * now.closures


def test_companies_without_cash_close_unless_that_is_off():
    companies = crowd(3, status=[OPEN, OPEN, WAITING], cash=[-1, 0, -1])
    now, events = close(companies)
    assert companies.status.tolist() == [CLOSED, OPEN, WAITING]
    assert (now.closures, events.kind[0], events.value[0]) == (1, EV_INSOLVENT, -1)
    companies = crowd(1, status=OPEN, cash=-1)
    close(companies, {"turnover.insolvency": False})
    assert companies.status[0] == OPEN


def lot(count, **columns):
    """Return candidates that have a by-product, and one open company that has a need for it."""
    companies = crowd(count + 1, status=WAITING, candidate=1, stream_count=1, **columns)
    companies.stream_first = range(count + 1)
    companies.status[count], companies.candidate[count] = OPEN, 0
    streams = rows("streams", count + 1, company=range(count + 1), coming=1, opportunity_count=1, direction=OUT)
    streams.opportunity_first = range(count + 1)
    streams.direction[count], streams.opportunity_count[count], streams.opportunity_first[count] = IN, count, 0
    ways = rows("opportunities", count, supply=range(count), demand=count, buyer=count)
    needs = rows("needs", count, opportunity=range(count))
    return companies, streams, ways, needs


def admit(t, companies, streams, ways, needs, levers=None, **values):
    p = params({f"turnover.{name}": value for name, value in values.items()})
    now, events = month(), rows("events", len(companies))
    materials, options = rows("materials", 1), rows("options", 0)
    clock = one("clock", month=t)
    admit_newcomers(
        t,
        p,
        clock,
        levers or lever(),
        now,
        state(
            companies=companies,
            streams=streams,
            materials=materials,
            ways=ways,
            needs=needs,
            options=options,
            events=events,
        ),
    )
    return now.openings / (len(companies) - 1)


def test_newcomers_come_each_january_at_the_rate_that_unserved_streams_raise():
    shares = {
        "nothing speaks for the park": admit(12, *lot(3000), entry=0.1, entry_symbiosis=0),
        "all streams could be served": admit(12, *lot(3000), entry=0.1, entry_symbiosis=2),
        "attracted": admit(12, *lot(3000), lever(attraction=1.0), entry=0.1, entry_symbiosis=0),
    }
    assert list(shares.values()) == pytest.approx([0.1, 0.3, 0.2], abs=0.03)
    assert admit(13, *lot(100), entry=1) == 0
    assert admit(24, *lot(100), entry=1) == 1


@pytest.mark.parametrize("kept_out", [{"opens": 25}, {"candidate": 0}, {"status": OPEN}])
def test_only_waiting_candidates_whose_time_has_come_open(kept_out):
    companies, *rest = lot(5)
    for column, value in kept_out.items():
        companies[column][0] = value
    assert admit(24, companies, *rest, entry=1) == pytest.approx(0.8)


def test_served_is_the_share_of_flowing_streams_with_an_open_unserved_partner():
    companies, streams, ways, needs = lot(1)
    assert unserved_match(12, state(companies=companies, streams=streams, ways=ways, needs=needs), companies[0]) == 1
    streams.links[1] = 1
    assert unserved_match(12, state(companies=companies, streams=streams, ways=ways, needs=needs), companies[0]) == 0
    streams.links[1], streams.coming[0] = 0, 0
    assert unserved_match(12, state(companies=companies, streams=streams, ways=ways, needs=needs), companies[0]) == 0


def test_buyers_look_for_unserved_by_products():
    companies = table("companies", {"stream_count": 1, "status": OPEN}, {"stream_first": 1, "stream_count": 2})
    streams = table(
        "streams",
        {"direction": OUT, "coming": 1},
        {"direction": IN, "coming": 1, "company": 1, "opportunity_count": 1},
        {"direction": IN, "coming": 1, "company": 1},
    )
    ways, needs = table("opportunities", {"demand": 1, "buyer": 1}), rows("needs", 1)
    assert unserved_match(0, state(companies=companies, streams=streams, ways=ways, needs=needs), companies[1]) == 0.5


@pytest.mark.parametrize(("column", "value"), [("known", 13), ("allowed", 13), ("known", math.inf)])
def test_what_is_not_known_or_allowed_draws_nobody(column, value):
    companies, streams, ways, needs = lot(1)

    def served(month):
        return unserved_match(month, state(companies=companies, streams=streams, ways=ways, needs=needs), companies[0])

    assert served(12) == 1
    ways[column][0] = value
    assert served(12) == 0
    assert served(13) == math.isfinite(value)
