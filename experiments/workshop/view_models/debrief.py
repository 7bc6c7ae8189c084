"""The debrief of a park that was played: who gained, what broke, what the agents would have done, how far from the optimum."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.entities.codes import ENDED, OPERATING
from ecopark.abm.observation.event_texts import why_ended
from ecopark.abm.park import Park

from ..stores.actions import replay, without_people
from ..stores.solo import Solo
from .format import brief, figure, more
from .story import date_of

TOTALS = {
    "links": ("exchanges running", ""),
    "gain": ("gain of all companies", "EUR"),
    "co2_avoided": ("CO₂ avoided", "t"),
    "public_balance": ("public balance", "EUR"),
    "failed_talks": ("talks that failed", ""),
    "ends": ("exchanges that ended", ""),
}


def debrief(game: Solo) -> list[dict[str, Any]]:
    """Return the sheets of the debrief. Runs the same levers and shocks once more with agents in every seat."""
    with game.lock:
        park, seed, log, seats = game.park.fork(), game.seed, list(game.main.log), frozenset(game.seats)
    twin = replay(game.scenario, seed, without_people(log), park.month)
    return [who_gained(park, twin, seats), what_broke(park), against_agents(park, twin), against_optimum(park)]


def gains_of(park: Park) -> np.ndarray:
    """Return what every company has gained from exchanges so far, net of capital [EUR]."""
    used = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    gains = np.zeros(len(park.state.companies))
    np.add.at(gains, used.seller, used.seller_gain)
    np.add.at(gains, used.buyer, used.buyer_gain)
    return gains


def who_gained(park: Park, twin: Park, seats: frozenset[str]) -> dict[str, Any]:
    """Gain of every company, of those in seats first, beside what its agent would have gained."""
    mine, theirs = gains_of(park), gains_of(twin)
    order = sorted(range(len(mine)), key=lambda row: (park.names[row] not in seats, -mine[row]))
    rows = [
        {
            "cells": [
                park.names[row],
                "you" if park.names[row] in seats else "agent",
                brief(float(mine[row]), "EUR"),
                brief(float(theirs[row]), "EUR"),
                more(float(mine[row] - theirs[row]), "EUR"),
            ],
            "pick": f"company {park.names[row]}",
        }
        for row in order
        if mine[row] or theirs[row] or park.names[row] in seats
    ]
    table = {
        "title": "Gain from exchanges, net of capital",
        "head": ["company", "who decided", "gained", "agents alone", "difference"],
        "rows": rows,
        "empty": "Nobody has gained yet: no exchange has run.",
    }
    return _sheet("Who gained", "All companies with an exchange; seats first.", [table])


def what_broke(park: Park) -> dict[str, Any]:
    """Exchanges that ended, with the reason."""
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    materials: Any = park.scenario.tables["materials"]
    ended = sorted(np.flatnonzero(table.stage == ENDED), key=lambda row: -table.end[row])
    rows = [
        {
            "cells": [
                date_of(park, table.end[row]),
                f"{materials[int(park.state.streams.material[table.supply[row]])].label}: {park.names[int(table.seller[row])]} → {park.names[int(table.buyer[row])]}",
                why_ended(park, int(row)),
            ],
            "pick": f"exchange {row}",
        }
        for row in ended
    ]
    running = int((table.stage == OPERATING).sum())
    return _sheet(
        "What broke",
        f"{len(rows)} {'exchange' if len(rows) == 1 else 'exchanges'} ended; {running} {'runs' if running == 1 else 'run'}.",
        [{"title": "Ends, latest first", "head": ["when", "exchange", "why"], "rows": rows, "empty": "Nothing broke."}],
    )


def against_agents(park: Park, twin: Park) -> dict[str, Any]:
    """Return the years so far beside the same levers and shocks with agents in every seat."""
    rows = []
    for name, (label, unit) in TOTALS.items():
        column = [
            float(part.yearly[name][-1] if name == "links" else part.yearly[name].sum()) if part.month else 0.0
            for part in (park, twin)
        ]
        rows.append(
            {
                "cells": [label, brief(column[0], unit), brief(column[1], unit), more(column[0] - column[1], unit)],
                "pick": "",
            }
        )
    return _sheet(
        "What the agents would have done",
        "The same levers, shocks and chances, with agents in every seat.",
        [{"title": "All years so far", "head": ["", "you", "agents", "difference"], "rows": rows, "empty": ""}],
    )


def against_optimum(park: Park) -> dict[str, Any]:
    """How much of the best network's value is reached, and where the rest was lost."""
    from ecopark.abm.submodels.flow_programme import solve_flows
    from ecopark.analysis.run_folder.tables import tables_of
    from ecopark.analysis.value.central_optimum import (  # with pandas and scipy: not before somebody asks
        LOSSES,
        shortfall,
    )

    if park.month < 12:
        return _sheet("Distance to the optimum", "Play at least a year to compare the park with the best network.", [])
    short = shortfall(tables_of(park.results), solve=solve_flows)
    rows = [
        {
            "cells": [LOSSES[line.cause], brief(float(line.loss), "EUR a year"), str(int(line.opportunities))],
            "pick": "",
        }
        for line in short.losses.itertuples()
        if line.loss or line.opportunities
    ]
    words = (
        "There was nothing to reach."
        if short.optimum <= 0
        else f"A planner who knows everything would reach {figure(short.optimum, 'EUR')} a year; this park reaches {short.share:.0%} of it."
    )
    return _sheet(
        "Distance to the optimum",
        words,
        [
            {
                "title": "Where the rest was lost",
                "head": ["cause", "value", "exchanges"],
                "rows": rows,
                "empty": "Nothing was lost.",
            }
        ],
    )


def _sheet(title: str, subtitle: str, tables: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "subtitle": subtitle, "facts": [], "note": "", "tables": tables}
