"""Curves over the years: replicates as a band, settings beside the baseline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ecopark.abm.observation.indicators import INDICATORS
from ecopark.analysis.exchanges.story_line import mark

from ..stores.ensemble import Ensemble
from .format import (
    BASE,
    COUNTED,
    CYCLE,
    GROUP_COLOURS,
    INK,
    MUTED,
    Translate,
    axes,
    local,
    plain,
    scale_of,
    unit_of,
    words,
)
from .headline_numbers import headline

HEADLINES = (
    "links", "gain", "material_reused", "energy_reused", "water_reused", "co2_avoided", "disposed", "public_balance",
    "trust", "willingness", "jobs", "deals", "ends", "capex", "shortfall",
)  # fmt: skip
FUNNEL = {
    "identified": mark("identified"), "screened": mark("screened"), "in_talks": mark("in talks"), "agreed": mark("agreed"),
    "building": mark("being built"), "operating": mark("operating"),
}  # fmt: skip
BASELINE, SELLERS, BUYERS, ALL = mark("baseline"), mark("sellers"), mark("buyers"), mark("all, {settings}")
A_YEAR, EXCHANGES, OPPORTUNITIES = mark("EUR a year"), mark("exchanges"), mark("opportunities")
ACCOUNT = {  # column, the same without exchanges, sign
    mark("public purse"): ("public_balance", "public_balance_alone", 1), mark("tax revenue lost or won"): ("tax_revenue", "tax_revenue_alone", 1),
    mark("subsidies"): ("subsidies", None, -1), mark("grants"): ("grants", None, -1), mark("programmes"): ("programme_cost", None, -1),
}  # fmt: skip
FUNNEL_COLOURS = ("#c9d6df", "#9fc0d6", "#e9c46a", "#f4a261", "#8ab17d", "#2a7f62")


@dataclass(frozen=True)
class Shown:
    """An ensemble as it is drawn: its label and colour; the baseline is dashed."""

    label: str
    colour: str
    ensemble: Ensemble
    is_baseline: bool = False


def spread(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the 10 % quantile, the mean and the 90 % quantile over replicates [year]. values: [replicate, year]."""
    low, middle, high = (np.full(values.shape[1], np.nan) for _ in range(3))
    known = np.isfinite(values).any(axis=0)
    pick = np.quantile if np.isfinite(values[:, known]).all() else np.nanquantile
    low[known], high[known] = pick(values[:, known], [0.1, 0.9], axis=0)
    middle[known] = np.nanmean(values[:, known], axis=0)
    return low, middle, high


def growth_chart(name: str, runs: list[Shown], t: Translate = str.format) -> dict[str, Any]:
    """Return the chart of one indicator: mean line and band from 10 to 90 % of the replicates for each run.

    t: here and below, puts words into a language.
    """
    indicator = INDICATORS[name]
    largest = max(float(np.nan_to_num(np.abs(headline(run.ensemble, name))).max()) for run in runs)
    size, prefix = scale_of(largest)
    unit = unit_of(prefix, indicator.unit, t)
    option = axes(unit, [int(year) for year in runs[0].ensemble.years], whole=indicator.unit in COUNTED)
    option["series"] = [series for place, run in enumerate(runs) for series in _band(run, name, size, place, t)]
    option["legend"] = {
        "data": [local(t, run.label) for run in runs],
        "right": 4,
        "top": 0,
        "textStyle": {"color": INK},
        "icon": "roundRect",
        "itemWidth": 14,
        "itemHeight": 4,
    }
    option["dataZoom"] = [{"type": "inside", "zoomOnMouseWheel": "ctrl"}]
    return option


def _band(run: Shown, name: str, size: float, place: int, t: Translate) -> list[dict[str, Any]]:
    """Return the series of one run: two stacked invisible lines that hold the band, and the mean."""
    low, middle, high = (part / size for part in spread(headline(run.ensemble, name)))
    colour = BASE if run.is_baseline else run.colour
    hidden = {
        "type": "line",
        "stack": f"band {place}",
        "stackStrategy": "all",
        "symbol": "none",
        "silent": True,
        "lineStyle": {"opacity": 0},
    }
    fill = {"areaStyle": {"color": colour, "opacity": 0.16}}
    line = {"width": 2 if run.is_baseline else 2.6, "type": "dashed" if run.is_baseline else "solid", "color": colour}
    return [
        {**hidden, "id": f"low {place}", "name": f"_low {place}", "data": plain(low)},
        {**hidden, **fill, "id": f"high {place}", "name": f"_high {place}", "data": plain(high - low)},
        {
            "type": "line", "id": f"mean {place}", "name": local(t, run.label), "data": plain(middle), "symbol": "none",
            "lineStyle": line, "itemStyle": {"color": colour}, "z": 4 if run.is_baseline else 5,
        },
    ]  # fmt: skip


