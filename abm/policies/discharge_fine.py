"""Fine on by-products that are discharged to water or air."""

from __future__ import annotations

from dataclasses import dataclass

from ..entities.tables import Table
from .base import Policy


@dataclass(frozen=True)
class DischargeFine(Policy):
    """Fine on by-products that are discharged to water or air."""

    label = "discharge fine"
    unit = "EUR/unit"
    low = 0
    high = 1000
    default = 1

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.discharge_fine += self.size
