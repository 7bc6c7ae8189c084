"""The report of a sweep: each design gets what it allows, holes are named, empty cases are said."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import qmc

from ecopark.analysis.inference.sweep_table import Sweep, interesting
from ecopark.analysis.report.sweep_report import sweep_contents, sweep_page, write_sweep_report

FACTORS = ("policy.landfill_tax", "trust.start", "years")


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
    return Sweep("tax", runs, FACTORS, ("links", "public_balance"), design, len(points), origin=origin, **values)


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
    return {shown.name for part in parts for shown in part.exhibits}


@pytest.mark.parametrize(
    ("design", "points", "expected"),
    [
        ("grid", grid(), "pawn_links"),
        ("saltelli", saltelli(), "sobol_links"),
        ("morris", morris_points(), "morris_links"),
    ],
)
def test_each_design_gets_the_measure_made_for_it(design, points, expected):
    parts, refusals = sweep_contents(sweep_of(points, design))
    assert expected in names_in(parts)
    assert {"effects_links", "map_links", "prim", "tree", "policies_links", "policy_front", "regret"} <= names_in(parts)
    assert refusals == []


def test_good_enough_is_judged_where_it_is_said():
    parts, _ = sweep_contents(sweep_of(grid(2), "grid", floors={"links": 5.0}))
    shown = next(shown for part in parts for shown in part.exhibits if shown.name == "satisficing")
    assert shown.table.set_index("policy")["share"].to_dict() == {"grant": 0.5, "none": 0.25}


def test_a_report_of_a_sweep_is_written_with_its_tables(tmp_path):
    yearly = pd.DataFrame(
        [
            {"point": point, "policy": "none", "replicate": replicate, "year": year, "links": year * (point % 4)}
            for point in range(64)
            for replicate in range(3)
            for year in range(6)
        ]
    )
    path = write_sweep_report(sweep_of(grid(), "grid", yearly=yearly, question="Does a tax help?"), tmp_path)
    text = path.read_text(encoding="utf-8")
    assert "Does a tax help?" in text
    assert "ecopark sweep study.toml" in text
    assert not re.findall(r"<(?:script|img|iframe)|(?:src|href)=\"http", text)
    for name in ("phases", "effects_links", "policy_front"):
        assert (tmp_path / "analysis" / f"{name}.csv").stat().st_size > 0
        assert (tmp_path / "analysis" / f"{name}.svg").exists()
        assert (tmp_path / "analysis" / f"{name}.png").exists()


def test_a_hole_is_named_in_place_of_the_numbers_it_would_spoil():
    sweep = sweep_of(saltelli(), "saltelli")
    holes = replace(sweep, runs=sweep.runs[sweep.runs["point"] != 7])
    parts, refusals = sweep_contents(holes)
    assert "sobol_links" not in names_in(parts)
    assert any("missing from the design: point 7" in refusal for refusal in refusals)
    assert "point 7" in sweep_page(holes, parts, refusals)


def test_failed_runs_are_counted_and_quoted():
    sweep = sweep_of(grid(), "grid")
    runs = sweep.runs.copy()
    runs.loc[3, ["error", "links"]] = ["ValueError: no price of coal", np.nan]
    text = sweep_page(replace(sweep, runs=runs), [], [])
    assert "1 runs failed" in text
    assert "no price of coal" in text


def test_policies_are_compared_on_the_pairs_that_are_whole():
    sweep = sweep_of(grid(3), "grid")
    runs = sweep.runs.copy()
    runs.loc[4, ["error", "links"]] = ["ValueError: no price of coal", np.nan]
    parts, _ = sweep_contents(replace(sweep, runs=runs))
    part = next(part for part in parts if part.heading == "Which policy")
    assert "1 pairs are left out" in part.text
    nothing = sweep.runs.assign(links=sweep.runs["links"].where(sweep.runs["policy"] == "none"))
    parts, refusals = sweep_contents(replace(sweep, runs=nothing))
    assert "Which policy" not in [part.heading for part in parts]
    assert any("cannot be compared" in refusal for refusal in refusals)


def test_a_sweep_of_which_every_run_failed_says_so():
    sweep = sweep_of(grid(2), "grid")
    failed = replace(sweep, runs=sweep.runs.assign(error="out of memory", links=np.nan, public_balance=np.nan))
    assert sweep_contents(failed) == ([], [])
    assert "All 48 runs failed" in sweep_page(failed, [], [])


def test_one_policy_one_replicate_and_few_points_leave_parts_out():
    parts, refusals = sweep_contents(sweep_of(grid(2), "grid", policies=("none",), replicates=1))
    names = names_in(parts)
    assert "effects_links" in names
    assert not {"prim", "policy_front", "convergence", "pawn_links"} & names
    assert refusals == []


def test_the_interesting_runs_are_the_highest_quarter_unless_said_otherwise():
    sweep = sweep_of(grid(), "grid")
    marks, what = interesting(sweep)
    assert marks.mean() == pytest.approx(0.25, abs=0.02)
    assert "links above" in what
    marks, what = interesting(replace(sweep, interest=("public_balance", "below", 0.0)))
    assert (marks == (sweep.runs["public_balance"] < 0)).all()
    assert what == "public balance below 0"
