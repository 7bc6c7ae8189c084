"""Grant to the capital of connections, paid when building starts."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class CapitalGrant(Policy):
    """Grant to the capital of connections, paid when building starts."""

    lever = "capital_grant"
    label = "capital grant"
    unit = "share of capital"
    low = 0
    high = 1
    default = 0.25
    most = 1.0
