"""V9: planned clusters pay only when strict."""

from __future__ import annotations

from experiments.study_kit import Claim, StudyDeclaration

STUDY = StudyDeclaration(
    id="V9",
    title="Planned clusters",
    question="Does putting related companies together pay only where the plan is strict?",
    hypothesis="A strict plan (scatter 0) raises reuse against no plan (1); half a plan (0.5) does not",
    source="Raimbault and others 2020, arXiv:2003.14133",
    lever="synthetic.scatter: share of companies that stand anywhere",
    scenario="synthetic",
    variants={f"scatter {scatter:g}": {"synthetic.scatter": scatter} for scatter in (0.0, 0.2, 0.5, 1.0)},
    outcomes={
        "links": {"indicator": "links", "take": "mean"},
        "gain": {"indicator": "gain", "take": "sum"},
        "disposed": {"indicator": "disposed", "take": "sum"},
    },
    claims=(
        Claim("a strict plan adds exchanges", "links", {"scatter 0": 1, "scatter 1": -1}, 1, "exchanges"),
        Claim("a strict plan raises the gain", "gain", {"scatter 0": 1, "scatter 1": -1}, 1, "EUR over 30 years"),
        Claim(
            "half a plan adds less than half of a strict one",
            "links",
            {"scatter 0": 0.5, "scatter 0.5": -1, "scatter 1": 0.5},
            1,
            "exchanges",
        ),
    ),
    note="One layout: a study over layouts varies synthetic.layout.",
)
