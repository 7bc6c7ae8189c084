"""Small parks whose right values are worked out by hand (the cases of the rules): one kind of maker, one kind of taker.

M makes 100,000 t of slag a year (landfill 20 + 5 EUR/t), T needs 100,000 t of gravel (10 EUR/t), 10 km apart, haul 0.1 EUR/t/km,
treatment 1, handling 0.5: a tonne is worth 24.5 to M and 8 to T, 32.5 together; a contract is for 90,000 t.
"""

from __future__ import annotations

from typing import Any

from ecopark.abm.input.scenario import Scenario
from tests.parks import QUIET, SEEN, Tables, changed, scenario_of

WILLING: dict[str, Any] = {**QUIET, **SEEN, "behaviour.planned_behaviour": False, "policy.platform.size": 1}
KIND: dict[str, Any] = {
    "sector": "steel", "product": "ware", "product_unit": "t", "typical_size": 100_000, "margin": 30,
    "fixed_cost": 1_000_000, "jobs": 50, "wacc": 0.08, "payback": 5, "attitude": 0.8, "opportunism": 0, "risk_aversion": 1,
    "closure_hazard": 0, "outage_rate": 0, "repair_months": 0.1, "maintenance_share": 0, "widely_known": True,
}  # fmt: skip
STUFF: dict[str, Any] = {
    "unit": "t", "group": "material", "tonnes_per_unit": 1, "carrier": "truck", "load_cost": 0, "loss_per_km": 0, "max_km": 100,
    "link_capex": 0, "link_capex_flow": 0, "storable_months": 0, "price_sd": 0, "price_phi": 0.8, "price_loading": 0,
    "co2_virgin": 0, "co2_disposal": 0,
}  # fmt: skip
WAY: dict[str, Any] = {
    "input": "gravel", "ratio": 1, "treatment_cost": 1, "handling_cost": 0.5, "max_share": 1, "capex": 0, "capex_flow": 0,
    "lead_months": 0, "permit": False, "co2": 0,
}  # fmt: skip
PAIR: Tables = {
    "sectors": [{"sector": "steel", "label": "steel", "sd": 0.1, "loading": 0.5}],
    "types": [{"type": "maker", "label": "Maker", **KIND}, {"type": "taker", "label": "Taker", **KIND}],
    "materials": [
        {"material": "slag", "label": "slag", **STUFF, "haul_cost": 0.1, "disposal": "tip"},
        {"material": "gravel", "label": "gravel", **STUFF, "haul_cost": 0, "price": 10},
    ],
    "routes": [{"route": "tip", "label": "landfill", "kind": "landfill", "unit": "t", "fee": 20, "haul": 5, "taxed_landfill": 1}],
    "processes": [
        {"type": "maker", "material": "slag", "direction": "out", "coefficient": 1},
        {"type": "taker", "material": "gravel", "direction": "in", "coefficient": 1},
    ],
    "conversions": [{"by_product": "slag", **WAY}],
    "companies": [
        {"name": "M", "type": "maker", "size": 100_000, "x_km": 0, "y_km": 0},
        {"name": "T", "type": "taker", "size": 100_000, "x_km": 10, "y_km": 0},
    ],
}  # fmt: skip


def pair(values: dict[str, Any] | None = None) -> Scenario:
    """One seller and one buyer."""
    return scenario_of(PAIR, {**WILLING, **(values or {})}, years=10)


def shares(first: str, values: dict[str, Any] | None = None) -> Scenario:
    """Slag may be 0.3, ash 0.6 of the gravel; one (`first`) comes at once, the other three years later."""
    late = {"slag": "ash", "ash": "slag"}[first]
    place = {"slag": ("maker", 0, 0), "ash": ("burner", 0, 5)}
    tables = changed(
        PAIR,
        types=[{"type": "burner", "label": "Burner", **KIND}],
        materials=[{**PAIR["materials"][0], "material": "ash", "label": "ash"}],
        processes=[{"type": "burner", "material": "ash", "direction": "out", "coefficient": 1}],
    )
    tables["conversions"] = [
        {"by_product": "slag", **WAY, "max_share": 0.3},
        {"by_product": "ash", **WAY, "max_share": 0.6},
    ]
    tables["companies"] = [
        {"name": name, "type": place[name][0], "size": 200_000, "x_km": place[name][1], "y_km": place[name][2],
         **({"opens": "2003"} if name == late else {})}
        for name in ("slag", "ash")
    ] + [PAIR["companies"][1]]  # fmt: skip
    return scenario_of(tables, {**WILLING, **(values or {})}, years=10)


def rivals(buyers: int, sellers: int = 1, values: dict[str, Any] | None = None) -> Scenario:
    """Equal buyers that each need all of what equal sellers make, or the other way round."""
    rows = [{**PAIR["companies"][0], "name": f"M{number}", "y_km": 0.001 * number} for number in range(sellers)]
    rows += [{**PAIR["companies"][1], "name": f"T{number}", "y_km": 0.001 * number} for number in range(buyers)]
    return scenario_of({**PAIR, "companies": rows}, {**WILLING, **(values or {})}, years=6)


def chain(values: dict[str, Any] | None = None) -> Scenario:
    """A maker, a grinder with a process of its own (gravel in, dust out), and a user of what it gives."""
    tables = changed(
        PAIR,
        types=[{"type": "grinder", "label": "Grinder", **KIND}, {"type": "user", "label": "User", **KIND}],
        materials=[
            {**PAIR["materials"][0], "material": "dust", "label": "dust"},
            {**PAIR["materials"][1], "material": "filler", "label": "filler"},
        ],
        processes=[
            {"type": "grinder", "material": "gravel", "direction": "in", "coefficient": 1},
            {"type": "grinder", "material": "dust", "direction": "out", "coefficient": 0.5},
            {"type": "user", "material": "filler", "direction": "in", "coefficient": 1},
        ],
        conversions=[{"by_product": "dust", **WAY, "input": "filler"}],
    )
    tables["companies"] = [
        {"name": name, "type": kind, "size": 100_000, "x_km": place, "y_km": 0}
        for place, (name, kind) in enumerate((("M", "maker"), ("P", "grinder"), ("U", "user")))
    ]
    return scenario_of(tables, {**WILLING, **(values or {})}, years=10)
