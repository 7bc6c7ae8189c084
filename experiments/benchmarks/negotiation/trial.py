"""One strategy against others, on the same talks: what it gets, what they get, how often they agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from .pool import Pool, harvest
from .table import play

DRAWS = 2


@dataclass(frozen=True)
class Trial:
    """A strategy against another. own, other: mean share of the zone; itself: what the other gets against its like."""

    against: str
    own: float
    other: float
    agreed: float
    itself: float


def trial(name: str, scenario: str, seeds: int, others: Sequence[str]) -> Iterator[Trial]:
    """Yield how a strategy does against each of the others, in talks of runs of a scenario, both seats."""
    pool = harvest(scenario, range(1, seeds + 1))
    pool = pool.only(pool.zone() > 0.0)
    for other in others:
        first, second = _shares(pool, name, other), _shares(pool, other, name)
        own, theirs = (first[0] + second[1]) / 2, (first[1] + second[0]) / 2
        itself = sum(_shares(pool, other, other)[:2]) / 2
        yield Trial(other, float(own), float(theirs), float((first[2] + second[2]) / 2), float(itself))


def _shares(pool: Pool, seller: str, buyer: str) -> np.ndarray:
    """Return the mean share of the seller and of the buyer, and of talks agreed."""
    zone, total = pool.zone(), np.zeros(3)
    for seed in range(DRAWS):
        played = play(pool, seller, buyer, seed)
        shares = np.nan_to_num(pool.gains(played.price, played.package)) / zone[:, None]
        total += (*shares.mean(0), played.agreed.mean())
    return total / DRAWS
