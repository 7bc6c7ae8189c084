"""What fitting Kalundborg alone would choose: uncertain parameters on its years 1961 to 1995, by history matching and rejection.

Nothing of it is shipped: the scenario runs on the values that all parks share (`experiments/validation` infers those from many).

What may move: attention, willingness, patience, beliefs, openness and the cost of arranging a deal, all graded A, inside the
ranges of `PRIORS`; all else stays at its default. No company, pair, material or plant is named anywhere here, no
value of a table of the scenario is touched, and no year after 1995 is simulated.

Wave 1 covers the ranges with a Latin hypercube; a point is implausible when any of its statistics is farther from
history than three standard deviations (Craig and others 1997; Vernon, Goldstein and Bower 2010, doi:10.1214/10-BA524).
Wave 2 covers the box of what is left. The best points of both waves are the approximate posterior (Beaumont, Zhang and
Balding 2002, doi:10.1093/genetics/162.4.2025); its medians, rounded, are the centre of good points, not the luckiest one.
All points share their shocks, so that they differ by the parameters alone; `ecopark score` runs on other shocks.

    python -m ecopark.experiments.studies.questions.calibrate_kalundborg --out runs/calibration
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd

START, STOP = 1961, 1995


@dataclass(frozen=True)
class Prior:
    """The range of a parameter: uniform, on the log scale where it spans orders; whole for counts."""

    name: str
    low: float
    high: float
    log: bool = False
    whole: bool = False

    def at(self, share: Any, low: float = 0.0, high: float = 1.0) -> Any:
        """Return the value at a share 0..1 of the part `low`..`high` of the range."""
        place = low + (high - low) * np.asarray(share)
        value = self.low * (self.high / self.low) ** place if self.log else self.low + (self.high - self.low) * place
        return np.round(value).astype(int) if self.whole else value

    def place(self, value: Any) -> Any:
        """Return where in its range a value is, 0..1."""
        value = np.asarray(value, float)
        if self.log:
            return np.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


PRIORS = (
    Prior("search.hours", 6, 600, log=True),
    Prior("search.contact", 0.3, 30, log=True),
    Prior("contract.transaction_cost", 5_000, 300_000, log=True),
    Prior("behaviour.threshold", 0.0, 0.45),
    Prior("behaviour.required_gain", 0.0, 0.25),
    Prior("behaviour.payback", 0.6, 2.0),
    Prior("negotiation.error_none", 0.1, 0.6),
    Prior("negotiation.open", 0.0, 1.0),
)

# statistic -> (history, standard deviation of what history and model are allowed to differ by)
COUNT_YEARS = (1965, 1970, 1975, 1980, 1985, 1990, 1995)
COUNT_SD = 1.0  # before 1995 the record can be scored within one link (parks.md, B2)
TARGETS = {
    "core_links": (17.0, 2.0),  # core links that operate by 1995
    "miss": (0.0, 3.0),  # median over core links of the median timing error, years
    "false_links": (0.0, 2.0),  # links by 1995 that history does not know
    "wasted_talks": (0.205, 0.035 / 1.96),  # 17 to 24 % of pairs fail although both could gain (Larsen 2021)
}


def history() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the count curve and the core links to 1995, without anything later."""
    from ecopark.abm.input.loading import scenario_folder
    from ecopark.analysis.validation.history import read_history

    folder = scenario_folder("kalundborg")
    assert folder is not None
    counts, links = read_history(folder)
    return counts[counts["year"] <= STOP], links[links["start"] <= STOP]


