"""Replicates are added until every compared interval is as narrow as the study asks, or there are the most allowed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ecopark import open_results, run_study
from ecopark.abm.input.errors import InputError
from ecopark.experiments.sweeps.plan.description import describe_plan
from ecopark.experiments.sweeps.plan.plan import plan_study
from ecopark.experiments.sweeps.stopping_rule import reached
from tests.experiments.sweeps.sweeping import STUDY, executed

WANTED = 0.8
RULE = {
    **STUDY,
    "shocks": "independent",  # on common shocks the tax takes the same from every run
    "replicates": 2,
    "replicates_most": 200,
    "precision": {"waste_sum": WANTED},
}
POLICIES = {"policies": {"none": {}, "tax": {"policy.tax": 50}, "half": {"policy.tax": 25}}}


def test_replicates_are_added_until_the_intervals_are_narrow(tmp_path):
    grown = run_study({**RULE, **POLICIES}, tmp_path / "out", workers=0)
    (narrow,) = reached(grown)
    assert narrow.enough
    assert 4 < grown.study.replicates < 200
    fewer = run_study({**RULE, **POLICIES, "precision": {}, "replicates_most": None, "replicates": grown.study.replicates // 2}, tmp_path / "f", workers=0)  # fmt: skip
    wide = (
        open_results(fewer.folder.root)
        .frame()
        .pivot(index=["point", "replicate"], columns="policy", values="waste_sum")
    )
    gap = (wide["tax"] - wide["none"]).groupby("replicate").mean()
    half = stats.t.ppf(0.975, len(gap) - 1) * gap.std() / np.sqrt(len(gap))
    assert half > WANTED * 0.8, "half the replicates are clearly too few"


def test_same_command_finds_nothing_to_do_and_the_table_is_that_of_as_many_replicates(tmp_path, capsys):
    grown = run_study({**RULE, **POLICIES}, tmp_path / "out", workers=0)
    again = run_study({**RULE, **POLICIES}, tmp_path / "out", workers=0)
    assert again.study.replicates == grown.study.replicates
    plain = {**RULE, **POLICIES, "precision": {}, "replicates_most": None, "replicates": grown.study.replicates}
    whole = run_study(plain, tmp_path / "whole", workers=0).frame()
    pd.testing.assert_frame_equal(grown.frame(), whole, check_exact=True)
    assert f"and up to {grown.study.replicates}" not in capsys.readouterr().err
    said = describe_plan(plan_study({**RULE, **POLICIES}), 1, tmp_path / "out")
    assert f"{grown.runs:,} of these runs are in" in said
    assert "replicates are added up to 200, or until all half-widths are 0.8 of waste_sum" in said


def test_there_are_never_more_than_the_most(tmp_path):
    grown = run_study({**RULE, "precision": {"waste_sum": 1e-3}, "replicates_most": 7}, tmp_path / "out", workers=0)
    assert grown.study.replicates == 7
    (narrow,) = reached(grown)
    assert not narrow.enough
    assert str(narrow).startswith("waste_sum: half-width ")
    assert str(narrow).endswith("of tax against none, 0.001 wanted")


def test_one_replicate_has_no_interval_and_gets_a_second(tmp_path):
    log = tmp_path / "log"
    log.mkdir()
    rule = {**RULE, "shocks": "common", "replicates": 1, "set": {"log.folder": str(log)}}
    grown = run_study(rule, tmp_path / "out", workers=0)
    assert grown.study.replicates == 2, "the paired difference has no chance on common shocks"
    assert len(executed(log)) == grown.runs == 24


def test_rule_may_change_while_a_sweep_is_there(tmp_path):
    run_study({**RULE, "replicates_most": 3, "precision": {"waste_sum": 1e-3}}, tmp_path / "out", workers=0)
    grown = run_study({**RULE, "replicates_most": 5, "precision": {"waste_sum": 1e-3}}, tmp_path / "out", workers=0)
    assert grown.study.replicates == 5
    with pytest.raises(InputError, match="replicates: 2 is not allowed; expected: it is 5"):
        run_study({**RULE, "replicates_most": 4}, tmp_path / "out", workers=0)


def test_wrong_rules_are_refused_at_once():
    with pytest.raises(InputError) as caught:
        plan_study({**STUDY, "precision": {"wast_sum": 1, "curve": 1, "takeoff": 1}})
    found = {mistake.place: mistake.nearest for mistake in caught.value.mistakes}
    assert set(found) == {"precision.wast_sum", "precision.curve", "precision.takeoff", "replicates_most"}
    assert found["precision.wast_sum"] == "waste_sum"
    with pytest.raises(InputError, match="at least the 5 replicates begun with"):
        plan_study({**STUDY, "precision": {"waste_sum": 1}, "replicates_most": 3})
    with pytest.raises(InputError, match="no precision asks"):
        plan_study({**STUDY, "replicates_most": 9})
    with pytest.raises(InputError, match="greater than 0"):
        plan_study({**STUDY, "replicates_most": 9, "precision": {"waste_sum": 0}})


def test_shards_do_not_see_how_wide_an_interval_is(tmp_path):
    with pytest.raises(InputError, match="--shard"):
        run_study(RULE, tmp_path / "out", workers=0, shard=(1, 2))
