"""Anchor attraction: newcomers open here more often."""

from __future__ import annotations

from dataclasses import dataclass

from ..entities.tables import Table
from .base import Policy

COST = 10_000.0  # EUR/month per unit of size: assumption


@dataclass(frozen=True)
class Attraction(Policy):
    """Anchor attraction: newcomers open here more often."""

    label = "anchor attraction"
    unit = "added factor"
    low = 0
    high = 20
    default = 1

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.attraction += self.size
        levers.programme_cost += self.size * COST
