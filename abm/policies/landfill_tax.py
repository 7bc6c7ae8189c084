"""Landfill tax on top of what the scenario's history has."""

from __future__ import annotations

from dataclasses import dataclass

from ..entities.tables import Table
from .base import Policy


@dataclass(frozen=True)
class LandfillTax(Policy):
    """Landfill tax on top of what the scenario's history has."""

    label = "landfill tax"
    unit = "EUR/t"
    low = 0
    high = 1000
    default = 60

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.landfill_tax += self.size
