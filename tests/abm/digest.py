"""Fingerprints of runs, to compare processes: `python -m tests.abm.digest` prints one line of JSON per case."""

from __future__ import annotations

import hashlib
import json

from ecopark import Park, load_scenario
from ecopark.abm.input.parameter_fields import MODES, PROTOCOLS
from ecopark.abm.input.scenario import Scenario
from tests.parks import mixed, trio

GROWING = ("talks", "exchanges", "events", "meetings", "past_talks")


def cases() -> dict[str, tuple[Scenario, int, int]]:
    """Return the runs to compare: scenario, seed, months."""
    runs = {"kalundborg": (load_scenario("kalundborg"), 1, 60), "trio": (trio(), 2, 70), "mixed": (mixed(), 3, 120)}
    runs |= {name: (mixed({"negotiation.protocol": name}), 4, 60) for name in PROTOCOLS}
    runs |= {name: (mixed({"governance.mode": name}), 5, 60) for name in MODES}
    return runs


def fingerprints(scenario: Scenario, seed: int, months: int) -> dict[str, str]:
    """Return a hash of every column of every table after a run; spare rows do not count."""
    park = Park(scenario, seed).advance(months)
    marks = {}
    for name, table in park.state.tables().items():
        used = table[: int(park.state.clock[0][name])] if name in GROWING else table
        for column in table.dtype.names or ("",):
            values = used[column] if column else used
            marks[f"{name}.{column}"] = hashlib.sha256(values.tobytes()).hexdigest()[:16]
    counted = park.results.columns("opportunities")
    for column in ("unit_value", "fixed_cost"):
        marks[f"results.{column}"] = hashlib.sha256(counted[column].tobytes()).hexdigest()[:16]
    return marks


if __name__ == "__main__":
    for case, terms in cases().items():
        print(json.dumps({"case": case, "marks": fingerprints(*terms)}))
