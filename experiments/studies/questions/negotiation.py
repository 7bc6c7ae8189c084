"""Bargaining inside whole runs: one company plays a script for the whole run; and where the default stands on the frontier.

`ecopark study negotiation`. All variants of a seed have the same shocks. Nothing here is judged: the page prints what was
reached beside what `ecopark bench negotiation` measures on single talks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park
from ecopark.analysis.report.html_page import drawing, heading, page, section, table, words

from ...benchmarks.negotiation.script_in_runs import as_strategy
from ...benchmarks.negotiation.scripts import Script, listed

SCENARIOS = ("kalundborg", "synthetic")
OPENNESS = (0.0, 0.1, 0.25, 0.5, 1.0)  # negotiation.open
VARIANTS: dict[str, dict[str, Any]] = {
    **{f"negotiation.open {share:g}": {"negotiation.open": share} for share in OPENNESS},
    "strategy agent_v1": {"strategy.default": "agent_v1"},
    "information: quantities": {"discovery.information": "quantities"},
    "information: costs": {"discovery.information": "costs"},
    "trust at the start 0.8": {"trust.start": 0.8},
}
SEEDS, QUICK_SEEDS = 12, 2
COMPANIES, QUICK_COMPANIES = 6, 2  # those with the most talks play the scripts


def run_study(out: Path, quick: bool, seed: int, say: Callable[[str], None]) -> str:
    """Run the study, write scripts.csv, frontier.csv and report.html into `out`, and return what was found."""
    seeds = range(seed, seed + (QUICK_SEEDS if quick else SEEDS))
    frontier, gains = [], []
    for scenario in SCENARIOS:
        say(f"{scenario}: the frontier ...")
        frontier += [_population(scenario, name, values, seeds) for name, values in VARIANTS.items()]
        say(f"{scenario}: scripts in one seat for whole runs ...")
        gains += _scripts(scenario, _chosen(quick), seeds, QUICK_COMPANIES if quick else COMPANIES)
    tables = {"frontier": pd.DataFrame(frontier), "scripts": pd.DataFrame(gains)}
    out.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.to_csv(out / f"{name}.csv", index=False, lineterminator="\n")
    text = finding(tables["frontier"], tables["scripts"])
    (out / "report.html").write_text(report(tables["frontier"], tables["scripts"], text, quick), encoding="utf-8")
    return text


def _chosen(quick: bool) -> list[Script]:
    scripts = [*listed(), Script("open", "open"), Script("agent_v1", "agent_v1")]
    return scripts[::6] if quick else scripts


def _population(scenario: str, name: str, values: dict[str, Any], seeds: Iterable[int]) -> dict[str, Any]:
    """Return how a park bargains in which everybody does so alike: agreement, realised gain, share of the seller."""
    parts = [Park(load_scenario(scenario, values), seed).run().results.columns("talks") for seed in seeds]
    talks = {column: np.concatenate([np.asarray(part[column]) for part in parts]) for column in parts[0]}
    done = (talks["zone"] >= 0) & ~np.isin(talks["outcome"], ("partner_gone", "outbid", "quantity_gone"))
    signed = done & (talks["outcome"] == "signed")
    own = {side: talks[f"{side}_gain"] - talks[f"reserve_{side}"] for side in ("seller", "buyer")}
    zone = np.maximum(talks["zone"], 1e-9)
    joint = np.where(signed, np.nan_to_num(own["seller"] + own["buyer"]) / zone, 0.0)
    return {
        "scenario": scenario, "variant": name, "talks": int(done.sum()), "agreed": float(signed[done].mean()),
        "realised": float(joint[done].mean()), "of_deals": float(joint[signed].mean()),
        "seller_share": float((own["seller"] / zone)[signed].mean()), "meetings": float(talks["meetings"][signed].mean()),
    }  # fmt: skip


def _scripts(scenario: str, scripts: list[Script], seeds: Iterable[int], count: int) -> list[dict[str, Any]]:
    """Return what a company gains by a script in its own seat for a whole run, over itself without it, same shocks."""
    base = {seed: Park(load_scenario(scenario), seed).run() for seed in seeds}
    first = next(iter(base.values()))
    talks = first.results.talks
    names = pd.concat([talks.seller, talks.buyer]).value_counts().index[:count]
    own = {(seed, name): _gain(park, name) for seed, park in base.items() for name in names}
    rows = []
    for script in scripts:
        code = as_strategy(script)
        played = [
            (
                _gain(Park(load_scenario(scenario, {f'strategy.company."{name}"': code}), seed).run(), name),
                own[seed, name],
            )
            for seed in base
            for name in names
        ]
        with_script, without = (np.array(part) for part in zip(*played, strict=True))
        rows.append(
            {
                "scenario": scenario, "script": script.label, "runs": len(played),
                "gain": float(with_script.sum() / max(without.sum(), 1e-9) - 1.0),
                "better_in": float((with_script > without).mean()),
            }
        )  # fmt: skip
    return sorted(rows, key=lambda row: -row["gain"])


def _gain(park: Park, name: str) -> float:
    """Return a company's gain from exchanges over a run [EUR]."""
    table = park.results.columns("companies")
    return float(np.asarray(table["gain"])[np.asarray(table["company"]) == name].sum())


