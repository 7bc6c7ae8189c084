"""One negotiation against NegMAS, the established library of automated negotiation: c; bargaining in a whole run: d."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from ecopark.abm.entities.tables import blank
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.numerics.compiled import compiled
from ecopark.abm.park import Park
from ecopark.abm.strategies.outside.register import code_of
from ecopark.abm.strategies.view import MEMORY
from ecopark.abm.submodels.negotiation.meetings import hold_meetings

from .clock import Row, SkippedError, ratio, side_by_side
from .reference_model import region

LEVELS, MEETINGS, MANY = 101, 20, 1000


def against_negmas(quick: bool) -> list[Row]:
    """Return c: a talk about price alone of twenty meetings that end without a deal, NegMAS / compiled."""
    if importlib.util.find_spec("negmas") is None:
        raise SkippedError("NegMAS is not installed (it is in the extra `test`)")
    theirs, ours = side_by_side([_in_negmas, prepared(MANY)], 3 if quick else 9)
    detail = {"negmas_s": median(theirs), "compiled_s": median(ours) / MANY}
    what = f"one negotiation, {LEVELS} prices, {MEETINGS} meetings: NegMAS / compiled"
    return [Row("c", what, MANY * ratio(theirs, ours), 2000, True, detail=detail)]


def _in_negmas() -> None:
    """Hold one negotiation with NegMAS; required values are such that nobody can agree."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from negmas.outcomes import make_issue
        from negmas.preferences import LinearUtilityFunction
        from negmas.sao import AspirationNegotiator, SAOMechanism

        mechanism = SAOMechanism(
            issues=[make_issue(values=LEVELS, name="price")], n_steps=MEETINGS, one_offer_per_step=True
        )
        for slope, bias in ((0.01, 0.0), (-0.01, 1.0)):
            gain = LinearUtilityFunction([slope], bias=bias, reserved_value=0.7, outcome_space=mechanism.outcome_space)
            mechanism.add(AspirationNegotiator(ufun=gain, aspiration_type="linear"))
        if mechanism.run().agreement is not None:
            raise AssertionError("the talk that is measured must last to its end")


@compiled
def hold_many(count, s, outcomes):
    """Hold `count` rounds of meetings, in place, with tables as a month has them."""
    for _ in range(count):
        hold_meetings(s.params[0], s.clock[0], s, outcomes)


def in_a_whole_run(quick: bool) -> list[Row]:
    """Return d: a whole run of Kalundborg with the default bargaining over the same with that of version 1."""
    scenarios = [load_scenario("kalundborg", {"strategy.default": name}) for name in ("default", "agent_v1")]
    works = [lambda one=one: Park(one, 1).run() for one in scenarios]
    for work in works:
        work()
    ours, theirs = side_by_side(works, 3 if quick else 9)
    detail = {"default_s": median(ours), "agent_v1_s": median(theirs)}
    return [Row("d", "whole run of kalundborg: default / agent_v1", ratio(ours, theirs), 1.3, False, detail=detail)]


def prepared(count: int, strategy: str = "default") -> Callable[[], None]:
    """Return what holds `count` such talks between two sides of a strategy, each from its opening to its twentieth meeting."""
    code = code_of(strategy)  # loaded before the park is founded: it notes where strategies are called
    state = Park(region(30, **{"recording.meetings": False, "contract.monitoring_cost": 0}), 1).advance(1).state
    state.companies.strategy_seller = state.companies.strategy_buyer = code
    opened = _talks_about_price(count)
    talks, answers, memory = opened.copy(), np.zeros(count, dtype=np.int64), np.zeros((2 * count, MEMORY))
    state.talks, state.clock.talks, state.memory = talks, count, memory

    def work() -> None:
        talks[:] = opened
        memory[:] = 0.0
        hold_many(MEETINGS, state, answers)

    work()
    if answers.any() or (talks["meeting"] != MEETINGS).any():
        raise AssertionError("the talks that are measured must last to their end")
    return work


def _talks_about_price(count: int) -> Any:
    """Return open talks about price alone between equals that ask too much of each other."""
    talks = blank("talks", count)
    talks.quantity, talks.scale, talks.standard = 1.0, 100.0, 5.0
    talks.terms = talks.splits = 1
    talks.longest = talks.life = 30.0
    talks.identity = np.arange(1, count + 1)
    talks.value_buyer = 100.0
    for side in ("seller", "buyer"):
        talks[f"wacc_{side}"], talks[f"limit_{side}"], talks[f"exponent_{side}"] = 0.08, 5.0, 1.0
        talks[f"deadline_{side}"], talks[f"reserve_{side}"], talks[f"aim_{side}"] = MEETINGS, 70.0, 100.0
        talks[f"price_{side}"] = np.nan
    return talks.view(np.ndarray)
