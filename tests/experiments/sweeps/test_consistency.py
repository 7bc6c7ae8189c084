"""A study file that means two things is refused, with both places."""

import numpy as np
import pytest

from ecopark.abm.input.errors import InputError
from ecopark.experiments.sweeps.study_file.consistency import cut_unasked, named_twice, points_of, sizes_missing
from ecopark.experiments.sweeps.study_file.cross_checks import read_study, settle_study
from ecopark.experiments.sweeps.study_file.factors import Factor
from ecopark.experiments.sweeps.study_file.study import Study

TAX, ATTITUDE = "policy.landfill_tax", "behaviour.attitude"
STUDY = {"scenario": "kalundborg", "years": 2, "outcomes": {"links": "last"}, "factors": {ATTITUDE: [0.4, 0.6]}}

SOBOL = {"kind": "sobol", "points": 4}


def mistakes(**change):
    with pytest.raises(InputError) as caught:
        settle_study({**STUDY, **change})
    return {mistake.place: mistake for mistake in caught.value.mistakes}


@pytest.mark.parametrize(
    ("change", "place", "allowed"),
    [
        ({"factors": {TAX: [0, 9], f"{TAX}.size": [1, 5]}}, f"factors.{TAX}.size", f"factors.{TAX} sets it, too"),
        (
            {"factors": {TAX: [0, 9]}, "policies": {"high": {f"{TAX}.size": 5}}},
            f"policies.high.{TAX}.size",
            "one place",
        ),
        ({"set": {f"{TAX}.size": 5}, "policies": {"high": {TAX: 9}}}, f"policies.high.{TAX}", f"set.{TAX}.size sets"),
        ({"factors": {f"{TAX}.start": [1961, 1962]}}, f"factors.{TAX}.start", f"its size as well, {TAX}"),
        ({"policies": {"late": {f"{TAX}.stop": 1962}}}, f"policies.late.{TAX}.stop", "its size as well"),
        ({"factors": {ATTITUDE: {"mean": 1.0, "sd": 0.05}}}, f"factors.{ATTITUDE}", 'distribution = "normal"'),
        (
            {"factors": {ATTITUDE: {"distribution": "normal", "mean": 0.05, "sd": 1}}, "design": SOBOL},
            f"factors.{ATTITUDE}",
            "lies outside the declared range",
        ),
        ({"design": {"kind": "latin_hypercube", "points": 10**9}}, "design", "at most 20,000,000"),
        (
            {"design": {"kind": "latin_hypercube", "points": 10**7}, "replicates": 11},
            "design",
            "at most 100,000,000 runs",
        ),
    ],
)
def test_two_meanings_are_refused(change, place, allowed):
    found = mistakes(**change)
    assert place in found
    assert allowed in found[place].allowed


def test_two_outcomes_of_one_column_are_refused():
    twice = {"links": ["last"], "links_last": {"indicator": "gain", "take": "last"}}
    assert "no other outcome makes" in mistakes(outcomes=twice)["outcomes.links_last"].allowed


def test_alternatives_may_set_the_same_name_and_a_start_needs_a_size_somewhere():
    assert list(named_twice({"policies.low": [TAX], "policies.high": [f"{TAX}.size"]})) == []
    places = {"set": [TAX], "policies.late": [f"{TAX}.start"], "policies.other": ["policy.broker.start"]}
    assert [found.place for found in sizes_missing(places, lambda _: False)] == ["policies.other.policy.broker.start"]
    assert list(sizes_missing(places, lambda name: name == "policy.broker")) == []


def test_a_cut_that_is_written_is_no_mistake_and_one_that_is_not_says_what_is_left():
    wide = Factor(distribution="normal", mean=0.0, sd=1.0)
    filled = wide.model_copy(update={"low": 0.0, "high": 10.0})
    (found,) = cut_unasked("x", wide, filled)
    assert "50% of it lies outside the declared range 0 to 10" in found.allowed
    assert "its mean is 0.798 and its sd 0.603" in found.allowed  # half normal: sqrt(2/pi), sqrt(1 - 2/pi)
    assert np.allclose(filled.cut(), (0.5, np.sqrt(2 / np.pi), np.sqrt(1 - 2 / np.pi)), atol=2e-3)
    assert list(cut_unasked("x", filled, filled)) == []
    narrow = Factor(distribution="normal", mean=5.0, sd=0.5)
    assert list(cut_unasked("x", narrow, narrow.model_copy(update={"low": 0.0, "high": 10.0}))) == []


@pytest.mark.parametrize("kind", ["grid", "one_at_a_time", "latin_hypercube", "sobol", "saltelli", "morris"])
def test_points_are_counted_before_they_are_made(kind):
    sizes = {
        "latin_hypercube": {"points": 6},
        "sobol": {"points": 8},
        "saltelli": {"points": 4},
        "morris": {"trajectories": 3},
    }
    factors = {"x": {"low": 0, "high": 1, "levels": 3, "base": 2}, "y": {"low": 0, "high": 1, "levels": 2, "base": 2}}
    study = Study(scenario="s", design={"kind": kind, **sizes.get(kind, {})}, factors=factors)
    made = study.design.points(study.factors, {"x": 2, "y": 2}, np.random.default_rng(1))
    assert points_of(study.design, study.factors) == len(made["x"])


def test_a_dotted_name_means_the_same_with_and_without_quotes(tmp_path):
    text = 'scenario = "kalundborg"\nyears = 2\n[outcomes]\nlinks = "last"\n[factors]\n'
    (tmp_path / "study.toml").write_text(text + 'governance.mode = ["facilitated", "planned"]\n')
    assert read_study(tmp_path / "study.toml").factors["governance.mode"].values == ("facilitated", "planned")


@pytest.mark.parametrize("line", ["governance.mode = planned", "behaviour.attitude = [0,5]x"])
def test_toml_that_is_none_is_explained(tmp_path, line):
    (tmp_path / "study.toml").write_text(f'scenario = "kalundborg"\n[set]\n{line}\n')
    with pytest.raises(InputError, match="text needs quotes"):
        read_study(tmp_path / "study.toml")


def test_a_park_beside_the_study_is_found_from_anywhere(tmp_path, monkeypatch):
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "park.csv").write_text(
        "name,type,x_km,y_km,size\nMill,paper_mill,0,0,100000\nTwin,paper_mill,1,0,100000\n"
    )
    (tmp_path / "project" / "study.toml").write_text('scenario = "park.csv"\nyears = 2\n[outcomes]\nlinks = "last"\n')
    monkeypatch.chdir(tmp_path)
    assert len(settle_study("project/study.toml").base.tables["companies"]) == 2


def test_rows_longer_than_their_head_are_named(tmp_path):
    (tmp_path / "points.csv").write_text(f"{TAX},{ATTITUDE}\n1,0.4,1\n2,0.8\n3,0.8,2\n")
    found = mistakes(factors={}, design=str(tmp_path / "points.csv"))
    assert [place.rpartition(":")[2] for place in found] == ["2", "4"]
    assert "2 cells, one for each name" in next(iter(found.values())).allowed
