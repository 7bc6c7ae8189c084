"""Who bargains how at founding: the code of the strategy of every company in either role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..entities.tables import Table, blank
from ..input.errors import InputError, Mistake, nearest
from ..input.scenario import Scenario
from ..strategies.outside.register import StrategyError, addresses, code_of


def give_strategies(scenario: Scenario, companies: Table, names: Sequence[str]) -> None:
    """Give every company its strategy as seller and as buyer, in place: the narrowest assignment wins."""
    chosen: Any = scenario.parameters["strategy"]
    kinds = {row.type: place for place, row in enumerate(scenario.tables["types"])}  # type: ignore[attr-defined]
    places = {name: place for place, name in enumerate(names)} if chosen.company else {}
    for role in ("seller", "buyer"):
        column = companies[f"strategy_{role}"]
        column[:] = _code("strategy.default", chosen.role.get(role, chosen.default))
        for kind, name in chosen.type.items():
            column[companies["type"] == kinds[kind]] = _code(f"strategy.type.{kind}", name)
        for company, name in chosen.company.items():
            if company not in places:
                where = nearest(company, list(names))
                raise InputError([Mistake("strategy.company", company, "the name of a company", where)])
            column[places[company]] = _code(f"strategy.company.{company}", name)


def _code(where: str, name: str) -> int:
    try:
        return code_of(name)
    except StrategyError as error:
        raise InputError([Mistake(where, name, error.allowed, error.meant)]) from None


def lay_guests() -> Table:
    """Return where the strategies from outside that this process has loaded are called [row: code less the built-in ones]."""
    rows = addresses()
    table = blank("guests", len(rows))
    if rows:
        both = np.array(rows, dtype=np.int64)
        table.propose, table.respond = both[:, 0], both[:, 1]
    table.flags.writeable = False  # runs share it
    return table
