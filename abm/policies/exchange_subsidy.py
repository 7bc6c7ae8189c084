"""Subsidy to exchanges: a share of the virgin cost replaced, half to each side."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class ExchangeSubsidy(Policy):
    """Subsidy to exchanges: a share of the virgin cost replaced, half to each side."""

    lever = "exchange_subsidy"
    label = "subsidy to exchanges"
    unit = "share of virgin cost"
    low = 0
    high = 1
    default = 0.1
