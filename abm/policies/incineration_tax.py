"""Incineration tax, per tonne that goes to an incinerator."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class IncinerationTax(Policy):
    """Incineration tax, per tonne that goes to an incinerator."""

    lever = "incineration_tax"
    label = "incineration tax"
    unit = "EUR/t"
    low = 0
    high = 1000
    default = 30
