"""Fine on by-products that are discharged to water or air."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class DischargeFine(Policy):
    """Fine on by-products that are discharged to water or air."""

    lever = "discharge_fine"
    label = "discharge fine"
    unit = "EUR/unit"
    low = 0
    high = 1000
    default = 1