def funnel_chart(ensemble: Ensemble, t: Translate = str.format) -> dict[str, Any]:
    """Return the funnel: mean number of opportunities at each stage at the end of every year, stacked."""
    option = axes(t(OPPORTUNITIES), [int(year) for year in ensemble.years])
    option["series"] = [
        {
            "type": "line", "id": stage, "name": t(FUNNEL[stage]), "stack": "funnel", "symbol": "none", "data": np.round(ensemble.values(stage).mean(axis=0), 2).tolist(),
            "lineStyle": {"width": 0}, "areaStyle": {"color": colour, "opacity": 0.9}, "itemStyle": {"color": colour},
        }
        for stage, colour in zip(reversed(FUNNEL), reversed(FUNNEL_COLOURS), strict=True)
    ]  # fmt: skip
    option["legend"] = {
        "data": [t(label) for label in FUNNEL.values()],
        "textStyle": {"color": INK, "fontSize": 11},
        "itemWidth": 10,
        "itemHeight": 8,
    }
    return option


def ends_chart(base: Ensemble, shown: Ensemble, label: str, t: Translate = str.format) -> dict[str, Any]:
    """Return how many exchanges ended for each reason in the whole run, mean over replicates, beside the baseline."""
    reasons = [name for name in INDICATORS if name.startswith("ends_")]
    totals = {name: (_total(base, name), _total(shown, name)) for name in reasons}
    present = sorted((name for name in reasons if sum(totals[name]) > 0), key=lambda name: sum(totals[name]))
    labels = [local(t, words(name.removeprefix("ends_"))) for name in present]
    before, after = ([totals[name][place] for name in present] for place in (0, 1))
    return bars(t(EXCHANGES), labels, {label: after, BASELINE: before}, t)


def account_chart(base: Ensemble, shown: Ensemble, label: str, t: Translate = str.format) -> dict[str, Any]:
    """Return the public account of a year against no exchanges and no programmes, beside the baseline."""
    both = {row: [_against(ensemble, *terms) for ensemble in (base, shown)] for row, terms in reversed(ACCOUNT.items())}
    size, prefix = scale_of(max(abs(value) for pair in both.values() for value in pair))
    before, after = ([pair[place] / size for pair in both.values()] for place in (0, 1))
    return bars(unit_of(prefix, A_YEAR, t), [t(row) for row in both], {label: after, BASELINE: before}, t)


def gains_chart(base: Ensemble, shown: Ensemble, label: str, t: Translate = str.format) -> dict[str, Any]:
    """Return the yearly gain of all companies from exchanges, shared between sellers and buyers."""
    size, prefix = scale_of(float(max(np.abs(part.values("gain")).mean(axis=0).max() for part in (base, shown))))
    option = axes(unit_of(prefix, A_YEAR, t), [int(year) for year in shown.years])
    parts = (
        (t(SELLERS), shown, "gain_sellers", GROUP_COLOURS["material"], "solid"),
        (t(BUYERS), shown, "gain_buyers", GROUP_COLOURS["water"], "solid"),
        (t(ALL, settings=label), shown, "gain", INK, "solid"),
    )
    if label != BASELINE:
        parts = (*parts, (t(ALL, settings=BASELINE), base, "gain", BASE, "dashed"))
    option["series"] = [
        {
            "type": "line",
            "id": name,
            "name": name,
            "symbol": "none",
            "data": np.round(ensemble.values(key).mean(axis=0) / size, 4).tolist(),
            "lineStyle": {"color": colour, "width": 2, "type": kind},
            "itemStyle": {"color": colour},
        }
        for name, ensemble, key, colour, kind in parts
    ]
    option["legend"] = {
        "data": [part[0] for part in parts],
        "right": 4,
        "top": 0,
        "textStyle": {"color": INK, "fontSize": 11},
        "icon": "roundRect",
        "itemWidth": 12,
        "itemHeight": 4,
    }
    return option


def bars(unit: str, labels: list[str], groups: dict[str, list[float]], t: Translate = str.format) -> dict[str, Any]:
    """Return horizontal bars, one group of bars per label. t: puts the names of the groups into a language."""
    option = axes(unit)
    option["yAxis"] = {
        "type": "category",
        "data": labels,
        "axisLabel": {"color": INK, "fontSize": 11},
        "axisLine": {"show": False},
        "axisTick": {"show": False},
    }
    option["xAxis"] = {
        "type": "value",
        "name": unit,
        "nameLocation": "middle",
        "nameGap": 22,
        "nameTextStyle": {"color": MUTED},
        "axisLabel": {"color": MUTED, "fontSize": 11},
        "splitLine": {"lineStyle": {"color": "@faint"}},
    }
    option["grid"]["bottom"] = 22
    option["series"] = [
        {
            "type": "bar",
            "id": name,
            "name": local(t, name),
            "data": [round(value, 3) for value in values],
            "itemStyle": {"color": BASE if name == BASELINE else CYCLE[0]},
            "barMaxWidth": 12,
        }
        for name, values in groups.items()
    ]
    option["legend"] = {
        "data": [local(t, name) for name in groups],
        "right": 4,
        "top": 0,
        "textStyle": {"color": INK, "fontSize": 11},
        "itemWidth": 10,
        "itemHeight": 8,
    }
    return option


def _total(ensemble: Ensemble, name: str) -> float:
    return float(ensemble.values(name).sum(axis=1).mean())


def _against(ensemble: Ensemble, name: str, alone: str | None, sign: int) -> float:
    values = ensemble.values(name) - (ensemble.values(alone) if alone else 0.0)
    return sign * float(values.mean())
