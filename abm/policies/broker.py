"""Broker who proposes matches, paid by the public."""

from __future__ import annotations

from dataclasses import dataclass

from ..entities.tables import Table
from .base import Policy

COST = 20_000.0  # EUR per proposed match: assumption, of the order of British facilitation (1 EUR/t, parameters.md section 8)


@dataclass(frozen=True)
class Broker(Policy):
    """Broker who proposes matches, paid by the public."""

    label = "broker"
    unit = "matches/month"
    low = 0
    high = 100
    default = 0.25

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.broker += self.size
        levers.programme_cost += self.size * COST
