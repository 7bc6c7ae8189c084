"""A scenario: what is simulated. Frozen; another one is made by `replace`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from ..policies import POLICIES, TERMS, Policy
from .errors import InputError, Mistake, nearest
from .merging import as_route
from .parameters import GROUPS, PARAMETERS, Group
from .row_types import TABLES, Disposal

HEADER = {
    "name": "a short name",
    "label": "a title",
    "description": "a sentence",
    "start_year": "a year from 1800 to 2200",
    "years": "a whole number from 1 to 500",
    "base_year": "a year from 1800 to 2200",
}


@dataclass(frozen=True, eq=False)
class Scenario:
    """A park, its parameters and policies, complete and checked.

    name, label, description: words. start_year: January of it is month 0. years: horizon. base_year: of all money.
    parameters: a frozen group of values for each name of `GROUPS`. policies: in the order they are written. tables: rows
    of every input table by its name (library and scenario together). notices: what a reader of the input should know.
    """

    name: str
    label: str
    description: str
    start_year: int
    years: int
    base_year: int
    parameters: Mapping[str, Group]
    policies: tuple[Policy, ...]
    tables: Mapping[str, tuple[Any, ...]] = field(repr=False)
    notices: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Any:
        """Return the value of a parameter by its dotted name."""
        group, _, key = name.partition(".")
        return getattr(self.parameters[group], key)

    def replace(self, values: Mapping[str, Any]) -> Scenario:
        """Return a scenario with other values, by dotted names (parameters, `policy.NAME`, `horizon.years`).

        Raises InputError with every mistake at once.
        """
        mistakes: list[Mistake] = []
        changed = change(self, values, mistakes)
        if mistakes:
            raise InputError(mistakes)
        return changed

    def describe(self) -> dict[str, Any]:
        """Return everything as plain values, so that `Scenario.restore` gives the same scenario."""
        return {
            **{key: getattr(self, key) for key in HEADER},
            "parameters": {name: group.model_dump() for name, group in self.parameters.items()},
            "policies": {policy_name(policy): policy.terms for policy in self.policies},
            "tables": {
                name: [row.model_dump(exclude_defaults=True) for row in rows] for name, rows in self.tables.items()
            },
        }

    @classmethod
    def restore(cls, plain: Mapping[str, Any]) -> Scenario:
        """Return the scenario that `describe` wrote."""
        tables = {
            name: tuple(kind.model_validate(row) for row in plain["tables"].get(name, ()))
            for name, kind in TABLES.items()
        }
        if "routes" not in plain["tables"]:
            old = (Disposal.model_validate(row) for row in plain["tables"].get("disposal", ()))
            tables["routes"] = tuple(as_route(row) for row in old)
        parameters = {name: kind.model_validate(plain["parameters"].get(name, {})) for name, kind in GROUPS.items()}
        policies = tuple(POLICIES[name](**terms) for name, terms in plain["policies"].items())
        return cls(**{key: plain[key] for key in HEADER}, parameters=parameters, policies=policies, tables=tables)


def policy_name(policy: Policy) -> str:
    """Return the name under which a policy is known."""
    return next(name for name, kind in POLICIES.items() if kind is type(policy))


def change(scenario: Scenario, values: Mapping[str, Any], mistakes: list[Mistake], place: str = "") -> Scenario:
    """Return the scenario with other values; what is wrong is added to `mistakes`. place: put before each name."""
    groups: dict[str, dict[str, Any]] = {}
    policies: dict[str, dict[str, Any]] = {}
    header: dict[str, Any] = {}
    for name, value in values.items():
        head, _, rest = name.partition(".")
        if head == "policy":
            policies.setdefault(rest.partition(".")[0], {})[rest.partition(".")[2] or "size"] = value
        elif head == "horizon":
            header[rest] = value
        elif name in PARAMETERS:
            groups.setdefault(head, {})[rest] = value
        else:
            known = [*PARAMETERS, *(f"policy.{policy}" for policy in POLICIES), "horizon.years"]
            mistakes.append(Mistake(place + name, value, "a declared parameter or policy", nearest(name, known)))
    changed = {name: _group(name, scenario.parameters[name], parts, mistakes, place) for name, parts in groups.items()}
    in_force = {policy_name(policy): policy for policy in scenario.policies}
    for name, terms in policies.items():
        policy = _policy(name, in_force.get(name), terms, mistakes, place)
        if policy is not None:
            in_force[name] = policy
    return replace(
        scenario,
        parameters={**scenario.parameters, **changed},
        policies=tuple(in_force.values()),
        years=_years(header, scenario.years, mistakes, place),
    )


def _group(name: str, present: Group, parts: Mapping[str, Any], mistakes: list[Mistake], place: str) -> Group:
    """Return a group with some values changed."""
    from pydantic import ValidationError

    try:
        return type(present).model_validate({**present.model_dump(), **parts})
    except ValidationError as error:
        for problem in error.errors():
            key = f"{name}.{problem['loc'][0]}"
            declared = PARAMETERS[key]
            value = problem["input"]
            mistakes.append(Mistake(place + key, value, declared.allowed, nearest(value, declared.options)))
        return present


def _policy(
    name: str, present: Policy | None, terms: Mapping[str, Any], mistakes: list[Mistake], place: str
) -> Policy | None:
    """Return a policy with the given terms, or None when they are wrong."""
    if name not in POLICIES:
        mistakes.append(
            Mistake(f"{place}policy.{name}", name, f"one of {', '.join(POLICIES)}", nearest(name, POLICIES))
        )
        return None
    kind = POLICIES[name]
    found = len(mistakes)
    merged: dict[str, float | None] = {} if present is None else {**present.terms}
    if "size" in terms and "scale" in terms:
        mistakes.append(Mistake(f"{place}policy.{name}.scale", terms["scale"], "size or scale, not both"))
    for old, new in (("size", "scale"), ("scale", "size")):
        if new in terms:
            merged.pop(old, None)
    for key, value in terms.items():
        _check_term(kind, key, value, f"{place}policy.{name}.{key}", mistakes)
        merged[key] = as_number(value)
    if len(mistakes) > found:
        return None
    policy = kind(**merged)
    return (
        replace(policy, size=kind.default) if (policy.size, policy.scale, policy.add) == (None, None, None) else policy
    )


def _check_term(kind: type[Policy], key: str, value: Any, where: str, mistakes: list[Mistake]) -> None:
    """Add what is wrong with one term of a policy to `mistakes`."""
    known = [part.name for part in fields(kind)]
    number = as_number(value)
    if key not in known:
        mistakes.append(Mistake(where, value, f"one of {', '.join(known)}", nearest(key, known)))
    elif number is None:
        if value is not None or key not in ("start", "stop"):
            mistakes.append(Mistake(where, value, "a number"))
    elif key not in ("start", "stop"):
        low, high, words = TERMS.get(key, (0.0 if key == "add" else kind.low, kind.high, kind.unit))
        if not low <= number <= high:
            mistakes.append(Mistake(where, value, f"a number from {low:g} to {high:g} {words}"))


def _years(header: Mapping[str, Any], years: int, mistakes: list[Mistake], place: str) -> int:
    """Return the horizon."""
    for key, value in header.items():
        number = as_number(value)
        if key != "years":
            mistakes.append(Mistake(f"{place}horizon.{key}", value, "horizon.years", nearest(key, ["years"])))
        elif number is None or number != int(number) or not 1 <= number <= 500:
            mistakes.append(Mistake(f"{place}horizon.years", value, HEADER["years"]))
        else:
            years = int(number)
    return years


def as_number(value: Any) -> float | None:
    """Return a finite number, or None when the value is none."""
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if abs(number) < 1e300 else None
