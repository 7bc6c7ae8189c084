"""A study file is read in its short and long forms, and refused with every mistake at once."""

from __future__ import annotations

import pytest

from ecopark import Study, plan_study, read_study, run_study
from ecopark.abm.input.errors import InputError
from tests.experiments.sweeps.sweeping import STUDY


def mistakes(study) -> dict[str, object]:
    with pytest.raises(InputError) as caught:
        plan_study(study)
    return {mistake.place: mistake for mistake in caught.value.mistakes}


def test_short_forms_mean_the_long_ones():
    short = Study(
        scenario="walk",
        model="tests.experiments.sweeps.fake",
        design="one_at_a_time",
        set={"walk": {"steps": 3}},
        factors={"walk": {"x": [1, 2], "y": {"low": 0, "high": 1}}},
        policies={"tax": {"policy": {"tax": 5}}},
        outcomes={"links": ["last", "mean"]},
    )
    assert short.fixed == {"walk.steps": 3}
    assert short.factors["walk.x"].values == (1, 2)
    assert short.factors["walk.y"].high == 1.0
    assert short.policies == {"tax": {"policy.tax": 5}}
    assert set(short.outcomes) == {"links_last", "links_mean"}
    assert Study(**short.model_dump(mode="json", by_alias=True)) == short


def test_what_is_left_out_comes_from_the_declarations():
    study = plan_study(
        {**STUDY, "factors": {"walk.y": {"levels": 3}, "walk.steps": {"levels": 3}}, "outcomes": ["waste"]}
    ).study
    assert (study.factors["walk.y"].low, study.factors["walk.y"].high) == (0.0, 1.0)
    assert study.factors["walk.steps"].whole
    assert study.outcomes["waste"].take == "sum"
    assert study.years == 5


def test_every_indicator_is_an_outcome_when_none_is_named():
    study = plan_study({key: value for key, value in STUDY.items() if key != "outcomes"}).study
    assert {name: outcome.take for name, outcome in study.outcomes.items()} == {
        "links": "last",
        "waste": "sum",
        "trust": "mean",
    }


def test_file_is_read_with_paths_from_its_folder(tmp_path):
    (tmp_path / "points.csv").write_text("walk.x,walk.y\n1,0.5\n2,0.25\n")
    (tmp_path / "mine.toml").write_text(
        """
        scenario = "walk"
        model = "tests.experiments.sweeps.fake"
        design = "points.csv"
        [outcomes]
        links = "last"
        """
    )
    assert read_study(tmp_path / "mine.toml").name == "mine"
    plan = plan_study(tmp_path / "mine.toml")
    assert plan.columns["walk.x"].tolist() == [1, 2]
    assert plan.runs == 2


def test_mistakes_in_form_names_and_values_are_reported_together():
    found = mistakes(
        {
            **STUDY,
            "replicats": 5,
            "replicates": 0,
            "shocks": "comon",
            "design": {"kind": "sobol", "points": 100},
            "set": {"walk.steps": 99},
            "factors": {
                "walk.x": [1, 1000],
                "walk.z": [1],
                "walk.y": {"low": 0, "hihg": 1},
                "walk.kind": ["plain", "wlid"],
            },
            "policies": {"tax": {"policy.tax": 500, "policy.tex": 1, "walk.x": 3}},
            "outcomes": {"lnks": "last", "waste": "average", "t": {"indicator": "links", "since": 2050}},
        }
    )
    assert set(found) == {
        "replicats", "replicates", "shocks", "design.sobol.points", "set.walk.steps", "factors.walk.x", "factors.walk.z",
        "factors.walk.y.hihg", "factors.walk.kind", "policies.tax.policy.tax", "policies.tax.policy.tex",
        "policies.tax.walk.x", "outcomes.lnks_last", "outcomes.waste_average.take", "outcomes.t",
    }  # fmt: skip
    assert found["replicats"].nearest == "replicates"
    assert found["shocks"].nearest == "common"
    assert found["factors.walk.y.hihg"].nearest == "high"
    assert found["factors.walk.kind"].nearest == "wild"
    assert found["policies.tax.policy.tex"].nearest == "policy.tax"
    assert found["outcomes.lnks_last"].nearest == "links"
    assert found["factors.walk.x"].value == 1000
    assert "between -100 and 100" in found["factors.walk.x"].allowed
    assert "64 or 128" in found["design.sobol.points"].allowed
    assert "between 2000 and 2004" in found["outcomes.t"].allowed


