"""R3: trust, knowledge and willingness after Ghali and others (2017), and the ratchet in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.figure import Figure

from ecopark.analysis.charts.matplotlib_figures.style import INK, styled

from ..comparison import MAIN, compare, conclude, count_met
from ..declaration import declared
from ..figures import distance_figure
from ..result import Beside, Comparison, ReplicationResult, mean_and_error
from ..three_models import in_words
from .park_question import follow_park
from .published_model import Design, advance, edge_count, found, willing_edges

STEPS, SHOCK_STEPS = 30, 10
"""Steps of the published behaviour; further steps after all trust is set to -1."""
RUNS, QUICK_RUNS = 300, 40
READING_RUNS, QUICK_READING_RUNS = 100, 10
PARK_RUNS, QUICK_PARK_RUNS = 50, 5
TOGETHER = "all firms see the step before"
NO_RATCHET = "willingness falls to 0 when its conditions cease"
READINGS: dict[str, dict[str, object]] = {
    MAIN: {},
    TOGETHER: {"in_turn": False},
    "r and l drawn once": {"redraw": False},
    "degree 6": {"degree": 6},
    NO_RATCHET: {"ratchet": False},
}


@dataclass(frozen=True)
class Sample:
    """Runs of one reading: knowledge (share) and willing edges (%), both (runs, steps + 1), and edges that ended."""

    knowledge: np.ndarray
    willing: np.ndarray
    ended: np.ndarray
    """(runs,) edges that ceased to be willing in the 30 steps, per edge willing at the end of a step, %."""
    ended_after_shock: np.ndarray
    """(runs,) share of the edges willing at step 30 that are no longer willing after the shock and ten steps, %."""


def follow(design: Design, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Run one network; return knowledge and willing edges by step, and what ended before and after the shock."""
    firms = found(design, rng)
    edges = edge_count(design, firms)
    knowledge, willing = [firms.knowledge.mean()], [0.0]
    before, ended, stock = willing_edges(design, firms), 0, 0
    for _ in range(STEPS):
        advance(design, firms, rng)
        now = willing_edges(design, firms)
        ended += int((before & ~now).sum())
        stock += int(now.sum())
        knowledge.append(firms.knowledge.mean())
        willing.append(100 * now.sum() / edges)
        before = now
    firms.trust[:] = firms.history[:] = -1
    for _ in range(SHOCK_STEPS):
        advance(design, firms, rng)
    gone = (before & ~willing_edges(design, firms)).sum() / before.sum()
    return np.array(knowledge), np.array(willing), 100 * ended / stock, 100 * float(gone)


def draw_sample(design: Design, runs: int, stream: Sequence[int]) -> Sample:
    """Follow `runs` networks, each on a random stream of its own."""
    found_runs = [follow(design, np.random.default_rng([*stream, k])) for k in range(runs)]
    return Sample(*(np.array(column) for column in zip(*found_runs, strict=True)))


def hold_against(sample: Sample, reading: str) -> list[Comparison]:
    """Compare knowledge and willing edges with the numbers of their steps."""
    rows = []
    published = declared()["R3"].published
    for number in published:
        column = sample.knowledge if number.quantity == "mean knowledge" else sample.willing
        runs = column[:, int(number.case.removeprefix("step "))]
        numbers = sum(other.part == number.part for other in published)
        rows.append(compare(number, mean_and_error(runs), runs.size, numbers, reading))
    return rows


def replicate(quick: bool, seed: int) -> ReplicationResult:
    """Follow the networks of ABSiCE, those of every other reading, and the park model beside them."""
    runs, reading_runs = (QUICK_RUNS, QUICK_READING_RUNS) if quick else (RUNS, READING_RUNS)
    samples = {
        name: draw_sample(replace(Design(), **change), runs if name == MAIN else reading_runs, (seed, k))
        for k, (name, change) in enumerate(READINGS.items())
    }
    rows = [row for name, sample in samples.items() for row in hold_against(sample, name)]
    park_runs = QUICK_PARK_RUNS if quick else PARK_RUNS
    parks = [one for one in (follow_park(seed * 1000 + k) for k in range(park_runs)) if one is not None]
    park = {name: mean_and_error([one[name] for one in parks]) for name in parks[0]}
    observations = [
        {"quantity": f"{label}, {name}", "mean": mean, "standard_error": error}
        for name, sample in ((name, samples[name]) for name in (MAIN, NO_RATCHET))
        for label, values in (
            ("willing edges that end per step (%)", sample.ended),
            ("willing edges of step 30 gone ten steps after all trust is lost (%)", sample.ended_after_shock),
            ("willing edges at step 30 (%)", sample.willing[:, STEPS]),
        )
        for mean, error in [mean_and_error(values)]
    ]
    observations += [
        {"quantity": f"park model: {name}", "mean": mean, "standard_error": error}
        for name, (mean, error) in park.items()
    ]
    left_out = "park model: runs left out, without an exchange at the shock"
    observations.append({"quantity": left_out, "mean": float(park_runs - len(parks)), "standard_error": 0.0})
    beside = set_beside(samples[MAIN], park, len(parks))
    figures = {
        "distances": distance_figure([row for row in rows if row.reading == MAIN], "R3: distance from the numbers"),
        "willing_edges": draw_willing(samples, rows),
    }
    paragraph = f"{describe(samples, rows, park)} {in_words(beside)}"
    return conclude(
        "R3", quick, seed, rows, paragraph, beside=beside, observations=tuple(observations), figures=figures
    )


