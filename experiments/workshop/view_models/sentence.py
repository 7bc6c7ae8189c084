"""A sentence that says what changed and why: paired differences on the same shocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ecopark.abm.observation.indicators import INDICATORS
from ecopark.analysis.exchanges.story_line import mark

from ..stores.ensemble import Ensemble
from ..stores.levers import Lever
from .format import Translate, signed, words
from .headline_numbers import change_a_year

CLOSING = mark("{company} closing in {year:g}")
PRICE, PRICE_FROM = (
    mark("the price of {material} times {factor:g}"),
    mark("the price of {material} times {factor:g} from {year:g}"),
)
SETTING = mark("{lever} {value}")
PERIODS = {  # by whether there is a start and a stop
    (True, False): mark("{setting} from {start:g}"), (False, True): mark("{setting} until {stop:g}"),
    (True, True): mark("{setting} from {start:g} until {stop:g}"),
}  # fmt: skip
BASELINE = mark(
    "This is the baseline: the park as the scenario has it. Move a lever to see a different history beside it."
)
NOTHING = mark("With {named} nothing changes: in every pair of runs the two histories are the same.")
WHAT = mark(
    "With {named}, {after:.1f} exchanges run in {year} instead of {before:.1f} ({low} to {high} in eight of ten pairs). In a mean "
    "year companies gain {gain}, CO₂ avoided changes by {co2}, and the public purse by {purse}."
)
WHY = mark("Why: contracts signed {deals}, talks that failed {failed}, exchanges that ended {ends}.")
WHY_ENDS = mark(
    "Why: contracts signed {deals}, talks that failed {failed}, exchanges that ended {ends}; "
    "among the ends, the reason “{reason}” changes most ({change})."
)


def name_settings(values: Mapping[str, Any], levers: Mapping[str, Lever], t: Translate = str.format) -> str:
    """Say in words what differs from the scenario. t: puts a sentence into a language."""
    parts = []
    for name, value in values.items():
        head, _, rest = name.partition(".")
        if head == "close":
            parts.append(t(CLOSING, company=rest, year=value))
        elif head == "price" and not rest.endswith(".year"):
            year = values.get(f"{name}.year")
            terms = {"material": words(rest), "factor": value}
            parts.append(t(PRICE, **terms) if year is None else t(PRICE_FROM, year=year, **terms))
        elif name in levers:
            parts.append(_name_lever(levers[name], value, values, t))
    return ", ".join(parts)


def _name_lever(lever: Lever, value: Any, values: Mapping[str, Any], t: Translate) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        shown = f"{value:g} {lever.unit}".strip()
    else:
        shown = {True: "on", False: "off"}.get(value, words(str(value)))
    said = t(SETTING, lever=lever.label, value=shown)
    start, stop = values.get(f"{lever.name}.start"), values.get(f"{lever.name}.stop")
    period = PERIODS.get((start is not None, stop is not None))
    return said if period is None else t(period, setting=said, start=start, stop=stop)


def explain(base: Ensemble, shown: Ensemble, named: str, t: Translate = str.format) -> list[str]:
    """Return what changed (first) and why (second), from pairs of runs on the same shocks. t: puts a sentence into a language."""
    if not named:
        return [t(BASELINE)]
    if not _differs(base, shown):
        return [t(NOTHING, named=named)]
    before, after = base.values("links")[:, -1], shown.values("links")[:, -1]
    low, high = np.quantile(after - before, [0.1, 0.9])
    gain, co2, purse = (change_a_year(base, shown, name) for name in ("gain", "co2_avoided", "public_balance"))
    what = t(
        WHAT, named=named, after=float(after.mean()), before=float(before.mean()), year=int(shown.years[-1]), low=signed(low),
        high=signed(high), gain=signed(gain, "EUR"), co2=signed(co2, "t"), purse=signed(purse, "EUR"),
    )  # fmt: skip
    return [what, _why(base, shown, t)]


def _why(base: Ensemble, shown: Ensemble, t: Translate) -> str:
    """Say what the change of links is made of: contracts signed, talks failed, ends by reason."""
    parts = {"deals": "deals", "failed": "failed_talks", "ends": "ends"}
    said = {place: signed(_total_change(base, shown, name), "", 2) for place, name in parts.items()}
    reasons = {name: _total_change(base, shown, name) for name in INDICATORS if name.startswith("ends_")}
    name = max(reasons, key=lambda key: abs(reasons[key]))
    if abs(reasons[name]) < 0.05:
        return t(WHY, **said)
    return t(WHY_ENDS, reason=words(name.removeprefix("ends_")), change=signed(reasons[name], "", 2), **said)


def _differs(base: Ensemble, shown: Ensemble) -> bool:
    names = [name for name in base.table.dtype.names or () if name != "year"]
    return any(not np.array_equal(base.values(name), shown.values(name), equal_nan=True) for name in names)


def _total_change(base: Ensemble, shown: Ensemble, name: str) -> float:
    """Return the mean over pairs of the change of a total over the years."""
    return float((shown.values(name).sum(axis=1) - base.values(name).sum(axis=1)).mean())
