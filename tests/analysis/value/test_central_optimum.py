"""The planner's network: small problems solved by hand, a brute-force oracle, and losses that add up."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecopark.analysis.value.central_optimum import UnsolvedError, best_network, shortfall


def chances(rows):
    """Rows of (seller, material, buyer, input, quantity, joint_gain)."""
    frame = pd.DataFrame(rows, columns=["seller", "material", "buyer", "input", "quantity", "joint_gain"])
    return frame.assign(opportunity=range(len(frame)))


def test_two_buyers_share_one_supply():
    best = best_network(chances([("a", "ash", "b", "clay", 100, 10), ("a", "ash", "c", "clay", 60, 9)]))
    # c pays 0.15 a unit, b 0.10: 60 go to c, the other 40 to b
    assert best.chosen["share"].to_numpy() == pytest.approx([0.4, 1.0])
    assert best.value == pytest.approx(13.0)


def test_two_by_products_share_one_need():
    best = best_network(chances([("a", "ash", "c", "clay", 100, 10), ("b", "slag", "c", "clay", 10, 8)]))
    assert best.value == pytest.approx(10.0)
    assert best.chosen["share"].sum() == pytest.approx(1.0)


def test_a_connection_is_not_built_for_a_trickle():
    rows = [("a", "ash", "b", "clay", 100, 100), ("a", "ash", "c", "clay", 90, 99)]
    # 90 to c leave 10 for b, a tenth of what b could take
    assert best_network(chances(rows), least_share=0.0).value == pytest.approx(109.0)
    assert best_network(chances(rows), least_share=0.2).value == pytest.approx(20 + 80 * 1.1)


def test_what_is_worth_nothing_is_not_built():
    best = best_network(chances([("a", "ash", "b", "clay", 100, -5), ("a", "ash", "c", "clay", 0, 5)]))
    assert best.value == 0.0
    assert best_network(chances([])).chosen.empty


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_no_network_of_whole_exchanges_is_worth_more(seed):
    rng = np.random.default_rng(seed)
    rows = [
        (
            rng.choice(list("ab")),
            rng.choice(["ash", "slag"]),
            rng.choice(list("cd")),
            "clay",
            rng.uniform(1, 9),
            rng.normal(2, 3),
        )
        for _ in range(7)
    ]
    frame = chances(rows)
    best = best_network(frame)
    supply = frame.groupby(["seller", "material"])["quantity"].transform("max")
    need = frame.groupby(["buyer", "input", "material"])["quantity"].transform("max")
    built = np.array(list(product([0.0, 1.0], repeat=7)))
    fits = np.ones(len(built), bool)
    for keys, capacity in ((["seller", "material"], supply), (["buyer", "input"], need)):
        groups = np.eye(7)[frame.groupby(keys).ngroup()]
        fits &= (built * (frame["quantity"] / capacity).to_numpy() @ groups <= 1 + 1e-9).all(axis=1)
    assert best.value >= (built[fits] @ frame["joint_gain"].to_numpy()).max() - 1e-6


def test_losses_are_named_by_cause_and_add_up(park_of):
    running = [("a", "b", 0, None, {"material": "m1", "input": "i1", "quantity": 10.0})]
    run = park_of("abcdef", running, years=10)
    nothing = {"signed_month": np.nan, "operating_month": np.nan, "talks_month": np.nan, "screened_month": np.nan,
               "identified_month": np.nan}  # fmt: skip
    base = {**run.opportunities.iloc[0].to_dict(), "quantity": 10.0}
    run.opportunities.loc[0, ["quantity", "joint_gain"]] = [10.0, 50.0]
    others = [
        {**base, **nothing, "buyer": "c", "joint_gain": 80.0, "opportunity": 1, "stage": "latent"},
        {**base, **nothing, "seller": "c", "buyer": "d", "joint_gain": 7.0, "opportunity": 2, "stage": "latent"},
        {**base, **nothing, "seller": "d", "buyer": "e", "joint_gain": 6.0, "opportunity": 3, "identified_month": 5.0},
        {**base, **nothing, "seller": "e", "buyer": "f", "joint_gain": 5.0, "opportunity": 4, "identified_month": 5.0,
         "talks_month": 6.0, "stage": "identified"},
        {**base, "seller": "f", "buyer": "a", "joint_gain": 4.0, "opportunity": 5, "stage": "building"},
        {**base, "seller": "f", "buyer": "a", "material": "m2", "input": "i2", "joint_gain": 3.0, "opportunity": 6,
         "stage": "ended"},
    ]  # fmt: skip
    run.opportunities.loc[len(run.opportunities)] = others[0]
    run = type(run)(**{**vars(run), "opportunities": pd.DataFrame([run.opportunities.iloc[0].to_dict(), *others])})
    found = shortfall(run)
    losses = found.losses.set_index("cause")["loss"]
    assert losses["never_identified"] == pytest.approx(7.0)
    assert losses["screened_out"] == pytest.approx(6.0)
    assert losses["talks_failed"] == pytest.approx(5.0)
    assert losses["not_yet_built"] == pytest.approx(4.0)
    assert losses["ended"] == pytest.approx(3.0)
    assert losses["wrong_partner"] == pytest.approx(80.0 - 50.0)
    assert losses.sum() == pytest.approx(found.optimum - found.reached)
    assert found.share == pytest.approx(50.0 / 105.0)


def test_losses_add_up_on_any_run(run_of):
    for seed in range(4):
        found = shortfall(run_of(seed=seed, companies=10, links=12, idle=40), month=150)
        assert found.losses["loss"].sum() == pytest.approx(found.optimum - found.reached)


def test_a_park_without_opportunities_has_no_share(run_of):
    found = shortfall(run_of(companies=1, links=0))
    assert found.optimum == 0.0
    assert np.isnan(found.share)


def test_a_programme_without_time_is_said_to_be_unsolved():
    rng = np.random.default_rng(0)
    rows = [
        (f"s{a}", "ash", f"b{b}", "clay", rng.uniform(1, 9), rng.uniform(1, 9)) for a in range(40) for b in range(40)
    ]
    with pytest.raises(UnsolvedError, match="found no network"):
        best_network(chances(rows), seconds=1e-6)
