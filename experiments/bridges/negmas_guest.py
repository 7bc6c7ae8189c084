"""NegMAS and ecopark: its negotiators as guests in a run, our strategies in its mechanisms. Needs the extra `negmas`.

A guest sits in one SAOMechanism per talk beside an echo that repeats the other side's offers, one offer a step; it sees 101
prices x packages with its own utility from 0 to 1 and its reserved value, and nothing else of the park.
"""

from __future__ import annotations

import importlib
import warnings
from typing import Any

from ecopark.abm.strategies import Accept, End, Line, Package, Reject, StrategyError

PRICES = 101
TAKEN = 64  # talks that are kept at most; a talk that is over is never asked for again
INSTALL = 'pip install "ecopark[negmas]"'


def guest(name: str) -> type:
    """Return a strategy class that lets a NegMAS negotiator bargain: `negmas:BoulwareTBNegotiator`, or its whole path.

    Any SAO negotiator, also of packages built on NegMAS. Raises StrategyError when NegMAS or the class is not there.
    """
    kind = _negotiator(name)

    class NegmasGuest:
        """Lets one negotiator per talk speak."""

        def __init__(self) -> None:
            self.tables: dict[float, _Table] = {}

        def propose(self, view: Any) -> Line | End:
            """Return what the guest offers."""
            return self._table(view).offer(view)

        def respond(self, view: Any, line: Line) -> Accept | Reject | End:
            """Return what the guest answers."""
            return self._table(view).answer(view, line)

        def _table(self, view: Any) -> _Table:
            """Return the mechanism of this talk, known by its draw; a new one after a rewind, or for other packages."""
            known = self.tables.get(view.manner)
            if known is None or view.meeting < known.meeting or len(view.packages) != known.packages:
                while len(self.tables) >= TAKEN:
                    self.tables.pop(next(iter(self.tables)))
                known = self.tables[view.manner] = _Table(kind, view)
            known.meeting = view.meeting
            return known

    return NegmasGuest


def _negotiator(name: str) -> Any:
    """Return a class of NegMAS negotiators by its name or its whole path."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sao = importlib.import_module("negmas.sao")
    except ImportError:
        raise StrategyError(f"a NegMAS negotiator; NegMAS is not installed: {INSTALL}") from None
    module, _, last = name.rpartition(".")
    try:
        home = importlib.import_module(module) if module else sao
    except ImportError as error:
        raise StrategyError(f"a module that can be imported; {module}: {error}") from None
    kind = getattr(home, last, None)
    if not isinstance(kind, type) or not hasattr(kind, "propose") or not hasattr(kind, "respond"):
        from ecopark.abm.input.errors import nearest

        names = [one for one in dir(sao) if one.endswith("Negotiator")]
        raise StrategyError("an SAO negotiator of NegMAS such as BoulwareTBNegotiator", nearest(last, names))
    return kind


class _Table:
    """One talk of a guest: a mechanism with the guest and an echo."""

    def __init__(self, kind: Any, view: Any):
        from negmas.outcomes import make_issue
        from negmas.preferences import MappingUtilityFunction
        from negmas.sao import SAOMechanism

        self.meeting, self.packages = view.meeting, len(view.packages)
        self.pending: Line | End | None = None
        self.prices = _prices(view)
        issues = [make_issue(PRICES, "price"), make_issue(len(view.packages), "package")]
        self.mechanism = SAOMechanism(issues=issues, n_steps=max(2, int(view.deadline) + 1), one_offer_per_step=True)
        whole = max(view.aim - view.least, 1e-9 * view.stake)
        values = {
            (level, package.number): min(1.0, max(0.0, 0.5 + 0.5 * (view.worth(price, package) - view.least) / whole))
            for level, price in enumerate(self.prices)
            for package in view.packages
        }
        ufun = MappingUtilityFunction(values, reserved_value=0.5, outcome_space=self.mechanism.outcome_space)
        self.guest, self.echo = kind(name="guest"), _echo()
        order = [self.guest, self.echo] if view.heard is None else [self.echo, self.guest]
        for one in order:
            self.mechanism.add(one, ufun=ufun if one is self.guest else None)

    def answer(self, view: Any, line: Line) -> Accept | Reject | End:
        """Let the echo repeat the line and the guest answer; its counter-offer is kept for `offer`."""
        self.echo.says = (_level(self.prices, line.price, view.sells), line.package.number)
        self.mechanism.step()
        self.pending = self._guest_speaks(view)
        if isinstance(self.pending, Accept):
            return self.pending
        return self.pending if isinstance(self.pending, End) else Reject()

    def offer(self, view: Any) -> Line | End:
        """Return the counter-offer, or the first offer."""
        said = self.pending if self.pending is not None else self._guest_speaks(view)
        self.pending = None
        return said if isinstance(said, Line) else End()

    def _guest_speaks(self, view: Any) -> Any:
        state = self.mechanism.step()
        if state.agreement is not None:
            return Accept()
        if not state.running and state.current_proposer != self.guest.id:
            return End()
        if state.current_offer is None or state.current_proposer != self.guest.id:
            return End()
        level, number = state.current_offer
        package: Package = view.packages[number]
        return Line(view.price_for(max(view.least, view.worth(self.prices[level], package)), package), package)


def _prices(view: Any) -> list[float]:
    """Return the prices of the talk, from the one at which the best package gives twice A - R below A to the one that gives A."""
    best = view.ranked[0]
    whole = max(view.aim - view.least, 1e-9 * view.stake)
    low, high = sorted((view.price_for(view.least - whole, best), view.price_for(view.least + whole, best)))
    return [low + (high - low) * level / (PRICES - 1) for level in range(PRICES)]


def _level(prices: list[float], price: float, sells: bool) -> int:
    """Return the level of a heard price, rounded to the guest's own disadvantage, so that nothing seems better than it is."""
    place = (price - prices[0]) / (prices[-1] - prices[0]) * (PRICES - 1)
    rounded = int(place) if sells else -int(-place // 1)
    return min(PRICES - 1, max(0, rounded))


def _echo() -> Any:
    """Return a negotiator that offers what the other side of the talk has said and accepts nothing."""
    from negmas.sao import ResponseType, SAONegotiator

    class Echo(SAONegotiator):
        """Repeats."""

        says: Any = None

        def propose(self, state: Any, dest: Any = None) -> Any:
            """Offer what was said."""
            return self.says

        def respond(self, state: Any, source: Any = None) -> Any:
            """Accept nothing: the talk is held elsewhere."""
            return ResponseType.REJECT_OFFER

    return Echo(name="echo")
