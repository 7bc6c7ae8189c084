"""Chemelot as a domino test: what falls after the closures of 2024 to 2026, how thin margins must be, what back-up changes.

Each run is paired with one of the same shocks in which nobody is due to close, so that what falls beyond the closures
themselves is counted. Companies that are due to close are left out of the count in both: one that would have run out of
cash later cannot do so once it is closed, and would hide as many that follow. Margins: the share that is left of what a
plant of the chemical sector earns above its fixed cost when it buys everything outside (1 as in types.csv, 0 breaks even, so that it lives on its neighbours).

    python -m ecopark.experiments.studies.questions.chemelot_domino --replicates 30
"""

from __future__ import annotations

import dataclasses
from itertools import product
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd

MARGINS, BACKUPS = (1.0, 0.5, 0.25, 0.0), (0.0, 0.8)
FIRST = 2024  # year of the first closure that is due


def thin_out(scenario: Any, share: float) -> Any:
    """Return the scenario with a share of what chemical plants earn above fixed cost before any exchange."""
    rows = []
    for row in scenario.tables["types"]:
        even = row.fixed_cost / row.typical_size
        margin = even + share * (row.margin - even) if row.sector == "chemicals" else row.margin
        rows.append(row.model_copy(update={"margin": margin}))
    return dataclasses.replace(scenario, tables={**scenario.tables, "types": tuple(rows)})


def keep_open(scenario: Any) -> Any:
    """Return the scenario without closures that are due from 2024 on."""
    rows = [
        row.model_copy(update={"closes": None}) if row.closes is not None and row.closes >= FIRST else row
        for row in scenario.tables["companies"]
    ]
    return dataclasses.replace(scenario, tables={**scenario.tables, "companies": tuple(rows)})


def due_to_close(scenario: Any) -> list[str]:
    """Return the names of the companies that are due to close from 2024 on."""
    return [row.name for row in scenario.tables["companies"] if row.closes is not None and row.closes >= FIRST]


def outcome(scenario: Any, seed: int, due: list[str]) -> dict[str, float]:
    """Run a scenario and return what has fallen: companies out of cash before and from 2024, exchanges, gain a year.

    due: companies that are not counted among those out of cash, because they are due to close in one run of the pair.
    """
    from ecopark.abm.park import Park

    park = Park(scenario, seed).run()
    events = park.results.events
    broke = events.loc[(events["kind"] == "insolvent") & ~events["company"].isin(due), "year"]
    yearly = pd.DataFrame(park.yearly).set_index("year")
    return {
        "broke_before": float((broke < FIRST).sum()),
        "broke_after": float((broke >= FIRST).sum()),
        "links_2023": float(yearly["links"][FIRST - 1]),
        "links_2027": float(yearly["links"][FIRST + 3]),
        "gain_2023": float(yearly["gain"][FIRST - 1]),
        "gain_2027": float(yearly["gain"][FIRST + 3]),
    }


def compare(replicates: int = 30, seed: int = 1) -> pd.DataFrame:
    """Return a row per margin and back-up: means over paired runs; `domino` is what falls because of the closures.

    `open_links_2027` and `open_gain_2027` are those of the runs in which nobody is due to close.
    """
    from ecopark.abm.input.loading import load_scenario

    from ...runs.run import replicate_seed

    rows = []
    for margin, backup in product(MARGINS, BACKUPS):
        closing = thin_out(load_scenario("chemelot", {"policy.backup.size": backup}), margin)
        seeds = [replicate_seed(seed, number) for number in range(replicates)]
        due = due_to_close(closing)
        runs = pd.DataFrame([outcome(closing, one, due) for one in seeds])
        quiet = pd.DataFrame([outcome(keep_open(closing), one, due) for one in seeds])
        beyond = (runs["broke_after"] - quiet["broke_after"]).to_numpy()
        spread = 1.96 * beyond.std(ddof=1) / np.sqrt(len(beyond)) if len(beyond) > 1 else np.nan
        found = {"domino": beyond.mean(), "domino_error": spread}
        found |= {f"open_{name}": quiet[name].mean() for name in ("links_2027", "gain_2027")}
        rows.append({"margin": margin, "backup": backup, **runs.mean(), **found})
    return pd.DataFrame(rows)


@click.command("chemelot_domino")
@click.option("--replicates", default=30, show_default=True, help="Paired runs of each case.")
@click.option("--seed", default=1, show_default=True, help="Seed of the random shocks.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for domino.csv.")
def command(replicates: int, seed: int, out: Path | None) -> None:
    """Let plants of Chemelot close on thinner and thinner margins, with and without shared back-up."""
    found = compare(replicates, seed)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        found.to_csv(out / "domino.csv", index=False)
    money = [name for name in found if "gain" in name]
    click.echo(found.assign(**{name: found[name] / 1e6 for name in money}).round(2).to_string(index=False))


if __name__ == "__main__":
    command()
