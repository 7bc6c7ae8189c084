"""Policies of a sweep compared: by outcome, by the front of the goals, by what is good enough; and how sure that is."""

from __future__ import annotations

import pandas as pd

from ..charts.matplotlib_figures.policies import policy_front
from ..charts.matplotlib_figures.sweep import forest
from ..inference.crossed_design import UnsuitableDesignError
from ..inference.policy_choice import front_probability, paired_differences, policy_means
from ..inference.precision import SHARE, compared
from ..inference.regret import regret, satisficing
from ..inference.sweep_table import Sweep
from .sections import Exhibit, Part
from .sweep_words import rests, title_of, with_unit

ENDS = {"low": "95 % from", "high": "to"}
BETTER = {"more": "more is better", "less": "less is better", "none": "neither way is better"}


def policy_part(sweep: Sweep) -> Part | None:
    """Show the front of the goals and what is good enough."""
    if len(sweep.policies) < 2:
        return None
    parts = tuple(one for one in (_front(sweep), _good_enough(sweep)) if one)
    text = "Over all goals; how policies differ in each outcome stands there."
    return Part("Which policy", text=text, parts=parts) if parts else None


def baseline_of(sweep: Sweep) -> str:
    """Return the policy that others are compared with."""
    return sweep.baseline if sweep.baseline in sweep.policies else sweep.policies[0]


def policies_of(sweep: Sweep, outcome: str) -> Part | None:
    """Show the differences of an outcome from the baseline, and regret where one way is better."""
    if len(sweep.policies) < 2:
        return None
    base = baseline_of(sweep)
    measure, better = sweep.measure(outcome), sweep.directions.get(outcome, "none")
    try:
        gaps = paired_differences(sweep.runs, outcome, base, better, sweep.chance)
    except UnsuitableDesignError as refusal:
        return Part(title_of(measure), text=str(refusal))
    paired = f"Future by future, on {'shocks of their own' if sweep.shocks == 'independent' else 'the same shocks'}. "
    heading = f"Difference from {base}: {measure.label}"
    drawn = forest(gaps, "policy", "difference", heading, with_unit("difference", measure.unit))
    columns = {
        "policy": "policy",
        "mean": with_unit("mean", measure.unit),
        "difference": with_unit("difference", measure.unit),
    }
    columns |= {**ENDS, **({"better_in": "share of pairs in which it is better"} if better != "none" else {})}
    shown = [
        Exhibit(
            f"policies_{outcome}",
            gaps.assign(unit=measure.unit),
            drawn,
            paired + rests(gaps, sweep),
            columns,
            "Differences as a table",
        )
    ]
    if better != "none":
        shown.append(_regret_in(sweep, outcome, better))
    return Part(title_of(measure), tuple(shown))


def _regret_in(sweep: Sweep, outcome: str, better: str) -> Exhibit:
    measure = sweep.measure(outcome)
    table = regret(sweep.runs, outcome, better, sweep.chance)
    both = pd.concat(
        [
            table.rename(columns={"mean_regret": "regret"})[["policy", "regret", "low", "high"]].assign(
                kind="mean of futures"
            ),
            table.drop(columns=["low", "high"])
            .rename(columns={"worst_regret": "regret", "worst_low": "low", "worst_high": "high"})[
                ["policy", "regret", "low", "high"]
            ]
            .assign(kind="worst future"),
        ]
    )
    drawn = forest(
        both, "policy", "regret", f"Regret: {measure.label}", with_unit("behind the best", measure.unit), "kind"
    )
    columns = {"policy": "policy", "mean_regret": with_unit("mean regret", measure.unit), **ENDS}
    columns |= {"worst_regret": "in the worst future", "worst_low": "95 % from ", "worst_high": "to "}
    columns |= {"worst_future": "which is point", "best_in": "best in share of futures"}
    halves = "The best policy is chosen on one half of the replicates and measured on the other. "
    words = halves if sweep.replicates > 1 else "With one replicate, the regret on these shocks alone. "
    return Exhibit(
        f"regret_{outcome}",
        table.assign(unit=measure.unit),
        drawn,
        words + rests(table, sweep),
        columns,
        "Regret as a table",
    )


