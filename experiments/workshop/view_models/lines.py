"""Lines over the years for the park that is played, beside the future that was left or forked off."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.observation.indicators import INDICATORS

from ..stores.game import Game
from .format import BASE, COUNTED, CYCLE, INK, axes, plain, scale_of


def live_chart(game: Game, name: str) -> dict[str, Any]:
    """Return the chart of one indicator, year by year to the horizon."""
    indicator = INDICATORS[name]
    first = game.scenario.start_year
    years = list(range(first, first + game.scenario.years))
    runs = [("this future", game.park.yearly, CYCLE[0], "solid")]
    if game.other is not None:
        runs.append(("the other future", game.other.park.yearly, CYCLE[1], "dashed"))
    if game.ghost is not None:
        runs.append((game.ghost.label, game.ghost.yearly, BASE, "dashed"))
    largest = max((float(np.nan_to_num(np.abs(table[name])).max(initial=0.0)) for _, table, _, _ in runs), default=0.0)
    size, prefix = scale_of(largest)
    option = axes(f"{prefix}{indicator.unit}", years, whole=indicator.unit in COUNTED)
    option["series"] = [
        {
            "type": "line",
            "id": label,
            "name": label,
            "symbol": "none",
            "data": plain(table[name] / size),
            "lineStyle": {"color": colour, "width": 2.2, "type": kind},
            "itemStyle": {"color": colour},
        }
        for label, table, colour, kind in runs
    ]
    if len(runs) > 1:
        option["legend"] = {
            "data": [run[0] for run in runs],
            "right": 4,
            "top": 0,
            "textStyle": {"color": INK, "fontSize": 11},
            "icon": "roundRect",
            "itemWidth": 14,
            "itemHeight": 4,
        }
    return option
