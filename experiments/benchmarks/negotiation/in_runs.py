"""Measures of whole runs: what was accepted and not signed (7), pairs through third firms (8), renewals, new terms and hold-up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park

from .rows import Row
from .third_firms import third_firms

ABOUT_CONTRACTS = ("renewal", "renegotiation", "smaller", "switch")  # hold_up is a talk for people only


def in_runs(scenario: str, seeds: Iterable[int]) -> list[Row]:
    """Return the measures of whole runs of a scenario."""
    runs = [Park(load_scenario(scenario), seed).run() for seed in seeds]
    talks = _together([run.results.columns("talks") for run in runs])
    events = _together([run.results.columns("events") for run in runs])
    accepted = ~np.isnan(talks["accepted"])
    signed = (talks["outcome"] == "signed") & (talks["ended"] <= talks["accepted"] + 1)
    void = talks["outcome"] == "quantity_gone"
    return [
        Row("7", f"{scenario}: accepted, not signed within a month", _share(~signed, accepted), None, 0.01),
        Row("7", f"{scenario}: talks void by quantity", _share(void, np.ones(len(void), dtype=bool)), None, 0.01),
        *_of_kinds(scenario, talks),
        *_hold_up(scenario, events),
        *third_firms(scenario, runs),
    ]


def _together(tables: list[dict[str, Any]]) -> dict[str, np.ndarray]:
    return {name: np.concatenate([np.asarray(table[name]) for table in tables]) for name in tables[0]}


def _share(part: np.ndarray, whole: np.ndarray) -> float:
    return float(part[whole].mean()) if whole.any() else float("nan")


def _of_kinds(scenario: str, talks: dict[str, np.ndarray]) -> list[Row]:
    """Return how many talks about running contracts there were, and how many with a zone were agreed."""
    rows = []
    for kind in ABOUT_CONTRACTS:
        of_kind = talks["kind"] == kind
        with_zone = of_kind & (talks["zone"] >= 0)
        rows.append(
            Row("N13", f"{scenario}: {kind} talks agreed, where there is a zone", _share(talks["outcome"] == "signed", with_zone),
                detail={"talks": int(of_kind.sum()), "with_zone": int(with_zone.sum())})
        )  # fmt: skip
    return rows


def _hold_up(scenario: str, events: dict[str, np.ndarray]) -> list[Row]:
    demands = events["kind"] == "hold_up"
    ended = (events["kind"] == "ended") & (events["reason"] == "held_up")
    refused = events["reason"] == "turned_down"
    return [
        Row("N13", f"{scenario}: demands once capital was sunk", float(demands.sum()), form=".0f"),
        Row("N13", f"{scenario}: of them turned down", _share(refused, demands)),
        Row("N13", f"{scenario}: of them ended the contract", float(ended.sum() / max(1, demands.sum()))),
    ]
