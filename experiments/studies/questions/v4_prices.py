"""V4: realised prices take both signs in one region; the long side of the market loses bargaining power."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kit.declaration import RISES, Claim, Means, StudyDeclaration

MEASURES = ("positive", "negative", "slope_by_number", "slope_by_quantity", "rivalled")


def measure(park: Any) -> dict[str, float]:
    """Return shares of contracts by sign of price, and how the seller's share changes with each doubling of its market side.

    Two measures of the side: log2(possible partners of the seller's stream / of the buyer's), and log2(how many times what
    the seller has is wanted / how many times what the buyer needs is offered), by quantity. Slope of the seller's share of
    the joint gain on either among contracts of the same use (least squares, each use with its own mean). rivalled: contracts
    whose sides differ in the number of partners.
    """
    state = park.state
    table = state.exchanges[: int(state.clock.exchanges[0])]
    joint = table.expected_seller + table.expected_buyer
    table, joint = table[joint > 0], joint[joint > 0]
    wanted, offered = market_sides(state)
    partners = state.streams.opportunity_count
    numbers = np.log2(partners[table.supply] / partners[table.demand])
    quantities = np.log2(wanted[table.supply] / offered[table.demand])
    share = np.clip(table.expected_seller / joint, 0.0, 1.0)
    use = state.opportunities.conversion[table.opportunity]
    return {
        "positive": float(np.mean(table.price > 0)) if len(table) else np.nan,
        "negative": float(np.mean(table.price < 0)) if len(table) else np.nan,
        "slope_by_number": slope_within(numbers, share, use),
        "slope_by_quantity": slope_within(quantities, share, use),
        "rivalled": float((_within(numbers, use) != 0).sum()),
    }


def slope_within(side: np.ndarray, share: np.ndarray, use: np.ndarray) -> float:
    """Return the least-squares slope of a share on a side within uses; NaN where the side hardly varies."""
    known = np.isfinite(side)
    side, share = _within(side[known], use[known]), _within(share[known], use[known])
    spread = float((side**2).sum())
    return float((side * share).sum() / spread) if spread > 1.0 else np.nan


def market_sides(state: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return by stream how many times its by-product is wanted, and how many times its need is offered, by all in reach."""
    streams, chances = state.streams, state.opportunities
    yearly = 12 * streams.coefficient * state.companies.capacity[streams.company]
    replaced = chances.arriving * chances.ratio
    possible = np.minimum(
        yearly[chances.supply], yearly[chances.demand] * state.conversions.share[chances.conversion] / replaced
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        wanted = np.bincount(chances.supply, possible, len(streams)) / yearly
        offered = np.bincount(chances.demand, possible * replaced, len(streams)) / yearly
    return wanted, offered


def _within(values: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return values less the mean of their group."""
    _, place = np.unique(groups, return_inverse=True)
    return values - (np.bincount(place, values) / np.maximum(1, np.bincount(place)))[place]


def abundant_has_takers(mean: Means) -> str:
    """Say why the number of partners works the other way."""
    return (
        "who has much has many possible takers, and no rival is crowded out: a rival counts only as an outside option while its own "
        f"deal is open. With rivals counted the slope is {mean('counted', 'slope_by_number'):.3f} of the joint gain per doubling of "
        f"partners, with rivals ignored {mean('ignored', 'slope_by_number'):.3f}; by quantity {mean('counted', 'slope_by_quantity'):.3f} and "
        f"{mean('ignored', 'slope_by_quantity'):.3f}."
    )


STUDY = StudyDeclaration(
    id="V4",
    module=__name__,
    title="Prices of both signs, and the long side",
    question="Do contract prices of both signs occur in one region, and does the side with more rivals get less?",
    hypothesis="At least a tenth of contracts on each side of zero; the side with more choice, or of which more is wanted than offered, gets more",
    source="Yazan and Fraccascia 2020, doi:10.1080/00207543.2019.1590660; gate fees: WRAP",
    lever="market side of each contract, by number of partners and by quantity, among contracts of the same use; with negotiation.heard 0 no rival hears of a call",
    scenario="synthetic",
    variants={"counted": {"negotiation.heard": 1.0}, "ignored": {"negotiation.heard": 0.0}},
    measure=measure,
    measures=MEASURES,
    claims=(
        Claim("at least 10 % of contracts at a positive price", "positive", {"counted": 1}, RISES, "share", bound=0.1),
        Claim("at least 10 % of contracts at a negative price", "negative", {"counted": 1}, RISES, "share", bound=0.1),
        Claim(
            "a seller with more possible partners than its buyer gets a larger share", "slope_by_number", {"counted": 1}, RISES,
            "of the joint gain per doubling", why=abundant_has_takers,
        ),
        Claim(
            "the more so as rivals are counted, by number", "slope_by_number", {"counted": 1, "ignored": -1}, RISES,
            "of the joint gain per doubling", why=abundant_has_takers,
        ),
        Claim(
            "a seller of whose stream more is wanted than offered gets a larger share", "slope_by_quantity", {"counted": 1}, RISES,
            "of the joint gain per doubling", why=abundant_has_takers,
        ),
        Claim(
            "the more so as rivals are counted, by quantity", "slope_by_quantity", {"counted": 1, "ignored": -1}, RISES,
            "of the joint gain per doubling", why=abundant_has_takers,
        ),
    ),
    note="The side by quantity was added after the slope by number of partners had been seen to be negative; both are judged.",
)  # fmt: skip
