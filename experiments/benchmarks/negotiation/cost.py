"""Measure 9: what a meeting costs, compiled, in plain Python and with a NegMAS guest; what bargaining costs a whole run."""

from __future__ import annotations

import importlib.util
from statistics import median

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park
from ecopark.abm.strategies import Accept, Line, Reject, strategy
from ecopark.abm.strategies.outside.register import code_of

from ..clock import ratio, side_by_side, thread_seconds
from ..talk_cost import MEETINGS, prepared
from .rows import Row


@strategy("bench_plain")
class Plain:
    """Plain Python that stands where it is, so that every talk lasts to its end."""

    def propose(self, view):
        """Offer the best package at the whole claim."""
        return Line(view.price_for(view.claim(1.0), view.ranked[0]), view.ranked[0])

    def respond(self, view, line):
        """Take what is worth the whole claim."""
        return Accept() if line.worth >= view.claim(1.0) else Reject()


def cost(quick: bool) -> list[Row]:
    """Return measure 9."""
    rows = [
        Row("9", "a meeting, compiled [us]", _of_a_meeting("default", 1000), None, 3.0, ".1f"),
        Row("9", "a meeting, plain Python [us]", _of_a_meeting("bench_plain", 50), None, 100.0, ".1f"),
    ]
    if importlib.util.find_spec("negmas") is not None and _is_named("negmas:BoulwareTBNegotiator"):
        rows.append(
            Row("9", "a meeting, NegMAS guest [us]", _of_a_meeting("negmas:BoulwareTBNegotiator", 5), form=".0f")
        )
    scenarios = [load_scenario("kalundborg", {"strategy.default": name}) for name in ("default", "agent_v1")]
    works = [lambda one=one: Park(one, 1).run() for one in scenarios]
    for work in works:
        work()
    times = side_by_side(works, 3 if quick else 7)
    rows.append(Row("9", "kalundborg, whole run: default / agent_v1", ratio(times[0], times[1]), None, 1.3, ".2f"))
    return rows


def _is_named(name: str) -> bool:
    try:
        code_of(name)
    except ValueError:
        return False
    return True


def _of_a_meeting(name: str, talks: int) -> float:
    """Return the time of a meeting [us] over talks that last to their end."""
    work = prepared(talks, name)
    return 1e6 * median(thread_seconds(work) for _ in range(3)) / (talks * MEETINGS)
