"""Claims, verdicts and words of studies, on tables whose answer is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecopark.abm.observation.indicators import INDICATORS
from ecopark.experiments.studies.kit.catalogue import catalogue
from ecopark.experiments.studies.kit.declaration import (
    CONTRADICTED,
    DIFFERS,
    FALLS,
    RISES,
    STAYS,
    SUPPORTED,
    UNDECIDED,
    Claim,
    StudyDeclaration,
    judge,
    judge_claim,
)
from ecopark.experiments.studies.kit.effect_text import effect_in_words, finding, number, reasons
from ecopark.experiments.studies.kit.output import overview


def runs(treated, control=None, outcome="x"):
    """Return a table of runs with a value per replicate of each variant."""
    parts = {"treated": treated, "control": np.zeros(len(treated)) if control is None else control}
    return pd.concat(
        pd.DataFrame({"variant": name, "replicate": range(len(values)), outcome: values})
        for name, values in parts.items()
    )


def claim(direction=RISES, **more):
    return Claim("it moves", "x", {"treated": 1, "control": -1}, direction, "t", **more)


@pytest.mark.parametrize(
    ("values", "asked", "standing"),
    [
        ([4, 5, 6, 5], claim(), SUPPORTED),
        ([-4, -5, -6, -5], claim(), CONTRADICTED),
        ([-9, 9, -8, 8], claim(), UNDECIDED),
        ([-4, -5, -6, -5], claim(FALLS), SUPPORTED),
        ([4, 5, 6, 5], claim(bound=3.0), SUPPORTED),
        ([4, 5, 6, 5], claim(bound=8.0), CONTRADICTED),
        ([4, 5, 6, 5], claim(bound=5.0), UNDECIDED),
        ([4, 5, 6, 5], claim(FALLS, bound=8.0), SUPPORTED),
        ([0.1, -0.1, 0.1, -0.1], claim(STAYS, margin=1.0), SUPPORTED),
        ([4, 5, 6, 5], claim(STAYS, margin=1.0), CONTRADICTED),
        ([0, 2, 0, 2], claim(STAYS, margin=1.0), UNDECIDED),
        ([-4, -5, -6, -5], claim(DIFFERS), SUPPORTED),
        ([-9, 9, -8, 8], claim(DIFFERS), UNDECIDED),
        ([4], claim(), UNDECIDED),
    ],
)
def test_a_claim_stands_by_its_interval(values, asked, standing):
    assert judge_claim(asked, runs(np.array(values, dtype=float))).standing == standing


def test_intervals_are_paired():
    shared = np.random.default_rng(0).normal(0, 100, 30)
    found = judge_claim(claim(), runs(shared + 1 + 0.01 * np.arange(30), shared))
    assert found.pairs == 30
    assert 1 < found.low < found.effect < found.high < 1.3


def test_the_interval_is_students():
    from scipy import stats

    values = np.array([1.0, 2.0, 4.0, 9.0])
    found = judge_claim(claim(), runs(values))
    low, high = stats.t.interval(0.95, 3, values.mean(), values.std(ddof=1) / 2)
    assert (found.effect, found.low, found.high) == pytest.approx((4.0, low, high))


def test_an_interaction_is_the_difference_of_differences_and_missing_replicates_drop_out():
    frame = pd.DataFrame(
        {
            "variant": np.repeat(["a", "b", "c", "d"], 3),
            "replicate": np.tile([0, 1, 2], 4),
            "x": [5, 6, np.nan, 1, 1, 1, 2, 2, 2, 1, 1, 1],
        }
    )
    found = judge_claim(Claim("more so", "x", {"a": 1, "b": -1, "c": -1, "d": 1}, RISES), frame)
    assert (found.effect, found.pairs) == (3.5, 2)
    assert np.isnan(found.share)


def test_a_failed_claim_says_why_in_measured_numbers():
    asked = claim(why=lambda mean: f"only {mean('treated', 'x'):.1f} against {mean('control', 'x'):.1f}.")
    assert judge_claim(asked, runs(np.array([-4.0, -5, -6]))).why == "only -5.0 against 0.0."
    assert judge_claim(asked, runs(np.array([4.0, 5, 6]))).why == ""
    swaying = judge_claim(asked, runs(np.array([-4.0, 5, -6]))).why
    assert swaying.startswith("not decided")
    assert swaying.endswith("only -1.7 against 0.0.")
    assert "opposite" in judge_claim(claim(), runs(np.array([-4.0, -5, -6]))).why


def declaration(*claims):
    return StudyDeclaration(
        id="V99", module="none", title="Title", question="Does it?", hypothesis="Yes", source="none", lever="none",
        scenario="synthetic", variants={"treated": {}, "control": {}}, claims=claims,
    )  # fmt: skip


def test_verdicts():
    good, bad = claim(), Claim("it falls", "x", {"treated": 1, "control": -1}, FALLS)
    table = runs(np.array([4.0, 5, 6]))
    assert judge(declaration(good), table, False).verdict == "supported"
    assert judge(declaration(bad), table, False).verdict == "not supported"
    mixed = judge(declaration(good, bad), table, True)
    assert mixed.verdict == "mixed (1 of 2 claims hold; not: it falls)"
    assert finding(mixed).startswith("Does it? Mixed (provisional: few seeds). it moves: 5.0 (2.5 to 7.5) t, supported")
    assert reasons(mixed) == ["'it falls': the model says the opposite."]
    assert "| V99 | Title | mixed (provisional) | 1 of 2 | it moves: 5.0 (2.5 to 7.5) t | 3 |" in overview([mixed])


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (3873.2, 2855, "3,900"),
        (3.14159, 0.021, "3.142"),
        (117896, 109012, "120,000"),
        (0, 0, "0"),
        (-0.4, 12, "0"),
        (np.nan, 1, "unknown"),
    ],
)
def test_numbers_have_the_digits_of_their_error(value, error, text):
    assert number(value, error) == text


def test_money_and_mass_are_told_in_millions():
    found = judge_claim(
        Claim("gain", "x", {"treated": 1}, RISES, "EUR over 30 years", bound=1e6), runs(np.array([3.0e6, 4e6, 5e6]))
    )
    assert effect_in_words(found) == "4.0 (1.5 to 6.5) M EUR over 30 years (bound 1)"


@pytest.mark.parametrize("study", catalogue().values(), ids=lambda study: study.id)
def test_every_study_declares_what_it_uses(study):
    columns = set(study.outcomes) | set(study.measures)
    for one in study.claims:
        assert one.outcome in columns
        assert set(one.weights) <= set(study.variants)
        assert one.direction in (FALLS, STAYS, RISES, DIFFERS)
        assert (one.margin > 0) == (one.direction == STAYS)
    assert not set(study.measures) & set(INDICATORS)
    assert bool(study.measures) == (study.measure is not None)
    assert study.module.rsplit(".", 1)[1].startswith(study.id.lower() + "_")
    assert all((study.question, study.hypothesis, study.source, study.lever))


def test_all_patterns_of_the_specification_have_a_study():
    wanted = [f"K{n}" for n in range(1, 4)] + [f"V{n}" for n in range(1, 11)] + [f"S{n}" for n in range(1, 9)] + ["G1"]
    assert list(catalogue()) == wanted
