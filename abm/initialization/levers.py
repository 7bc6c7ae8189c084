"""Levers of every month: the rules of history (levers.csv), and policies in their place, scaled or on top."""

from __future__ import annotations

import numpy as np

from ..entities.tables import Table, blank, duplicate
from ..input.scenario import Scenario, policy_name
from ..policies import POLICIES, Policy
from .template import kept


@kept
def lay_history(scenario: Scenario, months: int) -> Table:
    """Return the rules of history [month]: step functions of levers.csv, without any policy."""
    levers = blank("levers", months)
    levers.energy_price = 1.0
    for row in sorted(scenario.tables["levers"], key=lambda line: line.date):
        first = max(0, round((row.date - scenario.start_year) * 12))
        for name in levers.dtype.names:
            if getattr(row, name, None) is not None:
                levers[name][first:] = getattr(row, name)
    return levers


@kept
def lay_levers(scenario: Scenario, months: int) -> Table:
    """Return the levers of every month: history, each policy on its own lever, a coordinator in the facilitated mode."""
    levers = duplicate(lay_history(scenario, months))
    for policy in scenario.policies:
        policy.apply(levers, scenario.start_year)
        levers.policies[policy.months(scenario.start_year, months)] += 2.0 ** list(POLICIES).index(policy_name(policy))
    if scenario["governance.mode"] == "facilitated":
        POLICIES["broker"](add=scenario["governance.facilitator"]).apply(levers, scenario.start_year)
    return levers


def tell_policies(scenario: Scenario) -> list[str]:
    """Return a sentence for each policy: what it sets from when on, and what of history it stands in place of."""
    months = scenario.years * 12
    history = lay_history(scenario, months)
    return [_tell(scenario, policy, history, months) for policy in scenario.policies]


def _tell(scenario: Scenario, policy: Policy, history: Table, months: int) -> str:
    """Say what one policy does to its lever."""
    name = f"policy.{policy_name(policy)}"
    span = policy.months(scenario.start_year, months)
    last = scenario.start_year + scenario.years - 1
    if span.start >= span.stop:
        return f"{name} is never in force: {_period(policy)}, the run goes from {scenario.start_year} to {last}"
    past = history[policy.lever][span]
    had = f"what history has ({_range(past)} {policy.unit})" if past.any() else ""
    since = f"from {scenario.start_year + span.start / 12:g} on"
    if policy.stop is not None:
        since += f" to {policy.stop:g}"
    parts = []
    if policy.size is not None:
        taken = policy.size == 0 and had
        parts.append(f"takes away {had}" if taken else f"sets {policy.size:g} {policy.unit}{_instead(had)}")
    elif policy.scale is not None:
        parts.append(f"multiplies {had or 'what history has, which is nothing,'} by {policy.scale:g}")
    if policy.add is not None:
        parts.append(f"adds {policy.add:g} {policy.unit}{' to ' + had if had and policy.size is None else ''}")
    return f"{name} {' and '.join(parts)} {since}"


def _instead(had: str) -> str:
    return f" in place of {had}" if had else ""


def _period(policy: Policy) -> str:
    """Say when a policy that is never in force would be."""
    begins = "" if policy.start is None else f"it starts in {policy.start:g}"
    ends = "" if policy.stop is None else f"it stops in {policy.stop:g}"
    return " and ".join(part for part in (begins, ends) if part) or "its lag is longer than the run"


def _range(values: np.ndarray) -> str:
    low, high = values.min(), values.max()
    return f"{high:g}" if low == high else f"{low:g} to {high:g}"
