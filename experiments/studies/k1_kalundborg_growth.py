"""K1: the links of Kalundborg's core set emerge, when they did."""

from __future__ import annotations

from typing import Any

from abm.loading import SCENARIOS
from experiments.study_kit import Claim, StudyDeclaration


def measure(park: Any) -> dict[str, float]:
    """Return how a run compares with history to 1995: core links found, timing error, years near the record."""
    from experiments.runs import tables_of
    from experiments.scoring import score_tables

    summary = score_tables(SCENARIOS / "kalundborg", tables_of([park], ensemble=False))["summary"]
    core = summary["core links begun by 1995"]
    return {
        "found_less_12": summary["of them found in most runs"] - 12.0,
        "error_less_6": summary["median timing error of those, years"] - 6.0,
        "false_less_true": summary["false links per run by 1995"] - summary["true links per run by 1995"],
        "crps_links": summary["CRPS of the count to 1995, links"],
        "core": core,
    }


STUDY = StudyDeclaration(
    id="K1",
    title="Kalundborg's links emerge from bilateral deals",
    question="Do the core links of 1961 to 1995 emerge in single runs, at about their time, and not among as many false ones?",
    hypothesis="Plants, prices and rules are enough: at least 12 of 17 core links appear, median error at most 6 years",
    source="history: abm/scenarios/kalundborg/links.csv; aims of the founders",
    lever="none; exchanges are not scripted",
    scenario="kalundborg",
    variants={"history": {}},
    measure=measure,
    claims=(
        Claim("at least 12 of 17 core links in a run", "found_less_12", {"history": 1}, 1, "links over 12"),
        Claim("median timing error of found links at most 6 years", "error_less_6", {"history": 1}, -1, "years over 6"),
        Claim("at most as many false links as true ones by 1995", "false_less_true", {"history": 1}, -1, "links"),
    ),
    replicates=(100, 10),
    note="Data values graded G or A were adjusted by hand before (abm/scenarios/kalundborg/README.md), so this is a fit, not a test.",
)