@pytest.mark.parametrize(
    ("change", "place", "allowed"),
    [
        ({"scenario": "wlak"}, "scenario", "a scenario"),
        ({"model": "tests.experiments.fkae"}, "model", "a module that can be imported"),
        ({"design": "sobl"}, "design", "one of grid, one_at_a_time"),
        ({"design": "one_at_a_time", "factors": {"walk.y": "declared"}}, "factors.walk.y.levels", "how many values"),
        ({"factors": {"walk.y": {"low": 0, "high": 1}}}, "factors.walk.y.levels", "a grid design takes"),
        ({"factors": {"walk.y": {"low": 1, "high": 0, "levels": 2}}}, "factors.walk.y", "low below high"),
        ({"factors": {"walk.y": {"low": 1.0, "levels": 2}}}, "factors.walk.y", "an end left out is the declared one"),
        ({"factors": {"walk.kind": {"levels": 2}}}, "factors.walk.kind", "nothing is declared"),
        ({"factors": {"walk.x": [1, "a"]}}, "factors.walk.x", "a list of one kind"),
        ({"factors": {"walk.x": [1, 1]}}, "factors.walk.x", "without repetition"),
        ({"factors": {"walk.x": []}}, "factors.walk.x.values", "at least 1 item"),
        ({"factors": {"walk.steps": [1.5]}}, "factors.walk.steps", "a whole number"),
        ({"factors": {}, "design": {"kind": "sobol", "points": 4}}, "factors", "at least one factor"),
        ({"set": {"walk.x": 3}}, "factors.walk.x", "set.walk.x sets it, too"),
        (
            {"factors": {"policy.tax": {"levels": 2}}, "design": "one_at_a_time", "policies": {}},
            "factors.policy.tax.base",
            "has none",
        ),
        ({"outcomes": {"run": {"indicator": "links", "take": "last"}}}, "outcomes.run", "no other column"),
        (
            {"outcomes": {"t": {"indicator": "links", "take": "last", "at_least": 3}}},
            "outcomes.t",
            "at_least goes with",
        ),
        (
            {"factors": {f"walk.{n}": {"low": 0, "high": 1, "levels": 5000} for n in "xy"}},
            "design",
            "at most 20,000,000",
        ),
        ({"factors": {"walk.y": {"distribution": "normal", "mean": 1}}}, "factors.walk.y", "needs mean and sd"),
        ({"factors": {"walk.y": {"distribution": "lognormal", "mean": 0, "sd": 1}}}, "factors.walk.y", "mean above 0"),
        ({"factors": {"walk.y": {"distribution": "loguniform", "low": 0}}}, "factors.walk.y", "low above 0"),
        (
            {"factors": {"walk.y": {"distribution": "triangular", "low": 0, "mode": -1}}},
            "factors.walk.y",
            "mode between",
        ),
        ({"name": "a/b"}, "name", "pattern"),
        ({"seed": -1}, "seed", "greater than or equal to 0"),
    ],
)
def test_each_mistake_says_what_is_allowed(change, place, allowed):
    found = mistakes({**STUDY, **change})
    assert place in found
    assert allowed in found[place].allowed


@pytest.mark.parametrize(
    ("table", "place", "allowed"),
    [
        ("walk.x,walk.q\n1,2\n", ":1, walk.q", "a parameter or policy"),
        ("walk.x\n1\n2000\n", ":3, walk.x", "between -100 and 100"),
        ("walk.x,walk.y\n1,\n", ":2, walk.y", "a value in every cell"),
        ("walk.x\n", "", "at least one point"),
        ("", "", "a CSV table"),
    ],
)
def test_table_of_points_is_checked_cell_by_cell(tmp_path, table, place, allowed):
    file = tmp_path / "points.csv"
    file.write_text(table)
    found = mistakes({**STUDY, "factors": {}, "design": str(file)})
    assert found[f"{file}{place}"].allowed.startswith(allowed)


