"""Turnover: hazard, insolvency, and newcomers drawn by what is unserved."""

import math

import pytest

from abm.randomness import identity_of
from abm.rules.turnover import (
    admit_newcomers,
    close_companies,
    gumbel,
    is_unserved,
    relocate,
    stream_change,
    unserved_match,
    way_profit,
)
from abm.state import CLOSED, ENERGY, EV_CHOSE, EV_CLOSED, EV_INSOLVENT, EV_LEFT, EV_STAYED, IN, OPEN, OUT, WAITING
from tests.abm.rules.tables import lever, month, one, params, rows, table


def crowd(count, **columns):
    return rows("companies", count, identity=[identity_of(f"company {number}") for number in range(count)], **columns)


def close(companies, values=None, months=1):
    now, events, clock = month(), rows("events", len(companies)), one("clock")
    for t in range(months):
        clock.month = t
        close_companies(t, params(values), clock, now, companies, events)
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
    admit_newcomers(t, p, clock, levers or lever(), now, companies, streams, materials, ways, needs, options, events)
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
    assert unserved_match(12, companies, streams, ways, needs, companies[0]) == 1
    streams.links[1] = 1
    assert unserved_match(12, companies, streams, ways, needs, companies[0]) == 0
    streams.links[1], streams.coming[0] = 0, 0
    assert unserved_match(12, companies, streams, ways, needs, companies[0]) == 0


def test_buyers_look_for_unserved_by_products():
    companies = table("companies", {"stream_count": 1, "status": OPEN}, {"stream_first": 1, "stream_count": 2})
    streams = table(
        "streams",
        {"direction": OUT, "coming": 1},
        {"direction": IN, "coming": 1, "company": 1, "opportunity_count": 1},
        {"direction": IN, "coming": 1, "company": 1},
    )
    ways, needs = table("opportunities", {"demand": 1, "buyer": 1}), rows("needs", 1)
    assert unserved_match(0, companies, streams, ways, needs, companies[1]) == 0.5


@pytest.mark.parametrize(("column", "value"), [("known", 13), ("allowed", 13), ("known", math.inf)])
def test_what_is_not_known_or_allowed_draws_nobody(column, value):
    companies, streams, ways, _ = lot(1)
    assert is_unserved(12, companies, streams, ways[0], OUT)
    ways[column][0] = value
    assert not is_unserved(12, companies, streams, ways[0], OUT)
    assert is_unserved(13, companies, streams, ways[0], OUT) == math.isfinite(value)


PLAIN = {
    "cost": 1,
    "energy": 1,
    "disposal": 1,
    "margin": 1,
    "inputs": 1,
    "outputs": 1,
    "fixed": 1,
    "jobs": 1,
    "hazard": 1,
}


def ways_of(*differences):
    """Options that change nothing but what is given; the identity of each is its own."""
    lines = [{**PLAIN, "identity": identity_of(f"way {n}"), **line} for n, line in enumerate(differences)]
    return table("options", *lines)


