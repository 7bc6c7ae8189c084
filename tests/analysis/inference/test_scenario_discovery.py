"""Boxes and trees: a planted box is found, and the steps are those of the established libraries."""

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.inference.decision_tree import Leaf, boxes_of, cart, leaves
from ecopark.analysis.inference.scenario_discovery import Box, chance_of, cut, prim

FACTORS = ["tax", "trust", "noise"]


def planted(number=800, seed=0):
    """Runs of interest are those with tax above 0.6 and trust below 0.4, with some exceptions."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(rng.random((number, 3)), columns=FACTORS)
    inside = (frame["tax"] > 0.6) & (frame["trust"] < 0.4)
    return frame, (inside ^ (rng.random(number) < 0.03)).to_numpy()


def test_a_planted_box_is_found():
    frame, interest = planted()
    box = prim(frame, FACTORS, interest).choose(density=0.85)
    assert box.limits["tax"][0] == pytest.approx(0.6, abs=0.04)
    assert box.limits["trust"][1] == pytest.approx(0.4, abs=0.04)
    assert box.coverage > 0.75
    chance = chance_of(box, frame, interest)
    assert chance["tax"] < 1e-6
    assert chance["trust"] < 1e-6
    assert chance.get("noise", 1.0) > 1e-3


def test_a_box_measures_what_lies_inside():
    frame, interest = planted(200)
    for box in prim(frame, FACTORS, interest).boxes:
        inside = box.contains(frame)
        assert box.mass == pytest.approx(inside.mean())
        assert box.density == pytest.approx(interest[inside].mean())
        assert box.coverage == pytest.approx(interest[inside].sum() / interest.sum())


def test_peeling_never_gains_mass_nor_loses_density():
    frame, interest = planted(300, seed=4)
    path = prim(frame, FACTORS, interest).trajectory
    assert path.loc[0, ["coverage", "mass", "restricted"]].tolist() == [1.0, 1.0, 0.0]
    assert (path["mass"].diff().dropna() < 0).all()
    assert (path["density"].diff().dropna() > 0).all()
    assert path["mass"].iloc[-1] >= 0.05


@pytest.mark.filterwarnings("ignore")  # what the oracle imports warns about its own future
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_peeling_is_that_of_the_exploratory_modelling_workbench(seed):
    ema = pytest.importorskip("ema_workbench.analysis.prim")
    frame, interest = planted(400, seed)
    theirs = ema.Prim(frame.copy(), interest.copy(), threshold=0.8, peel_alpha=0.05, mass_min=0.05)
    path = theirs.find_box().peeling_trajectory
    mine = prim(frame, FACTORS, interest).trajectory
    steps = len(mine)
    for name, other in (("coverage", "coverage"), ("density", "density"), ("mass", "mass"), ("restricted", "res_dim")):
        assert mine[name].to_numpy() == pytest.approx(path[other].to_numpy(float)[:steps])


def test_words_are_peeled_one_by_one():
    frame = pd.DataFrame({"policy": ["tax", "grant", "none"] * 40, "x": np.linspace(0, 1, 120)})
    box = prim(frame, ["policy", "x"], (frame["policy"] == "grant").to_numpy()).choose(1.0)
    assert box.limits == {"policy": frozenset({"grant"})}
    assert box.words() == "policy in grant"
    assert (box.coverage, box.density) == (1.0, 1.0)


def test_limits_are_said_in_words():
    limits = {"a": (-np.inf, 2.0), "b": (1.0, np.inf), "c": (1.0, 2.5)}
    assert Box(limits, 1.0, 1.0, 1.0).words() == "a <= 2 and b >= 1 and 1 <= c <= 2.5"
    assert Box({}, 1.0, 1.0, 1.0).words() == "everywhere"


def test_a_cut_lies_between_different_values():
    assert cut(np.array([0.0, 1.0, 2.0, 3.0]), 0.05) == 0.5
    assert cut(np.array([0.0, 0.0, 0.0, 3.0]), 0.05) == 1.5
    assert cut(np.array([0.0, 3.0, 3.0, 3.0]), 0.95) == 1.5
    assert cut(np.array([2.0, 2.0]), 0.95) == 2.0


def test_nothing_of_interest_is_said():
    frame, interest = planted(50)
    with pytest.raises(ValueError, match="No run is of interest"):
        prim(frame, FACTORS, np.zeros(50, bool))
    with pytest.raises(ValueError, match="50 runs but 3 marks"):
        prim(frame, FACTORS, interest[:3])
    with pytest.raises(ValueError, match="at least one that is of interest"):
        cart(frame, FACTORS, np.zeros(50, bool))
    everything = prim(frame, FACTORS, np.ones(50, bool))
    assert len(everything.boxes) == 1
    assert everything.choose().words() == "everywhere"


@pytest.mark.filterwarnings("ignore")  # what the oracle imports warns about its own future
@pytest.mark.parametrize("seed", [0, 1, 3, 4])  # without ties, which scikit-learn breaks at random
def test_the_tree_decides_as_that_of_scikit_learn(seed):
    sklearn = pytest.importorskip("sklearn.tree")
    frame, interest = planted(300, seed)
    theirs = sklearn.DecisionTreeClassifier(max_depth=3, min_samples_leaf=15, random_state=0).fit(frame, interest)
    share = np.zeros(300)
    for box in boxes_of(cart(frame, FACTORS, interest, depth=3, least_mass=0.05)):
        share[box.contains(frame)] = box.density
    assert share == pytest.approx(theirs.predict_proba(frame)[:, 1])


def test_the_ends_of_a_tree_share_all_runs_among_them():
    frame, interest = planted(400)
    tree = cart(frame, FACTORS, interest)
    ends = leaves(tree)
    assert ends["mass"].sum() == pytest.approx(1.0)
    assert ends["coverage"].sum() == pytest.approx(1.0)
    assert np.sum([box.contains(frame) for box in boxes_of(tree)], axis=0).tolist() == [1] * 400
    assert ends["density"][0] > 0.85
    assert "tax >=" in ends["rule"][0]


def test_a_tree_without_a_question_is_one_leaf():
    frame, _ = planted(40)
    tree = cart(frame, FACTORS, np.ones(40, bool))
    assert isinstance(tree, Leaf)
    assert leaves(tree)["rule"].tolist() == ["everywhere"]
