"""V9: planned clusters pay only when strict."""

from __future__ import annotations

from ..kit.declaration import RISES, STAYS, Claim, Means, StudyDeclaration


def pays_in_part(mean: Means) -> str:
    """Say what plans of all degrees give."""
    gains = ", ".join(
        f"{mean(f'scatter {level}', 'links'):.1f} at scatter {level}" for level in ("1", "0.5", "0.2", "0")
    )
    return f"there run {gains}; a pair that the plan brings together pays whatever the others do."


STUDY = StudyDeclaration(
    id="V9",
    module=__name__,
    title="Planned clusters",
    question="Does putting related companies together pay only where the plan is strict?",
    hypothesis="A strict plan (scatter 0) raises exchanges against no plan (1); half a plan (0.5) does not",
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
        Claim("a strict plan adds exchanges", "links", {"scatter 0": 1, "scatter 1": -1}, RISES, "exchanges"),
        Claim("a strict plan raises the gain", "gain", {"scatter 0": 1, "scatter 1": -1}, RISES, "EUR over 30 years"),
        Claim("half a plan adds none", "links", {"scatter 0.5": 1, "scatter 1": -1}, STAYS, "exchanges", margin=0.5, why=pays_in_part),
        Claim(
            "half a plan adds less than half of a strict one", "links", {"scatter 0": 0.5, "scatter 0.5": -1, "scatter 1": 0.5},
            RISES, "exchanges", why=pays_in_part,
        ),
    ),
)  # fmt: skip
