"""Broker who proposes matches, paid by the public."""

from __future__ import annotations

from dataclasses import dataclass

from ..entities.tables import Table
from .base import Policy


@dataclass(frozen=True)
class Broker(Policy):
    """Broker who proposes matches, paid by the public.

    fee: what each side of a proposed match pays the programme [EUR]; nothing by default.
    """

    fee: float | None = None

    lever = "broker"
    label = "broker"
    unit = "matches/month"
    low = 0
    high = 100
    default = 0.25
    usual_cost = 20_000.0  # EUR per proposed match: assumption, of the order of British facilitation (1 EUR/t, parameters.md section 8)

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place, with the fee."""
        super().write(levers)
        if self.fee is not None:
            levers.broker_fee = self.fee