def finding(frontier: pd.DataFrame, scripts: pd.DataFrame) -> str:
    """Return what came out, in sentences."""
    parts = []
    for scenario, rows in frontier.groupby("scenario", sort=False):
        here = rows.set_index("variant").loc["negotiation.open 0.1"]
        best = scripts[scripts.scenario == scenario].iloc[0]
        parts.append(
            f"{scenario}: {here.agreed:.0%} of {here.talks} talks with a zone agree and realise {here.realised:.2f} of it "
            f"({here.of_deals:.3f} in deals, seller's share {here.seller_share:.2f}); the best script in one seat for a whole run "
            f"({best.script}) changes the company's gain from exchanges by {best.gain:+.0%}, better in {best.better_in:.0%} of {best.runs} runs."
        )
    return "\n".join(parts).replace("%", " %")


def report(frontier: pd.DataFrame, scripts: pd.DataFrame, text: str, quick: bool) -> str:
    """Return the page of the study."""
    provisional = " Few seeds: provisional." if quick else ""
    return page(
        "Bargaining inside whole runs",
        [
            heading("Bargaining inside whole runs"),
            words(
                "How often do companies that could both gain come to terms, how much of the gain do they keep, and what does a company "
                f"gain that plays a script for a whole run?{provisional}",
                "lead",
            ),
            *(words(line) for line in text.splitlines()),
            section(
                "The frontier", drawing("frontier", draw_frontier(frontier), "Agreement and realised gain by variant."), table(frontier)
            ),
            section(
                "Scripts in one seat", drawing("scripts", draw_scripts(scripts), "Gain of the company over itself, same shocks."),
                table(scripts),
            ),
            words(
                "With private least gains no rule is efficient, voluntary and safe at once (Myerson and Satterthwaite 1983, "
                "doi:10.1016/0022-0531(83)90048-0). Single talks: ecopark bench negotiation.",
                "muted",
            ),
        ],
    )  # fmt: skip


def draw_frontier(frontier: pd.DataFrame) -> Any:
    """Draw agreement against realised gain, a point a variant."""
    from ecopark.analysis.charts.colours import CYCLE
    from ecopark.analysis.charts.matplotlib_figures.style import new_figure

    figure, axes = new_figure((6.4, 4.2))
    for colour, (scenario, rows) in zip(CYCLE, frontier.groupby("scenario", sort=False), strict=False):
        axes.plot(rows.agreed, rows.realised, "o", color=colour, label=scenario)
        for row in rows.itertuples():
            axes.annotate(
                row.variant, (row.agreed, row.realised), xytext=(4, -3), textcoords="offset points", fontsize=6
            )
    axes.set(xlabel="agreed, of talks with a zone", ylabel="realised of all zones")
    axes.legend(loc="upper left")
    return figure


def draw_scripts(scripts: pd.DataFrame) -> Any:
    """Draw what each script gains, a bar a script."""
    from ecopark.analysis.charts.colours import CYCLE
    from ecopark.analysis.charts.matplotlib_figures.style import new_figure

    names = list(dict.fromkeys(scripts.script))
    figure, axes = new_figure((6.4, 0.8 + 0.24 * len(names)))
    for place, (colour, (scenario, rows)) in enumerate(
        zip(CYCLE, scripts.groupby("scenario", sort=False), strict=False)
    ):
        heights = [names.index(name) + 0.4 * place - 0.2 for name in rows.script]
        axes.barh(heights, 100 * rows.gain, height=0.38, color=colour, label=scenario)
    axes.set_yticks(range(len(names)), names, fontsize=6.5)
    axes.invert_yaxis()
    axes.set(xlabel="gain from exchanges over the same company without it, %")
    axes.legend(loc="lower right")
    return figure
