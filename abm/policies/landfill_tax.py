"""Landfill tax."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class LandfillTax(Policy):
    """Landfill tax."""

    lever = "landfill_tax"
    label = "landfill tax"
    unit = "EUR/t"
    low = 0
    high = 1000
    default = 60
