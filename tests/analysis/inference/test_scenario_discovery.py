"""Boxes and trees: a planted box is found and holds on fresh points; noise is called noise."""

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.inference import extras
from ecopark.analysis.inference.boxes import Box, box_of
from ecopark.analysis.inference.decision_tree import tree_of
from ecopark.analysis.inference.extras import MissingExtraError
from ecopark.analysis.inference.scenario_discovery import choose, discover, peel

FACTORS = ["tax", "trust", "noise"]


def planted(number=400, replicates=10, seed=0):
    """Points with tax above 0.6 and trust below 0.4 are of interest in 90 % of their runs, others in 5 %."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(rng.random((number, 3)), columns=FACTORS)
    inside = ((frame["tax"] > 0.6) & (frame["trust"] < 0.4)).to_numpy()
    return frame, rng.binomial(replicates, np.where(inside, 0.9, 0.05)) / replicates


@pytest.mark.parametrize("seed", range(4))
def test_a_planted_box_is_found_and_its_density_holds_on_fresh_points(seed):
    frame, shares = planted(seed=seed)
    found = discover(frame, FACTORS, shares)
    assert found.box.limits["tax"][0] == pytest.approx(0.6, abs=0.05)
    assert found.box.limits["trust"][1] == pytest.approx(0.4, abs=0.05)
    fresh, more = planted(4000, seed=100 + seed)
    assert more[found.box.contains(fresh)].mean() == pytest.approx(found.density, abs=0.05)
    assert found.chance["tax"] < 0.01
    assert found.chance["trust"] < 0.01
    assert found.chance.get("noise", 1.0) > 0.05


def noise_passes(seed, number=60):
    """Return whether no restriction found in pure noise looks real."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(rng.random((number, 3)), columns=FACTORS)
    found = discover(frame, FACTORS, rng.binomial(8, 0.25, number) / 8)
    return min(found.chance.values(), default=1.0) > 0.05


def test_on_noise_no_restriction_looks_real_short():
    assert np.mean([noise_passes(seed) for seed in range(12)]) >= 0.9


@pytest.mark.heavy
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("number", [60, 200])
def test_on_noise_no_restriction_looks_real_in_95_of_100_tries(number):
    assert np.mean([noise_passes(seed, number) for seed in range(100)]) >= 0.95


def test_a_box_measures_what_lies_inside():
    frame, shares = planted(200)
    for box in peel(frame, shares):
        inside = box.contains(frame)
        assert box.mass == pytest.approx(inside.mean())
        assert box.density == pytest.approx(shares[inside].mean())
        assert box.coverage == pytest.approx(shares[inside].sum() / shares.sum())


@pytest.mark.filterwarnings("ignore")  # what the oracle warns of its own future
def test_the_boxes_are_those_of_the_exploratory_modelling_workbench():
    from ema_workbench.analysis import prim, scenario_discovery_util

    frame, shares = planted(200)
    if hasattr(prim, "RegressionPrim"):  # from version 3 on
        search = prim.RegressionPrim(frame.copy(), shares.copy())
    else:
        mode = scenario_discovery_util.RuleInductionType.REGRESSION
        search = prim.Prim(frame.copy(), shares.copy(), threshold=0.0, mode=mode)
    theirs = search.find_box()
    mine = peel(frame, shares)
    path = theirs.peeling_trajectory
    assert [box.mass for box in mine] == pytest.approx(path["mass"].to_list())
    assert [box.density for box in mine] == pytest.approx(path["mean"].to_list())
    assert [len(box.limits) for box in mine] == path["res_dim"].to_list()


def test_words_are_peeled_one_by_one():
    frame = pd.DataFrame({"policy": ["tax", "grant", "none"] * 40, "x": np.linspace(0, 1, 120)})
    found = discover(frame, ["policy", "x"], (frame["policy"] == "grant").to_numpy(float))
    assert found.box.limits == {"policy": frozenset({"grant"})}
    assert found.box.words() == "policy in grant"
    assert (found.coverage, found.density) == (1.0, 1.0)


def test_limits_are_said_in_words():
    limits = {"a": (-np.inf, 2.0), "b": (1.0, np.inf), "c": (1.0, 2.5)}
    assert Box(limits, 1.0, 1.0, 1.0).words() == "a <= 2 and b >= 1 and 1 <= c <= 2.5"
    assert Box({}, 1.0, 1.0, 1.0).words() == "everywhere"


def test_the_box_of_best_coverage_and_density_is_chosen():
    boxes = [Box({}, *numbers, 1.0) for numbers in ((1.0, 0.2), (0.8, 0.7), (0.3, 0.9))]
    assert choose(boxes) is boxes[1]


def test_nothing_of_interest_is_said():
    frame, shares = planted(50)
    with pytest.raises(ValueError, match="No run is of interest"):
        discover(frame, FACTORS, np.zeros(50))
    with pytest.raises(ValueError, match="Every run is of interest"):
        discover(frame, FACTORS, np.ones(50))
    with pytest.raises(ValueError, match="50 points but 3 shares"):
        discover(frame, FACTORS, shares[:3])
    with pytest.raises(ValueError, match="points that differ"):
        tree_of(frame, FACTORS, np.zeros(50))


def test_the_tree_tells_the_planted_box_and_what_it_is_worth():
    frame, shares = planted(400)
    ends, worth = tree_of(frame, FACTORS, shares)
    assert worth > 0.8
    assert ends["mass"].sum() == pytest.approx(1.0)
    assert ends["coverage"].sum() == pytest.approx(1.0)
    assert ends["density"][0] > 0.85
    assert ends["held_out"][0] == pytest.approx(0.9, abs=0.05)
    assert "tax >=" in ends["rule"][0]
    assert "trust <=" in ends["rule"][0]


def test_a_tree_grown_on_noise_is_worth_nothing():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(rng.random((80, 3)), columns=FACTORS)
    assert tree_of(frame, FACTORS, rng.binomial(8, 0.25, 80) / 8)[1] <= 0


def test_what_is_not_installed_is_said_with_the_line_that_installs_it(monkeypatch):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(extras.importlib, "import_module", absent)
    frame, shares = planted(50)
    with pytest.raises(MissingExtraError, match=r"needs ema_workbench.*pip install 'ecopark\[analysis\]'"):
        discover(frame, FACTORS, shares)
    with pytest.raises(MissingExtraError, match="needs sklearn"):
        tree_of(frame, FACTORS, shares)


def test_a_box_in_which_nothing_lies_has_no_density():
    frame, shares = planted(20)
    assert np.isnan(box_of({"tax": (2.0, 3.0)}, frame, shares).density)
