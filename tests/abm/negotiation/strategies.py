"""Random parks for properties: companies, dates, sizes, contracts, taxes, policies and shocks of the mixed park."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ecopark.abm.input.parameter_fields import INFORMATION, MODES, PROTOCOLS
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.policies import POLICIES
from tests.parks import BUSY, MIXED, changed, scenario_of

TYPES = ("smelter", "builder", "greenhouse", "laundry")
SEEDS = st.integers(0, 2**64 - 1)


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Return numbers with three digits, so that examples can be read."""
    return st.integers(0, 1000).map(lambda part: round(low + (high - low) * part / 1000, 6))


@st.composite
def companies(draw: Any, kind: str, number: int) -> dict[str, Any]:
    """Return a row of the table of companies."""
    row: dict[str, Any] = {"name": f"{kind} {number}", "type": kind}
    row["size"] = draw(numbers(500, 30000))
    row["x_km"], row["y_km"] = draw(numbers(-12, 12)), draw(numbers(-12, 12))
    opens = draw(st.sampled_from([None, None, None, 2001, 2003]))
    closes = draw(st.sampled_from([None, None, None, 2005, 2007]))
    row.update({"opens": str(opens)} if opens else {}, **({"closes": str(closes)} if closes else {}))
    if draw(st.booleans()):
        row.update(opportunism=draw(numbers(0, 1)), attitude=draw(numbers(0, 1)), owner=draw(st.sampled_from("XY")))
    return row


VALUES: dict[str, st.SearchStrategy] = {
    "market.volatility": numbers(0, 2),
    "production.volatility": numbers(0, 2),
    "production.pass_through": numbers(0, 1),
    "contract.band": numbers(0, 0.5),
    "contract.indexation": numbers(0, 1),
    "contract.penalty": numbers(0, 3),
    "contract.term_truck": st.integers(1, 6),
    "contract.monitoring_cost": numbers(0, 9000),
    "contract.dependable": numbers(0.3, 1),
    "behaviour.planned_behaviour": st.booleans(),
    "trust.start": numbers(0.2, 1),
    "negotiation.protocol": st.sampled_from(PROTOCOLS),
    "negotiation.meetings": st.integers(1, 3),
    "negotiation.terms": st.booleans(),
    "discovery.information": st.sampled_from(INFORMATION),
    "governance.mode": st.sampled_from(MODES),
    "investment.hold_up": numbers(0, 0.8),
    "investment.enforcement": numbers(0, 1),
    "review.permit_hazard": numbers(0, 0.3),
    "screening.retry": st.integers(1, 24),
}
EVENTS = (
    {"date": "2002-06", "kind": "size", "company": 0, "value": "1500"},
    {"date": "2003-02", "kind": "process", "company": 0, "value": "builder"},
    {"date": "2003-09", "kind": "price", "value": "heat:1.8"},
    {"date": "2004-01", "kind": "contacts", "value": "0.5"},
)


@st.composite
def parks(draw: Any) -> Scenario:
    """Return a scenario of three to seven companies over eight years, in which exchanges come soon."""
    kinds = ["smelter", *draw(st.lists(st.sampled_from(TYPES), min_size=2, max_size=6))]
    rows = [draw(companies(kind, number)) for number, kind in enumerate(kinds)]
    chosen = draw(st.sets(st.sampled_from(sorted(VALUES)), max_size=6))
    values = {name: draw(VALUES[name]) for name in sorted(chosen)}
    for name in sorted(draw(st.sets(st.sampled_from(sorted(POLICIES)), max_size=3))):
        values[f"policy.{name}.size"] = draw(
            numbers(POLICIES[name].low, min(POLICIES[name].high, 2 * POLICIES[name].default))
        )
        values[f"policy.{name}.start"] = draw(st.sampled_from([None, 2002.5]))
    events = []
    for event in sorted(draw(st.sets(st.integers(0, len(EVENTS) - 1)))):
        entry = dict(EVENTS[event])
        if "company" in entry:
            entry["company"] = rows[0]["name"]
        events.append(entry)
    levers = [{"date": "2000", "landfill_tax": draw(numbers(0, 60)), "virgin_tax": draw(numbers(0, 0.3))}]
    tables = changed({**MIXED, "companies": rows, "events": events, "levers": levers})
    return scenario_of(tables, {**BUSY, "search.hours": 2000, **values}, years=8)
