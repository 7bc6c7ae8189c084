"""A scenario as plain values (the run.json of a run) -> its checked parts; nothing is taken on trust."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..policies import Policy
from .checked_values import HEADER, checked_group, checked_policy, header_value
from .cross_checks import check_references
from .csv_files import Line
from .errors import InputError, Mistake, nearest
from .library_rows import Disposal
from .merging import as_route
from .parameter_fields import Group
from .parameters import GROUPS
from .row_errors import checked_row
from .row_fields import Row
from .row_types import TABLES
from .strategy_names import check_strategies


def scenario_parts(plain: Any, place: str) -> dict[str, Any]:
    """Return header, parameters, policies and tables of what `Scenario.describe` wrote.

    place: what holds the values. Raises InputError with every mistake.
    """
    mistakes: list[Mistake] = []
    whole = _table(plain, place, mistakes)
    if mistakes:
        raise InputError(mistakes)
    header = _header(whole, place, mistakes)
    parameters = _parameters(_table(whole.get("parameters"), f"{place}: parameters", mistakes), place, mistakes)
    policies = _policies(_table(whole.get("policies"), f"{place}: policies", mistakes), place, mistakes)
    tables, unsure = _tables(_table(whole.get("tables"), f"{place}: tables", mistakes), place, mistakes)
    if isinstance(whole.get("tables"), Mapping):
        mistakes.extend(check_references(tables, not tables["companies"], unsure))
    check_strategies(parameters["strategy"], tables, mistakes, f"{place}: ", load=False)
    if mistakes:
        raise InputError(mistakes)
    return {**header, "parameters": parameters, "policies": policies, "tables": tables}


def _table(value: Any, place: str, mistakes: list[Mistake]) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    mistakes.append(Mistake(place, value, "a table of names and values, as a run of ecopark writes it"))
    return {}


def _header(plain: Mapping[str, Any], place: str, mistakes: list[Mistake]) -> dict[str, Any]:
    header = {}
    for key, allowed in HEADER.items():
        header[key] = header_value(key, plain.get(key))
        if header[key] is None:
            mistakes.append(Mistake(f"{place}: {key}", plain.get(key), allowed))
    return header


def _parameters(plain: Mapping[str, Any], place: str, mistakes: list[Mistake]) -> dict[str, Group]:
    for name in sorted(set(map(str, plain)) - set(GROUPS)):
        mistakes.append(Mistake(f"{place}: {name}", name, f"one of {', '.join(GROUPS)}", nearest(name, GROUPS)))
    groups = {}
    for name, kind in GROUPS.items():
        group = checked_group(name, kind, plain.get(name, {}), mistakes, f"{place}: ")
        groups[name] = group if group is not None else kind()
    return groups


def _policies(plain: Mapping[str, Any], place: str, mistakes: list[Mistake]) -> tuple[Policy, ...]:
    found = (checked_policy(str(name), None, terms, mistakes, f"{place}: ") for name, terms in plain.items())
    return tuple(policy for policy in found if policy is not None)


def _tables(
    plain: Mapping[str, Any], place: str, mistakes: list[Mistake]
) -> tuple[dict[str, tuple[Row, ...]], set[str]]:
    """Return the rows of every table and the tables of which some rows could not be read."""
    for name in sorted(set(map(str, plain)) - {*TABLES, "disposal"}):
        mistakes.append(Mistake(f"{place}: tables", name, f"one of {', '.join(TABLES)}", nearest(name, TABLES)))
    tables, unsure = {}, set()
    for name in TABLES:
        before = len(mistakes)
        tables[name] = _rows(name, plain.get(name, []), f"{place}: {name}", mistakes)
        if len(mistakes) > before:
            unsure.add(name)
    if "routes" not in plain:  # a run of an earlier version
        old: Any = _rows("disposal", plain.get("disposal", []), f"{place}: disposal", mistakes)
        tables["routes"] = tuple(as_route(row) for row in old)
    return tables, unsure


def _rows(name: str, rows: Any, place: str, mistakes: list[Mistake]) -> tuple[Row, ...]:
    kind = TABLES.get(name, Disposal)
    if not isinstance(rows, list | tuple):
        mistakes.append(Mistake(place, rows, "a list of rows"))
        return ()
    found = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            mistakes.append(Mistake(f"{place} row {number}", row, "a row: column names and values"))
            continue
        cells = {str(column): value for column, value in row.items()}
        line = Line(place, number, cells, tuple(kind.model_fields), "row")
        checked = checked_row(kind, line, mistakes)
        if checked is not None:
            found.append(checked)
    return tuple(found)