def set_beside(main: Sample, park: dict[str, tuple[float, float]], runs: int) -> tuple[Beside, ...]:
    """Hold the ratchet (nothing ever ends) beside what ends in the park model, %."""
    (yearly, yearly_error), _, (calm, _), (shaken, shaken_error) = park.values()
    questions = (
        ("what ends in a step or year", "none", main.ended.mean(), yearly, yearly_error),
        (
            "what is gone ten steps or years after all trust is lost",
            "all trust 0",
            main.ended_after_shock.mean(),
            shaken,
            shaken_error,
        ),
    )
    remark = f" (undisturbed {calm:.0f} %)"
    return tuple(
        Beside(question + (remark if row else ""), lever, "%", 0.0, float(found), mean, error, runs, nothing=True)
        for row, (question, lever, found, mean, error) in enumerate(questions)
    )


def describe(samples: dict[str, Sample], rows: Sequence[Comparison], park: dict[str, tuple[float, float]]) -> str:
    """Put what was met, what the ratchet does, and what the park model does instead, into words."""
    main, free = samples[MAIN], samples[NO_RATCHET]
    knows, wills = (count_met(rows, part) for part in ("knowledge", "willing edges"))
    knows_before, wills_before = (count_met(rows, part, TOGETHER) for part in ("knowledge", "willing edges"))
    ends, kept = main.willing[:, STEPS], free.willing[:, STEPS]
    yearly, falls, calm, shaken = (mean for mean, _ in park.values())
    return (
        f"Knowledge: {knows} numbers are met ({knows_before} when {TOGETHER}); willing edges: {wills} "
        f"({wills_before}). The share of willing edges at step {STEPS} has a standard deviation of "
        f"{ends.std(ddof=1):.1f} points between runs. The ratchet: in {main.ended.size} runs of {STEPS} steps "
        f"{main.ended.mean():.1f} % of the willing edges end per step, and {main.ended_after_shock.mean():.1f} % are "
        f"gone {SHOCK_STEPS} steps after all trust is set to -1. If {NO_RATCHET}, {free.ended.mean():.0f} % end per "
        f"step, {free.ended_after_shock.mean():.0f} % are gone after the shock; step {STEPS} has {kept.mean():.0f} % "
        f"willing edges instead of {ends.mean():.0f} %: what grows after step 5 is the ratchet. "
        f"Asked the same, the park model (Kalundborg) answers: {yearly:.1f} % of the exchanges end per year, mean "
        f"willingness falls in {falls:.0f} % of the years, and ten years after all trust is lost {shaken:.0f} % of the "
        f"exchanges are gone, undisturbed {calm:.0f} %."
    )


@styled
def draw_willing(samples: dict[str, Sample], rows: Sequence[Comparison]) -> Figure:
    """Draw the mean share of willing edges by step, with and without the ratchet, and the published numbers."""
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    for name in (MAIN, NO_RATCHET):
        label = "replicated" if name == MAIN else name
        axes.plot(samples[name].willing.mean(axis=0), label=label)
    known = [row for row in rows if row.reading == MAIN and row.part == "willing edges"]
    axes.plot(
        [int(row.case.removeprefix("step ")) for row in known],
        [row.published for row in known],
        "x",
        color=INK,
        label="published",
    )
    axes.set_xlabel("step")
    axes.set_ylabel("willing edges (%)")
    axes.set_ylim(0, 100)
    axes.legend(frameon=False)
    return figure
