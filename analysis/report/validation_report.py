"""The page of a score: an ensemble against history, with what was aimed at, figures, tables and caveats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..charts.matplotlib_figures.validation import ends_by_cause, ends_by_year, years_of_links
from ..charts.number_format import number
from ..charts.svg.time_series import growth_curve
from .html_page import drawing, facts, folded, gallery, heading, page, section, table, words

if TYPE_CHECKING:
    from ..validation.history import Score

LINK_COLUMNS = {
    "id": "", "seller": "seller", "buyer": "buyer", "material": "by-product", "start": "real year", "appears": "share of runs",
    "in_time": "in time", "year_low": "5 %", "year_mid": "median", "year_high": "95 %", "miss": "median miss",
}  # fmt: skip


def score_page(found: Score, aims: list[dict[str, Any]], origin: dict[str, Any], caveats: Sequence[str]) -> str:
    """Return the score as one HTML document.

    aims: rows with aim, value, bound, met. caveats: sentences shown on top.
    """
    label = origin["scenario"]["label"]
    core = found.links[found.links["core"].astype(bool)]
    goals = pd.DataFrame(aims).assign(met=["yes" if row["met"] else "no" for row in aims])
    return page(
        f"{label}: score",
        [
            heading(f"{label} against history"),
            words(f"{origin['replicates']} runs from seed {origin['seed']}.", "muted"),
            *(words(text, "notice") for text in caveats),
            facts([(name, number(value), "") for name, value in found.summary.items()]),
            section("What was aimed at", table(goals)),
            section("Growth", gallery(drawing("growth", growth_curve(found.yearly, found.counts)))),
            section("Links", gallery(drawing("years_of_links", years_of_links(core))), _links(found)),
            section(
                "Ends",
                gallery(drawing("ends", ends_by_year(found.ends)), drawing("causes", ends_by_cause(found.causes))),
            ),
            section("Turning points", table(found.turns)),
            section("Savings and payback, EUR of 2020", table(found.savings)),
            section("Members and printed counts", table(found.members)),
            section("Repeat", words(origin["command"])),
        ],
    )


def _links(found: Score) -> str:
    """Return the folded tables of links, known and unknown to history."""
    return folded("All links of history", table(found.links, LINK_COLUMNS)) + folded(
        "Links of the model that history does not know", table(found.strange)
    )
