"""V8: self-organised growth is preferential, facilitated growth is more even and more resilient."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kit.declaration import FALLS, RISES, Claim, Means, StudyDeclaration

MEASURES = ("concentration", "lost_with_first", "preference", "found_in_time")


def measure(park: Any) -> dict[str, float]:
    """Return the concentration of links (Gini), the share that hangs on the most linked company, and how preferential growth was."""
    from ecopark.analysis.value.surplus_division import gini

    companies = park.state.companies
    degree = companies.sells + companies.buys
    links = degree.sum() / 2
    return {
        "concentration": float(gini(degree[companies.status == 1])),
        "lost_with_first": float(degree.max() / links) if links > 0 else np.nan,
        "preference": preference(park),
        "found_in_time": float((park.state.notes.channel > 0).mean()),
    }


def preference(park: Any) -> float:
    """Return how many more links the partners of a new exchange already have than those of an opportunity drawn at random.

    sum over starts of the links of both partners / sum over starts of the mean of that over all opportunities; 1: growth
    is even, above 1: preferential.
    """
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    chances = park.state.opportunities
    had = expected = 0.0
    for exchange in table[~np.isnan(table.start)]:
        running = table[(table.start < exchange.start) & ~(table.end < exchange.start)]
        links = np.bincount(np.concatenate([running.seller, running.buyer]), minlength=len(park.state.companies))
        had += float(links[exchange.seller] + links[exchange.buyer])
        expected += float((links[chances.seller] + links[chances.buyer]).mean())
    return had / expected if expected > 0 else np.nan


def what_it_changes(mean: Means) -> str:
    """Say what is left for a facilitator to find."""
    return (
        f"after ten years {mean('self', 'found_in_time'):.0%} of all opportunities are known without a facilitator and "
        f"{mean('facilitated', 'found_in_time'):.0%} with one, which changes the Gini of links from {mean('self', 'concentration'):.2f} to "
        f"{mean('facilitated', 'concentration'):.2f} and the share of the most linked from {mean('self', 'lost_with_first'):.2f} to "
        f"{mean('facilitated', 'lost_with_first'):.2f}."
    ).replace("%", " %")


def plants_decide(mean: Means) -> str:
    """Say how preferential growth is in both modes."""
    return (
        "new exchanges go to companies that have "
        f"{mean('self', 'preference'):.2f} times the links of a random opportunity when self-organised and "
        f"{mean('facilitated', 'preference'):.2f} times when facilitated (1: even growth)."
    )


STUDY = StudyDeclaration(
    id="V8",
    module=__name__,
    title="Self-organised and facilitated growth",
    question="Is self-organised growth concentrated on a few companies, and facilitated growth more even and more resilient?",
    hypothesis="New links go to the linked; facilitation adds links, spreads them and lowers the share lost with the most linked company",
    source="Zhu and Ruth 2013, Journal of Environmental Management 122; 2014, Computers, Environment and Urban Systems 44",
    lever="governance.mode self_organised or facilitated, in the ten years of growth: later own search has found nearly everything",
    scenario="synthetic",
    years=10,
    variants={"self": {"governance.mode": "self_organised"}, "facilitated": {"governance.mode": "facilitated"}},
    measure=measure,
    measures=MEASURES,
    outcomes={"links": {"indicator": "links", "take": "mean"}},
    claims=(
        Claim("self-organised growth is preferential", "preference", {"self": 1}, RISES, "times the links of even growth", bound=1.0, why=plants_decide),
        Claim("facilitated growth is less so", "preference", {"facilitated": 1, "self": -1}, FALLS, "times the links of even growth", why=plants_decide),
        Claim("facilitation adds exchanges", "links", {"facilitated": 1, "self": -1}, RISES, "exchanges", why=what_it_changes),
        Claim("facilitation spreads links more evenly", "concentration", {"facilitated": 1, "self": -1}, FALLS, "Gini", why=what_it_changes),
        Claim(
            "less hangs on the most linked company", "lost_with_first", {"facilitated": 1, "self": -1}, FALLS, "share of links",
            why=what_it_changes,
        ),
    ),
)  # fmt: skip
