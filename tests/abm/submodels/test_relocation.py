"""Ways back: the choice between restart, overhaul, purchase and elsewhere, and the wave that tests who stays.

The directions of the whole scenario are in tests/abm/scenarios/test_reshoring.py.
"""

import math

import pytest

from ecopark.abm.entities.codes import CLOSED, ENERGY, EV_CHOSE, EV_CLOSED, EV_LEFT, EV_STAYED, IN, OPEN, OUT, WAITING
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.relocation import (
    better_site,
    choose_way_back,
    come_back,
    exchange_gain,
    find_closed_plant,
    gumbel,
    relocate,
    stream_change,
    way_profit,
)
from tests.abm.submodels.tables import lever, month, one, params, rows, state, table

OPTION = {
    "trades": 1, "first": 1, "cost": 1, "energy": 1, "disposal": 1, "margin": 1, "inputs": 1, "outputs": 1, "fixed": 1,
    "jobs": 1, "hazard": 1,
}  # fmt: skip


def returner(**columns):
    """Return tables of a manufacturer with a contribution of 120,000 EUR a year, one by-product and one need."""
    terms = {
        "identity": identity_of("r"),
        "capacity": 100,
        "coming_capacity": 100,
        "margin": 100,
        "fixed_cost": 2000,
        "stream_count": 2,
        "wacc": 0.1,
    }
    companies = table("companies", {"status": WAITING, "candidate": 1, "jobs": 40, "hazard": 0.01, **terms, **columns})
    streams = table(
        "streams",
        {"direction": OUT, "coefficient": 0.5, "coming": 0.5, "disposal_cost": 30},
        {"direction": IN, "coefficient": 2, "coming": 2, "material": 1},
    )
    return companies, streams, table("materials", {}, {"cost": 20, "group": ENERGY})


def test_profit_of_a_way_is_contribution_less_fixed_cost_streams_and_capital():
    companies, streams, materials = returner()
    p = params({"turnover.depreciation": 10})
    plain = one("options", **OPTION)
    assert way_profit(p, companies[0], state(streams=streams, materials=materials), plain) == pytest.approx(
        120_000 - 24_000
    )
    changed = one(
        "options", **{**OPTION, "margin": 0.9, "fixed": 0.5, "cost": 0.8, "inputs": 0.75, "energy": 2, "capital": 1.5}
    )
    streams_change = (0.75 * 2 - 1) * 1200 * 2 * 20
    capital = 1.5 * 120_000 * 0.1 / (1 - 1.1**-10)
    expected = 0.9 * 120_000 - 0.4 * 24_000 - streams_change - capital
    assert way_profit(p, companies[0], state(streams=streams, materials=materials), changed) == pytest.approx(expected)


def test_change_of_stream_costs_counts_quantities_energy_and_disposal():
    companies, streams, materials = returner()
    assert stream_change(companies[0], state(streams=streams, materials=materials), 1.0, 1.0, 1.0, 1.0) == 0
    assert stream_change(
        companies[0], state(streams=streams, materials=materials), 1.0, 0.5, 1.0, 3.0
    ) == pytest.approx(0.5 * 600 * 30)
    assert stream_change(
        companies[0], state(streams=streams, materials=materials), 0.5, 1.0, 1.5, 1.0
    ) == pytest.approx(-0.25 * 2400 * 20)
    materials.group[1] = 0
    assert stream_change(
        companies[0], state(streams=streams, materials=materials), 0.5, 1.0, 1.5, 1.0
    ) == pytest.approx(-0.5 * 2400 * 20)


def test_closed_plants_of_the_sector_can_be_taken_once():
    companies = rows("companies", 4, sector=[1, 2, 1, 1], status=[WAITING, CLOSED, OPEN, CLOSED])
    assert find_closed_plant(companies, companies[0]) == 3
    companies.taken[3] = 1
    assert find_closed_plant(companies, companies[0]) == -1


def chosen(*options, values=None, **columns):
    """Let a thousand manufacturers choose; return the share that takes each way."""
    companies, streams, materials = returner(**columns)
    p, counts, clock = params({"turnover.unseen": 0.1, **(values or {})}), [0] * len(options), one("clock")
    ways = table("options", *({**OPTION, "identity": identity_of(f"way {n}"), **way} for n, way in enumerate(options)))
    fresh = companies.copy()
    for number in range(1000):
        companies[:] = fresh
        companies.identity[0] = identity_of(f"manufacturer {number}")
        clock.events = 0
        events = rows("events", 1)
        s = state(companies=companies, streams=streams.copy(), materials=materials, options=ways, events=events)
        choose_way_back(12, p, clock, lever(), s, 0)
        if companies.option[0] > 0:
            assert (events.kind[0], events.reason[0]) == (EV_CHOSE, companies.option[0])
            counts[companies.option[0] - 1] += 1
    return [count / 1000 for count in counts]


