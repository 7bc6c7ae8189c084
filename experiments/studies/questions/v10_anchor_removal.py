"""V10: removal of the anchor hurts most, and less as diversity grows."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kit.declaration import FALLS, RISES, Claim, Means, StudyDeclaration

YEARS_AFTER = 5
MEASURES = ("loss_anchor", "lead", "is_worst", "members", "degree_share")


def measure(park: Any) -> dict[str, float]:
    """Return the share of links lost with the most linked company, how much more that is than with another, and how often most."""
    degree = park.state.companies.sells + park.state.companies.buys
    linked = np.flatnonzero(degree > 0)
    if len(linked) < 3:
        return dict.fromkeys(MEASURES, np.nan)
    losses = losses_of(park, linked)
    anchor = int(np.argmax(degree[linked]))
    others = np.delete(losses, anchor)
    return {
        "loss_anchor": float(losses[anchor]),
        "lead": float(losses[anchor] - others.mean()),
        "is_worst": float(losses[anchor] >= others.max()),
        "members": float(len(linked)),
        "degree_share": float(degree.max() / (degree.sum() / 2)),
    }


def losses_of(park: Any, rows: np.ndarray) -> np.ndarray:
    """Return for each company the share of links missing years after it closed, against the same park with it."""
    links = float(park.yearly["links"][-1])
    kept = _links_after(park, None)
    return np.array([(kept - _links_after(park, int(row))) / max(1.0, links) for row in rows])


def _links_after(park: Any, row: int | None) -> float:
    """Return the links of a fork some years on, in which one company closes at once."""
    fork = park.fork()
    if row is not None:
        fork.state.companies.hazard[row] = 1e9
    fork.run(YEARS_AFTER)
    return float(fork.yearly["links"][-1])


def as_large_a_share(mean: Means) -> str:
    """Say what hangs on the anchor in both parks."""
    return (
        f"the anchor of the diverse park has {mean('diverse', 'degree_share'):.0%} of the links and loses "
        f"{mean('diverse', 'loss_anchor'):.0%}, that of the uniform park {mean('uniform', 'degree_share'):.0%} and "
        f"{mean('uniform', 'loss_anchor'):.0%}: part of what is lost is found anew with other partners in either park."
    ).replace("%", " %")


STUDY = StudyDeclaration(
    id="V10",
    module=__name__,
    title="Removal of the anchor",
    question="Does the closure of the most linked company hurt most, and less in a more diverse park?",
    hypothesis="Losing the anchor costs more links than losing any other member; the loss falls with diversity",
    source="Chopra and Khanna 2014, Journal of Environmental Management 141",
    lever="closure of one company, each linked one in turn; synthetic.diversity 0.3 or 1",
    scenario="synthetic",
    years=20,
    variants={"diverse": {"synthetic.diversity": 1.0}, "uniform": {"synthetic.diversity": 0.3}},
    measure=measure,
    measures=MEASURES,
    claims=(
        Claim("the anchor's closure costs more than another's, diverse", "lead", {"diverse": 1}, RISES, "share of links"),
        Claim("the anchor's closure costs more than another's, uniform", "lead", {"uniform": 1}, RISES, "share of links"),
        Claim("it costs most of all in over half of the parks", "is_worst", {"diverse": 1}, RISES, "share of parks", bound=0.5),
        Claim(
            "the anchor matters less in the diverse park", "loss_anchor", {"diverse": 1, "uniform": -1}, FALLS, "share of links",
            why=as_large_a_share,
        ),
    ),
)  # fmt: skip
