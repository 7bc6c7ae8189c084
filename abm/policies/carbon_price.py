"""Price on the CO2 of virgin inputs and of disposal."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class CarbonPrice(Policy):
    """Price on the CO2 of virgin inputs and of disposal."""

    lever = "carbon_price"
    label = "carbon price"
    unit = "EUR/t CO2"
    low = 0
    high = 1000
    default = 50
