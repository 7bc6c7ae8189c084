"""R2: the hold-up game in industrial symbiosis, as posted and with the cost charged every tick."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.figure import Figure

from ecopark.analysis.charts.matplotlib_figures.style import INK, styled

from ..comparison import compare, conclude, count_met
from ..declaration import declared
from ..figures import distance_figure
from ..result import Beside, Comparison, ReplicationResult
from ..three_models import in_words
from . import park_question as park_hold_up
from .published_model import Setting, simulate

FACTORS = ("turbulence", "contract", "memory", "cost", "surplus", "lock_in")
FULL = ((0.0, 1.0, 2.0, 3.0, 4.0, 5.0), (0.0, 0.25, 0.5, 0.75, 1.0), (10, 100), (0.0, 5.0, 10.0), (5.0, 15.0), (10, 30))
QUICK = ((0.0, 2.0, 3.0, 5.0), (0.0, 1.0), *FULL[2:])
CORNERS = ((0.0, 5.0), (0.0, 1.0), (10,), *FULL[3:])
COSTS, SURPLUSES = FULL[3], FULL[4]
RUNS, QUICK_RUNS = 6, 2
CORNER_RUNS, QUICK_CORNER_RUNS = 10, 2
PARK_RUNS, QUICK_PARK_RUNS = 60, 8
POSTED, IMPLIED = "as posted", "cost every tick, plain imitation"
READINGS = {
    POSTED: {"every_tick": False, "risk_rule": True},
    IMPLIED: {"every_tick": True, "risk_rule": False},
    "cost once, plain imitation": {"every_tick": False, "risk_rule": False},
    "cost every tick, risk rule": {"every_tick": True, "risk_rule": True},
    "cost every tick, plain imitation, everyone mutates": {
        "every_tick": True,
        "risk_rule": False,
        "everyone_mutates": True,
    },
}
"""The first two carry a verdict; the others tell the changes apart."""


@dataclass(frozen=True)
class Sample:
    """Runs of one reading: points (points, factors), investing and honest (points, runs) in % at the end."""

    points: np.ndarray
    investing: np.ndarray
    honest: np.ndarray

    def mean(self, what: str = "investing", **levels: float) -> tuple[float, float, int]:
        """Return mean, standard error and number of the runs at these levels of the factors; what = a column, %.

        The points are fixed by the design, so the error comes from the spread within points alone.
        """
        chosen = np.ones(len(self.points), dtype=bool)
        for factor, level in levels.items():
            chosen &= self.points[:, FACTORS.index(factor)] == level
        runs = getattr(self, what)[chosen]
        return float(runs.mean()), math.sqrt(runs.var(axis=1, ddof=1).mean() / runs.size), runs.size


def draw_sample(design: tuple[tuple, ...], runs: int, reading: dict[str, bool], stream: tuple[int, ...]) -> Sample:
    """Run every point of the design `runs` times under one reading, on random streams of their own."""
    points = list(itertools.product(*design))
    ends = np.empty((len(points), runs, 2))
    for row, point in enumerate(points):
        for k in range(runs):
            ends[row, k] = 100 * simulate(Setting(*point, **reading), np.random.default_rng([*stream, row, k]))[:, -1]
    return Sample(np.array(points, dtype=float), ends[:, :, 0], ends[:, :, 1])


def estimates(sample: Sample) -> dict[str, tuple[float, float, int]]:
    """Return what the abstract reports, by case: mean or size, standard error, number of runs."""
    levels = [sample.mean(turbulence=level) for level in np.unique(sample.points[:, 0])]
    low, high = min(levels), max(levels)
    memory, law = sample.mean(contract=0.0, memory=100), sample.mean(contract=1.0, memory=10)
    return {
        "cost 0": sample.mean(cost=0.0),
        "cost 10": sample.mean(cost=10.0),
        "surplus 15": sample.mean(surplus=15.0),
        "surplus 5": sample.mean(surplus=5.0),
        "turbulence 0 to 5": (high[0] - low[0], math.hypot(low[1], high[1]), low[2]),
        "memory without law against law without memory": (
            abs(memory[0] - law[0]),
            math.hypot(memory[1], law[1]),
            memory[2],
        ),
    }


def hold_against(sample: Sample, name: str) -> list[Comparison]:
    """Compare one reading with the abstract; it becomes a part of its own."""
    found = estimates(sample)
    published = declared()["R2"].published
    rows = []
    for number in published:
        mean, error, runs = found[number.case]
        rows.append(compare(replace(number, part=name), (mean, error), runs, len(published)))
    return rows


def replicate(quick: bool, seed: int) -> ReplicationResult:
    """Run the design of the abstract under the posted and the implied reading, its corners under the others."""
    design, runs, corner_runs = (QUICK, QUICK_RUNS, QUICK_CORNER_RUNS) if quick else (FULL, RUNS, CORNER_RUNS)
    samples = {}
    for k, (name, reading) in enumerate(READINGS.items()):
        plan = (design, runs) if name in (POSTED, IMPLIED) else (CORNERS, corner_runs)
        samples[name] = draw_sample(*plan, reading, (seed, k))
    rows = [row for name in (POSTED, IMPLIED) for row in hold_against(samples[name], name)]
    beside = set_beside(samples[IMPLIED], park_hold_up.ask_park(QUICK_PARK_RUNS if quick else PARK_RUNS, seed))
    lowest = min(samples[POSTED].mean(cost=cost, surplus=surplus)[0] for cost in COSTS for surplus in SURPLUSES)
    shown = ", ".join(f"{row.case} {row.replicated:.1f} %" for row in rows if row.part == IMPLIED and row.unit == "%")
    paragraph = (
        f"The model as posted meets {count_met(rows, POSTED)} numbers: charged once, the investment keeps "
        f"nobody out (at least {lowest:.1f} % invest at each cost and surplus). Charged every tick, with producers who "
        f"simply copy, the model meets {count_met(rows, IMPLIED)} ({shown}). The abstract reports the effect of a "
        f"running cost, not of a sunk one, and hold-up all but vanishes: {samples[IMPLIED].honest.mean():.1f} % of the "
        f"consumers end honest. {in_words(beside)}"
    )
    figures = {
        "distances": distance_figure(rows, "R2: distance from the abstract, as posted above, cost every tick below"),
        "participation": draw_participation(samples),
    }
    return conclude("R2", quick, seed, rows, paragraph, beside=beside, observations=observe(samples), figures=figures)


def set_beside(sample: Sample, park: dict[str, dict[str, np.ndarray]]) -> tuple[Beside, ...]:
    """Hold published, replicated (the reading that the printed numbers imply) and park answers side by side."""
    said = {number.case: number.value for number in declared()["R2"].published}
    found = {case: mean for case, (mean, _, _) in estimates(sample).items()}
    answers = [
        (
            numbers["cost 10"] - numbers["cost 0"],
            numbers["surplus 15"] - numbers["surplus 5"],
            numbers["turbulence 0 to 5"],
            numbers["memory without law against law without memory"],
        )
        for numbers in (said, found)
    ]
    return tuple(park_hold_up.side_by_side(*answers, park))


def observe(samples: dict[str, Sample]) -> tuple[dict[str, object], ...]:
    """List participation by cost and surplus, and honest consumers, of every reading."""
    found = {}
    for name, sample in samples.items():
        for cost, surplus in itertools.product(COSTS[1:], SURPLUSES):
            found[f"investing producers (%), {name}, cost {cost:g}, surplus {surplus:g}"] = sample.mean(
                cost=cost, surplus=surplus
            )
        found[f"honest consumers (%), {name}"] = sample.mean("honest")
    return tuple({"quantity": what, "mean": mean, "standard_error": error} for what, (mean, error, _) in found.items())


@styled
def draw_participation(samples: dict[str, Sample]) -> Figure:
    """Draw participation against cost for both surpluses, one panel per reading."""
    figure = Figure(figsize=(10, 3), layout="constrained")
    panels = figure.subplots(1, len(samples), sharey=True)
    for axes, (name, sample) in zip(panels, samples.items(), strict=True):
        for surplus in SURPLUSES:
            means = [sample.mean(cost=cost, surplus=surplus)[0] for cost in COSTS]
            axes.plot(COSTS, means, "o-", label=f"surplus {surplus:g}")
        axes.plot((0, 10), (99.5, 1.6), "x", color=INK, label="published, both surpluses")
        axes.set_title(name.replace(", ", ",\n"), fontsize=8)
        axes.set_xlabel("investment cost")
    panels[0].set_ylabel("investing producers (%)")
    panels[0].legend(frameon=False, fontsize=7)
    return figure
