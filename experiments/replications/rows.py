"""Rows of the tables that a replication is shown in, on a page and in Markdown."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .comparison import MAIN, count_met
from .declaration import declared
from .result import Comparison, ReplicationResult

OVERVIEW = ("id", "replication", "part", "numbers met", "verdict")

COMPARED = (
    "part",
    "case",
    "quantity",
    "published",
    "replicated",
    "runs",
    "difference (standard errors)",
    "limit",
    "met",
)

BESIDE = (
    "the same question",
    "unit",
    "published",
    "replicated",
    "park model",
    "park as published",
    "lever in the park model",
)

READINGS = ("part", "other reading", "numbers met", "largest difference (standard errors)")

Row = tuple[str, ...]


def number(value: float, error: float) -> str:
    """Write a number with its standard error in brackets, both to the digits the error carries."""
    if math.isnan(error):
        return f"{value:g}"
    if error == 0:
        return f"{value:g} (0)"
    digits = min(6, max(0, 1 - math.floor(math.log10(error))))
    return f"{value:.{digits}f} ({error:.{digits}f})"


def overview_rows(results: Sequence[ReplicationResult]) -> list[Row]:
    """Return one row per part and one per replication, for the table OVERVIEW."""
    rows: list[Row] = []
    for result in results:
        mark = " (provisional)" if result.quick else ""
        rows.append((result.id, declared()[result.id].title, "whole", "", result.verdict + mark))
        rows += [
            (result.id, "", part, count_met(result.comparisons, part), word) for part, word in result.parts.items()
        ]
    return rows


def comparison_rows(result: ReplicationResult) -> list[Row]:
    """Return one row per published number under the main reading, for the table COMPARED."""
    return [
        (
            row.part,
            row.case,
            f"{row.quantity} ({row.unit})",
            ("< " if row.relation == "below" else "") + number(row.published, row.published_error),
            number(row.replicated, row.replicated_error),
            str(row.runs),
            f"{row.distance:+.1f}",
            f"{row.limit:.1f}",
            "yes" if row.met else "no",
        )
        for row in result.comparisons
        if row.reading == MAIN
    ]


def reading_rows(result: ReplicationResult) -> list[Row]:
    """Return one row per part and other reading, for the table READINGS."""
    groups: dict[tuple[str, str], list[Comparison]] = {}
    for row in result.comparisons:
        if row.reading != MAIN:
            groups.setdefault((row.part, row.reading), []).append(row)
    return [
        (part, reading, count_met(rows, part, reading), f"{max(abs(row.distance) for row in rows):.1f}")
        for (part, reading), rows in groups.items()
    ]


def beside_rows(result: ReplicationResult) -> list[Row]:
    """Return one row per question that the park model was asked, too, for the table BESIDE."""
    return [
        (
            row.question,
            row.unit,
            f"{row.published:g}" if row.nothing else f"{row.published:+.3g}",
            f"{row.replicated:.2g}" if row.nothing else f"{row.replicated:+.3g}",
            number(row.park, row.park_error),
            row.agrees,
            row.lever,
        )
        for row in result.beside
    ]
