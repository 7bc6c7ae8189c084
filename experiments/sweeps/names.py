"""Every name that a study may set: the parameters of the model, the terms of its policies, the cells of a scenario."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ecopark.abm
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.input.parameters import PARAMETERS
from ecopark.abm.policies import POLICIES, Policy

from .cells import cells
from .execution.park_model import declared, terms_of

if TYPE_CHECKING:
    import pandas as pd

# The behavioural parameters that are shown first and varied first, and what each stands for. All others keep their value
# unless a study is about them: nobody can vary, explain or identify two hundred.
EXPOSED = {
    "search.hours": "attention",
    "search.contact": "networks",
    "contract.transaction_cost": "cost of a deal",
    "behaviour.required_gain": "indifference to small gains",
    "behaviour.payback": "patience for capital",
    "negotiation.error_none": "wrong beliefs",
    "behaviour.threshold": "willingness to start",
    "trust.exit": "leaving by distrust",
    "investment.hold_up": "opportunism once capital is sunk",
    "production.outages": "failures",
    "negotiation.open": "firm or open talk",
    "negotiation.heard": "how public rivalry is",
}
OPTIONS = ("synthetic", "recording")  # groups that act where an option is on: the generator of parks, what is kept
DECLARE = ("parameters", "odd_tables")  # files that name parameters without reading them
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
    """Return one row per name that a study may set.

    Columns: name, meaning, unit, default, low, high, allowed, source, grade, status, acts_in. status: `exposed` (the few
    behavioural parameters that are varied first), `fixed` (any other: its value is part of the model), `optional` (acts where
    an option is on), `policy`, or `data` (a cell of a scenario). acts_in: the submodels and other parts of the model that read
    it, from their text. scenario: name or folder whose values are added as the column `value`, and whose cells, such as
    `companies."NAME".size`, are added as rows.
    """
    import pandas as pd

    rows = [*_of_parameters(), *_of_policies()]
    if scenario is not None:
        base = load_scenario(scenario)
        for row in rows:
            found = declared(base, row["name"])
            row["value"] = None if found is None else found.value
        rows += cells(base)
    return pd.DataFrame(rows)


def _of_parameters() -> Iterator[dict[str, Any]]:
    for name, parameter in PARAMETERS.items():
        told = {field: getattr(parameter, field) for field in FIELDS}
        yield {"name": name} | told | {"status": status_of(name), "acts_in": ", ".join(readers().get(name, ()))}


def status_of(name: str) -> str:
    """Return whether a parameter is exposed, optional or fixed."""
    if name in EXPOSED:
        return "exposed"
    return "optional" if name.partition(".")[0] in OPTIONS else "fixed"


@lru_cache(maxsize=1)
def readers() -> dict[str, tuple[str, ...]]:
    """Return for each parameter the parts of the model that read it: a submodel by its name, others by their folder."""
    folder = Path(str(ecopark.abm.__file__)).parent
    found: dict[str, list[str]] = {}
    flat = {name.replace(".", "_"): name for name in PARAMETERS}
    for path in sorted(folder.rglob("*.py")):
        part = path.relative_to(folder)
        where = part.stem if part.parts[0] in ("submodels", "input") or len(part.parts) == 1 else part.parts[0]
        if where in DECLARE:
            continue
        text = path.read_text(encoding="utf-8")
        names = {flat[word] for word in re.findall(r"\bp\.(\w+)", text) if word in flat}
        names |= {word for word in re.findall(r'"(\w+\.\w+)"', text) if word in PARAMETERS}
        for group in re.findall(r'parameters\["(\w+)"\]', text):  # a whole group under a name of its own
            names |= {f"{group}.{word}" for word in re.findall(r"\w\.(\w+)", text)} & set(PARAMETERS)
        for name in names:
            found.setdefault(name, []).append(where)
    return {name: tuple(dict.fromkeys(parts)) for name, parts in found.items()}


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
        "status": "policy",
        "acts_in": "policies",
    }
