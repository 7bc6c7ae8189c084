"""Turnover: hazard, insolvency, and newcomers drawn by what is unserved."""

import math

import pytest

from abm.randomness import identity_of
from abm.rules.turnover import (
    admit_newcomers,
    better_site,
    choose_way_back,
    close_companies,
    come_back,
    exchange_gain,
    find_closed_plant,
    is_unserved,
    relocate,
    stream_change,
    unserved_match,
    way_profit,
)
from abm.state import CLOSED, ENERGY, EV_CLOSED, EV_INSOLVENT, EV_LEFT, EV_STAYED, IN, OPEN, OUT, WAITING
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
    admit_newcomers(
        t, p, one("clock", month=t), levers or lever(), now, companies, streams, rows("materials", 1), ways, needs,
        rows("options", 0), events,
    )  # fmt: skip
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


# Ways back: sites and modes (the scenario's directions are in tests/abm/scenarios/test_reshoring.py).

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
        {"direction": OUT, "coefficient": 0.5, "coming": 0.5},
        {"direction": IN, "coefficient": 2, "coming": 2, "material": 1},
    )
    return companies, streams, table("materials", {"disposal_cost": 30}, {"cost": 20, "group": ENERGY})


def test_profit_of_a_way_is_contribution_less_fixed_cost_streams_and_capital():
    companies, streams, materials = returner()
    p = params({"turnover.depreciation": 10})
    plain = one("options", **OPTION)
    assert way_profit(p, companies[0], streams, materials, plain) == pytest.approx(120_000 - 24_000)
    changed = one(
        "options", **{**OPTION, "margin": 0.9, "fixed": 0.5, "cost": 0.8, "inputs": 0.75, "energy": 2, "capital": 1.5}
    )
    streams_change = (0.75 * 2 - 1) * 1200 * 2 * 20
    capital = 1.5 * 120_000 * 0.1 / (1 - 1.1**-10)
    expected = 0.9 * 120_000 - 0.4 * 24_000 - streams_change - capital
    assert way_profit(p, companies[0], streams, materials, changed) == pytest.approx(expected)


def test_change_of_stream_costs_counts_quantities_energy_and_disposal():
    companies, streams, materials = returner()
    assert stream_change(companies[0], streams, materials, 1.0, 1.0, 1.0, 1.0) == 0
    assert stream_change(companies[0], streams, materials, 1.0, 0.5, 1.0, 3.0) == pytest.approx(0.5 * 600 * 30)
    assert stream_change(companies[0], streams, materials, 0.5, 1.0, 1.5, 1.0) == pytest.approx(-0.25 * 2400 * 20)
    materials.group[1] = 0
    assert stream_change(companies[0], streams, materials, 0.5, 1.0, 1.5, 1.0) == pytest.approx(-0.5 * 2400 * 20)


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
        choose_way_back(
            12, p, clock, lever(), companies, streams.copy(), materials, rows("opportunities", 0), rows("needs", 0), ways,
            rows("events", 1), 0,
        )  # fmt: skip
        if companies.option[0] > 0:
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
    come_back(24, params({"turnover.depreciation": 10}), companies, streams, materials, way, 0)
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
    assert better_site(23, p, float(wave), companies[0], streams, materials, ways) == site


def test_wave_asks_those_who_came_back_once():
    companies = rows(
        "companies", 3, status=[OPEN, OPEN, CLOSED], option=[1, 0, 1], capacity=1, margin=1, fixed_cost=9e9
    )
    ways = table("options", OPTION, {**OPTION, "trades": 0, "abroad": 1})
    clock, now, events = one("clock", wave=0.01), month(), rows("events", 9)
    streams, materials = rows("streams", 0), rows("materials", 0)
    relocate(5, params(), clock, now, companies, streams, materials, ways, events)
    assert events.kind[: int(clock.events)].tolist() == [EV_LEFT, EV_CLOSED]
    assert (companies.status.tolist(), clock.wave, now.closures) == ([CLOSED, OPEN, CLOSED], 0, 1)
    relocate(6, params(), clock, now, companies, streams, materials, ways, events)
    assert clock.events == 2
    assert EV_STAYED != EV_LEFT
