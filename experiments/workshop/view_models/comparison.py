"""Variants beside each other in figures."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.analysis.exchanges.story_line import mark

from ..stores.ensemble import Ensemble
from .format import Translate, figure, local
from .headline_numbers import a_year

COLUMNS = (
    mark("settings"), mark("exchanges at the end"), mark("companies' gain a year"), mark("CO₂ avoided a year"),
    mark("public purse a year"), mark("ended in all"), mark("talks failed in all"),
)  # fmt: skip


def compare(runs: list[tuple[str, Ensemble]], t: Translate = str.format) -> list[dict[str, Any]]:
    """Return one row per run: mean over replicates of the last year's links, of what a year brings, and of totals.

    t: puts a word into a language; the names of settings and columns stay as they are.
    """
    return [
        dict(zip(COLUMNS, [label, *(local(t, text) for text in _figures(ensemble))], strict=True))
        for label, ensemble in runs
    ]


def _figures(ensemble: Ensemble) -> list[str]:
    means = {"gain": "EUR", "co2_avoided": "t", "public_balance": "EUR"}
    return [
        f"{ensemble.values('links')[:, -1].mean():.1f}",
        *(figure(a_year(ensemble, name), unit) for name, unit in means.items()),
        *(figure(float(ensemble.values(name).sum(axis=1).mean()), "") for name in ("ends", "failed_talks")),
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
