"""Every name that a study may set: the parameters of the model and the terms of its policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.input.parameters import PARAMETERS
from ecopark.abm.policies import POLICIES, Policy

from .execution.park_model import declared, terms_of

if TYPE_CHECKING:
    import pandas as pd

FIELDS = ("meaning", "unit", "default", "low", "high", "allowed", "source", "grade")
# term -> (meaning, unit, None for the unit of the policy)
OF_A_TERM: dict[str, tuple[str, str | None]] = {
    "size": ("{label}: level in place of what history has, 0 takes it away", None),
    "scale": ("{label}: factor on what history has", "factor"),
    "add": ("{label}: on top of what there is", None),
    "start": ("{label}: decimal year from which it is in force", "year"),
    "stop": ("{label}: decimal year before which it is in force", "year"),
    "lag": ("{label}: years from start to force", "years"),
    "cost": ("{label}: cost of the programme per unit of what it brings", "EUR/month"),
    "fee": ("{label}: what each member pays the programme (a registered company a month, each side of a match)", "EUR"),
}


def parameters(scenario: str | None = None) -> pd.DataFrame:
    """Return one row per name that a study may set: name, meaning, unit, default, low, high, allowed, source, grade.

    scenario: name or folder whose values are added as the column `value`. Cells of a scenario's tables, such as
    `companies."NAME".size`, can be set as well and are not listed.
    """
    import pandas as pd

    rows = [*_of_parameters(), *_of_policies()]
    if scenario is not None:
        base = load_scenario(scenario)
        for row in rows:
            found = declared(base, row["name"])
            row["value"] = None if found is None else found.value
    return pd.DataFrame(rows)


def _of_parameters() -> Iterator[dict[str, Any]]:
    for name, parameter in PARAMETERS.items():
        yield {"name": name} | {field: getattr(parameter, field) for field in FIELDS}


def _of_policies() -> Iterator[dict[str, Any]]:
    for name, kind in POLICIES.items():
        for term in terms_of(name):
            yield {"name": f"policy.{name}.{term}"} | _of_term(kind, term)


def _of_term(kind: type[Policy], term: str) -> dict[str, Any]:
    meaning, unit = OF_A_TERM[term]
    usual = {"lag": kind.usual_lag, "cost": kind.usual_cost}.get(term)
    low, high = (kind.low, kind.high) if term == "size" else (None, None)
    return {
        "meaning": meaning.format(label=kind.label),
        "unit": kind.unit if unit is None else unit,
        "default": usual,
        "low": low,
        "high": high,
        "allowed": f"{low:g} to {high:g}" if term == "size" else "a number",
        "source": "",
        "grade": "",
    }
