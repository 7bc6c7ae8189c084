"""What fits beside all contracts (R5, `capacity.py`) as the rows of a programme of flows.

Supplies by every run of months with what was stored before, needs and the largest share of each conversion by month. Where
nothing changes with the season the year may stand as one month. The planner asks for the opportunities of a running park
(`planner_solver.py`), `ecopark opportunities` for those of a park that has not run.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add
from typing import Any, NamedTuple

import numpy as np


class Asked(NamedTuple):
    """Exchanges as the limits see them [exchange].

    supply, demand: rows of their streams; kind: number of the conversion; months [exchange, 12]: the part of a yearly quantity
    that falls into each month, of contracts the quantity itself; replaces: units of the input that a unit stands for; share:
    largest share of the need that the kind may have; keeps: months that the material can be stored.
    """

    supply: np.ndarray
    demand: np.ndarray
    kind: np.ndarray
    months: np.ndarray
    replaces: np.ndarray
    share: np.ndarray
    keeps: np.ndarray


def supply_limits(asked: Asked, held: Asked, given: np.ndarray) -> tuple[Any, np.ndarray]:
    """Return (use, room) of the supplies. Months may be fewer and longer where nothing changes with the season."""
    from scipy.sparse import vstack

    if given.shape[1] == 1:
        return _of_a_year(asked.supply, held.supply, asked.months[:, 0], held.months[:, 0], given[:, 0])
    parts, rooms = [], []
    for supply in np.unique(asked.supply):
        mine = np.flatnonzero(asked.supply == supply)
        used = held.months[held.supply == supply].sum(axis=0)
        use, room = _runs(asked.months[mine], given[supply] - used, given[supply], int(asked.keeps[mine].max()))
        parts.append(_columns(use, mine, len(asked.supply)))
        rooms.append(room)
    return vstack(parts), np.maximum(np.concatenate(rooms), 0.0)


def need_limits(asked: Asked, held: Asked, given: np.ndarray) -> tuple[Any, np.ndarray]:
    """Return (use, room) of the needs, and of the largest share of each kind of conversion."""
    from scipy.sparse import vstack

    replaced = held.months * held.replaces[:, None]
    if given.shape[1] == 1:
        flows, taken = asked.months[:, 0] * asked.replaces, replaced[:, 0]
        whole = _of_a_year(asked.demand, held.demand, flows, taken, given[:, 0])
        kinds = int(max(asked.kind.max(), held.kind.max(initial=0))) + 1
        shares = np.zeros(len(given) * kinds)
        shares[asked.demand * kinds + asked.kind] = asked.share * given[asked.demand, 0]
        alike = _of_a_year(asked.demand * kinds + asked.kind, held.demand * kinds + held.kind, flows, taken, shares)
        return vstack([whole[0], alike[0]]), np.concatenate([whole[1], alike[1]])
    parts, rooms = [], []
    for demand in np.unique(asked.demand):
        here = np.flatnonzero(asked.demand == demand)
        for kind in (-1, *np.unique(asked.kind[here])):
            mine = here if kind < 0 else here[asked.kind[here] == kind]
            share = 1.0 if kind < 0 else float(asked.share[mine[0]])
            if kind >= 0 and share >= 1.0:
                continue
            alike = (held.demand == demand) & ((held.kind == kind) | (kind < 0))
            parts.append(_columns((asked.months[mine] * asked.replaces[mine][:, None]).T, mine, len(asked.demand)))
            rooms.append(share * given[demand] - replaced[alike].sum(axis=0))
    return vstack(parts), np.maximum(np.concatenate(rooms), 0.0)


def _of_a_year(
    stream: np.ndarray, held_stream: np.ndarray, flows: np.ndarray, taken: np.ndarray, given: np.ndarray
) -> tuple[Any, np.ndarray]:
    """Return (use, room) of streams, each counted once for the whole year."""
    from scipy.sparse import csr_array

    streams, line = np.unique(stream, return_inverse=True)
    room = (given - np.bincount(held_stream, taken, len(given)))[streams]
    return csr_array((flows, (line, np.arange(len(stream)))), shape=(len(streams), len(stream))), np.maximum(room, 0.0)


def _columns(use: np.ndarray, mine: np.ndarray, count: int) -> Any:
    """Return rows that use the columns `mine` of `count`, sparse."""
    from scipy.sparse import csr_array

    row, column = np.nonzero(use)
    return csr_array((use[row, column], (row, mine[column])), shape=(len(use), count))


def _runs(shape: np.ndarray, left: np.ndarray, given: np.ndarray, keeps: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (use [run, exchange], room [run]) of a supply: single months, or runs of months where it can be stored."""
    uses, rooms = [], []
    year = len(given)
    for start in range(year):
        for length in range(1, year + 1 if keeps > 0 else 2):
            months = (start + np.arange(length)) % year
            before = (start - 1 - np.arange(min(keeps, year - length))) % year
            uses.append(_total((shape[:, month] for month in months), np.zeros(len(shape))))
            rooms.append(_total(left[months].tolist(), 0.0) + _total(given[before].tolist(), 0.0))
    return np.array(uses), np.array(rooms)


def _total(values: Iterable[Any], start: Any) -> Any:
    """Add one after another. From Python 3.12 on `sum` makes up for rounding, so that its bits depend on the version."""
    return reduce(add, values, start)