def targets(counts: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Return every statistic with history's value and the allowed standard deviation."""
    mid = counts.set_index("year")["mid"]
    return {f"links_{year}": (float(mid[year]), COUNT_SD) for year in COUNT_YEARS} | TARGETS


def statistics(values: dict[str, Any], seed: int, replicates: int) -> dict[str, float]:
    """Run Kalundborg to 1995 with some values and return the statistics, means over runs."""
    from ecopark.abm.input.loading import load_scenario
    from ecopark.analysis.run_folder.tables import RunTables
    from ecopark.analysis.validation.link_matching import false_links, links_by_year, score_links, true_links

    from ...runs.score import frames_of, run_ensemble, wasted_talks

    scenario = load_scenario("kalundborg", values)
    parks = run_ensemble(scenario, seed, replicates, years=STOP - START + 1)
    tables = RunTables(origin={}, **frames_of(parks, ("yearly", "exchanges")))
    links = history()[1]
    core = links[links["core"] == 1]
    mean = links_by_year(tables, links).groupby("year")["links"].mean()
    return {f"links_{year}": float(mean[year]) for year in COUNT_YEARS} | {
        "core_links": true_links(tables, core, STOP),
        "miss": float(score_links(tables, core)["miss"].fillna(STOP - START).median()),
        "false_links": float(false_links(tables, links, STOP)["appears"].sum()),
        "wasted_talks": wasted_talks(parks, STOP),
    }


def distances(found: pd.DataFrame, wanted: dict[str, tuple[float, float]]) -> pd.DataFrame:
    """Return the table with `worst` (largest standardised deviation: the implausibility) and `distance` (their norm)."""
    deviations = np.column_stack([(found[name] - mean) / sd for name, (mean, sd) in wanted.items()])
    return found.assign(worst=np.abs(deviations).max(axis=1), distance=np.sqrt((deviations**2).mean(axis=1)))


def run_wave(number: int, box: np.ndarray, points: int, seed: int, replicates: int) -> pd.DataFrame:
    """Run a Latin hypercube in a box (row per parameter: low, high as shares of its range) and judge every point."""
    from scipy.stats import qmc

    shares = qmc.LatinHypercube(len(PRIORS), rng=np.random.default_rng([seed, number])).random(points)
    columns = {prior.name: prior.at(shares[:, at], *box[at]) for at, prior in enumerate(PRIORS)}
    design = pd.DataFrame(columns)
    rows = []
    with click.progressbar(design.to_dict("records"), label=f"wave {number}") as records:
        for values in records:
            rows.append(statistics({str(name): value for name, value in values.items()}, seed, replicates))
    judged = distances(pd.DataFrame(rows), targets(history()[0]))
    return pd.concat([pd.DataFrame({"wave": number}, index=design.index), design, judged], axis=1)


def shrink(wave: pd.DataFrame, implausible: float = 3.0, least: int = 20) -> np.ndarray:
    """Return the box of the points that are not implausible; of the `least` best points where fewer are left."""
    kept = wave[wave["worst"] < implausible]
    kept = kept if len(kept) >= least else wave.nsmallest(least, "worst")
    places = np.column_stack([prior.place(kept[prior.name]) for prior in PRIORS])
    return np.clip(np.quantile(places, [0.02, 0.98], axis=0).T, 0.0, 1.0)


def rounded(value: float, digits: int = 2) -> float:
    """Return a number with a few significant digits."""
    return float(f"{value:.{digits}g}")


def posterior(points: pd.DataFrame, keep: float = 0.03) -> pd.DataFrame:
    """Sum up the best share of all points: a row per parameter with its default, range, 5, 50, 95 %, and what is chosen."""
    from ecopark.abm.input.parameters import PARAMETERS

    best = points.nsmallest(max(10, round(keep * len(points))), "distance")
    rows = []
    for prior in PRIORS:
        low, mid, high = (float(best[prior.name].quantile(level)) for level in (0.05, 0.5, 0.95))
        chosen = round(mid) if prior.whole else rounded(mid)
        rows.append((prior.name, PARAMETERS[prior.name].default, prior.low, prior.high, low, mid, high, chosen))
    columns = ["parameter", "default", "range_low", "range_high", "low", "mid", "high", "chosen"]
    return pd.DataFrame(rows, columns=columns)


def calibrate(points: int = 800, replicates: int = 12, seed: int = 1995) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return all points of both waves and the posterior; the same arguments give the same tables."""
    whole = np.tile([0.0, 1.0], (len(PRIORS), 1))
    first = run_wave(1, whole, points, seed, replicates)
    second = run_wave(2, shrink(first), points, seed, 2 * replicates)
    both = pd.concat([first, second], ignore_index=True)
    return both, posterior(second)


@click.command("calibrate_kalundborg")
@click.option("--points", default=800, show_default=True, help="Points of each of the two waves.")
@click.option(
    "--replicates", default=12, show_default=True, help="Runs of each point in wave 1; twice as many in wave 2."
)
@click.option("--seed", default=1995, show_default=True, help="Seed of the design and of the shocks.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("runs/calibration"), show_default=True)
def command(points: int, replicates: int, seed: int, out: Path) -> None:
    """Calibrate on 1961 to 1995 and write points.csv, posterior.csv and check.csv."""
    both, found = calibrate(points, replicates, seed)
    wanted = targets(history()[0])
    chosen = dict(zip(found["parameter"], found["chosen"], strict=True))
    columns = {"history": {name: value for name, (value, _) in wanted.items()}}
    columns["default"] = statistics(dict(zip(found["parameter"], found["default"], strict=True)), seed + 1, 100)
    columns["calibrated"] = statistics(chosen, seed + 1, 100)
    check = pd.DataFrame(columns).rename_axis("statistic").reset_index()
    out.mkdir(parents=True, exist_ok=True)
    for name, table in (("points", both), ("posterior", found), ("check", check)):
        table.to_csv(out / f"{name}.csv", index=False)
    left = (both["worst"] < 3).groupby(both["wave"]).mean()
    click.echo(f"\nNot implausible: {left[1]:.1%} of wave 1, {left[2]:.1%} of wave 2\n")
    click.echo(found.to_string(index=False))
    click.echo(
        "\nStatistics on shocks that the calibration has not seen (100 runs)\n" + check.round(2).to_string(index=False)
    )


if __name__ == "__main__":
    command()
