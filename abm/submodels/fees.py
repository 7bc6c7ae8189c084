"""Fees: what the members of a platform and the clients of a broker pay to its programme."""

from __future__ import annotations

from ..entities.accounts import FEE
from ..entities.codes import OPEN
from ..numerics.compiled import compiled
from .ledger import pay
from .platform import has_platform


@compiled
def charge_members(p, clock, lever, s):
    """Let every open company that is registered on a platform pay its fee, in place."""
    if not has_platform(p, lever) or lever.platform_fee <= 0.0:
        return
    for row in range(len(s.companies)):
        if s.companies[row].registration < lever.platform:
            charge(p, clock, s, row, lever.platform_fee)


@compiled
def charge(p, clock, s, row, fee):
    """Let a company pay a fee [EUR] of a programme, in place, when it is open."""
    if s.companies[row].status == OPEN:
        pay(p, clock, s, row, FEE, fee)
