"""How to read the figures of the report of a sweep: a sentence or two for each kind that is in it."""

from __future__ import annotations

from ..inference.scenario_discovery import FOLDS
from ..inference.sweep_table import Sweep
from .sweep_conditions import chosen_pair

EFFECTS = (
    "Effect: change of the outcome when a factor goes from its least to its largest value in the design, the others in the "
    "middle of their ranges; of a curved response the best straight line. Interaction (x): half of how much "
    "larger the effect of one factor is at the largest value of the other than at its least. The mean of the outcome over the values of each "
    "factor shows the curve itself."
)
SOBOL = (
    "Sobol indices: the share of the variance of the expected outcome that a factor explains alone (first order) and with "
    "all its interactions (total). The noise of the mean over replicates is taken off."
)
MORRIS = (
    "Morris screening: elementary effects per range of a factor, on the scale of its probability. Large size: it matters; "
    "large spread: not linear, or with others. Outcomes are means over replicates."
)
PAWN = (
    "PAWN: how far the distribution of the outcome moves when a factor is held in a slice of its range (median "
    "Kolmogorov-Smirnov distance, 0 to 1). Left of the dotted line a factor cannot be told from none. Outcomes are means "
    "over replicates."
)
BOXES = (
    "Boxes of conditions: the unit is the point, with the share of its runs that are of interest. Density: the mean of that "
    "share inside the box; coverage: how much of all that is of interest lies inside. Both are measured on points that the "
    f"box was found without ({FOLDS}-fold cross-validation). Quasi-p: how likely a factor without influence does as well "
    "there, times the number of factors, as the search looks at all of them."
)
POLICIES = (
    "Regret: how far a policy stays behind the best one of each future; the best one is chosen on one half of the "
    "replicates and the regret measured on the other, so that it can be below 0. A policy is on the front when no other is "
    "at least as good in every goal and better in one."
)
INTERVALS = (
    "Intervals are of 95 %. Each says which chance it covers: which points were drawn, which shocks occurred, or both. "
    "Where the points are a complete list only shocks are left to chance."
)


def guide_to(sweep: Sweep) -> list[str]:
    """Return the sentences for the kinds of figures that a sweep has."""
    index = {"saltelli": SOBOL, "morris": MORRIS, "one_at_a_time": ""}.get(sweep.design, PAWN)
    two = chosen_pair(sweep)
    asked = "as the study asks" if sweep.pair else "the two that go most closely with the first outcome"
    told = [
        INTERVALS,
        POLICIES if len(sweep.policies) > 1 else "",
        EFFECTS if sweep.numeric else "",
        index if sweep.numeric else "",
        f"The maps are over {two[0]} and {two[1]}, {asked}." if two else "",
        BOXES if index == PAWN else "",
    ]
    return [text for text in told if text]
