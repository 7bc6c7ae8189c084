"""Talks as runs open them: the views of both sides before the first word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import BUYER, NEW, SELLER
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park, quiet
from ecopark.abm.strategies.view import FIRST_WORTH, LEAST, PACKAGES, SLOPE, STAKE
from ecopark.abm.submodels.negotiation.opening import clear_offers
from ecopark.abm.submodels.negotiation.view import ROOM, show


@dataclass(frozen=True)
class Pool:
    """Talks before the first word. views: what each side sees [talk, seller or buyer, place]; speaker: who begins."""

    views: np.ndarray
    speaker: np.ndarray

    def __len__(self) -> int:
        """Return the number of talks."""
        return len(self.views)

    def only(self, chosen: np.ndarray) -> Pool:
        """Return some of the talks."""
        return Pool(self.views[chosen], self.speaker[chosen])

    @property
    def stake(self) -> np.ndarray:
        """Public value of the yearly quantity [EUR/year]."""
        return self.views[:, 0, STAKE]

    @property
    def least(self) -> np.ndarray:
        """Least gains [talk, side; EUR/year]."""
        return self.views[:, :, LEAST]

    def worth(self) -> np.ndarray:
        """Return what every package is worth at price zero to each side [talk, side, package]; NaN beyond the last one."""
        most = int(self.views[:, 0, PACKAGES].max()) if len(self) else 0
        worth = self.views[:, :, FIRST_WORTH : FIRST_WORTH + most].copy()
        worth[:, :, :][np.broadcast_to(np.arange(most) >= self.views[:, :, PACKAGES, None], worth.shape)] = np.nan
        return worth

    def zone(self) -> np.ndarray:
        """Return the best joint gain above both least gains [talk; EUR/year]; negative where no terms suit both."""
        return np.nanmax(self.worth().sum(1), 1) - self.least.sum(1)

    def gains(self, price: np.ndarray, package: np.ndarray) -> np.ndarray:
        """Return the gains of terms above the least gains [talk, side; EUR/year]; NaN without terms."""
        rows = np.arange(len(self))
        own = self.views[rows[:, None], [[0, 1]], FIRST_WORTH + np.maximum(package, 0)[:, None]]
        gains = own + self.views[:, :, SLOPE] * price[:, None] - self.least
        return np.where(package[:, None] >= 0, gains, np.nan)


def harvest(scenario: str, seeds: Iterable[int], values: Mapping[str, Any] | None = None) -> Pool:
    """Return the talks about new exchanges that runs of a scenario open, as they stood before the first word."""
    views, speakers = [], []
    for seed in seeds:
        park = Park(load_scenario(scenario, values), seed)
        for month in range(park.scenario.years * 12):
            park.advance(1)
            table = park.state.talks[: int(park.state.clock.talks[0])]
            for row in np.flatnonzero((table.opened == month) & (table.kind == NEW)):
                views.append(_both_views(park, int(row)))
                speakers.append(SELLER if (table.speaker[row] + table.meeting[row]) % 2 == 0 else BUYER)
    room = max((view.shape[1] for view in views), default=FIRST_WORTH)
    return Pool(np.array(views).reshape(len(views), 2, room), np.array(speakers, dtype=np.int64))


def _both_views(park: Park, row: int) -> np.ndarray:
    """Return the views of both sides of a talk as it was opened this month; the park stays as it is."""
    state = park.state
    talk: Any = state.talks[row : row + 1].copy()[0]
    talk.meeting, talk.last = 0, 0
    clear_offers(talk)
    views = np.zeros((2, ROOM))
    with quiet():
        for side in (SELLER, BUYER):
            show(state.params[0], state, talk, side, views[side])
    return views
