"""Who bargains how: `strategy.default`, `strategy.role.seller`, `strategy.type.TYPE`, `strategy.company."NAME"`.

The narrowest wins: company, then type, then role, then default. A name that is not built in is code of somebody: it is
loaded for the command line, for Python and for scenarios on the own disk, never for what was saved or uploaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .errors import Mistake, nearest
from .parameter_fields import ROLES, STRATEGIES, Group

PARTS = ("role", "type", "company")


def is_assignment(name: str) -> bool:
    """Tell whether a dotted name gives a strategy to a role, a type or a company."""
    parts = name.split(".", 2)
    return len(parts) == 3 and parts[0] == "strategy" and parts[1] in PARTS


def assigned(name: str) -> tuple[str, str]:
    """Return what a dotted name is about: (role, type or company; whose)."""
    _, part, whose = name.split(".", 2)
    return part, whose.strip('"')


def check_strategies(
    group: Any, tables: Mapping[str, tuple[Any, ...]], mistakes: list[Mistake], place: str = "", load: bool = True
) -> None:
    """Add what is wrong with the strategies of a scenario to `mistakes`. load: whether code may be loaded for a name."""
    known = {
        "role": ROLES,
        "type": [row.type for row in tables["types"]],
        "company": [row.name for row in tables["companies"]],
    }
    for part in PARTS:
        for whose in getattr(group, part):
            if whose not in known[part] and not (part == "company" and not known[part]):
                words = "seller or buyer" if part == "role" else f"a {part} of the park"
                mistakes.append(Mistake(f"{place}strategy.{part}", whose, words, nearest(whose, known[part])))
    for where, name in every_name(group):
        _check_name(place + where, name, mistakes, load)


def every_name(group: Group) -> list[tuple[str, str]]:
    """Return (dotted name, strategy) of every assignment of a group."""
    parts = ((f"strategy.{part}.{whose}", name) for part in PARTS for whose, name in getattr(group, part).items())
    return [("strategy.default", getattr(group, "default", "")), *parts]


def _check_name(where: str, name: str, mistakes: list[Mistake], load: bool) -> None:
    if name in STRATEGIES:
        return
    from ..strategies.outside.register import StrategyError, code_of, is_known

    if not load and not is_known(name):
        allowed = (
            f"one of {', '.join(STRATEGIES)}; a strategy from outside is code and is loaded only by --set {where}=..."
        )
        mistakes.append(Mistake(where, name, allowed, nearest(name, STRATEGIES)))
        return
    try:
        code_of(name)
    except StrategyError as error:
        mistakes.append(Mistake(where, name, error.allowed, error.meant))