def makers(count, **columns):
    """Companies of 12 products a year with margin 100, fixed cost 600 a year, one input at 2 and one by-product at 3 EUR."""
    plain = {"capacity": 1, "margin": 100, "fixed_cost": 50, "wacc": 0.08, "jobs": 4, "hazard": 0.01, "stream_count": 2}
    companies = crowd(count, **{**plain, **columns})
    companies.stream_first = range(0, 2 * count, 2)
    streams = rows("streams", 2 * count, coefficient=1, coming=1)
    streams.company = [row // 2 for row in range(2 * count)]
    streams.direction, streams.material = [IN, OUT] * count, [0, 1] * count
    return companies, streams, table("materials", {"cost": 2, "group": ENERGY}, {"disposal_cost": 3})


def choose(options, count=3000, companies=None, **values):
    companies, streams, materials = companies or makers(count, status=WAITING, candidate=1)
    p = params({"turnover.promise": 0, **{f"turnover.{name}": value for name, value in values.items()}})
    clock, events = one("clock", month=5), rows("events", len(companies))
    nothing = rows("opportunities", 0), rows("needs", 0)
    admit_newcomers(5, p, clock, lever(), month(), companies, streams, materials, *nothing, options, events)
    return companies, streams, events


def test_what_streams_cost_more_is_counted_by_quantity_price_and_site():
    companies, streams, materials = makers(1)
    assert stream_change(companies[0], streams, materials, 1.0, 1.0, 1.0, 1.0) == 0
    assert stream_change(companies[0], streams, materials, 1.5, 1.0, 1.0, 1.0) == pytest.approx(12)
    assert stream_change(companies[0], streams, materials, 1.0, 1.0, 1.5, 2.0) == pytest.approx(12 + 36)
    assert stream_change(companies[0], streams, materials, 0.5, 0.5, 1.0, 1.0) == pytest.approx(-12 - 18)


def test_profit_of_a_way_is_margin_less_fixed_cost_streams_and_annuity():
    companies, streams, materials = makers(1)
    p = params({"turnover.depreciation": 10})
    way = ways_of({"margin": 1.1, "fixed": 0.5, "cost": 0.8, "inputs": 1.5, "capital": 2})[0]
    annuity = 0.08 / (1 - 1.08**-10)
    assert way_profit(p, companies[0], streams, materials, way) == pytest.approx(1320 - 240 - 12 - annuity * 2400)


def test_ways_are_chosen_by_the_conditional_logit():
    """Two ways that differ by 60 EUR of 1,200 a year, on a scale of 5 %: the better one is chosen by 1 / (1 + 1/e)."""
    better = ways_of({}, {"margin": 0.95})
    companies, _, events = choose(better, unseen=0.05)
    assert (companies.option == 1).mean() == pytest.approx(1 / (1 + math.exp(-1)), abs=0.03)
    assert set(events.kind) == {EV_CHOSE}
    assert events.reason.tolist() == companies.option.tolist()
    sure, _, _ = choose(better, 50, unseen=0.001)
    assert set(sure.option) == {1}


def test_the_gumbel_draw_has_its_quantiles():
    assert gumbel(math.exp(-1)) == pytest.approx(0)
    assert gumbel(0.5) == pytest.approx(-math.log(math.log(2)))


def test_elsewhere_means_never_and_the_park_gives_the_plant_of_the_way():
    away, _, _ = choose(ways_of({}), 1)
    assert math.isinf(away.opens[0])
    factors = {"trades": 1, "margin": 1.1, "fixed": 0.9, "jobs": 0.5, "hazard": 2, "inputs": 0.5, "outputs": 0.25}
    here, streams, _ = choose(ways_of({**factors, "months": 18}), 1)
    assert (here.opens[0], here.prospect[0], here.jobs[0], here.hazard[0]) == (23, 1, 2, 0.02)
    assert here.fixed_cost[0] == pytest.approx(45)
    assert here.margin[0] == pytest.approx(110 + (12 + 27) / 12)
    assert streams.coefficient.tolist() == streams.coming.tolist() == [0.5, 0.25]


def test_a_purchase_needs_a_closed_plant_of_the_sector_and_takes_it_once():
    companies, streams, materials = makers(3, sector=1, status=WAITING, candidate=1)
    companies.status[2], companies.candidate[2] = CLOSED, 0
    options = ways_of({"trades": 1}, {"trades": 1, "closed_plant": 1, "margin": 2})
    choose(options, companies=(companies, streams, materials), unseen=0.001)
    assert companies.option.tolist() == [2, 1, 0]
    assert companies.taken[2] == 1


def wave(gain, **values):
    companies, streams, materials = makers(2000, status=OPEN, option=1)
    companies.year_result, companies.option[0] = gain, 0
    p = params({f"turnover.{name}": value for name, value in values.items()})
    clock, events, now = one("clock", month=11, wave=0.9), rows("events", 5000), month()
    options = ways_of({"trades": 1, "first": 1}, {"first": 1, "abroad": 1, "cost": 0.9}, {"abroad": 1, "cost": 0.1})
    relocate(11, p, clock, now, companies, streams, materials, options, events)
    return companies, events, clock


def test_a_relocation_wave_is_a_logit_between_this_years_gain_and_what_a_site_saves():
    """Abroad saves 600 (1 - 0.81) = 114 EUR a year; with 54 of gain from exchanges and 60 of scale, 1 / (1 + e) stay."""
    companies, events, clock = wave(54.0, unseen=0.05, moving=0)
    left = events.kind[: clock.events] == EV_LEFT
    assert left.sum() / 1999 == pytest.approx(1 / (1 + math.exp(-1)), abs=0.035)
    assert (events.kind[: clock.events] == EV_STAYED).sum() == 1999 - left.sum()
    assert companies.status[0] == OPEN
    assert set(events.reason[: clock.events][left]) == {2}
    assert clock.wave == 0
    stays, _, _ = wave(500.0, unseen=0.01, moving=0)
    assert (stays.status == OPEN).all()
    costly, _, _ = wave(0.0, unseen=0.01, moving=3)
    assert (costly.status == OPEN).all()
