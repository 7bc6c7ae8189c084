"""Tax on virgin materials, energy and water that companies buy."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class VirginTax(Policy):
    """Tax on virgin materials, energy and water that companies buy."""

    lever = "virgin_tax"
    label = "virgin-material tax"
    unit = "share of price"
    low = 0
    high = 2
    default = 0.1
