"""Anchor attraction: newcomers open here more often."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class Attraction(Policy):
    """Anchor attraction: newcomers open here more often."""

    lever = "attraction"
    label = "anchor attraction"
    unit = "added factor"
    low = 0
    high = 20
    default = 1
    usual_cost = 10_000.0  # EUR/month per unit of size: assumption
