"""A scenario: what is simulated. Frozen; another one is made by `replace`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..policies import POLICIES, Policy
from .cell_values import change_cells, is_cell
from .checked_values import HEADER, as_number, checked_group, checked_policy, header_value, policy_name
from .errors import InputError, Mistake, nearest
from .parameter_fields import Group
from .parameters import GROUPS, PARAMETERS
from .plain_scenario import scenario_parts
from .strategy_names import assigned, check_strategies, is_assignment


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
    def restore(cls, plain: Any, place: str = "scenario") -> Scenario:
        """Return the scenario that `describe` wrote, checked like any other; raises InputError with every mistake.

        place: what holds the values, for the mistakes.
        """
        return cls(**scenario_parts(plain, place))


def change(scenario: Scenario, values: Mapping[str, Any], mistakes: list[Mistake], place: str = "") -> Scenario:
    """Return the scenario with other values; what is wrong is added to `mistakes`. place: put before each name."""
    groups: dict[str, dict[str, Any]] = {}
    policies: dict[str, dict[str, Any]] = {}
    header: dict[str, Any] = {}
    cells = {name: value for name, value in values.items() if is_cell(name)}
    for name, value in values.items():
        head, _, rest = name.partition(".")
        if name in cells:
            continue
        if head == "policy":
            policies.setdefault(rest.partition(".")[0], {})[rest.partition(".")[2] or "size"] = value
        elif head == "horizon":
            header[rest] = value
        elif name in PARAMETERS:
            groups.setdefault(head, {})[rest] = value
        elif is_assignment(name):
            part, whose = assigned(name)
            known_ones = getattr(scenario.parameters["strategy"], part)
            groups.setdefault("strategy", {}).setdefault(part, dict(known_ones))[whose] = value
        else:
            known = [*PARAMETERS, *(f"policy.{policy}" for policy in POLICIES), "horizon.years"]
            mistakes.append(Mistake(place + name, value, "a declared parameter or policy", nearest(name, known)))
    changed = _changed(scenario.parameters, groups, mistakes, place)
    if "strategy" in changed:
        check_strategies(changed["strategy"], scenario.tables, mistakes, place)
    in_force = {policy_name(policy): policy for policy in scenario.policies}
    for name, terms in policies.items():
        policy = checked_policy(name, in_force.get(name), terms, mistakes, place)
        if policy is not None:
            in_force[name] = policy
    return replace(
        scenario,
        parameters={**scenario.parameters, **changed},
        policies=tuple(in_force.values()),
        years=_years(header, scenario.years, mistakes, place),
        tables=change_cells(scenario.tables, cells, mistakes, place) if cells else scenario.tables,
    )


def _changed(
    present: Mapping[str, Group], groups: Mapping[str, Mapping[str, Any]], mistakes: list[Mistake], place: str
) -> dict[str, Group]:
    """Return the groups of which some values change; a group with a mistake stays as it was."""
    fresh = {
        name: checked_group(name, GROUPS[name], {**present[name].model_dump(), **parts}, mistakes, place)
        for name, parts in groups.items()
    }
    return {name: group for name, group in fresh.items() if group is not None}


def _years(header: Mapping[str, Any], years: int, mistakes: list[Mistake], place: str) -> int:
    """Return the horizon."""
    for key, value in header.items():
        number = as_number(value)
        if key != "years":
            mistakes.append(Mistake(f"{place}horizon.{key}", value, "horizon.years", nearest(key, ["years"])))
        elif number is None or header_value("years", number) is None:
            mistakes.append(Mistake(f"{place}horizon.years", value, HEADER["years"]))
        else:
            years = int(number)
    return years
