"""The park model as a sweep runs it: the one place where the two meet. Neither Mesa nor pandas is touched."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

import ecopark.abm
from ecopark.abm.input.cell_values import is_cell, parts_of, value_of
from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.input.parameters import PARAMETERS
from ecopark.abm.input.scenario import Scenario, policy_name
from ecopark.abm.observation.indicators import INDICATORS
from ecopark.abm.park import Park
from ecopark.abm.policies import POLICIES

from .model_contract import Declared

NOTHING_BUT_INDICATORS = {name: False for name in PARAMETERS if name.startswith("recording.")}
TERMS = ("size", "scale", "add", "start", "stop", "lag", "cost")


def load(scenario: str, values: Mapping[str, Any], years: int | None) -> Scenario:
    """Return the scenario of a study; tables that a sweep does not read are not recorded."""
    horizon = {} if years is None else {"horizon.years": years}
    return load_scenario(scenario, NOTHING_BUT_INDICATORS | dict(values) | horizon)


def describe(base: Scenario) -> dict[str, Any]:
    """Return the scenario as plain values."""
    return base.describe()


def restore(description: dict[str, Any]) -> Scenario:
    """Return the scenario that was described."""
    return Scenario.restore(description)


def horizon(base: Scenario) -> tuple[int, int]:
    """Return the first year and the number of years."""
    return base.start_year, base.years


def terms_of(policy: str) -> tuple[str, ...]:
    """Return the terms that a policy has: those of all, and a fee where members can pay one."""
    return (*TERMS, "fee") if hasattr(POLICIES[policy], "fee") else TERMS


def known_names() -> list[str]:
    """Return the parameters and policies; a policy's bare name is its size."""
    policies = [f"policy.{name}{term}" for name in POLICIES for term in ("", *(f".{term}" for term in terms_of(name)))]
    return [*PARAMETERS, *policies]


def declared(base: Scenario, name: str) -> Declared | None:
    """Return what is declared about a parameter, a term of a policy, or a cell such as `companies."Asnaes".size`."""
    if name in PARAMETERS:
        parameter = PARAMETERS[name]
        return Declared(base[name], parameter.low, parameter.high, parameter.kind == "int")
    if is_cell(name):
        value = value_of(base.tables, name)
        return Declared(value) if parts_of(name)[1] in {row.name for row in base.tables["companies"]} else None
    if name not in known_names():
        return None
    policy, _, term = name.removeprefix("policy.").partition(".")
    term = term or "size"
    present = next((one for one in base.policies if policy_name(one) == policy), None)
    value = getattr(present, term) if present else None
    kind = POLICIES[policy]
    return Declared(value, kind.low, kind.high) if term == "size" else Declared(value)


def check(base: Scenario, values: Mapping[str, Any]) -> list[Mistake]:
    """Return what is wrong with these values on this scenario."""
    try:
        base.replace(values)
    except InputError as error:
        return error.mistakes
    return []


def indicators() -> dict[str, str]:
    """Return how each indicator adds up."""
    return {name: indicator.total for name, indicator in INDICATORS.items()}


def measures() -> dict[str, dict[str, str]]:
    """Return label, unit and better of each indicator."""
    return {
        name: {"label": indicator.label, "unit": indicator.unit, "better": indicator.better}
        for name, indicator in INDICATORS.items()
    }


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return a hash of the model's code; library and scenarios are in the description of the scenario."""
    folder = Path(str(ecopark.abm.__file__)).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def warm_up() -> None:
    """Compile the month, or load it compiled."""
    Park(load_scenario("kalundborg", {"horizon.years": 1})).run()


def prepare(base: Scenario, values: Mapping[str, Any]) -> Scenario:
    """Return the scenario of one point and policy."""
    return base.replace(values)


def simulate(prepared: Scenario, seed: int) -> np.ndarray:
    """Return the yearly indicators of one run."""
    return Park(prepared, seed).run().yearly
