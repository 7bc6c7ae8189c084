"""How sure the compared quantities of a sweep are, and how many replicates they need."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .crossed_design import coded, crossed, factors_by_point
from .effects import model_columns, require_rank
from .policy_choice import by_policy
from .sweep_table import Sweep
from .two_way import least_squares, mean_over
from .uncertainty import replicates_needed

SHARE = 0.05  # of the mean of the outcome, the half-width that is asked for


def compared(sweep: Sweep, outcome: str) -> pd.DataFrame:
    """Return every compared quantity of an outcome: what is compared, its estimate and half-width, and its spread.

    Several policies: the paired difference of each from the baseline. One policy: the main effect of each factor that is
    a number, or without any the mean. spread: standard deviation between replicates of the compared quantity. needed:
    replicates that bring its half-width over shocks to 5 % of the mean of the outcome (of a year, counted from the first
    one); NaN with one replicate. Columns
    compared, estimate, half_width, spread, wanted, needed.
    """
    parts, mean = _differences(sweep, outcome) if len(sweep.policies) > 1 else _main_effects(sweep, outcome)
    wanted = SHARE * abs(mean - sweep.measure(outcome).zero)
    rows = []
    for name, estimate, half_width, single in parts:
        known = single.size > 1 and wanted > 0
        needed = float(replicates_needed(single, wanted)) if known else float("nan")
        spread = float(single.std(ddof=1)) if single.size > 1 else float("nan")
        rows.append((name, estimate, half_width, spread, wanted, needed))
    return pd.DataFrame(rows, columns=["compared", "estimate", "half_width", "spread", "wanted", "needed"])


Quantity = tuple[str, float, float, np.ndarray]  # name, estimate, half-width, estimates of single replicates


def _differences(sweep: Sweep, outcome: str) -> tuple[list[Quantity], float]:
    names, there = by_policy(sweep.runs, outcome, sweep.chance)
    baseline = names.index(sweep.baseline or names[0])
    found: list[Quantity] = []
    for place, policy in enumerate(names):
        if place != baseline:
            gap = there.values[..., place] - there.values[..., baseline]
            mean = mean_over(gap, sweep.chance)
            name = f"{policy} against {names[baseline]}"
            found.append((name, float(mean.estimate[0]), float(mean.reach[0]), gap.mean(axis=0)))
    return found, float(there.values[..., baseline].mean())


def _main_effects(sweep: Sweep, outcome: str) -> tuple[list[Quantity], float]:
    there = crossed(sweep.runs, outcome, sweep.chance.block, sweep.chance.unit)
    factors = sweep.numeric
    columns = model_columns(coded(factors_by_point(sweep.runs, factors, there.points)), factors, False)[1]
    basis = np.column_stack([np.ones(len(there.values)), *columns])
    require_rank(basis)
    found = least_squares(basis, there.values, sweep.chance)
    single = np.linalg.lstsq(basis, there.values, rcond=None)[0]
    size = np.array([1.0, *2.0 * np.ones(len(factors))])
    chosen = range(1, len(factors) + 1) if factors else [0]
    names = ["mean", *(f"effect of {name}" for name in factors)]
    quantities = [
        (
            names[one],
            float(size[one] * found.estimate[one]),
            float(size[one] * found.reach[one]),
            size[one] * single[one],
        )
        for one in chosen
    ]
    return quantities, float(there.values.mean())
