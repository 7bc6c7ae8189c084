"""Settings: what differs from the scenario, as one flat dictionary that travels in a link.

Names: `policy.NAME` (size), `policy.NAME.start`, `policy.NAME.stop` (decimal years), any parameter, `close.COMPANY`
(the year it closes), `price.MATERIAL` (factor) and `price.MATERIAL.year`; `posterior.draw`: every replicate draws the
shared behaviour from the saved posterior by its seed, but for what is set here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from ecopark.abm.initialization.found import ground_of
from ecopark.abm.input.errors import InputError, Mistake, nearest
from ecopark.abm.input.scenario import Scenario, as_number
from ecopark.abm.interventions.shocks import check_factor, close_company, shock_price
from ecopark.abm.park import Park

from ...validation.posterior import row_of

Values = dict[str, Any]
DRAW = "posterior.draw"
QUIET = {"recording.meetings": False, "recording.events": False, "recording.companies": False}


def split(values: Mapping[str, Any]) -> tuple[Values, dict[str, Any], dict[str, tuple[Any, Any]]]:
    """Return (scenario values, closing year by company, (factor, year) by material)."""
    plain: Values = {}
    closings: dict[str, Any] = {}
    prices: dict[str, tuple[Any, Any]] = {}
    for name, value in values.items():
        head, _, rest = name.partition(".")
        if head == "close":
            closings[rest] = value
        elif head == "price":
            material = rest.removesuffix(".year")
            factor, year = prices.get(material, (1.0, None))
            prices[material] = (factor, value) if rest.endswith(".year") else (value, year)
        elif name != DRAW:
            plain[name] = value
    return plain, closings, prices


def apply_to(scenario: Scenario, values: Mapping[str, Any]) -> Scenario:
    """Return the scenario with the values; raises InputError with every mistake, those of the shocks too."""
    plain, closings, prices = split(values)
    mistakes: list[Mistake] = []
    if values.get(DRAW, False) not in (True, False):
        mistakes.append(Mistake(DRAW, values[DRAW], "true or false"))
    changed = scenario
    try:
        changed = scenario.replace(plain)
    except InputError as error:
        mistakes.extend(error.mistakes)
    mistakes.extend(_check_shocks(scenario, closings, prices))
    if mistakes:
        raise InputError(mistakes)
    return changed


def _check_shocks(
    scenario: Scenario, closings: Mapping[str, Any], prices: Mapping[str, tuple[Any, Any]]
) -> list[Mistake]:
    """Return what is wrong with closures and price shocks."""
    first, last = scenario.start_year, scenario.start_year + scenario.years
    names = list(ground_of(scenario).names)
    materials: Any = scenario.tables["materials"]
    known = {row.material for row in materials} | {row.group for row in materials}
    mistakes = [
        Mistake(f"close.{name}", name, "the name of a company", nearest(name, names))
        for name in closings
        if name not in names
    ]
    mistakes += [
        Mistake(f"price.{name}", name, "a material or group", nearest(name, known))
        for name in prices
        if name not in known
    ]
    years = {f"close.{name}": year for name, year in closings.items()}
    years |= {f"price.{name}.year": year for name, (_, year) in prices.items() if year is not None}
    for place, year in years.items():
        number = as_number(year)
        if number is None or not first <= number <= last:
            mistakes.append(Mistake(place, year, f"a year from {first} to {last}"))
    for name, (factor, _) in prices.items():
        try:
            check_factor(factor)
        except InputError as error:
            mistakes.append(Mistake(f"price.{name}", factor, error.mistakes[0].allowed))
    return mistakes


def found_park(scenario: Scenario, values: Mapping[str, Any], seed: int) -> Park:
    """Return a park under the settings, before its first month."""
    drawn = row_of(seed) if values.get(DRAW) else {}
    park = Park(apply_to(scenario, {**drawn, **values}), seed)
    _, closings, prices = split(values)
    for name, year in closings.items():
        close_company(park, name, year)
    for name, (factor, year) in prices.items():
        shock_price(park, name, factor, year)
    return park


def to_link(values: Mapping[str, Any]) -> str:
    """Return settings as the query of a link."""
    return urlencode({name: _text(value) for name, value in sorted(values.items())})


def from_link(query: str) -> Values:
    """Return the settings in the query of a link; names without a dot belong to the screen, not to the settings."""
    return {name: _value(text) for name, text in parse_qsl(query.lstrip("?")) if "." in name}


def _text(value: Any) -> str:
    return {True: "true", False: "false"}.get(value, f"{value}") if isinstance(value, bool) else f"{value}"


def _value(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    number = as_number(text)
    if number is None:
        return text
    return int(number) if number == int(number) and "." not in text else number


class History:
    """Settings with undo and redo. One change of one name after another is one step while it is dragged."""

    def __init__(self, values: Mapping[str, Any] | None = None):
        self._steps: list[Values] = [dict(values or {})]
        self._place = 0
        self._dragged: str | None = None

    @property
    def values(self) -> Values:
        """Return the present settings."""
        return dict(self._steps[self._place])

    @property
    def can_undo(self) -> bool:
        """Tell whether there is something to undo."""
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        """Tell whether there is something to redo."""
        return self._place < len(self._steps) - 1

    def change(self, values: Values, dragged: str | None = None) -> None:
        """Make other settings the present ones. dragged: the name that is being moved."""
        if dragged is not None and dragged == self._dragged and self._place > 0:
            self._steps[self._place] = dict(values)
        else:
            self._steps = [*self._steps[: self._place + 1], dict(values)][-200:]
            self._place = len(self._steps) - 1
        self._dragged = dragged

    def undo(self) -> None:
        """Go one step back."""
        self._place, self._dragged = max(0, self._place - 1), None

    def redo(self) -> None:
        """Go one step forward."""
        self._place, self._dragged = min(len(self._steps) - 1, self._place + 1), None
