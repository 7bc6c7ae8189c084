import math
from dataclasses import replace

import numpy as np
import pytest

from ecopark.experiments.replications.ghali2017 import park_question as park_trust
from ecopark.experiments.replications.ghali2017 import published_model as trust_ratchet
from ecopark.experiments.replications.ghali2017.published_model import (
    Design,
    accept,
    advance,
    found,
    learn,
    willing_edges,
)

from . import slow_twins

SMALL = Design(recyclers=4, producers=12, degree=4)


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("change", [{}, {"in_turn": False}, {"redraw": False}, {"ratchet": False}])
def test_everything_stays_in_its_range(change):
    design, generator = replace(SMALL, **change), rng(1)
    firms = found(design, generator)
    for _ in range(15):
        advance(design, firms, generator)
        assert np.abs(firms.trust).max() <= 1
        assert np.abs(firms.history).max() <= 1
        for share in (firms.knowledge, firms.acceptance, firms.willingness):
            assert 0 <= share.min() <= share.max() <= 1


def test_history_is_the_running_mean_of_trust():
    generator = rng(2)
    firms = found(SMALL, generator)
    seen = [firms.trust.copy()]
    for _ in range(6):
        advance(SMALL, firms, generator)
        seen.append(firms.trust.copy())
    assert firms.history == pytest.approx(np.mean(seen, axis=0))


def test_recyclers_learn_but_neither_trust_anew_nor_become_willing():
    generator = rng(3)
    firms = found(SMALL, generator)
    trust, knowledge = firms.trust.copy(), firms.knowledge.copy()
    for _ in range(5):
        advance(SMALL, firms, generator)
    assert (firms.trust[:4] == trust[:4]).all()
    assert (firms.knowledge[:4] != knowledge[:4]).any()
    assert firms.acceptance[:4].max() == 0
    assert not willing_edges(SMALL, firms)[:4].any()


def test_the_ratchet_never_turns_back():
    generator = rng(4)
    firms = found(SMALL, generator)
    members, written = firms.symbiosis.copy(), firms.willingness > 0
    for step in range(25):
        if step == 15:
            firms.trust[:] = firms.history[:] = -1
        advance(SMALL, firms, generator)
        assert (firms.symbiosis >= members).all()
        assert ((firms.willingness > 0) >= written).all()
        members, written = firms.symbiosis.copy(), firms.willingness > 0
    assert written.any()


def test_without_the_ratchet_lost_trust_ends_willingness():
    design, generator = replace(Design(), ratchet=False), rng(5)
    firms = found(design, generator)
    for _ in range(10):
        advance(design, firms, generator)
    before = willing_edges(design, firms).sum()
    firms.trust[:] = firms.history[:] = -1
    advance(design, firms, generator)
    assert willing_edges(design, firms).sum() < 0.1 * before


def test_knowledge_without_others_is_the_closed_form():
    design = Design(recyclers=3000, producers=20, degree=4)
    generator = rng(6)
    firms = found(design, generator)
    firms.influence[:] = 0
    for step in (1, 2, 3):
        advance(design, firms, generator)
        expected = 1 - 1 / math.factorial(step + 2)
        assert firms.knowledge.mean() == pytest.approx(expected, abs=4 * 0.25 / math.sqrt(3020))


def test_learning_and_accepting_by_hand():
    knowledge, weight = np.array([0.2, 0.6, 1.0]), np.array([1.0, 0.5, 0.25])
    trusted = np.array([False, True, True])
    assert learn(knowledge, trusted, 0.2, 0.5, weight, 0.1) == pytest.approx(0.2 + 0.5 * (0.2 + 0.2) + 0.1)
    assert learn(knowledge, trusted, 0.2, 1.0, weight, 0.9) == 1
    assert learn(np.zeros(3), trusted, 0.9, 1.0, np.full(3, 5.0), 0.0) == 0
    assert accept(0.1, 0.5, 0.4, 0.2, 0.5) == pytest.approx(0.4)
    assert accept(0.9, 1.0, 1.0, 0.0, 0.0) == 1
    assert accept(0.0, 0.0, 0.0, 1.0, -0.5) == 0


def test_trust_follows_history_event_and_common_neighbours():
    adjacent = np.array([[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0]], dtype=bool)
    trust, history = np.zeros((4, 4)), np.full((4, 4), 0.2)
    trust[0] = [0.0, 0.4, 0.8, 0.0]
    trust_ratchet.update_trust(trust, history, adjacent, 0.5, 0, np.array([0.0, 0.1, 0.0, 2.0]))
    first = 0.2 + 0.5 * ((0.4 + 0.8) / 2 - 0.2)
    second = 0.2 + 0.5 * (0.8 - 0.2) + 0.1
    assert trust[0] == pytest.approx([first, second, 0.2 + 0.5 * (second - 0.2), 1.0])
    assert (trust[1:] == 0).all()


@pytest.mark.parametrize("seed", range(4))
def test_slow_twin_goes_the_same_way(seed):
    fast = found(SMALL, rng(seed))
    trust, knowledge, willing = slow_twins.trust_history(SMALL, fast, 6, rng(seed + 50))
    generator = rng(seed + 50)
    for _ in range(6):
        advance(SMALL, fast, generator)
    assert fast.trust.ravel().tolist() == pytest.approx(list(trust.values()))
    assert fast.knowledge.tolist() == pytest.approx(knowledge)
    assert {(int(i), int(j)): fast.willingness[i, j] for i, j in np.argwhere(fast.willingness)} == pytest.approx(
        {pair: value for pair, value in willing.items() if value > 0}
    )
    assert willing


def test_the_generator_rounds_an_odd_degree_down():
    assert found(Design(), rng()).adjacent.sum() == 76 * 4


def test_the_park_model_has_no_ratchet():
    """Exchanges end, willingness falls, and lost trust ends more of them; not all, since distrust is a hazard and trust recovers."""
    found_out = park_trust.follow_park(3)
    ends, falls, calm, shaken = found_out.values()
    assert ends > 0
    assert falls > 0
    assert shaken > 1.5 * calm


def test_a_run_without_an_exchange_at_the_shock_has_no_answer(monkeypatch):
    monkeypatch.setattr(park_trust, "SHOCK_YEARS", 0)
    assert park_trust.follow_park(3) is None
