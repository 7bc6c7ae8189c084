"""Variants beside each other in figures."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.analysis.exchanges.story_line import mark

from ..stores.ensemble import Ensemble
from .format import Translate, figure, local

COLUMNS = (
    mark("settings"), mark("exchanges at the end"), mark("companies' gain"), mark("CO₂ avoided"), mark("public balance"),
    mark("ended"), mark("talks failed"),
)  # fmt: skip


def compare(runs: list[tuple[str, Ensemble]], t: Translate = str.format) -> list[dict[str, Any]]:
    """Return one row per run: mean over replicates of the last year's links and of totals over all years.

    t: puts a word into a language; the names of settings and columns stay as they are.
    """
    return [
        dict(zip(COLUMNS, [label, *(local(t, text) for text in _figures(ensemble))], strict=True))
        for label, ensemble in runs
    ]


def _figures(ensemble: Ensemble) -> list[str]:
    total = {
        name: float(ensemble.values(name).sum(axis=1).mean())
        for name in ("gain", "co2_avoided", "public_balance", "ends", "failed_talks")
    }
    units = {"gain": "EUR", "co2_avoided": "t", "public_balance": "EUR", "ends": "", "failed_talks": ""}
    return [
        f"{ensemble.values('links')[:, -1].mean():.1f}",
        *(figure(value, units[name]) for name, value in total.items()),
    ]


def table_of(runs: list[tuple[str, Ensemble]]) -> str:
    """Return every indicator of every run, replicate and year as CSV."""
    names = [name for name in runs[0][1].table.dtype.names or () if name != "year"]
    lines = [",".join(["settings", "replicate", "year", *names])]
    for label, ensemble in runs:
        quoted = '"' + label.replace('"', '""') + '"'
        for replicate, rows in enumerate(ensemble.table):
            lines += [
                f"{quoted},{replicate},{row['year']}," + ",".join(f"{float(row[name]):.10g}" for name in names)
                for row in np.atleast_1d(rows)
            ]
    return "\n".join(lines) + "\n"
