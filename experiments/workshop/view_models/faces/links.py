"""What the maps of the faces draw: contracts and talks as links, who and what, never a price."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.entities.codes import AGREED, ENDED, OPERATING
from ecopark.abm.park import Park


def contracts(park: Park) -> list[list[Any]]:
    """Return the contracts that have not ended as [from, to, group, kind, width, id]; kind: 1 runs, 0 is being built."""
    state = park.state
    table = state.exchanges[: int(state.clock.exchanges[0])]
    rows = np.flatnonzero((table.stage >= AGREED) & (table.stage < ENDED))
    given = state.streams.material[table.supply[rows]]
    flow = table.quantity[rows] * state.materials.weight[given]
    widest = max(float(flow.max(initial=0.0)), 1e-9)
    return [
        [int(table.seller[row]), int(table.buyer[row]), int(state.materials.group[given[place]]),
         int(table.stage[row] == OPERATING), round(1.0 + 4.0 * float(np.sqrt(flow[place] / widest)), 1), int(row)]
        for place, row in enumerate(rows)
    ]  # fmt: skip


def talks(park: Park) -> list[list[Any]]:
    """Return the talks in progress as links of kind 2: who and what, nothing of the terms."""
    state = park.state
    return [
        [int(talk.seller), int(talk.buyer), int(state.materials.group[state.streams.material[talk.supply]]), 2, 1.0,
         int(talk.number)]
        for talk in state.talks[: int(state.clock.talks[0])]
    ]  # fmt: skip