def test_table_saved_by_a_spreadsheet_is_read(tmp_path):
    file = tmp_path / "points.csv"
    file.write_bytes("walk.x; walk.y\r\n1,5;0,25\r\n".encode("utf-8-sig"))
    plan = plan_study({**STUDY, "factors": {}, "design": str(file)})
    assert plan.columns["walk.x"].tolist() == [1.5]
    assert plan.columns["walk.y"].tolist() == [0.25]


def test_changed_table_is_another_study(tmp_path):
    from ecopark import run_study

    file = tmp_path / "points.csv"
    file.write_text("walk.x\n1\n2\n")
    study = {**STUDY, "factors": {}, "design": str(file)}
    run_study(study, tmp_path / "out", workers=0)
    file.write_text("walk.x\n1\n3\n")
    with pytest.raises(InputError, match="table of points"):
        run_study(study, tmp_path / "out", workers=0)


def test_file_that_is_not_there_or_no_toml(tmp_path):
    with pytest.raises(InputError, match="a study file"):
        plan_study(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("replicates = = 3")
    with pytest.raises(InputError, match=r"line 1, column 14"):
        plan_study(tmp_path / "bad.toml")


def test_what_the_analysis_asks_for_is_checked_by_name():
    asked = {
        "goals": {"waste_sum": "less"},
        "floors": {"links_lst": 3},
        "interest": {"outcome": "curve", "above": 1},
        "pair": ["walk.x", "walk.x"],
        "baseline": "taxes",
    }
    found = mistakes({**STUDY, "analysis": asked})
    assert set(found) == {
        "analysis.floors.links_lst", "analysis.interest.curve", "analysis.pair", "analysis.baseline.taxes"
    }  # fmt: skip
    assert found["analysis.floors.links_lst"].nearest == "links_last"
    assert found["analysis.baseline.taxes"].nearest == "tax"


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({"goal": {"waste_sum": "less"}}, "analysis.goal"),
        ({"goals": {"waste_sum": "min"}}, "analysis.goals.waste_sum"),
        ({"interest": {"outcome": "waste_sum"}}, "analysis.interest"),
        ({"interest": {"outcome": "waste_sum", "above": 1, "below": 2}}, "analysis.interest"),
        ({"pair": ["walk.x"]}, "analysis.pair.1"),
    ],
)
def test_the_form_of_what_the_analysis_asks_for(asked, place):
    assert set(mistakes({**STUDY, "analysis": asked})) == {place}


def test_a_study_is_read_from_the_folder_of_its_sweep_and_words_may_change(tmp_path):
    run_study(STUDY, tmp_path / "out", workers=0)
    again = read_study(tmp_path / "out")
    assert again == plan_study(STUDY).study
    retold = {**STUDY, "question": "Why?", "analysis": {"goals": {"waste_sum": "more"}}}
    retold["outcomes"] = {**STUDY["outcomes"], "waste": {"indicator": "waste", "take": "sum", "better": "more"}}
    retold["outcomes"] = {("waste_sum" if name == "waste" else name): form for name, form in retold["outcomes"].items()}
    before = run_study(STUDY, tmp_path / "out", workers=0).frame()
    after = run_study(retold, tmp_path / "out", workers=0)
    assert after.complete
    assert after.frame().equals(before)
    kept = read_study(tmp_path / "out")
    assert (kept.question, kept.analysis.goals) == ("Why?", {"waste_sum": "more"})
    assert kept.outcomes["waste_sum"].better == "more"


@pytest.mark.parametrize("name", ["", ".", "..x", "nope.nope", "a/b"])
def test_a_model_that_is_no_module_is_refused(name):
    with pytest.raises(InputError, match="model"):
        read_study({"scenario": "mistrust", "model": name})


def test_a_study_that_looks_for_something_is_the_same_after_it_was_written_down():
    study = Study(**STUDY, analysis={"interest": {"outcome": "waste_sum", "above": 1}})
    assert Study(**study.model_dump(mode="json", by_alias=True)) == study
