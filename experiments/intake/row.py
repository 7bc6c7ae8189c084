"""A possible exchange before any run, with what it is worth to both sides (own_park.md 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from .streams import Stream
from .words import words_of


class Cause(NamedTuple):
    """What speaks against an exchange: a kind, and the numbers that its words need."""

    kind: str
    first: float = 0.0
    second: float = 0.0


FORBIDS = ("far", "known", "closed", "cold", "nothing")
"""Kinds of causes, other than money, that keep a row out of the best network; an announced plant counts (R5)."""


@dataclass(frozen=True, slots=True)
class Row:
    """A possible exchange. Quantities in the unit of the by-product a year, money in EUR (of a year, but for capital).

    way, carried, bought: rows of the conversion, the by-product and the input. price: virgin cost of the input [EUR/unit]. shape:
    part of a yearly quantity in each month. capital: what both pay, less the grant in force. causes: why not, what forbids first;
    empty: worth talking. in_best: its flow there.
    """

    giver: str
    taker: str
    supply: Stream
    need: Stream
    way: Any
    carried: Any
    bought: Any
    km: float
    k: float
    fits: tuple[float, float]
    shape: tuple[float, ...]
    dependable: float
    quantity: float
    price: float
    p_min: float
    p_max: float
    capital: float
    om: float
    monitoring: float
    charge_giver: float
    charge_taker: float
    limit: float
    fixed: float
    flow_charge: float
    letter: str
    in_use: bool = False
    price_in_use: float | None = None
    causes: tuple[Cause, ...] = ()
    in_best: float = 0.0

    @property
    def material(self) -> str:
        """Return the by-product."""
        return str(self.way.by_product)

    @property
    def input(self) -> str:
        """Return the input that it replaces."""
        return str(self.way.input)

    @property
    def unit(self) -> float:
        """Return what a unit is worth to both [EUR/unit]."""
        return self.p_max - self.p_min

    @property
    def value(self) -> float:
        """Return what the exchange is worth to both [EUR a year]."""
        return self.quantity * (self.p_max - self.p_min) - 2 * self.monitoring - self.om

    @property
    def fair(self) -> float:
        """Return the price at which both have the same after the annuity of their half of the capital [EUR/unit]."""
        if self.quantity <= 0:
            return 0.5 * (self.p_min + self.p_max)
        return 0.5 * (self.p_min + self.p_max) + (self.charge_giver - self.charge_taker) / (2 * self.quantity)

    def giver_value(self, price: float) -> float:
        """Return what it is worth to the giver at a price [EUR a year]."""
        return self.quantity * (price - self.p_min) - self.monitoring - 0.5 * self.om

    def taker_value(self, price: float) -> float:
        """Return what it is worth to the taker at a price [EUR a year]."""
        return self.quantity * (self.p_max - price) - self.monitoring - 0.5 * self.om

    @property
    def payback(self) -> float:
        """Return capital over value [years]; infinite where it loses money."""
        value = self.value
        return self.capital / value if value > 0 else float("inf")

    @property
    def net(self) -> float:
        """Return the value less annuities [EUR a year]."""
        return self.quantity * (self.unit - self.flow_charge) - self.fixed

    @property
    def low(self) -> float:
        """Return the least of its value when each cell it rests on goes to its ends [EUR a year]."""
        return min(self._ends())

    @property
    def high(self) -> float:
        """Return the most of its value when each cell it rests on goes to its ends [EUR a year]."""
        return max(self._ends())

    def _ends(self) -> list[float]:
        ends = [self.value]
        if self.in_use:
            return ends
        rest = self.p_min + self.supply.disposal
        upkeep = self.om / self.quantity if self.quantity > 0 else 0.0
        share = self.way.max_share
        for supply in (self.supply.low, self.supply.high):
            for need in (self.need.low, self.need.high):
                most = fitting(self.dependable, supply, need * share, self.fits, self.k)
                for disposal in self.supply.rest.ends:
                    ends.append(most * (self.p_max - rest + disposal - upkeep) - 2 * self.monitoring)
        return ends

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why not in words, what forbids first; empty: worth talking."""
        return tuple(words_of(self, cause) for cause in self.causes)

    @property
    def is_forbidden(self) -> bool:
        """Tell whether something other than money forbids the exchange."""
        return any(cause.kind in FORBIDS for cause in self.causes)


def fitting(dependable: float, supply: float, need: float, fits: tuple[float, float], k: float) -> float:
    """Return the largest quantity that fits both sides [unit a year], as `possible_quantity` of the model has it (R5).

    The dependable part of the smaller of supply and need, each as far as it fits the other's season.
    """
    return max(0.0, dependable * min(supply * fits[0], need * fits[1] / k)) if k > 0 else 0.0
