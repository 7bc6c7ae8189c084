"""Price on the CO2 of virgin inputs and of disposal."""

from __future__ import annotations

from dataclasses import dataclass

from ..entities.tables import Table
from .base import Policy


@dataclass(frozen=True)
class CarbonPrice(Policy):
    """Price on the CO2 of virgin inputs and of disposal."""

    label = "carbon price"
    unit = "EUR/t CO2"
    low = 0
    high = 1000
    default = 50

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.carbon_price += self.size
