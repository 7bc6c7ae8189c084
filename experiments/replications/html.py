"""The pages of replications: one per published model, and the overview of all that were run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from ecopark.analysis.report.html_page import drawing, folded, heading, page, section, words

from ..runs.word_tables import rows_of
from . import rows as made
from .declaration import declared
from .result import ReplicationResult

CAPTIONS = {
    "distances": "Distance of each replicated number from the published one, in standard errors.",
    "planned_clusters": "Total waste against the spread of the planned means; bars and band are two standard errors.",
    "participation": "Investing producers against the cost of the investment, one panel per reading.",
    "willing_edges": "Willing edges by step, with and without the ratchet.",
}


def replication_page(result: ReplicationResult) -> str:
    """Return a replication as one page: verdict, three answers side by side, figures, all numbers, readings and defects."""
    told = declared()[result.id]
    provisional = " Provisional: quick run." if result.quick else ""
    shown = {name: drawing(name, figure, CAPTIONS[name]) for name, figure in result.figures.items()}
    compared = rows_of(made.COMPARED, made.comparison_rows(result))
    return page(
        f"{result.id}: {told.title}",
        [
            '<p><a href="../index.html">All replications</a></p>',
            heading(f"{result.id}: {told.title}"),
            words(told.question, "lead"),
            words(f"Verdict: {result.verdict}.{provisional}", "notice"),
            words(result.paragraph),
            section("The same questions put to the park model", rows_of(made.BESIDE, made.beside_rows(result))),
            *(shown[name] for name in shown if name != "distances"),
            section(
                "Published and replicated numbers", folded(f"{len(made.comparison_rows(result))} numbers", compared)
            ),
            folded("How far each number is from the published one", shown["distances"]),
            section("Other readings", rows_of(made.READINGS, made.reading_rows(result)))
            if made.reading_rows(result)
            else "",
            section("Observed, not published", rows_of(("quantity", "mean (standard error)"), observed_rows(result))),
            section("Defects found in the original", listed(result.defects)),
            section("Readings behind the verdict", rows_of(("part", "reading"), list(told.readings.items()))),
            section("Rule and source", words(told.rule), words(told.source.strip(), "muted")),
        ],
    )


def observed_rows(result: ReplicationResult) -> list[tuple[str, str]]:
    """Return what was observed beside the published numbers, in words."""
    return [
        (str(one["quantity"]), made.number(float(str(one["mean"])), float(str(one.get("standard_error", math.nan)))))
        for one in result.observations
    ]


def listed(texts: Sequence[str]) -> str:
    """Return a bulleted list."""
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"


def index_page(rows: Sequence[Sequence[str]]) -> str:
    """Return the overview of replications; rows: one per replication and part."""
    return page(
        "Replications",
        [
            heading("Published models, rebuilt"),
            words(
                "Each published model is rebuilt as a small model of its own and held against its own numbers.", "lead"
            ),
            rows_of(
                made.OVERVIEW, [["" if row[2] != "whole" else row[0], *row[1:]] for row in rows], link="report.html"
            ),
        ],
    )
