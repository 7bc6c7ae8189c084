"""Where an outcome of a sweep comes about: maps, phases, boxes of conditions, trees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ..charts.matplotlib_figures.conditions import heat_maps, peeling, phase_map
from ..charts.number_format import counted
from ..inference.crossed_design import UnsuitableDesignError, crossed, thinned, thinned_words
from ..inference.decision_tree import tree_of
from ..inference.outcome_phases import class_middles, phase_diagram, phases_of
from ..inference.scenario_discovery import discover
from ..inference.sweep_table import Sweep, interest_in, interest_words
from .sections import Exhibit, Part
from .sweep_words import gather, printed, title_of, with_unit

LEAST_POINTS = 30
CLASSES = 12  # of a factor in a map
BY_CHANCE = 0.05


def map_of(sweep: Sweep, outcome: str) -> Part | None:
    """Show an outcome over two factors: those the study names, else the two that matter most."""
    pair = chosen_pair(sweep)
    known = sweep.good[np.isfinite(sweep.good[outcome].to_numpy(float))]
    if pair is None or known.empty:
        return None
    x, y = pair
    measure, cells = (
        sweep.measure(outcome),
        known.assign(**{name: _classes(known[name], sweep.points) for name in pair}),
    )
    grouped = cells.groupby(["policy", x, y], sort=False)[outcome]
    means = grouped.agg(["mean", "size"]).reset_index().rename(columns={"mean": outcome, "size": "runs"})
    drawn = heat_maps(
        means, x, y, outcome, f"Mean of {measure.label} over two factors", with_unit("mean", measure.unit)
    )
    least, most = int(means["runs"].min()), int(means["runs"].max())
    runs = counted(most, "run", "runs") if least == most else f"{least} to {most} runs"
    caption = f"Mean of {runs} a cell, without interval; empty: no run."
    return Part(title_of(measure), (Exhibit(f"map_{outcome}", means, drawn, caption),))


def _classes(values: pd.Series, points: int) -> np.ndarray:
    """Return the middles of classes: few values each their own, else so many that a cell holds about three points."""
    few = values.nunique() <= CLASSES
    return class_middles(values, CLASSES if few else int(np.clip(round(np.sqrt(points / 3)), 3, CLASSES)))


def chosen_pair(sweep: Sweep) -> tuple[str, str] | None:
    """Return the factors of the maps; None where there are not two that are numbers and change."""
    if sweep.pair is not None and set(sweep.pair) <= set(sweep.numeric):
        return sweep.pair
    if len(sweep.numeric) < 2:
        return None
    means = sweep.good.groupby("point")[[*sweep.numeric, sweep.outcomes[0]]].mean()
    ranks = means.rank()
    strength = {name: abs(float(ranks[name].corr(ranks[sweep.outcomes[0]]))) for name in sweep.numeric}
    two = sorted(strength, key=lambda name: -np.nan_to_num(strength[name]))[:2]
    first, second = sorted(two, key=sweep.numeric.index)
    return first, second


def phase_part(sweep: Sweep) -> Part | None:
    """Show what becomes of the park over two factors, where the yearly series was kept."""
    pair = chosen_pair(sweep)
    if sweep.yearly is None or pair is None:
        return None
    places = sweep.good.drop_duplicates("point").set_index("point")[list(pair)]
    shown = []
    for number, policy in enumerate(sweep.policies):
        yearly = sweep.yearly[sweep.yearly["policy"] == policy]
        diagram = phase_diagram(phases_of(yearly, ["point", "replicate"]).join(places, on="point"), *pair)
        name = "phases" if number == 0 else f"phases_{number + 1}"
        caption = "Share of runs in each phase" + (f", policy {policy}." if len(sweep.policies) > 1 else ".")
        shown.append(Exhibit(name, diagram.assign(policy=policy), phase_map(diagram, *pair), caption))
    return Part("What becomes of the park", tuple(shown))


def conditions_of(sweep: Sweep, outcome: str) -> Part | None:
    """Show the boxes of conditions and the trees that lead to what is of interest in an outcome, under each policy."""
    few = not sweep.factors or sweep.points < LEAST_POINTS or sweep.design in ("saltelli", "morris", "one_at_a_time")
    if few or (sweep.interest is not None and sweep.interest.outcome != outcome):
        return None
    measure = sweep.measure(outcome)
    try:
        interest = interest_in(sweep, outcome)
    except UnsuitableDesignError as refusal:
        return Part(title_of(measure), text=str(refusal))
    paths: list[pd.DataFrame] = []

    def search(runs: pd.DataFrame) -> tuple[pd.DataFrame, str]:
        points, shares, left_out = point_shares(sweep, runs, outcome)
        found = discover(points, sweep.factors, shares)
        paths.append(found.trajectory.assign(policy=str(runs["policy"].iloc[0])))
        chance = "; ".join(f"{name} {p:.3g}" for name, p in found.chance.items()) or "–"
        row = (found.box.words(), found.density, shares.mean(), found.coverage, found.box.mass, chance, len(shares))
        names = ["rule", "density", "everywhere", "coverage", "mass", "quasi_p", "points"]
        by_chance = [name for name, p in found.chance.items() if p > BY_CHANCE]
        words = f"the box may be restricted by chance in {', '.join(by_chance)}" if by_chance else ""
        return pd.DataFrame([row], columns=names), "; ".join(part for part in (left_out, words) if part)

    boxes = gather(sweep, search)
    columns = {"rule": "box of conditions", "density": "density, held out", "everywhere": "share everywhere",
               "coverage": "coverage, held out", "mass": "share of the points", "quasi_p": "quasi-p"}  # fmt: skip
    tree, refused = _tree_of(sweep, outcome)
    text, looked = f"{boxes.words} {refused}".strip(), f"Looked for: {interest_words(sweep, interest)}."
    if boxes.table.empty:
        return Part(title_of(measure), tree, f"{looked} {text}")
    heading = f"Boxes of conditions: {measure.label}"
    path = pd.concat(paths, ignore_index=True)
    rests_on = f"{counted(int(boxes.table['points'].max()), 'point', 'points')} x {sweep.replicates} replicates"
    caption = f"{looked} {rests_on}; density and coverage of the chosen box on held-out points."
    shown = [
        Exhibit(f"prim_{outcome}", path, peeling(path, boxes.table, heading), caption),
        Exhibit(f"prim_box_{outcome}", boxes.table, printed=printed(sweep, columns), fold="Box of conditions"),
    ]
    return Part(title_of(measure), (*shown, *tree), text)


def point_shares(sweep: Sweep, runs: pd.DataFrame, outcome: str) -> tuple[pd.DataFrame, np.ndarray, str]:
    """Return the factors by point, the share of the runs of each that are of interest, and what is left out."""
    interest, there = interest_in(sweep, outcome), crossed(runs, outcome)
    words = thinned_words(len(there.points))
    chosen = thinned(len(there.points))
    there = replace(there, values=there.values[chosen], points=there.points[chosen])
    hits = there.values > interest.limit if interest.above else there.values < interest.limit
    points = runs.drop_duplicates("point").set_index("point").loc[there.points, list(sweep.factors)]
    left_out = "; ".join(part for part in (there.left_out, words) if part)
    return points.reset_index(drop=True), hits.mean(axis=1), left_out


def _tree_of(sweep: Sweep, outcome: str) -> tuple[tuple[Exhibit, ...], str]:
    """Show the ends of the tree where it holds on held-out points; also return why there is none."""
    if not sweep.numeric:
        return (), ""
    worth: list[str] = []

    def grow(runs: pd.DataFrame) -> tuple[pd.DataFrame | None, str]:
        points, shares, _ = point_shares(sweep, runs, outcome)
        ends, explained = tree_of(points, sweep.numeric, shares)
        policy = f"{runs['policy'].iloc[0]}: " if len(sweep.policies) > 1 else ""
        worth.append(f"{policy}{max(explained, 0.0):.0%}")
        nothing = "the tree of questions foresees nothing at held-out points and is left out"
        return (ends, "") if explained > 0 else (None, nothing)

    found = gather(sweep, grow)
    if found.table.empty:
        return (), found.words
    columns = {"rule": "end of the tree", "density": "density", "held_out": "foreseen without it", "coverage": "coverage",
               "mass": "share of the points"}  # fmt: skip
    fold = f"Tree of questions (foresees {', '.join(worth)} of the differences between held-out points)"
    return (Exhibit(f"tree_{outcome}", found.table, printed=printed(sweep, columns), fold=fold),), found.words
