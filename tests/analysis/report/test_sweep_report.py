"""The report of a sweep: each design gets what it allows, holes are named, empty cases are said."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import qmc

from ecopark.analysis.inference import extras
from ecopark.analysis.inference.sweep_table import Interest, Sweep, interest_in, interest_words
from ecopark.analysis.inference.time_to_event import Measure
from ecopark.analysis.report.sweep_conditions import conditions_of
from ecopark.analysis.report.sweep_effects import effects_of, indices_of
from ecopark.analysis.report.sweep_guide import guide_to
from ecopark.analysis.report.sweep_policies import policies_of
from ecopark.analysis.report.sweep_report import outcome_part, sweep_contents, sweep_page, write_sweep_report

FACTORS = ("policy.landfill_tax", "trust.start", "years")
MEASURES = {
    "links": Measure("operating exchanges, last year", "exchanges", "more"),
    "public_balance": Measure("public purse, all years together", "EUR", "more"),
}


def sweep_of(points, design, policies=("none", "grant"), replicates=3, **values):
    """Build a sweep of a simple park over given points in the unit cube."""
    shocks = np.random.default_rng(0).normal(0, 0.5, replicates)
    rows = []
    for number, (tax, trust, years) in enumerate(points):
        for policy in policies:
            for replicate in range(replicates):
                links = 10 * tax * trust + 4 * tax + (2 if policy == "grant" else 0) + shocks[replicate]
                rows.append(
                    {"run": len(rows), "point": number, "policy": policy, "replicate": replicate, "seed": replicate,
                     "policy.landfill_tax": 60 * tax, "trust.start": trust, "years": years, "links": links,
                     "public_balance": -links if policy == "grant" else links, "error": None}
                )  # fmt: skip
    runs = pd.DataFrame(rows)
    origin = {"scenario": {"name": "synthetic"}, "seed": 0, "command": "ecopark sweep study.toml"}
    told = {"measures": MEASURES, "origin": origin, "shares": np.asarray(points)} | values
    return Sweep("tax", runs, FACTORS, ("links", "public_balance"), design, len(points), **told)


def grid(levels=4):
    axis = np.linspace(0, 1, levels)
    return np.array(np.meshgrid(axis, axis, axis, indexing="ij")).reshape(3, -1).T


def saltelli(size=32):
    both = qmc.Sobol(6, rng=np.random.default_rng(0)).random(size)
    A, B = both[:, :3], both[:, 3:]
    mixed = [np.where(np.arange(3) == column, B, A) for column in range(3)]
    return np.stack([A, *mixed, B], axis=1).reshape(-1, 3)


def morris_points():
    from SALib.sample import morris

    problem = {"num_vars": 3, "names": list(FACTORS), "bounds": [[0, 1]] * 3}
    return morris.sample(problem, 10, num_levels=4, seed=1)


def names_in(parts):
    return {shown.name for part in parts for shown in part.all_exhibits}


def exhibit(parts, name):
    return next(shown for part in parts for shown in part.all_exhibits if shown.name == name)


def each(sweep, *makers):
    """Make some parts of every outcome."""
    return [part for name in sweep.outcomes for make in makers if (part := make(sweep, name)) is not None]


def texts_in(parts):
    return " ".join([part.text + " " + texts_in(part.parts) for part in parts])


@pytest.mark.parametrize(
    ("design", "points", "expected"),
    [
        ("grid", grid(), "pawn"),
        ("saltelli", saltelli(), "sobol"),
        ("morris", morris_points(), "morris"),
    ],
)
def test_each_design_gets_the_measure_made_for_it_for_every_outcome_and_policy(design, points, expected):
    parts = sweep_contents(sweep_of(points, design))
    for outcome in ("links", "public_balance"):
        for name in (expected, "effects", "response", "map", "policies", "regret"):
            assert f"{name}_{outcome}" in names_in(parts)
        for name in (expected, "effects", "response", "map"):
            assert set(exhibit(parts, f"{name}_{outcome}").table["policy"]) == {"none", "grant"}
    assert ("prim_links" in names_in(parts)) == (design == "grid")
    assert {"policy_front", "replicates_needed"} <= names_in(parts)


def test_every_number_says_what_it_rests_on_and_what_its_interval_covers():
    drawn = qmc.LatinHypercube(3, rng=np.random.default_rng(1)).random(40)
    sweep = sweep_of(drawn, "latin_hypercube")
    parts = each(sweep, policies_of, effects_of, indices_of)
    for name, covers in (
        ("effects_links", "both"),
        ("policies_links", "both"),
        ("pawn_links", "points"),
        ("regret_links", "both"),
    ):
        table = exhibit(parts, name).table
        assert (table["points"] == 40).all()
        assert (table["covers"] == covers).all(), name
    caption = exhibit(parts, "effects_links").caption
    assert "40 points x 3 replicates; 95 % intervals cover which points were drawn and which shocks occur." in caption
    assert exhibit(parts, "effects_links").printed["effect"] == "effect, exchanges"
    whole = each(sweep_of(grid(2), "grid"), effects_of)
    assert (exhibit(whole, "effects_links").table["covers"] == "shocks").all()


def test_one_replicate_on_common_shocks_has_no_interval_anywhere_and_that_is_said():
    sweep = sweep_of(grid(), "grid", replicates=1)
    parts = sweep_contents(sweep)
    for part in parts:
        for shown in part.all_exhibits:
            ends = [name for name in shown.table.columns if name.endswith(("low", "high"))]
            assert shown.table[ends].isna().all(axis=None), shown.name
    page = sweep_page(sweep, parts)
    assert "nothing can be said about other shocks, so no interval is given" in page


def test_on_shocks_of_their_own_one_replicate_has_an_interval():
    parts = each(sweep_of(grid(2), "grid", replicates=1, shocks="independent"), effects_of)
    assert exhibit(parts, "effects_links").table["low"].notna().all()


def test_all_outcomes_are_in_the_table_of_contents():
    sweep = sweep_of(grid(2), "grid")
    more = {f"gain_{number}": sweep.runs["links"] * number for number in (1, 2)}
    wide = replace(sweep, runs=sweep.runs.assign(**more), outcomes=(*sweep.outcomes, *more))
    parts = sweep_contents(wide)
    page = sweep_page(wide, parts)
    index = page[page.index("<nav") : page.index("</nav>")]
    assert {f"effects_{name}" for name in more} <= names_in(parts)
    for place in re.findall(r'href="#([^"]+)"', index):
        assert f'id="{place}"' in page
    for heading in ("Which policy", "Operating exchanges, last year", "Gain 2", "Enough replicates?"):
        assert heading in index


def test_one_outcome_or_policy_can_be_looked_at_alone(tmp_path):
    sweep = sweep_of(grid(3), "grid")
    path = write_sweep_report(sweep.narrowed("public_balance", "grant"), tmp_path, False, "_public_balance_grant")
    assert path.name == "report_public_balance_grant.html"
    names = {file.name for file in (tmp_path / "analysis_public_balance_grant").iterdir()}
    assert "effects_public_balance.csv" in names
    assert not [name for name in names if "links" in name or not name.endswith(".csv")]
    assert set(pd.read_csv(tmp_path / "analysis_public_balance_grant" / "effects_public_balance.csv")["policy"]) == {
        "grant"
    }


def test_good_enough_is_judged_where_it_is_said():
    parts = sweep_contents(sweep_of(grid(2), "grid", floors={"links": 5.0}))
    shares = exhibit(parts, "satisficing").table.set_index("policy")["share"].to_dict()
    assert shares == {"grant": 0.5, "none": 0.25}
    assert "operating exchanges, last year at least 5 exchanges" in texts_in(parts)


def test_less_is_better_where_that_is_declared_and_the_study_may_say_otherwise():
    sweep = sweep_of(grid(3), "grid")
    first = replace(sweep, measures={**MEASURES, "links": Measure("first link", "year", "less")})
    assert exhibit(each(sweep, policies_of), "regret_links").table["policy"][0] == "grant"
    assert exhibit(each(first, policies_of), "regret_links").table["policy"][0] == "none"
    assert exhibit(each(first, policies_of), "policies_links").table["better_in"].tolist() == [0.0]
    turned = replace(first, goals={"links": "more"})
    assert exhibit(each(turned, policies_of), "regret_links").table["policy"][0] == "grant"
    neither = replace(sweep, measures={**MEASURES, "links": Measure("talks", "talks", "none")})
    parts = [outcome_part(neither, "links")]
    assert "regret_links" not in names_in(parts)
    assert "Neither way is better; in talks." in texts_in(parts)


def test_the_baseline_and_the_pair_of_the_maps_are_those_of_the_study():
    asked = sweep_of(grid(3), "grid", baseline="grant", pair=("years", "trust.start"))
    parts = sweep_contents(asked)
    assert exhibit(parts, "policies_links").table["policy"].tolist() == ["none"]
    assert exhibit(parts, "map_links").table.columns.tolist()[:3] == ["policy", "years", "trust.start"]
    assert any("over years and trust.start, as the study asks" in text for text in guide_to(asked))


def test_a_report_of_a_sweep_is_written_with_its_tables(tmp_path):
    yearly = pd.DataFrame(
        [
            {"point": point, "policy": policy, "replicate": replicate, "year": year, "links": year * (point % 4)}
            for point in range(64)
            for policy in ("none", "grant")
            for replicate in range(3)
            for year in range(6)
        ]
    )
    path = write_sweep_report(sweep_of(grid(), "grid", yearly=yearly, question="Does a tax help?"), tmp_path)
    text = path.read_text(encoding="utf-8")
    assert "Does a tax help?" in text
    assert "ecopark sweep study.toml" in text
    assert not re.findall(r"<(?:script|img|iframe)|(?:src|href)=\"http", text)
    for name in ("phases", "phases_2", "effects_links", "policy_front"):
        assert (tmp_path / "analysis" / f"{name}.csv").stat().st_size > 0
        assert (tmp_path / "analysis" / f"{name}.svg").exists()
        assert (tmp_path / "analysis" / f"{name}.png").exists()


def test_a_hole_takes_its_block_along_and_spoils_no_other_outcome():
    sweep = sweep_of(saltelli(), "saltelli")
    runs = sweep.runs.copy()
    runs.loc[(runs["point"] == 7) & (runs["replicate"] == 1), "links"] = np.nan
    parts = each(replace(sweep, runs=runs), indices_of)
    assert exhibit(parts, "sobol_links").table["base_samples"].tolist() == [31] * 6
    assert exhibit(parts, "sobol_public_balance").table["base_samples"].tolist() == [32] * 6
    assert "1 of 32 base samples left out, where a run failed or has no value: base sample 1" in texts_in(parts)


def test_above_5_percent_no_index_is_printed_and_that_is_said():
    sweep = sweep_of(saltelli(), "saltelli")
    holes = replace(sweep, runs=sweep.runs.assign(links=sweep.runs["links"].where(sweep.runs["point"] > 12)))
    parts = each(holes, indices_of)
    assert "sobol_links" not in names_in(parts)
    assert "sobol_public_balance" in names_in(parts)
    assert "3 of 32 base samples hold a run that failed" in texts_in(parts)


def test_failed_runs_are_counted_and_quoted():
    sweep = sweep_of(grid(), "grid")
    runs = sweep.runs.copy()
    runs.loc[3, ["error", "links"]] = ["ValueError: no price of coal", np.nan]
    text = sweep_page(replace(sweep, runs=runs), [])
    assert "1 run failed" in text
    assert "no price of coal" in text


def test_an_unfinished_sweep_says_so_and_is_analysed_on_what_is_complete():
    drawn = qmc.LatinHypercube(3, rng=np.random.default_rng(1)).random(50)
    whole = sweep_of(drawn, "latin_hypercube", policies=("none",))
    sweep = replace(whole, runs=whole.runs.iloc[:124], missing=26)
    parts = each(sweep, effects_of)
    assert exhibit(parts, "effects_links").table["points"].tolist() == [41] * 6
    assert "This sweep is unfinished: 26 of 150 runs are missing" in sweep_page(sweep, parts)


def test_a_sweep_of_which_every_run_failed_says_so():
    sweep = sweep_of(grid(2), "grid")
    failed = replace(sweep, runs=sweep.runs.assign(error="out of memory", links=np.nan, public_balance=np.nan))
    assert sweep_contents(failed) == []
    assert "All 48 runs failed" in sweep_page(failed, [])


def test_one_policy_and_few_points_leave_parts_out():
    names = names_in(sweep_contents(sweep_of(grid(2), "grid", policies=("none",), replicates=1)))
    assert "effects_links" in names
    assert not {"prim_links", "policy_front", "replicates_needed", "pawn_links"} & names


def test_without_the_extra_the_rest_is_whole_and_the_line_to_install_it_is_said(monkeypatch):
    real = extras.importlib.import_module

    def absent(name):
        if name.split(".")[0] in ("ema_workbench", "sklearn"):
            raise ImportError(name)
        return real(name)

    monkeypatch.setattr(extras.importlib, "import_module", absent)
    parts = sweep_contents(sweep_of(grid(), "grid"))
    assert {"effects_links", "pawn_links", "regret_links"} <= names_in(parts)
    assert not {"prim_links", "tree_links"} & names_in(parts)
    assert "pip install 'ecopark[analysis]'" in texts_in(parts)
    assert "needs sklearn" in texts_in(parts)


def test_the_better_quarter_is_of_interest_unless_said_otherwise():
    sweep = sweep_of(grid(), "grid")
    interest = interest_in(sweep, "links")
    assert interest.marks(sweep.runs).mean() == pytest.approx(0.25, abs=0.02)
    assert interest_words(sweep, interest).endswith("exchanges (its highest quarter)")
    reached = replace(
        sweep, measures={"links_reached": Measure("three links: reached by 2053", "share of runs", "more")}
    )
    assert interest_words(reached, Interest("links_reached", True, 0.5)) == "three links: reached by 2053"
    less = replace(sweep, measures={"links": Measure("first link", "year", "less")})
    assert not interest_in(less, "links").above
    asked = replace(sweep, interest=Interest("public_balance", False, 0.0))
    assert interest_words(asked, interest_in(asked, "public_balance")).endswith("below 0 EUR (as the study asks)")
    assert (asked.interest.marks(sweep.runs) == (sweep.runs["public_balance"] < 0)).all()
    parts = each(asked, conditions_of)
    assert "prim_public_balance" in names_in(parts)
    assert "prim_links" not in names_in(parts)
