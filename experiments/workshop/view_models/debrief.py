"""The debrief of a park that was played: who gained, what broke, what the agents would have done, how far from the optimum."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.entities.codes import ENDED, OPERATING
from ecopark.abm.observation.event_texts import why_ended
from ecopark.abm.park import Park
from ecopark.analysis.exchanges.story_line import mark

from ..stores.actions import replay, without_people
from ..stores.solo import Solo
from .format import Translate, brief, figure, local, more
from .story import date_of

TOTALS = {
    "links": (mark("exchanges running"), ""),
    "gain": (mark("gain of all companies"), "EUR"),
    "co2_avoided": (mark("CO₂ avoided"), "t"),
    "public_balance": (mark("public balance"), "EUR"),
    "failed_talks": (mark("talks that failed"), ""),
    "ends": (mark("exchanges that ended"), ""),
}
EXCHANGE = "{material}: {seller} → {buyer}"


def debrief(game: Solo, t: Translate = str.format) -> list[dict[str, Any]]:
    """Return the sheets of the debrief. Runs the same levers and shocks once more with agents in every seat.

    t: here and below, puts words into a language.
    """
    with game.lock:
        park, seed, log, seats = game.park.fork(), game.seed, list(game.main.log), frozenset(game.seats)
    twin = replay(game.scenario, seed, without_people(log), park.month)
    return [
        who_gained(park, twin, seats, t), what_broke(park, t), against_agents(park, twin, t), against_optimum(park, t),
    ]  # fmt: skip


def gains_of(park: Park) -> np.ndarray:
    """Return what every company has gained from exchanges so far, net of capital [EUR]."""
    used = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    gains = np.zeros(len(park.state.companies))
    np.add.at(gains, used.seller, used.seller_gain)
    np.add.at(gains, used.buyer, used.buyer_gain)
    return gains


def who_gained(park: Park, twin: Park, seats: frozenset[str], t: Translate) -> dict[str, Any]:
    """Gain of every company, of those in seats first, beside what its agent would have gained."""
    mine, theirs = gains_of(park), gains_of(twin)
    order = sorted(range(len(mine)), key=lambda row: (park.names[row] not in seats, -mine[row]))
    rows = [
        {
            "cells": [
                park.names[row],
                t("you") if park.names[row] in seats else t("agent"),
                local(t, brief(float(mine[row]), "EUR")),
                local(t, brief(float(theirs[row]), "EUR")),
                local(t, more(float(mine[row] - theirs[row]), "EUR")),
            ],
            "pick": f"company {park.names[row]}",
        }
        for row in order
        if mine[row] or theirs[row] or park.names[row] in seats
    ]
    table = {
        "title": t("Gain from exchanges, net of capital"),
        "head": [t("company"), t("who decided"), t("gained"), t("agents alone"), t("difference")],
        "rows": rows,
        "empty": t("Nobody has gained yet: no exchange has run."),
    }
    return _sheet(t("Who gained"), t("All companies with an exchange; seats first."), [table])


def what_broke(park: Park, t: Translate = str.format) -> dict[str, Any]:
    """Exchanges that ended, with the reason."""
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    materials: Any = park.scenario.tables["materials"]
    ended = sorted(np.flatnonzero(table.stage == ENDED), key=lambda row: -table.end[row])
    rows = [
        {
            "cells": [
                date_of(park, table.end[row], t),
                t(
                    EXCHANGE,
                    material=materials[int(park.state.streams.material[table.supply[row]])].label,
                    seller=park.names[int(table.seller[row])],
                    buyer=park.names[int(table.buyer[row])],
                ),
                local(t, why_ended(park, int(row))),
            ],
            "pick": f"exchange {row}",
        }
        for row in ended
    ]
    running = int((table.stage == OPERATING).sum())
    ends = {
        "title": t("Ends, latest first"), "head": [t("when"), t("exchange"), t("why")], "rows": rows, "empty": t("Nothing broke."),
    }  # fmt: skip
    return _sheet(
        t("What broke"),
        t("Exchanges that ended: {ended}. Still running: {running}.", ended=len(rows), running=running),
        [ends],
    )


def against_agents(park: Park, twin: Park, t: Translate) -> dict[str, Any]:
    """Return the years so far beside the same levers and shocks with agents in every seat."""
    rows = []
    for name, (label, unit) in TOTALS.items():
        column = [
            float(part.yearly[name][-1] if name == "links" else part.yearly[name].sum()) if part.month else 0.0
            for part in (park, twin)
        ]
        rows.append(
            {
                "cells": [
                    t(label),
                    local(t, brief(column[0], unit)),
                    local(t, brief(column[1], unit)),
                    local(t, more(column[0] - column[1], unit)),
                ],
                "pick": "",
            }
        )
    table = {
        "title": t("All years so far"), "head": ["", t("you"), t("agents"), t("difference")], "rows": rows, "empty": "",
    }  # fmt: skip
    return _sheet(
        t("What the agents would have done"),
        t("The same levers, shocks and chances, with agents in every seat."),
        [table],
    )


def against_optimum(park: Park, t: Translate = str.format) -> dict[str, Any]:
    """How much of the best network's value is reached, and where the rest was lost."""
    from ecopark.abm.submodels.flow_programme import solve_flows
    from ecopark.analysis.run_folder.tables import tables_of
    from ecopark.analysis.value.central_optimum import (  # with pandas and scipy: not before somebody asks
        LOSSES,
        shortfall,
    )

    if park.month < 12:
        return _sheet(
            t("Distance to the optimum"), t("Play at least a year to compare the park with the best network."), []
        )
    short = shortfall(tables_of(park.results), solve=solve_flows)
    rows = [
        {
            "cells": [
                t(LOSSES[line.cause]),
                local(t, brief(float(line.loss), "EUR a year")),
                str(int(line.opportunities)),
            ],
            "pick": "",
        }
        for line in short.losses.itertuples()
        if line.loss or line.opportunities
    ]
    words = (
        t("There was nothing to reach.")
        if short.optimum <= 0
        else t(
            "A planner who knows everything would reach {optimum} a year; this park reaches {share:.0%} of it.",
            optimum=figure(short.optimum, "EUR"),
            share=float(short.share),
        )
    )
    table = {
        "title": t("Where the rest was lost"), "head": [t("cause"), t("value"), t("exchanges")], "rows": rows, "empty": t("Nothing was lost."),
    }  # fmt: skip
    return _sheet(t("Distance to the optimum"), words, [table])


def _sheet(title: str, subtitle: str, tables: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "subtitle": subtitle, "facts": [], "note": "", "tables": tables}
