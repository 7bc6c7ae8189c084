"""Strategies of ecopark in mechanisms of NegMAS: the same talk as at our table, and deals with negotiators of others."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from ecopark.abm.entities.codes import BUYER, SELLER
from ecopark.abm.strategies.view import FIRST_WORTH, PACKAGES
from ecopark.experiments.benchmarks.negotiation.pool import Pool, harvest
from ecopark.experiments.benchmarks.negotiation.table import play
from ecopark.experiments.bridges.negmas_export import domain_of, scenario_of

pytest.importorskip("negmas")

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from negmas.outcomes import make_issue
    from negmas.sao import BoulwareTBNegotiator, SAOMechanism

    from ecopark.experiments.bridges.negmas_negotiator import EcoparkNegotiator

TALKS = 30


@pytest.fixture(scope="module")
def pool() -> Pool:
    talks = harvest("kalundborg", [1])
    return talks.only(np.flatnonzero(talks.zone() > 0)[:TALKS])


def held(pool: Pool, talk: int, strategies: tuple[str, str]):
    """One talk of a pool in a mechanism: transfers are prices, any number between the bounds."""
    packages = int(pool.views[talk, 0, PACKAGES])
    issues = [make_issue((-1e12, 1e12), "transfer"), make_issue(packages, "package")]
    mechanism = SAOMechanism(issues=issues, n_steps=400, one_offer_per_step=True)
    sides = (SELLER, BUYER) if pool.speaker[talk] == SELLER else (BUYER, SELLER)
    for side in sides:
        view = pool.views[talk, side, : FIRST_WORTH + 2 * packages]
        mechanism.add(EcoparkNegotiator(strategy=strategies[side], view=view, name=str(side)))
    return mechanism.run()


@pytest.mark.parametrize("strategies", [("guarded", "guarded"), ("open", "guarded"), ("agent_v1", "open")])
def test_a_talk_ends_as_at_our_own_table(pool, strategies):
    ours = play(pool, *strategies)
    assert ours.agreed.any()
    for talk in range(len(pool)):
        agreement = held(pool, talk, strategies).agreement
        assert (agreement is not None) == bool(ours.agreed[talk])
        if agreement is not None:
            assert agreement[0] == pytest.approx(ours.price[talk], rel=1e-12)
            assert agreement[1] == ours.package[talk]


def test_it_bargains_on_an_exported_talk_with_a_negotiator_of_negmas():
    domain = domain_of([[0.0, -10.0], [60.0, 100.0]], (5.0, 5.0), ["small", "large"])
    scenario = scenario_of(domain)
    deals = 0
    for first in (True, False):
        mechanism = SAOMechanism(outcome_space=scenario.outcome_space, n_steps=40)
        both = [EcoparkNegotiator(strategy="open", name="seller"), BoulwareTBNegotiator(name="buyer")]
        for one, ufun in list(zip(both, scenario.ufuns, strict=True))[:: 1 if first else -1]:
            mechanism.add(one, ufun=ufun)
        agreement = mechanism.run().agreement
        if agreement is not None:
            deals += 1
            assert all(float(ufun(agreement)) >= float(ufun.reserved_value) for ufun in scenario.ufuns)
    assert deals > 0
