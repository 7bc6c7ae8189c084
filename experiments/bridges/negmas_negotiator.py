"""Strategies of ecopark as negotiators of NegMAS: `EcoparkNegotiator(strategy="guarded")` sits in any SAOMechanism. Needs `negmas`.

Outcomes are (transfer from buyer to seller, package), as `negmas_export` writes them: worth is the transfer with its sign
plus the worth of the package. A negotiator that is given a view of a park bargains on it; else it makes one of its own
utility function and knows nothing of the other side. A last offer is said to the other as `data={"last": True}`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import ACCEPTED, FAULT, LAST, OFFERED
from ecopark.abm.initialization.strategies import lay_guests
from ecopark.abm.strategies.outside.register import code_of
from ecopark.abm.strategies.view import (
    AIM,
    DEADLINE,
    DRAW,
    EXPONENT,
    FIRST_WORTH,
    HEARD_LAST,
    HEARD_PACKAGE,
    HEARD_PRICE,
    HEARD_WORTH,
    LEAST,
    LONGEST,
    MANNER,
    MEETING,
    MEMORY,
    OPENNESS,
    PACKAGE,
    PACKAGES,
    PRICE,
    SCALE,
    SLOPE,
    SPLITS,
    STAKE,
    STANDARD,
    TERMS,
)
from ecopark.abm.submodels.negotiation.turns import take_turn

from .negmas_guest import INSTALL

try:
    from negmas.outcomes.common import ExtendedOutcome
    from negmas.sao import ResponseType, SAONegotiator
except ImportError:
    raise ImportError(f"NegMAS is not installed: {INSTALL}") from None

MEETINGS = 20  # steps where the mechanism has no number of steps


class EcoparkNegotiator(SAONegotiator):
    """A strategy of ecopark in a mechanism of NegMAS.

    strategy: built in, registered, `module:Class` or `file.py:Class`. view: what the side sees of a talk of a park, its price
    being the transfer; made of the utility function without one. exponent: of the time curve. openness: chance that
    `default` talks openly. seed: of the draws.
    """

    def __init__(
        self, *args: Any, strategy: str = "default", view: np.ndarray | None = None, exponent: float = 1.0,
        openness: float = 0.0, seed: int = 0, **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self._code, self._guests = code_of(strategy), lay_guests().view(np.ndarray)
        self._given, self._exponent, self._openness, self._seed = view, exponent, openness, seed
        self._view: np.ndarray | None = None
        self._pending: Any = None

    def on_negotiation_start(self, state: Any) -> None:
        """Begin with nothing said."""
        super().on_negotiation_start(state)
        self._rng = np.random.default_rng(self._seed)
        self._memory, self._out, self._meeting = np.zeros(MEMORY), np.zeros(2), -1
        self._levels = self._names = None
        self._view = self._seen_of_own() if self._given is None else np.array(self._given, dtype=float)
        self._view[[HEARD_PRICE, HEARD_PACKAGE, HEARD_WORTH]] = math.nan
        self._view[HEARD_LAST] = 0.0
        if self._given is None:
            self._view[MANNER] = self._rng.random()

    def respond(self, state: Any, source: str | None = None) -> Any:
        """Answer the offer on the table; the own next one is kept for `propose`."""
        view = self._ready()
        price, package = self._as_terms(state.current_offer)
        view[HEARD_PRICE], view[HEARD_PACKAGE] = price, package
        view[HEARD_WORTH] = view[SLOPE] * price + view[FIRST_WORTH + package]
        view[HEARD_LAST] = float(bool((state.current_data or {}).get("last")))
        if isinstance(self._pending, ExtendedOutcome):  # an own last offer that was not accepted
            return ResponseType.END_NEGOTIATION
        answer = self._turn()
        if answer == ACCEPTED:
            return ResponseType.ACCEPT_OFFER
        return ResponseType.REJECT_OFFER if answer in (OFFERED, LAST) else ResponseType.END_NEGOTIATION

    def propose(self, state: Any, dest: str | None = None) -> Any:
        """Offer what the strategy offers; nothing when it walks out."""
        if math.isnan(self._ready()[HEARD_WORTH]):
            self._turn()
        return self._pending

    def _turn(self) -> int:
        """Let the strategy speak and keep its offer."""
        view = self._ready()
        if self._meeting < 0:
            self._meeting = 0 if math.isnan(view[HEARD_WORTH]) else 1
        view[MEETING], view[DRAW] = self._meeting, self._rng.random()
        self._meeting += 2
        answer = int(take_turn(self._code, self._guests, view, self._out, self._memory))
        if answer == FAULT:
            raise RuntimeError("a strategy said something that is no offer")
        outcome = self._as_outcome(float(self._out[PRICE]), int(self._out[PACKAGE]))
        last = ExtendedOutcome(outcome=outcome, data={"last": True})
        self._pending = {OFFERED: outcome, LAST: last}.get(answer)
        return answer

    def _ready(self) -> np.ndarray:
        if self._view is None:
            raise RuntimeError("the negotiation has not started")
        return self._view

    def _seen_of_own(self) -> np.ndarray:
        """Return a view made of the own utility function: worth of transfers and packages, least gain, steps."""
        transfers, packages = self.nmi.outcome_space.issues
        names = list(packages.all)
        low, high = transfers.min_value, transfers.max_value
        whole = {name: [float(self.ufun((end, name))) for end in (low, high)] for name in names}
        per_level = (whole[names[0]][1] - whole[names[0]][0]) / (high - low)
        worth = np.array([whole[name][0] - per_level * low for name in names])
        least = float(self.ufun.reserved_value)
        view = np.zeros(FIRST_WORTH + 2 * len(names))
        view[FIRST_WORTH : FIRST_WORTH + len(names)] = worth
        spoken = (self.nmi.n_steps or MEETINGS) * (1 if self.nmi.one_offer_per_step else 2)
        # the last offer has to be answered before the mechanism ends
        view[[DEADLINE, EXPONENT, LEAST]] = max(1, spoken - 2), self._exponent, least
        view[AIM] = max(least, max(map(max, whole.values())))
        view[[SLOPE, STAKE, SCALE]] = per_level, max(abs(view[AIM] - least), 1e-9), 1.0
        view[[OPENNESS, SPLITS, TERMS, STANDARD, LONGEST, PACKAGES]] = self._openness, len(names), 1, 1, 1, len(names)
        self._names, self._levels = names, None if transfers.is_continuous() else (low, high)
        return view

    def _as_terms(self, offer: Any) -> tuple[float, int]:
        transfer, package = offer
        return float(transfer), int(package) if self._names is None else self._names.index(package)

    def _as_outcome(self, price: float, package: int) -> tuple[Any, Any]:
        """Return terms as an outcome; a transfer in levels is rounded to the own advantage and kept inside."""
        if self._names is None:
            return price, package
        if self._levels is None:
            return price, self._names[package]
        low, high = self._levels
        rounded = math.ceil(price) if self._ready()[SLOPE] > 0 else math.floor(price)
        return int(min(high, max(low, rounded))), self._names[package]
