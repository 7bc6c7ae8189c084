"""History beside a simulated line: dotted, with the bounds between which it is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ecopark.analysis.exchanges.story_line import mark

from ..stores.known_history import Known
from .format import INK, MUTED, Translate, plain

HISTORY = mark("history")
INDICATOR = "links"  # the one of which a history is known


def add_history(option: dict[str, Any], known: Known | None, name: str, t: Translate = str.format) -> dict[str, Any]:
    """Put history beside the lines of a chart, in place, where it is known of this indicator; return the chart."""
    if known is None or name != INDICATOR:
        return option
    years = option["xAxis"]["data"]
    low, mid, high = (_row(years, values) for values in (known.low, known.mid, known.high))
    hidden = {
        "type": "line", "stack": "history", "stackStrategy": "all", "symbol": "none", "silent": True, "lineStyle": {"opacity": 0},
    }  # fmt: skip
    label = t(HISTORY)
    option["series"] += [
        {**hidden, "id": "history low", "name": "_history low", "data": plain(low)},
        {**hidden, "id": "history high", "name": "_history high", "data": plain(high - low), "areaStyle": {"color": MUTED, "opacity": 0.14}},
        {
            "type": "line", "id": "history", "name": label, "symbol": "none", "data": plain(mid), "z": 3,
            "lineStyle": {"color": MUTED, "width": 2, "type": "dotted"}, "itemStyle": {"color": MUTED},
        },
    ]  # fmt: skip
    legend = option.setdefault(
        "legend",
        {"data": [one["name"] for one in option["series"] if not one["name"].startswith("_")], "right": 4, "top": 0,
         "textStyle": {"color": INK, "fontSize": 11}, "icon": "roundRect", "itemWidth": 14, "itemHeight": 4},
    )  # fmt: skip
    if label not in legend["data"]:
        legend["data"] = [*legend["data"], label]
    return option


def _row(years: list[int], values: Mapping[int, float]) -> np.ndarray:
    return np.array([values.get(int(year), np.nan) for year in years])
