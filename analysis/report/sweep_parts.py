"""The parts of the report of a sweep; each is None where the sweep has nothing to say about it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ..charts.matplotlib_figures.policies import policy_bars, policy_front
from ..charts.matplotlib_figures.sweep import heat_map, index_bars, peeling, phase_map, screening, tornado
from ..charts.matplotlib_figures.time_series import convergence_curve
from ..charts.number_format import number
from ..inference.crossed_design import UnsuitableDesignError, factors_by_point, outcomes_by_point
from ..inference.decision_tree import cart, leaves
from ..inference.effects import Effects, effects, response_by_level
from ..inference.outcome_phases import class_middles, phase_diagram, phases_of
from ..inference.policy_choice import (
    complete_pairs,
    paired_differences,
    pareto_front,
    policy_means,
    regret,
    satisficing,
)
from ..inference.scenario_discovery import chance_of, prim
from ..inference.sensitivity import morris, pawn, sobol, sobol_pairs
from ..inference.sweep_table import Sweep, interesting
from ..inference.uncertainty import convergence, mean_interval, replicates_needed
from .sections import Exhibit, Part

SHOWN = 3
GOALS = {"material_reused": "max", "links": "max", "gain": "max", "co2_avoided": "max", "public_balance": "max"}


def effects_part(sweep: Sweep) -> Part | None:
    """Show main effects and interactions on the first outcomes, under the first policy."""
    if not sweep.numeric:
        return None
    exhibits = []
    runs = sweep.of_policy(sweep.policies[0])
    for outcome in sweep.outcomes[:SHOWN]:
        outcomes_by_point(runs, outcome, sweep.points)
        found = fitting_effects(runs, sweep.numeric, outcome)
        caption = (
            f"Explains {found.explained:.0%} of the differences between points." if np.isfinite(found.explained) else ""
        )
        exhibits.append(Exhibit(f"effects_{outcome}", found.table, tornado(found.table, outcome), caption))
        levels = pd.concat([response_by_level(runs, name, outcome).assign(factor=name) for name in sweep.numeric])
        exhibits.append(Exhibit(f"response_{outcome}", levels))
    return Part(
        "What matters", tuple(exhibits), f"Policy: {sweep.policies[0]}. Effects over the whole range of each factor."
    )


def fitting_effects(runs: pd.DataFrame, factors: list[str], outcome: str) -> Effects:
    """Estimate effects with interactions where there are points enough, else without."""
    points = runs["point"].nunique()
    terms = 1 + len(factors) * (len(factors) + 1) // 2
    return effects(runs, factors, outcome, interactions=points >= 2 * terms)


def indices_part(sweep: Sweep) -> Part | None:
    """Show Sobol indices, Morris screening or PAWN, whichever the design allows."""
    makers = {"saltelli": sobol_exhibits, "morris": morris_exhibits}
    make = makers.get(sweep.design, pawn_exhibits)
    if not sweep.numeric or (make is pawn_exhibits and sweep.points < 30):
        return None
    runs = sweep.of_policy(sweep.policies[0])
    exhibits = [shown for outcome in sweep.outcomes[:SHOWN] for shown in make(sweep, runs, outcome)]
    return Part("Sensitivity", tuple(exhibits), f"Policy: {sweep.policies[0]}. Outcomes are means over replicates.")


def sobol_exhibits(sweep: Sweep, runs: pd.DataFrame, outcome: str) -> list[Exhibit]:
    """Show first-order and total indices, and of a design with second order the pairs."""
    values = outcomes_by_point(runs, outcome, sweep.points).mean(axis=1)
    table = sobol(values, sweep.factors, sweep.second_order)
    bars = index_bars(
        table, {"first": "alone", "total": "with all interactions"}, f"Sobol indices for {outcome.replace('_', ' ')}"
    )
    shown = [Exhibit(f"sobol_{outcome}", table, bars)]
    return (
        [*shown, Exhibit(f"sobol_pairs_{outcome}", sobol_pairs(values, sweep.factors))] if sweep.second_order else shown
    )


def morris_exhibits(sweep: Sweep, runs: pd.DataFrame, outcome: str) -> list[Exhibit]:
    """Show the screening by elementary effects."""
    values = outcomes_by_point(runs, outcome, sweep.points).mean(axis=1)
    table = morris(factors_by_point(runs, sweep.factors), values, sweep.factors)
    return [Exhibit(f"morris_{outcome}", table, screening(table, outcome))]


def pawn_exhibits(sweep: Sweep, runs: pd.DataFrame, outcome: str) -> list[Exhibit]:
    """Show the measure that suits any design."""
    values = outcomes_by_point(runs, outcome, sweep.points).mean(axis=1)
    table = pawn(factors_by_point(runs, sweep.numeric), values, sweep.numeric)
    chance = float(table["by_chance"].max())
    bars = index_bars(table, {"median": "PAWN, median"}, f"PAWN index for {outcome.replace('_', ' ')}", chance)
    return [Exhibit(f"pawn_{outcome}", table, bars)]


def map_part(sweep: Sweep) -> Part | None:
    """Show the first outcomes over the two factors that matter most."""
    if len(sweep.numeric) < 2:
        return None
    x, y = strongest_pair(sweep)
    runs = sweep.good[sweep.good["policy"] == sweep.policies[0]]
    cells = runs.assign(**{name: class_middles(runs[name], 8) for name in (x, y)})
    exhibits = []
    for outcome in sweep.outcomes[:2]:
        means = cells.groupby([x, y])[outcome].mean().reset_index()
        exhibits.append(Exhibit(f"map_{outcome}", means, heat_map(means, x, y, outcome), "Empty: no run there."))
    return Part("Over two factors", tuple(exhibits))


def strongest_pair(sweep: Sweep) -> tuple[str, str]:
    """Name the two factors with the strongest rank correlation with the first outcome, in the order of the study."""
    means = sweep.good.groupby("point")[[*sweep.numeric, sweep.outcomes[0]]].mean()
    ranks = means.rank()
    strength = {name: abs(float(ranks[name].corr(ranks[sweep.outcomes[0]]))) for name in sweep.numeric}
    two = sorted(strength, key=lambda name: -np.nan_to_num(strength[name]))[:2]
    first, second = sorted(two, key=sweep.numeric.index)
    return first, second


def phase_part(sweep: Sweep) -> Part | None:
    """Show what becomes of the park over two factors, where the yearly series was kept."""
    if sweep.yearly is None or len(sweep.numeric) < 2:
        return None
    x, y = strongest_pair(sweep)
    yearly = sweep.yearly[sweep.yearly["policy"] == sweep.policies[0]]
    places = sweep.good.drop_duplicates("point").set_index("point")[[x, y]]
    diagram = phase_diagram(phases_of(yearly, ["point", "replicate"]).join(places, on="point"), x, y)
    return Part("What becomes of the park", (Exhibit("phases", diagram, phase_map(diagram, x, y)),))


def discovery_part(sweep: Sweep) -> Part | None:
    """Show the box of conditions and the tree that lead to what is of interest."""
    if not sweep.factors or sweep.points < 30:
        return None
    marks, what = interesting(sweep)
    found = prim(sweep.good, sweep.factors, marks)
    box = found.choose()
    chance = chance_of(box, sweep.good, marks)
    limits = pd.DataFrame(
        [(box.words(), box.coverage, box.density, box.mass)], columns=["rule", "coverage", "density", "mass"]
    )
    exhibits = [Exhibit("prim", found.trajectory, peeling(found.trajectory, box.coverage))]
    exhibits.append(
        Exhibit(
            "prim_box",
            limits,
            printed=dict(zip(limits.columns, ("box of conditions", "coverage", "density", "mass"), strict=True)),
        )
    )
    if sweep.numeric:
        tree = leaves(cart(sweep.good, sweep.numeric, marks))
        exhibits.append(
            Exhibit(
                "tree",
                tree,
                printed={"rule": "end of the tree", "coverage": "coverage", "density": "density", "mass": "mass"},
            )
        )
    weak = [name for name, p in chance.items() if p > 0.05]
    text = f"Looked for: {what}; {marks.mean():.0%} of the runs."
    return Part(
        "Under which conditions",
        tuple(exhibits),
        text + (f" May be there by chance: {', '.join(weak)}." if weak else ""),
    )


def policy_part(sweep: Sweep) -> Part | None:
    """Show paired differences from the first policy, the front over two goals, and regret."""
    if len(sweep.policies) < 2:
        return None
    goals = dict(sweep.goals) or usual_goals(sweep.outcomes)
    shown = list(goals)[:SHOWN] or list(sweep.outcomes[:SHOWN])
    goals = {name: goals[name] for name in shown if name in goals}
    runs, dropped = complete_pairs(sweep.runs, shown)
    if runs.empty:
        raise UnsuitableDesignError("Policies cannot be compared: in no future have all of them a result.")
    gaps = paired_differences(runs, shown, sweep.policies[0])
    exhibits = [
        Exhibit(f"policies_{name}", gaps[gaps["outcome"] == name], difference_bars(gaps, name, sweep.policies[0]))
        for name in shown
    ]
    means = policy_means(runs, shown)
    if len(goals) > 1:
        front = pareto_front(means, goals)
        exhibits.append(
            Exhibit("policy_front", means.assign(front=front), policy_front(means, shown[0], shown[1], front))
        )
    rows = regret(runs, shown[0], goals.get(shown[0], "max"))
    heading = f"Worst regret in {shown[0].replace('_', ' ')} over all futures"
    exhibits.append(
        Exhibit("regret", rows, policy_bars(rows, "worst_regret", heading, "behind the best policy", best_first="low"))
    )
    if sweep.floors or sweep.ceilings:
        good = satisficing(sweep.runs, sweep.floors, sweep.ceilings)
        bars = policy_bars(good, "share", "Good enough in every respect", "share of futures")
        exhibits.append(Exhibit("satisficing", good, bars))
    text = f"All compared with {sweep.policies[0]}, pair by pair on the same shocks."
    text += f" {dropped} pairs are left out, because a run of them failed." if dropped else ""
    return Part("Which policy", tuple(exhibits), text)


def usual_goals(outcomes: Sequence[str]) -> dict[str, str]:
    """Take for each known indicator its first outcome, whatever was taken of it, and what one wants of it."""
    goals: dict[str, str] = {}
    for indicator, goal in GOALS.items():
        goals |= {name: goal for name in [name for name in outcomes if name.startswith(indicator)][:1]}
    return goals


def difference_bars(gaps: pd.DataFrame, outcome: str, baseline: str) -> Figure:
    """Draw the paired differences of one outcome."""
    label = f"{outcome.replace('_', ' ')}: difference from {baseline}"
    return policy_bars(
        gaps[gaps["outcome"] == outcome], "difference", f"Effect of policies on {outcome.replace('_', ' ')}", label
    )


def certainty_part(sweep: Sweep) -> Part | None:
    """Show how sure the mean over replicates is, and how many would bring it to 5 %."""
    if sweep.good["replicate"].nunique() < 2:
        return None
    outcome = sweep.outcomes[0]
    by_replicate = sweep.good.groupby("replicate")[outcome].mean()
    path, found = convergence(by_replicate.to_numpy()), mean_interval(by_replicate.to_numpy())
    text = f"Mean over points and policies: {number(found.estimate)} ({number(found.low)} to {number(found.high)})."
    if found.estimate != 0:
        needed = replicates_needed(by_replicate.to_numpy(), 0.05 * abs(found.estimate))
        text += f" {needed} replicates give it to 5 %; there are {found.number}."
    return Part("Enough replicates?", (Exhibit("convergence", path, convergence_curve(path, outcome)),), text)
