"""Tax on virgin materials, energy and water that companies buy."""

from __future__ import annotations

from dataclasses import dataclass

from ..entities.tables import Table
from .base import Policy


@dataclass(frozen=True)
class VirginTax(Policy):
    """Tax on virgin materials, energy and water that companies buy."""

    label = "virgin-material tax"
    unit = "share of price"
    low = 0
    high = 2
    default = 0.1

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.virgin_tax += self.size
