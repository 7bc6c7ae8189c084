"""V10: removal of the anchor hurts most, and less as diversity grows."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.study_kit import Claim, StudyDeclaration


def measure(park: Any) -> dict[str, float]:
    """Return the share of running links lost five years after the anchor closes, and how much more that is than for a usual member."""
    before = park.state.companies.sells + park.state.companies.buys
    linked = np.flatnonzero(before > 0)
    if len(linked) < 3:
        return {"loss_anchor": np.nan, "lead": np.nan}
    anchor = int(linked[np.argmax(before[linked])])
    usual = int(linked[len(linked) // 2] if linked[len(linked) // 2] != anchor else linked[0])
    links = before.sum() / 2
    loss = _loss(park, anchor, links)
    return {"loss_anchor": loss, "lead": loss - _loss(park, usual, links)}


def _loss(park: Any, row: int, links: float) -> float:
    """Return the share of links missing five years after a company closed, against the same park with it."""
    kept, lost = park.fork(), park.fork()
    lost.state.companies.hazard[row] = 1e9
    kept.run(5)
    lost.run(5)
    return float((kept.yearly["links"][-1] - lost.yearly["links"][-1]) / links)


STUDY = StudyDeclaration(
    id="V10",
    title="Removal of the anchor",
    question="Does the closure of the most linked company hurt most, and less in a more diverse park?",
    hypothesis="Losing the anchor costs more links than losing another member; the loss falls with diversity",
    source="Chopra and Khanna 2014, doi:10.1016/j.resconrec.2013.12.008",
    lever="closure of one company; synthetic.diversity 0.3 or 1",
    scenario="synthetic",
    years=20,
    variants={"diverse": {"synthetic.diversity": 1.0}, "uniform": {"synthetic.diversity": 0.3}},
    measure=measure,
    claims=(
        Claim("the anchor's closure costs more, diverse", "lead", {"diverse": 1}, 1, "share of links"),
        Claim("the anchor's closure costs more, uniform", "lead", {"uniform": 1}, 1, "share of links"),
        Claim(
            "the anchor matters less in the diverse park",
            "loss_anchor",
            {"diverse": 1, "uniform": -1},
            -1,
            "share of links",
        ),
    ),
    replicates=(40, 8),
)