def front_goals(sweep: Sweep) -> dict[str, str]:
    """Return the goals of the front: those of the study, else every outcome for which one way is better."""
    chosen = sweep.goals or sweep.directions
    return {name: better for name, better in chosen.items() if better != "none" and name in sweep.outcomes}


def _front(sweep: Sweep) -> Part | None:
    """Show how probably each policy is on the front of the goals."""
    goals = front_goals(sweep)
    if len(goals) < 2:
        return None
    try:
        table = front_probability(sweep.runs, goals, sweep.chance)
        means = [policy_means(sweep.runs, name, sweep.chance).add_prefix(f"{name}_") for name in goals]
    except UnsuitableDesignError as refusal:
        return Part("The front", text=str(refusal))
    renamed = [
        one.rename(columns={f"{name}_policy": "policy", f"{name}_mean": name})[
            ["policy", name, f"{name}_low", f"{name}_high"]
        ]
        for name, one in zip(goals, means, strict=True)
    ]
    for one in renamed:
        table = table.merge(one, on="policy")
    x, y = list(goals)[:2]
    labels = tuple(with_unit(sweep.measure(name).label, sweep.measure(name).unit) for name in (x, y))
    said = "; ".join(f"{sweep.measure(name).label}: {BETTER[better]}" for name, better in goals.items())
    text = "A policy is on the front when no other is at least as good in every goal and better in one. "
    text += f"Goals: {said}. The figure shows the first two."
    columns = {"policy": "policy", "probability": "probability of being on the front", "on_front": "by the means"}
    columns |= {name: with_unit(sweep.measure(name).label, sweep.measure(name).unit) for name in goals}
    drawn = policy_front(table, x, y, (labels[0], labels[1]))
    caption = f"Probability by joint bootstrap of all policies. {rests(table, sweep)}"
    return Part("The front", (Exhibit("policy_front", table, drawn, caption, columns),), text)


def _good_enough(sweep: Sweep) -> Part | None:
    """Show in which share of futures each policy is good enough in every respect."""
    floors = {name: limit for name, limit in sweep.floors.items() if name in sweep.outcomes}
    ceilings = {name: limit for name, limit in sweep.ceilings.items() if name in sweep.outcomes}
    if not floors and not ceilings:
        return None
    try:
        table = satisficing(sweep.runs, floors, ceilings, sweep.chance)
    except UnsuitableDesignError as refusal:
        return Part("Good enough", text=str(refusal))
    said = [
        f"{sweep.measure(name).label} {side} {limit:g} {sweep.measure(name).unit}".rstrip()
        for limits, side in ((floors, "at least"), (ceilings, "at most"))
        for name, limit in limits.items()
    ]
    drawn = forest(table, "policy", "share", "Good enough in every respect", "share of futures")
    columns = {"policy": "policy", "share": "share of futures", **ENDS}
    shown = Exhibit("satisficing", table, drawn, rests(table, sweep), columns)
    return Part("Good enough", (shown,), f"Good enough: {'; '.join(said)}, in the mean of the replicates.")


def certainty_part(sweep: Sweep) -> Part | None:
    """Show for every compared quantity how sure it is and how many replicates bring it to 5 % of the mean."""
    if sweep.replicates < 2:
        return None
    tables, notes = [], []
    for outcome in sweep.outcomes:
        measure = sweep.measure(outcome)
        try:
            tables.append(compared(sweep, outcome).assign(outcome=measure.label, unit=measure.unit))
        except UnsuitableDesignError as refusal:
            notes.append(f"{str(refusal).rstrip('.')}.")
    if not tables:
        return Part("Enough replicates?", text=" ".join(dict.fromkeys(notes)))
    table = pd.concat(tables, ignore_index=True).assign(replicates=sweep.replicates)
    columns = {"outcome": "outcome", "compared": "compared", "estimate": "estimate", "half_width": "half of the interval",
               "unit": "unit", "wanted": f"{SHARE:.0%} of the mean", "needed": "replicates for that"}  # fmt: skip
    text = (
        f"There are {sweep.replicates} replicates. How many are needed goes by the spread of the compared quantity between "
        "replicates, and speaks of shocks alone; points are another matter."
    )
    shown = Exhibit("replicates_needed", table, printed=columns)
    return Part("Enough replicates?", (shown,), " ".join([text, *dict.fromkeys(notes)]))
