"""A scenario that was put together in Python meets the same checks as one from a file, before a park is founded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .checked_values import HEADER, checked_policy, header_value, policy_name
from .cross_checks import check_references
from .errors import InputError, Mistake
from .row_types import TABLES

if TYPE_CHECKING:
    from .scenario import Scenario


def require_right_tables(scenario: Scenario) -> None:
    """Raise InputError with every mistake of the tables of a scenario."""
    mistakes = [
        Mistake(f"{name}.csv", type(row).__name__, f"rows of {kind.__name__}")
        for name, kind in TABLES.items()
        for row in scenario.tables[name]
        if not isinstance(row, kind)
    ]
    _refuse(mistakes or check_references(scenario.tables, not scenario.tables["companies"]))


def require_right_values(scenario: Scenario) -> None:
    """Raise InputError with every mistake of header and policies of a scenario."""
    mistakes = [
        Mistake(key, getattr(scenario, key), allowed)
        for key, allowed in HEADER.items()
        if header_value(key, getattr(scenario, key)) is None
    ]
    for policy in scenario.policies:
        checked_policy(policy_name(policy), None, policy.terms, mistakes)
    _refuse(mistakes)


def _refuse(mistakes: list[Mistake]) -> None:
    if mistakes:
        raise InputError(mistakes)
