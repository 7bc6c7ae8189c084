"""Lines over the years for the park that is played, beside the future that was left or forked off."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.observation.indicators import INDICATORS
from ecopark.analysis.exchanges.story_line import mark

from ..stores.game import Game
from .format import BASE, COUNTED, CYCLE, INK, Translate, axes, plain, scale_of, unit_of

THIS, OTHER, AS_IT_WENT = mark("this future"), mark("the other future"), mark("as it went until {year}")


def live_chart(game: Game, name: str, t: Translate = str.format) -> dict[str, Any]:
    """Return the chart of one indicator, year by year to the horizon. t: puts words into a language."""
    indicator = INDICATORS[name]
    first = game.scenario.start_year
    years = list(range(first, first + game.scenario.years))
    runs = [(t(THIS), game.park.yearly, CYCLE[0], "solid")]
    if game.other is not None:
        runs.append((t(OTHER), game.other.park.yearly, CYCLE[1], "dashed"))
    if game.ghost is not None:
        runs.append((t(AS_IT_WENT, year=game.ghost.until), game.ghost.yearly, BASE, "dashed"))
    largest = max((float(np.nan_to_num(np.abs(table[name])).max(initial=0.0)) for _, table, _, _ in runs), default=0.0)
    size, prefix = scale_of(largest)
    option = axes(unit_of(prefix, indicator.unit, t), years, whole=indicator.unit in COUNTED)
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
