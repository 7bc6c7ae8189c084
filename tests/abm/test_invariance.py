"""What must not matter does not: order, strangers, chunks of time, forks, records, place, the unit of money."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark import Park, load_scenario
from ecopark.abm.entities.state import GROWING
from ecopark.abm.observation.indicators import INDICATORS
from ecopark.abm.policies import POLICIES
from tests.abm.negotiation.strategies import SEEDS, parks
from tests.parks import BUSY, MIXED, changed, mixed, scenario_of


def same_bits(one, other):
    """Assert that two parks are equal in every table, bit by bit; spare rows do not count."""
    for name, left in one.state.tables().items():
        right = other.state.tables()[name]
        if name in GROWING:
            assert one.state.clock[0][name] == other.state.clock[0][name], name
            used = int(one.state.clock[0][name])
            left, right = left[:used], right[:used]
        columns = left.dtype.names or (None,)
        for column in columns:
            a, b = (left, right) if column is None else (left[column], right[column])
            assert a.tobytes() == b.tobytes(), f"{name}.{column}"


def same_results(one, other):
    """Assert that two parks have the same yearly and monthly tables, bit by bit."""
    assert one.monthly.tobytes() == other.monthly.tobytes()
    assert one.yearly.tobytes() == other.yearly.tobytes()


@given(parks(), SEEDS)
def test_same_seed_gives_the_same_bits(scenario, seed):
    same_bits(Park(scenario, seed).run(), Park(scenario, seed).run())


def test_another_seed_gives_another_run():
    scenario = mixed()
    runs = {Park(scenario, seed).run().monthly.tobytes() for seed in range(8)}
    assert len(runs) == 8


def test_seed_zero_and_the_largest_seed_are_seeds():
    scenario = mixed(years=2)
    assert Park(scenario, 0).run().monthly.tobytes() != Park(scenario, 2**64 - 1).run().monthly.tobytes()


@given(parks(), SEEDS, st.randoms(use_true_random=False))
def test_order_of_companies_does_not_matter(scenario, seed, chance):
    rows = list(scenario.tables["companies"])
    chance.shuffle(rows)
    tables = {**scenario.tables, "companies": tuple(rows)}
    shuffled = type(scenario).restore({**scenario.describe(), "tables": plain(tables)})
    same_bits(Park(scenario, seed).run(), Park(shuffled, seed).run())


def plain(tables):
    return {name: [row.model_dump(exclude_defaults=True) for row in rows] for name, rows in tables.items()}


@pytest.mark.parametrize("table", ["types", "processes", "conversions", "materials", "routes", "sectors", "prices"])
def test_order_of_other_tables_does_not_matter_but_for_rounding(table):
    """A row is a counter, never the identity of a draw; conversions wait for innovation, so that all processes draw."""
    unknown = [{**row, "known_from": 2100} for row in MIXED["conversions"]]
    tables, values = {**MIXED, "conversions": unknown}, {**BUSY, "discovery.innovation": 0.1}
    rows = list(tables[table])
    random.Random(3).shuffle(rows)
    for seed in range(3):
        one = Park(scenario_of(tables, values, years=15), seed).run()
        other = Park(scenario_of({**tables, table: rows}, values, years=15), seed).run()
        assert one.yearly["deals"].sum() > 0
        for name in one.yearly.dtype.names:
            np.testing.assert_allclose(other.yearly[name], one.yearly[name], rtol=1e-9, atol=1e-6, err_msg=name)


STRANGER = {
    "materials": [
        {
            "material": "cloth",
            "label": "Cloth",
            "unit": "t",
            "group": "material",
            "tonnes_per_unit": 1,
            "price": 900,
            "price_sd": 0.3,
            "disposal": "heap",
        }
    ],
    "types": [
        {
            "type": "tailor",
            "label": "Tailor",
            "sector": "service",
            "product": "coat",
            "product_unit": "t",
            "typical_size": 50,
            "margin": 900,
            "fixed_cost": 20000,
            "jobs": 12,
        }
    ],
    "processes": [
        {"type": "tailor", "material": "cloth", "direction": "in", "coefficient": 1.1},
        {"type": "tailor", "material": "cloth", "direction": "out", "coefficient": 0.1},
    ],
    "companies": [
        {"name": name, "type": "tailor", "x_km": 2, "y_km": 1} for name in ("A Tailor", "M Tailor", "Z Tailor")
    ],
}


@pytest.mark.parametrize("seed", range(6))
def test_companies_without_possible_exchanges_take_looks_and_change_nothing_else_for_others(seed):
    """With looks without end that show all there is, whoever stands in the way takes none of them."""
    seen = {"search.hours": 10_000, "search.look": 0.1, "search.see": 1}
    alone = Park(mixed(seen), seed).run()
    beside = Park(mixed(seen, **STRANGER), seed).run()
    assert (beside.state.opportunities.identity == alone.state.opportunities.identity).all()
    one, other = alone.results, beside.results
    for table in ("exchanges", "meetings", "opportunities"):
        assert getattr(one, table).equals(getattr(other, table)), table
    ours = other.companies[~other.companies.company.str.endswith("Tailor")].reset_index(drop=True)
    assert one.companies.equals(ours)
    events = other.events[~other.events.company.fillna("").str.endswith("Tailor")].reset_index(drop=True)
    assert one.events.equals(events)
    for name in ("links", "deals", "ends", "material_reused", "transport_cost", "co2_avoided", "trust", "shortfall"):
        assert alone.yearly[name].tobytes() == beside.yearly[name].tobytes(), name


def test_a_neighbour_keeps_everybodys_shocks():
    """Utilisation, outages, prices and payback limits belong to the company: they are the same whoever stands beside it."""
    small = changed({**MIXED, "companies": MIXED["companies"][:3]})
    few = Park(scenario_of(small, {**BUSY, "turnover.insolvency": False, "turnover.hazard": 0}), 5)
    many = Park(mixed({"turnover.insolvency": False, "turnover.hazard": 0}, years=10), 5)
    places = [list(many.names).index(name) for name in few.names]
    assert few.state.companies.payback.tolist() == many.state.companies.payback[places].tolist()
    for _ in range(60):
        few.advance(1)
        many.advance(1)
        for column in ("utilisation", "down", "output"):
            assert few.state.companies[column].tolist() == many.state.companies[column][places].tolist()
        assert few.state.materials.price.tolist() == many.state.materials.price.tolist()


@given(parks(), SEEDS, st.lists(st.integers(1, 30), max_size=6))
def test_whole_run_in_one_call_equals_any_chunks_of_months(scenario, seed, chunks):
    whole = Park(scenario, seed).run()
    pieces = Park(scenario, seed)
    for chunk in chunks:
        pieces.advance(min(chunk, 96 - pieces.month))
    same_bits(whole, pieces.run())


@given(parks(), SEEDS)
def test_a_year_equals_twelve_months(scenario, seed):
    year, months = Park(scenario, seed).run(years=1), Park(scenario, seed)
    for _ in range(12):
        months.advance(1)
    same_bits(year, months)


def test_running_past_the_horizon_equals_a_longer_horizon():
    short = Park(mixed(years=5), 4).run().run(years=10)
    long = Park(mixed(years=15), 4).run()
    assert short.month == long.month
    assert short.monthly.tobytes() == long.monthly.tobytes()
    np.testing.assert_array_equal(short.state.prices[:, :180], long.state.prices[:, :180])


@given(parks(), SEEDS, st.integers(0, 60))
def test_fork_equals_its_parent(scenario, seed, months):
    parent = Park(scenario, seed).advance(months)
    fork = parent.fork()
    same_bits(parent, fork)
    fork.run()
    assert parent.month == months
    same_bits(fork, parent.run())


def test_fork_differs_only_after_a_lever_differs():
    parent = Park(mixed(), 1).run(years=6)
    fork = parent.fork()
    fork.set_policy("landfill_tax", 200, start=2008)
    fork.run(years=2)
    parent.run(years=2)
    same_results(parent, fork)
    assert parent.run(years=1).monthly.tax_revenue.tolist() != fork.run(years=1).monthly.tax_revenue.tolist()
    assert parent.monthly[:96].tobytes() == fork.monthly[:96].tobytes()


def test_policy_of_a_fork_leaves_its_parent_alone():
    parent = Park(mixed(), 2).run(years=3)
    expected = parent.fork().run()
    parent.fork().set_policy("carbon_price", 300)
    same_bits(parent.run(), expected)


PERIODS = {"ends as it starts": (2003, 2003), "ends before": (2005, 2002), "past": (1990, 1995), "future": (2400, 2500)}


@pytest.mark.parametrize("period", PERIODS.values(), ids=list(PERIODS))
@pytest.mark.parametrize("name", POLICIES)
def test_policy_with_an_empty_period_equals_the_baseline(name, period):
    start, stop = period
    terms = {"size": POLICIES[name].default, "start": start, "stop": stop}
    unused = mixed({f"policy.{name}.{key}": value for key, value in terms.items()})
    same_results(Park(mixed(), 3).run(), Park(unused, 3).run())


@pytest.mark.parametrize("name", [name for name in POLICIES if POLICIES[name].low == 0])
@pytest.mark.parametrize("term", [{"add": 0}, {"scale": 1}])
def test_policy_that_leaves_history_as_it_is_equals_the_baseline(name, term):
    values = {f"policy.{name}.{key}": value for key, value in term.items()}
    same_results(Park(mixed(), 3).run(), Park(mixed({**values, f"policy.{name}.cost": 0}), 3).run())


@pytest.mark.parametrize("record", ["meetings", "events", "companies"])
def test_what_is_recorded_does_not_change_what_happens(record):
    for seed in range(3):
        same_results(Park(mixed(), seed).run(), Park(mixed({f"recording.{record}": False}), seed).run())


def test_tables_that_grow_do_not_change_what_happens():
    """Two hundred companies outgrow every table several times; a park with ample room gives the same bits."""
    scenario = load_scenario("kalundborg", {"horizon.years": 40})
    tight, ample = Park(scenario, 6), Park(scenario, 6)
    for name in ("events", "meetings", "exchanges"):
        ample.state.grow(name, 60000)
    tight.run()
    ample.run()
    assert len(tight.state.events) > 1024
    same_bits(tight, ample)


@pytest.mark.parametrize("shift", [(7, -3), (100, 250)])
def test_place_of_the_park_does_not_matter(shift):
    moved = [{**row, "x_km": row["x_km"] + shift[0], "y_km": row["y_km"] + shift[1]} for row in MIXED["companies"]]
    for seed in range(3):
        here, there = Park(mixed(), seed).run(), Park(mixed(companies=moved), seed).run()
        same_results(here, there)


MONEY = {
    "routes": ("fee", "haul"),
    "materials": ("load_cost", "haul_cost", "link_capex", "link_capex_flow", "price", "storage_cost"),
    "prices": ("price",),
    "types": ("margin", "fixed_cost"),
    "conversions": ("treatment_cost", "handling_cost", "capex", "capex_flow"),
    "levers": ("landfill_tax", "carbon_price", "discharge_fine"),
}
IN_EUROS = [name for name, indicator in INDICATORS.items() if indicator.unit == "EUR"]


def scaled(tables, factor):
    """Return tables in which every sum of money is `factor` times as large."""
    result = {**tables}
    for table, columns in MONEY.items():
        result[table] = [
            {name: value * factor if name in columns else value for name, value in row.items()} for row in tables[table]
        ]
    return result


@pytest.mark.parametrize("protocol", ["alternating_offers", "equal_gain"])
@pytest.mark.parametrize("factor", [0.25, 7.46])
def test_scaling_all_money_scales_all_money(factor, protocol):
    """Kroner in place of euros: the same deals in the same months, every sum times the rate."""
    sums = {"contract.transaction_cost": 20000, "contract.monitoring_cost": 3000}
    terms = {"negotiation.protocol": protocol, "policy.exchange_subsidy": 0.1, "policy.capital_grant": 0.2}
    for seed in range(4):
        euros = Park(mixed({**sums, **terms}), seed).run()
        krone = {name: value * factor for name, value in sums.items()}
        other = Park(scenario_of(scaled(MIXED, factor), {**BUSY, **terms, **krone}, years=15), seed).run()
        for name in euros.yearly.dtype.names:
            rate = factor if name in IN_EUROS else 1.0
            scale = np.nanmax(np.abs(euros.yearly[name] * rate))
            np.testing.assert_allclose(other.yearly[name], euros.yearly[name] * rate, atol=1e-8 * scale, err_msg=name)
        one, two = euros.results.exchanges, other.results.exchanges
        assert one.signed_month.tolist() == two.signed_month.tolist()
        np.testing.assert_allclose(two.price, one.price * factor, rtol=1e-6, atol=1e-6)