def test_choice_is_a_logit_of_profits():
    """Two ways that differ by a tenth of the contribution are chosen as 1 : e at a scale of a tenth."""
    share = 1 / (1 + math.exp(-1))
    assert chosen({}, {"margin": 1.1}) == pytest.approx([1 - share, share], abs=0.04)
    assert chosen({}, {"margin": 3}) == [0, 1]


def test_way_that_needs_a_closed_plant_is_not_at_hand_without_one():
    assert chosen({"closed_plant": 1, "margin": 9}, {}) == [0, 1]
    assert chosen({"closed_plant": 1}) == [0]


def test_manufacturer_that_comes_back_takes_the_plant_of_its_way():
    companies, streams, materials = returner()
    way = one(
        "options",
        **{
            **OPTION,
            "margin": 0.9,
            "fixed": 0.5,
            "inputs": 0.75,
            "outputs": 0.5,
            "jobs": 0.6,
            "hazard": 2,
            "months": 18,
            "capital": 1,
        },
    )
    come_back(
        24,
        params({"turnover.depreciation": 10}),
        state(companies=companies, streams=streams, materials=materials),
        way,
        0,
    )
    company = companies[0]
    change = -0.5 * 600 * 30 - 0.25 * 2400 * 20
    capital = 120_000 * 0.1 / (1 - 1.1**-10)
    assert company.margin == pytest.approx(90 - change / 1200)
    assert company.fixed_cost == pytest.approx(1000 + capital / 12)
    assert (company.jobs, company.hazard) == (pytest.approx(24), pytest.approx(0.02))
    assert (company.opens, company.prospect) == (42, 1)
    assert streams.coefficient.tolist() == streams.coming.tolist() == pytest.approx([0.25, 1.5])


def test_exchange_gain_of_the_year_so_far_is_taken_as_a_yearly_rate():
    company = one("companies", year_result=150, year_alone=100)
    assert exchange_gain(23, company) == 50
    assert exchange_gain(26, company) == pytest.approx(50 * 12 / 3)


@pytest.mark.parametrize(("gain", "wave", "site"), [(0, 0.1, 1), (1e7, 0.1, -1), (0, 5, -1)])
def test_who_gains_from_exchanges_stays_when_a_wave_comes(gain, wave, site):
    companies, streams, materials = returner(fixed_cost=50_000, year_result=gain)
    ways = table("options", {**OPTION, "identity": 1}, {**OPTION, "trades": 0, "abroad": 1, "identity": 2})
    p = params({"turnover.unseen": 0.01, "turnover.moving": 0.5})
    assert (
        better_site(23, p, float(wave), companies[0], state(streams=streams, materials=materials, options=ways)) == site
    )


def test_wave_asks_those_who_came_back_once():
    companies = rows(
        "companies", 3, status=[OPEN, OPEN, CLOSED], option=[1, 0, 1], capacity=1, margin=1, fixed_cost=9e9
    )
    ways = table("options", OPTION, {**OPTION, "trades": 0, "abroad": 1})
    clock, now, events = one("clock", wave=0.01), month(), rows("events", 9)
    streams, materials = rows("streams", 0), rows("materials", 0)
    relocate(
        5,
        params(),
        clock,
        now,
        state(companies=companies, streams=streams, materials=materials, options=ways, events=events),
    )
    assert events.kind[: int(clock.events)].tolist() == [EV_LEFT, EV_CLOSED]
    assert (companies.status.tolist(), clock.wave, now.closures) == ([CLOSED, OPEN, CLOSED], 0, 1)
    relocate(
        6,
        params(),
        clock,
        now,
        state(companies=companies, streams=streams, materials=materials, options=ways, events=events),
    )
    assert clock.events == 2


def wave(gain, **values):
    """Ask two thousand manufacturers with a profit of 600 EUR a year and this year's gain; the first never came back."""
    companies = rows(
        "companies", 2000, identity=[identity_of(f"company {number}") for number in range(2000)], status=OPEN
    )
    companies.capacity, companies.margin, companies.fixed_cost, companies.option = 1, 100, 50, 1
    companies.year_result, companies.option[0] = gain, 0
    p = params({f"turnover.{name}": value for name, value in values.items()})
    clock, events = one("clock", month=11, wave=0.9), rows("events", 5000)
    sites = {"cost": 1}, {"trades": 0, "abroad": 1, "cost": 0.9}, {"trades": 0, "first": 0, "abroad": 1, "cost": 0.1}
    options = table(
        "options", *({**OPTION, "identity": identity_of(f"way {n}"), **site} for n, site in enumerate(sites))
    )
    relocate(
        11,
        p,
        clock,
        month(),
        state(
            companies=companies,
            streams=rows("streams", 0),
            materials=rows("materials", 0),
            options=options,
            events=events,
        ),
    )
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


def test_the_gumbel_draw_has_its_quantiles():
    assert gumbel(math.exp(-1)) == pytest.approx(0)
    assert gumbel(0.5) == pytest.approx(-math.log(math.log(2)))
