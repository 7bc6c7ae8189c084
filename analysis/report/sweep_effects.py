"""Which factors matter for an outcome of a sweep: effects, responses, sensitivity indices."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..charts.matplotlib_figures.sweep import forest, responses, screening
from ..inference.crossed_design import Crossed, crossed, factors_by_point, thinned, thinned_words
from ..inference.distribution_indices import first_order_of_any_design, pawn
from ..inference.effects import effects, response_by_level
from ..inference.screening import morris
from ..inference.sweep_table import COMPLETE, GIVEN_DATA, Sweep
from ..inference.variance_indices import sobol
from ..inference.variance_share import share_of_shocks
from .sections import Exhibit, Part
from .sweep_words import Gathered, by, gather, printed, rests, title_of, with_unit

LEAST_FOR_PAWN = 30
ENDS = {"low": "95 % from", "high": "to"}


def effects_of(sweep: Sweep, outcome: str) -> Part | None:
    """Show main effects, interactions and response curves of an outcome under every policy."""
    if not sweep.numeric:
        return None
    explained: list[float] = []

    def make(runs: pd.DataFrame) -> tuple[pd.DataFrame, str]:
        found = effects(runs, sweep.numeric, outcome, chance=sweep.chance)
        explained.append(found.explained)
        return found.table, found.left_out

    measure, found = sweep.measure(outcome), gather(sweep, make)
    if found.table.empty:
        return Part(title_of(measure), text=found.words)
    known = [share for share in explained if np.isfinite(share)]
    caption = (
        f"Straight lines explain {' / '.join(f'{share:.0%}' for share in known)} of the differences between points. "
        if known
        else ""
    )
    drawn = forest(
        found.table, "term", "effect", f"Effects on {measure.label}", with_unit("effect", measure.unit), by(sweep)
    )
    columns = printed(sweep, {"term": "factor or interaction", "effect": with_unit("effect", measure.unit), **ENDS})
    shown = [
        Exhibit(
            f"effects_{outcome}", found.table.assign(unit=measure.unit), drawn, caption + rests(found.table, sweep),
            columns, fold="Effects as a table",
        )
    ]  # fmt: skip
    return Part(title_of(measure), tuple(shown), found.words)


def responses_of(sweep: Sweep, outcome: str) -> Part | None:
    """Show the mean of an outcome over the values of each factor under every policy."""
    measure = sweep.measure(outcome)
    if not sweep.numeric:
        return None

    def make(runs: pd.DataFrame) -> tuple[pd.DataFrame, str]:
        parts = [
            response_by_level(runs, name, outcome, chance=sweep.chance).assign(factor=name) for name in sweep.numeric
        ]
        return pd.concat(parts), ""

    found = gather(sweep, make)
    table = found.table
    if table.empty:
        return Part(title_of(measure), text=found.words)
    drawn = responses(table, sweep.numeric, f"Mean of {measure.label}", with_unit("mean", measure.unit))
    shown = Exhibit(f"response_{outcome}", table.assign(unit=measure.unit), drawn, _classes(table, sweep))
    return Part(title_of(measure), (shown,))


def _classes(table: pd.DataFrame, sweep: Sweep) -> str:
    least, most = int(table["points"].min()), int(table["points"].max())
    each = f"{least}" if least == most else f"{least} to {most}"
    return f"Mean over the points of each class ({each} points); {rests(table, sweep).split('; ', 1)[1]}"


def indices_of(sweep: Sweep, outcome: str) -> Part | None:
    """Show Sobol indices, Morris screening or PAWN of an outcome, whichever the design allows, under every policy."""
    if not sweep.numeric or sweep.design == "one_at_a_time":
        return None
    if sweep.design == "saltelli":
        return _sobol_of(sweep, outcome)
    if sweep.design == "morris":
        return _morris_of(sweep, outcome)
    return _pawn_of(sweep, outcome) if sweep.points >= LEAST_FOR_PAWN else None


def _sobol_of(sweep: Sweep, outcome: str) -> Part:
    measure = sweep.measure(outcome)
    block = sweep.chance.block
    pairs: list[pd.DataFrame] = []
    split: list[pd.DataFrame] = []

    def make(runs: pd.DataFrame) -> tuple[pd.DataFrame, str]:
        there = crossed(runs, outcome, block, "base sample")
        table, of_pairs = sobol(there.values, sweep.factors, sweep.second_order, sweep.chance)
        pairs.append(of_pairs.assign(policy=str(runs["policy"].iloc[0])))
        split.append(share_of_shocks(there.values[::block], sweep.chance).assign(policy=str(runs["policy"].iloc[0])))
        return table, there.left_out

    found = gather(sweep, make)
    if found.table.empty:
        return Part(title_of(measure), text=found.words)
    longer = [
        found.table.rename(columns={name: "index", f"{name}_low": "low", f"{name}_high": "high"}).assign(kind=words)
        for name, words in (("first", "alone"), ("total", "with interactions"))
    ]
    long = pd.concat(longer)
    long["kind"] = long["policy"] + ", " + long["kind"] if by(sweep) else long["kind"]
    drawn = forest(long, "factor", "index", f"Sobol indices: {measure.label}", "share of the variance", "kind")
    columns = {"factor": "factor", "first": "alone", "first_low": "95 % from", "first_high": "to"}
    columns |= {"total": "with interactions", "total_low": "95 % from ", "total_high": "to "}
    caption = rests(found.table, sweep)
    shown = [
        Exhibit(
            f"sobol_{outcome}", found.table, drawn, caption, printed(sweep, columns), "Sensitivity indices as a table"
        )
    ]
    if sweep.second_order:
        names = {"factor": "factor", "other": "with", "second": "second order", **ENDS}
        table = pd.concat(pairs, ignore_index=True)
        shown.append(Exhibit(f"sobol_pairs_{outcome}", table, printed=printed(sweep, names), fold="Pairs of factors"))
    if sweep.replicates > 1:
        names = {"share": "share of the variance of single runs that is shocks", **ENDS}
        table = pd.concat(split, ignore_index=True)
        shown.append(Exhibit(f"shocks_{outcome}", table, printed=printed(sweep, names), fold="Shocks and points"))
    return Part(title_of(measure), tuple(shown), found.words)


def _morris_of(sweep: Sweep, outcome: str) -> Part:
    measure, factors = sweep.measure(outcome), list(sweep.factors)

    def make(runs: pd.DataFrame) -> tuple[pd.DataFrame, str]:
        there = crossed(runs, outcome, sweep.chance.block, "trajectory")
        shares = _in_unit_cube(sweep, runs, there)
        spoken = not sweep.chance.silent(sweep.replicates)
        return morris(shares, there.values.mean(axis=1), factors, sweep.levels, interval=spoken), there.left_out

    found = gather(sweep, make)
    if found.table.empty:
        return Part(title_of(measure), text=found.words)
    columns = {
        "factor": "factor",
        "mu_star": with_unit("mean size", measure.unit),
        **ENDS,
        "mu": "mean",
        "sigma": "spread",
    }
    first = found.table[found.table["policy"] == found.table["policy"].iloc[0]]
    drawn = screening(first, f"Screening: {measure.label}", measure.unit)
    words = f"Policy {found.table['policy'].iloc[0]}; the others are in the table. " if by(sweep) else ""
    caption = words + rests(found.table, sweep)
    shown = Exhibit(f"morris_{outcome}", found.table, drawn, caption, printed(sweep, columns), "Screening as a table")
    return Part(title_of(measure), (shown,), found.words)


def _in_unit_cube(sweep: Sweep, runs: pd.DataFrame, there: Crossed) -> np.ndarray:
    """Return the design in the unit cube; where it is not known, by the range of each factor, as if all were uniform."""
    if sweep.shares is not None:
        return sweep.shares[there.points]
    values = factors_by_point(runs, sweep.factors, there.points)
    span = np.ptp(values, axis=0)
    return (values - values.min(axis=0)) / np.where(span > 0, span, 1.0)


def _pawn_of(sweep: Sweep, outcome: str) -> Part:
    measure = sweep.measure(outcome)
    second: list[pd.DataFrame] = []

    def make(runs: pd.DataFrame) -> tuple[pd.DataFrame, str]:
        there = crossed(runs, outcome)
        chosen = thinned(len(there.points))
        points, values = factors_by_point(runs, sweep.numeric, there.points[chosen]), there.values[chosen].mean(axis=1)
        opinion = first_order_of_any_design(points, values, sweep.numeric) if sweep.design in GIVEN_DATA else None
        if opinion is not None:
            second.append(opinion.assign(policy=str(runs["policy"].iloc[0])))
        spoken = sweep.design not in COMPLETE and not sweep.chance.silent(sweep.replicates)
        words = "; ".join(part for part in (there.left_out, thinned_words(len(there.points))) if part)
        return pawn(points, values, sweep.numeric, interval=spoken), words

    found: Gathered = gather(sweep, make)
    if found.table.empty:
        return Part(title_of(measure), text=found.words)
    limit = float(found.table["by_chance"].max())
    drawn = forest(found.table, "factor", "median", f"PAWN: {measure.label}", "index", by(sweep), limit)
    columns = {"factor": "factor", "median": "index", **ENDS, "by_chance": "by chance alone (95 %)"}
    caption = rests(found.table, sweep)
    shown = [
        Exhibit(
            f"pawn_{outcome}", found.table, drawn, caption, printed(sweep, columns), "Sensitivity indices as a table"
        )
    ]
    if second:
        names = {"factor": "factor", "first": "first order by RBD-FAST, a second opinion (no interval)"}
        table = pd.concat(second, ignore_index=True)
        shown.append(
            Exhibit(
                f"first_order_{outcome}", table, printed=printed(sweep, names), fold="A second opinion on sensitivity"
            )
        )
    return Part(title_of(measure), tuple(shown), found.words)
