"""Measure 8, first part: pairs of contracts through a third firm, a company with a process of its own (R17).

A pair is what a supplier hands to a company and what that company hands to a user. Two contracts that are void unless both are
signed make a difference only where the worth of one leg depends on the other; that is measured, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import OPERATING
from ecopark.abm.interventions.prospects import joint_gains
from ecopark.abm.interventions.seats import leave_exchange
from ecopark.abm.park import Park

from .rows import Row


def third_firms(scenario: str, runs: Sequence[Park]) -> list[Row]:
    """Return how many pairs with a zone in both legs were signed in whole runs, and how far one leg moves the other's zone."""
    signed = np.array([pair for run in runs for pair in pairs_of(run.results.columns("talks"))]).reshape(-1, 2)
    both, one = signed.all(1), signed.any(1) & ~signed.all(1)
    legs = float(signed.mean()) if len(signed) else float("nan")
    return [
        Row("8", f"{scenario}: pairs through a third firm signed, zone in both legs", _mean(both), 0.80,
            detail={"pairs": len(signed), "legs_signed": legs}),
        Row("8", f"{scenario}: pairs of which one leg is signed alone", _mean(one)),
        Row("8", f"{scenario}: largest change of a leg's joint gain without the other's contract", coupling(runs[-1]), None, 0.001),
    ]  # fmt: skip


def _mean(found: np.ndarray) -> float:
    return float(found.mean()) if len(found) else float("nan")


def pairs_of(talks: dict[str, Any]) -> list[tuple[bool, bool]]:
    """Return (first leg signed, second leg signed) of every pair of exchanges through a company whose talks had a zone.

    An exchange counts as signed when any of its talks was; those that only had a zone while nobody talked are no pair.
    """
    new = np.isin(talks["kind"], ("new", "switch"))
    legs: dict[int, tuple[str, str, bool]] = {}
    for row in np.flatnonzero(new & (talks["zone"] >= 0.0)):
        key = int(talks["opportunity"][row])
        seller, buyer, signed = legs.get(key, (talks["seller"][row], talks["buyer"][row], False))
        legs[key] = (seller, buyer, signed or talks["outcome"][row] == "signed")
    return [
        (first[2], second[2])
        for first in legs.values()
        for second in legs.values()
        if first[1] == second[0] and first[0] != second[1]
    ]


def coupling(park: Park) -> float:
    """Return the largest change of the joint gain of a leg when the other leg's contract is gone, as a share of that gain.

    Everything but the contract stays as it is: what the two think of each other and of exchanges in general does, too.
    """
    changes = [0.0]
    for exchange, legs in _contracts(park):
        twin = park.fork()
        leave_exchange(twin, exchange, twin.names[int(twin.state.exchanges.buyer[exchange])])
        twin.state.companies, twin.state.pairs = park.state.companies.copy(), park.state.pairs.copy()
        before, after = (joint_gains(one, legs)[legs] for one in (park, twin))
        there = ~np.isnan(before)
        changes += (np.abs(after - before) / np.maximum(1.0, np.abs(before)))[there].tolist()
    return float(max(changes))


def _contracts(park: Park) -> Iterator[tuple[int, list[int]]]:
    """Yield every running contract with the exchanges by which its buyer could hand something on to a third company."""
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    chances = park.state.opportunities
    for exchange in np.flatnonzero(table.stage == OPERATING):
        onward = (chances.seller == table.buyer[exchange]) & (chances.buyer != table.seller[exchange])
        if onward.any():
            yield int(exchange), np.flatnonzero(onward).tolist()
