"""One seller, one buyer, no chance: the park on which rules of money are worked out by hand.

M makes 100,000 t of slag a year (tip 20 + 5 EUR/t), T needs 100,000 t of gravel (10 EUR/t) 10 km away: haul 1, treatment 1,
handling 0.5 EUR/t. A tonne is worth 24.5 EUR to M and 8 to T. A contract is for 90,000 t, delivered up to 99,000.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ecopark.abm.input.scenario import Scenario
from tests.parks import PLAIN, Tables, changed, scenario_of

POWER = {"material": "power", "label": "Power", "unit": "MWh", "group": "energy", "carrier": "wire", "price": 40, "co2_virgin": 500}  # fmt: skip
CONTRACT = {"giver": "M", "taker": "T", "material": "slag", "input": "gravel", "per_year": 90000, "since": 1999, "term_years": 30}  # fmt: skip

TABLES: Tables = {
    "sectors": [{"sector": "trade", "label": "Trade"}],
    "routes": [
        {"route": "tip", "label": "Tip", "kind": "landfill", "unit": "t", "fee": 20, "haul": 5, "taxed_landfill": 1}
    ],
    "materials": [
        {
            "material": "slag", "label": "Slag", "unit": "t", "group": "material", "tonnes_per_unit": 1, "haul_cost": 0.1,
            "disposal": "tip", "storage_cost": 0.3,
        },
        {
            "material": "gravel", "label": "Gravel", "unit": "t", "group": "material", "tonnes_per_unit": 1, "price": 10,
            "co2_virgin": 20,
        },
        POWER,
    ],
    "types": [
        {
            "type": kind, "label": kind, "sector": "trade", "product": kind, "product_unit": "t", "typical_size": 100000,
            "margin": 30, "fixed_cost": 1e6, "jobs": 50, "wacc": 0.08, "payback": 5, "opportunism": 0,
        }
        for kind in ("maker", "taker")
    ],
    "processes": [
        {"type": "maker", "material": "slag", "direction": "out", "coefficient": 1},
        {"type": "taker", "material": "gravel", "direction": "in", "coefficient": 1},
    ],
    "conversions": [
        {"by_product": "slag", "input": "gravel", "ratio": 1, "treatment_cost": 1, "handling_cost": 0.5}
    ],
    "companies": [{"name": "M", "type": "maker", "x_km": 0}, {"name": "T", "type": "taker", "x_km": 10}],
}  # fmt: skip


def pair(
    values: Mapping[str, Any] | None = None,
    conversion: Mapping[str, Any] | None = None,
    years: int = 10,
    start_year: int = 2000,
    **rows: Any,
) -> Scenario:
    """Return the park of M and T with rows changed or added; `conversion`: what is else than usual of slag for gravel."""
    way = {"by_product": "slag", "input": "gravel", **(conversion or {})}
    settings = {**PLAIN, "contract.monitoring_cost": 3000, **(values or {})}
    return scenario_of(changed(TABLES, conversions=[way], **rows), settings, start_year, years, "pair")
