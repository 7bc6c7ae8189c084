"""What a contract of the first day costs: the even split of all that a unit is worth, under rules that are older than any policy.

M makes 100,000 t of slag a year (tip 20 + 5 EUR/t), T needs 100,000 t of gravel (10 EUR/t) 10 km away: haul 1, treatment 1,
handling 0.5 EUR/t. A tonne is worth 24.5 to M and 8 to T.
"""

import pytest

from ecopark import Park
from tests.parks import PLAIN, scenario_of

POWER = {"material": "power", "label": "Power", "unit": "MWh", "group": "energy", "carrier": "wire", "price": 40, "co2_virgin": 500}  # fmt: skip
CONTRACT = {"giver": "M", "taker": "T", "material": "slag", "input": "gravel", "per_year": 90000, "since": 1999, "term_years": 30}  # fmt: skip


def two(values=None, conversion=None, contract=None, years=2, **tables):
    """Return the park of M and T with a contract in force on the first day."""
    return scenario_of(
        {
            "sectors": [{"sector": "trade", "label": "Trade"}],
            "routes": [
                {"route": "tip", "label": "Tip", "kind": "landfill", "unit": "t", "fee": 20, "haul": 5, "taxed_landfill": 1}
            ],
            "materials": [
                {"material": "slag", "label": "Slag", "unit": "t", "group": "material", "tonnes_per_unit": 1, "haul_cost": 0.1, "disposal": "tip"},
                {"material": "gravel", "label": "Gravel", "unit": "t", "group": "material", "tonnes_per_unit": 1, "price": 10, "co2_virgin": 20},
                POWER,
            ],
            "types": [
                {"type": kind, "label": kind, "sector": "trade", "product": kind, "product_unit": "t", "typical_size": 100000, "margin": 30}
                for kind in ("maker", "taker")
            ],
            "processes": [
                {"type": "maker", "material": "slag", "direction": "out", "coefficient": 1},
                {"type": "taker", "material": "gravel", "direction": "in", "coefficient": 1},
            ],
            "conversions": [
                {"by_product": "slag", "input": "gravel", "ratio": 1, "treatment_cost": 1, "handling_cost": 0.5, **(conversion or {})}
            ],
            "companies": [{"name": "M", "type": "maker", "x_km": 0}, {"name": "T", "type": "taker", "x_km": 10}],
            "exchanges": [{**CONTRACT, **(contract or {})}],
            **tables,
        },
        {**PLAIN, "contract.monitoring_cost": 3000, **(values or {})},
        years=years,
    )  # fmt: skip


STEAM = {"forgone": "power", "forgone_units": 0.0625}
HAUL = 10 * 9e-5  # t CO2 per tonne by truck
CASES = {
    "nothing else": ({}, {}, (8 - 24.5) / 2),
    "a good that is given up": (STEAM, {}, (8 - (24.5 - 2.5)) / 2),
    "its carbon and that of the way": (
        STEAM,
        {"levers": [{"date": 1990, "carbon_price": 50}]},
        ((10 + 50 * 0.02 - 2 - 50 * HAUL) - (24.5 - 2.5 - 0.0625 * 0.5 * 50)) / 2,
    ),
    "a landfill tax of history": ({}, {"levers": [{"date": 1990, "landfill_tax": 30}]}, (8 - 54.5) / 2),
    "an own price of disposal": (
        {},
        {"streams": [{"company": "M", "material": "slag", "direction": "out", "per_year": 100000, "price_now": -3}]},
        (8 - 2.5) / 2,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_without_a_price_both_sides_gain_the_same(case):
    conversion, tables, price = CASES[case]
    first = Park(two(conversion=conversion, **tables), 1).run(years=1).results.deliveries.iloc[0]
    assert first.price == pytest.approx(price)
    assert first.gain_seller == pytest.approx(first.gain_buyer)


@pytest.mark.parametrize(("policy", "size"), [("virgin_tax", 0.5), ("carbon_price", 40), ("landfill_tax", 60)])
@pytest.mark.parametrize("price", [None, -5])
def test_a_policy_of_the_first_month_is_one_of_the_second_from_then_on(policy, size, price):
    """R2: what both have of a contract does not depend on whether a policy began in month 0 or in month 1."""
    months = {}
    for start in (2000, 2000 + 1 / 12):
        values = {f"policy.{policy}.size": size, f"policy.{policy}.start": start}
        run = Park(two(values, contract={"price": price}), 1).run(years=1)
        months[start] = run.monthly[["gain_sellers", "gain_buyers", "result_alone"]].copy()
    early, late = months.values()
    for name in early.dtype.names:
        assert early[name][1:] == pytest.approx(late[name][1:]), name


def test_a_contract_ends_in_the_month_it_is_said_to_end():
    """Nobody is willing to renew, so that it runs on for half a year at its old terms."""
    for until, end in (("2000-04", 9), ("2001-07", 24), ("2002", 30)):
        values = {"behaviour.planned_behaviour": True, "behaviour.threshold": 1, "behaviour.threshold_sd": 0}
        run = Park(two(values, contract={"since": 1995, "until": until, "term_years": None}, years=3), 1).run(years=3)
        assert run.results.exchanges.end_month.iloc[0] == end, until
