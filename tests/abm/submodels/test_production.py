"""Production: utilisation around its mean, outages that cost their forced rate, season, planned stops."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import CLOSED, IN, OPEN, OUT, WAITING
from ecopark.abm.entities.tables import blank
from ecopark.abm.initialization.entity_tables import _set_outages, lay_types
from ecopark.abm.input.library_rows import Type
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.production import availability, fill_streams, move_cycle, run_plants
from tests.abm.submodels.tables import lever, one, params, rows, state, table, whole
from tests.parks import MIXED, scenario_of


def simulate(companies, sectors, months=300, p=None, levers=None, column="utilisation"):
    """Return a column of the table of companies after twenty years, month by month [month, company]."""
    p, levers, clock = p or params(), levers or lever(), one("clock")
    seen = np.empty((240 + months, len(companies)))
    s = whole(companies=companies, sectors=sectors)
    for month in range(240 + months):
        move_cycle(month, p, clock, sectors)
        run_plants(month, p, clock, levers, s)
        seen[month] = companies[column]
    return seen[240:]


def plants(count, **columns):
    names = [identity_of(f"plant {number}") for number in range(count)]
    return rows(
        "companies", count, **{"identity": names, "status": OPEN, "capacity": 100, "maintenance_month": 12, **columns}
    )


def trades(*loadings, sd=0.1):
    return table(
        "sectors", *({"identity": identity_of(f"s{i}"), "loading": x, "sd": sd} for i, x in enumerate(loadings))
    )


def test_output_is_capacity_without_fluctuations():
    companies, p = plants(2), params({"production.volatility": 0, "production.outages": 0})
    run_plants(0, p, one("clock"), lever(), state(companies=companies, sectors=trades(0.5)))
    assert companies.output.tolist() == [100, 100]


def test_utilisation_spreads_by_sector_and_plant():
    """A thousand plants of as many sectors, so that only the cycle is common."""
    companies = plants(1000)
    companies.sector = np.arange(1000)
    log = np.log(simulate(companies, trades(*[0.0] * 1000, sd=0.1), p=params({"production.own_sd": 0.12})))
    assert log.std() == pytest.approx(math.hypot(0.1, 0.12), rel=0.03)
    assert log.mean() == pytest.approx(-0.5 * (0.1**2 + 0.12**2), abs=0.01)
    year = np.corrcoef(log[12:].ravel(), log[:-12].ravel())[0, 1]
    assert year == pytest.approx(0.6, abs=0.03)


def test_plants_of_a_sector_share_its_part_and_sectors_share_the_cycle():
    companies = plants(3)
    companies.sector = [0, 0, 1]
    log = np.log(simulate(companies, trades(0.8, 0.5), p=params({"production.own_sd": 0}), months=6000))
    together = np.corrcoef(log.T)
    assert together[0, 1] == pytest.approx(1)
    assert together[0, 2] == pytest.approx(0.8 * 0.5, abs=0.12)


def test_joint_planning_takes_out_the_plants_own_part_alone():
    companies = plants(2)
    planned = simulate(companies, trades(0.5, sd=0.1), months=24, levers=lever(planning=1))
    assert planned[:, 0].tolist() == planned[:, 1].tolist()
    half = np.log(simulate(plants(1), trades(0.5, sd=0.0), months=24, levers=lever(planning=0.5)))
    full = np.log(simulate(plants(1), trades(0.5, sd=0.0), months=24))
    own = 0.12**2  # its variance; the mean of output stays 1
    np.testing.assert_allclose(half + 0.125 * own, 0.5 * (full + 0.5 * own), atol=1e-9)


@pytest.mark.parametrize("volatility", [1, 3])
def test_mean_utilisation_is_one_from_the_first_month_on(volatility):
    companies, sectors, clock = plants(20_000), trades(0.0, sd=0.1), one("clock")
    companies.sector, sectors = np.arange(20_000), trades(*[0.0] * 20_000, sd=0.1)
    p, s = params({"production.volatility": volatility}), whole(companies=companies, sectors=sectors)
    for month in range(13):
        move_cycle(month, p, clock, sectors)
        run_plants(month, p, clock, lever(), s)
        error = companies.utilisation.std() / math.sqrt(20_000)
        assert abs(companies.utilisation.mean() - 1) < 4.5 * error


def test_a_plants_own_part_moves_whether_it_is_open_or_not():
    companies = plants(2)
    companies.identity[1], companies.status[1] = companies.identity[0], WAITING
    simulate(companies, trades(0.5), months=12)
    assert companies.own[0] == companies.own[1] != 0


def test_only_open_companies_produce():
    companies = plants(3, output=7.0)
    companies.status = [OPEN, WAITING, CLOSED]
    run_plants(0, params(), one("clock"), lever(), state(companies=companies, sectors=trades(0.5)))
    assert companies.output[0] > 0
    assert companies.output[1:].tolist() == [0, 0]


KINDS = [(0.02, 0.05), (0.05, 0.1), (0.04, 0.06), (0.1, 0.5), (0.08, 1.5), (0.3, 0.2), (0.0, 1.0), (0.6, 4.0)]


@pytest.mark.parametrize(("rate", "repair"), KINDS)
def test_outages_cost_their_forced_rate_in_the_long_run(rate, repair):
    kind = blank("types", 1)
    words = {"type": "x", "label": "x", "sector": "x", "product": "x", "product_unit": "t", "typical_size": 1}
    _set_outages(kind, [Type.model_validate({**words, "outage_rate": rate, "repair_months": repair})])
    for column in ("outage_start", "outage_end", "outage_loss"):
        assert 0 <= kind[column][0] <= 1
    columns = {name: kind[name][0] for name in ("outage_start", "outage_end", "outage_loss")}
    assert lost(plants(1000, **columns)) == pytest.approx(rate, rel=0.04)


def lost(companies, values=None, levers=None):
    """Return the share of output lost to outages."""
    p = params({"production.volatility": 0, **(values or {})})
    output = simulate(companies, trades(0.0), months=120, p=p, levers=levers, column="output")
    return 1 - output.mean() / 100


def test_maintenance_avoids_outages_and_the_factor_brings_more():
    risky = {"outage_start": 0.1, "outage_end": 1, "outage_loss": 1}
    plain = lost(plants(500, **risky))
    assert plain == pytest.approx(0.1 / 1.1, rel=0.05)
    assert lost(plants(500, **risky), levers=lever(maintenance=0.5)) == pytest.approx(0.05 / 1.05, rel=0.05)
    assert lost(plants(500, **risky), levers=lever(maintenance=1.0)) == 0
    assert lost(plants(500, **risky), {"production.outages": 2}) == pytest.approx(0.2 / 1.2, rel=0.05)
    assert lost(plants(500, **risky), {"production.outages": 0}) == 0


def test_planned_stop_costs_its_share_of_its_month():
    company = one("companies", maintenance_month=6, maintenance_share=0.4)
    up = [availability(month, params(), lever(), company, month % 12) for month in range(24)]
    assert [month for month in range(24) if up[month] < 1] == [6, 18]
    assert up[6] == pytest.approx(0.6)


def test_streams_follow_output_season_and_coefficient():
    companies = table("companies", {"output": 100}, {"output": 10})
    profiles = np.ones((2, 12))
    profiles[1] = [1.7, 1.6, 1.5, 1.1, 0.7, 0.4, 0.3, 0.4, 0.6, 0.9, 1.3, 1.5]
    streams = table(
        "streams",
        {"coefficient": 0.5, "direction": OUT, "replaced": 3, "disposed": 3},
        {"coefficient": 2, "direction": IN, "company": 1, "profile": 1, "replaced": 3},
    )
    fill_streams(13, state(companies=companies, streams=streams, profiles=profiles))
    assert streams.amount.tolist() == pytest.approx([50, 2 * 10 * 1.6])
    assert streams.replaced.tolist() == [0, 0]
    assert streams.disposed.tolist() == [0, 0]
    year = 0.0
    for month in range(12):
        fill_streams(month, state(companies=companies, streams=streams, profiles=profiles))
        year += streams.amount[1]
    assert year == pytest.approx(12 * 2 * 10)


def test_types_hold_costs_per_unit_of_monthly_capacity():
    types = lay_types(scenario_of(MIXED))
    smelter = next(place for place, row in enumerate(MIXED["types"]) if row["type"] == "smelter")
    capacity = 20000 / 12
    assert types.fixed_cost[smelter] * capacity == pytest.approx(900000 / 12)
    assert types.jobs[smelter] * capacity == pytest.approx(120)
    assert (1 - types.hazard[smelter]) ** 12 == pytest.approx(0.98)
