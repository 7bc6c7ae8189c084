"""Measure 6: one against many. A stream for which n others talk, with the model's own clearing and outside options.

Joint gains of the rivals are independent uniform draws, or all equal. Theory for one unit: the rival counts only when he is
better than the bilateral half, so that the mean share is 1 - 1/n + 2^-n / n (Binmore, Shaked and Sutton 1989,
doi:10.2307/2937866).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import ACCEPTED, BUYER, NEW, OFFERED, SELLER
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.numerics.compiled import compiled
from ecopark.abm.park import Park, quiet
from ecopark.abm.strategies.outside.register import code_of
from ecopark.abm.submodels.capacity import need_of, supply_of
from ecopark.abm.submodels.negotiation.clearing import award
from ecopark.abm.submodels.negotiation.meetings import hold_meetings
from ecopark.abm.submodels.negotiation.outside_option import best_offer, link_talks
from ecopark.abm.submodels.negotiation.preferences import reserve
from ecopark.abm.submodels.negotiation.utility import are_served

from .rows import Row

COUNTS, HEARD = (1, 2, 4, 8, 16), (0.0, 0.3, 0.7, 1.0)
MONTHS = 40
STAKE = 1e6  # public value of what is talked about [EUR/year]
# A price-only talk whose costs are nothing: the joint gain is what is drawn.
PLAIN: dict[str, Any] = {
    "kind": NEW, "exchange": -1, "terms": 1, "splits": 1, "standard": 5.0, "longest": 30.0, "life": 30.0, "wacc_seller": 0.08,
    "wacc_buyer": 0.08, "limit_seller": 5.0, "limit_buyer": 5.0, "open_seller": 1.0, "open_buyer": 1.0, "share_seller": 0.5,
    "share_buyer": 0.5, "share": 0.5, "price_seller": np.nan, "price_buyer": np.nan, "price": np.nan, "accepted": np.nan,
}  # fmt: skip


def theory(rivals: int) -> float:
    """Return the mean share of the one side by the outside option principle, random rivals."""
    return 1.0 - 1.0 / rivals + 2.0**-rivals / rivals


def rivalry(draws: int) -> list[Row]:
    """Return measure 6 for sellers and, mirrored, for buyers."""
    rows = []
    for side, words in ((SELLER, "seller's share"), (BUYER, "mirror, buyer's share")):
        shares = {(n, heard): market(side, n, heard, draws) for n in COUNTS for heard in HEARD}
        rows += [
            Row("6", f"{words}, {n} random, heard 1 (theory {theory(n):.2f})", abs(shares[n, 1.0][0] - theory(n)), None, 0.05,
                detail={"share": shares[n, 1.0][0], "theory": theory(n)})
            for n in COUNTS
        ]  # fmt: skip
        rows += [Row("6", f"{words}, {n} random, heard 0.3", shares[n, 0.3][0]) for n in COUNTS]
        rows += [Row("6", f"{words}, 8 random, heard {heard:g}", shares[8, heard][0]) for heard in HEARD]
        rows += [
            Row("6", f"{words}, {n} random: best rival served, heard 1", shares[n, 1.0][1], 0.98) for n in COUNTS[1:]
        ]
        rows.append(Row("6", f"{words}: largest fall in n or in heard", _fall(shares), None, 0.01))
        equal = {n: market(side, n, 0.3, draws, equal=True)[0] for n in (2, 4, 8)}
        rows += [Row("6", f"{words}, {n} equal, heard 0.3", equal[n]) for n in equal]
    return rows


def _fall(shares: dict[tuple[int, float], tuple[float, float]]) -> float:
    """Return the largest fall of the share from one number of rivals, or chance to hear, to the next."""
    falls = [0.0]
    falls += [shares[a, h][0] - shares[b, h][0] for h in HEARD for a, b in pairwise(COUNTS)]
    falls += [shares[n, a][0] - shares[n, b][0] for n in COUNTS for a, b in pairwise(HEARD)]
    return max(falls)


def market(side: int, rivals: int, heard: float, draws: int, equal: bool = False, seed: int = 1) -> tuple[float, float]:
    """Return (mean share of the one side, part in which the best rival was served) over deals of many drawn markets."""
    values = {"synthetic.companies": 300, "negotiation.heard": heard, "recording.meetings": False}
    park = Park(load_scenario("synthetic", values), seed)
    park.advance(1)
    state = park.state
    state.companies.strategy_seller = state.companies.strategy_buyer = code_of("open")
    state.companies.seat = 0
    rng = np.random.default_rng(seed)
    rows = _rivals_of(state, side, rivals)
    shares, served = [], []
    for draw in range(draws):
        gains = np.ones(rivals) if equal else rng.random(rivals)
        _lay(state, side, rows, gains, rng, draw)
        with quiet():
            winner = clear(MONTHS, state.params[0], state.clock[0], state)
        if winner >= 0:
            talk = state.talks[winner]
            own = float(talk.gain_seller if side == SELLER else talk.gain_buyer)
            shares.append(own / (gains[winner] * STAKE))
            served.append(gains[winner] >= gains.max())
    return float(np.mean(shares)), float(np.mean(served))


def _rivals_of(state: Any, side: int, count: int) -> np.ndarray:
    """Return opportunities of one stream with different partners."""
    column = state.opportunities.supply if side == SELLER else state.opportunities.demand
    stream = np.bincount(column).argmax()
    rows = np.flatnonzero(column == stream)
    state.streams.contracted[[int(stream), *state.opportunities.supply[rows], *state.opportunities.demand[rows]]] = 0.0
    return rows[:count]


def _lay(state: Any, side: int, rows: np.ndarray, gains: np.ndarray, rng: Any, draw: int) -> None:
    """Put the talks of a market on the table, in place: each takes the whole stream."""
    clock, p = state.clock[0], state.params[0]
    clock.talks, clock.fault = len(rows), 0
    state.memory[: 2 * len(rows)] = 0.0
    for place, row in enumerate(rows):
        talk, here = state.talks[place], state.opportunities[row]
        whole = supply_of(state, here) if side == SELLER else need_of(state, here) / (here.arriving * here.ratio)
        for name in talk.dtype.names:
            talk[name] = PLAIN.get(name, 0)
        talk.opportunity, talk.seller, talk.buyer = row, here.seller, here.buyer
        talk.supply, talk.demand, talk.quantity = here.supply, here.demand, p.contract_dependable * whole
        talk.identity, talk.number, talk.scale = rng.integers(1, 2**62), draw * 100 + place, STAKE / talk.quantity
        talk.value_buyer = gains[place] * talk.scale
        talk.aim_seller = talk.aim_buyer = gains[place] * STAKE
        talk.speaker = int(rng.random() < 0.5)
        talk.deadline_seller, talk.deadline_buyer = rng.integers(6, 19, 2)
        talk.exponent_seller, talk.exponent_buyer = 10 ** rng.uniform(-0.7, 0.3, 2)


@compiled
def clear(months, p, clock, s):
    """Let talks about one stream go on, month by month, until one is awarded, in place; return its row, -1 without a deal."""
    done = np.zeros(clock.talks, dtype=np.int64)
    outcomes = np.zeros(clock.talks, dtype=np.int64)
    first, after = link_talks(s, clock.talks)
    for _ in range(months):
        for row in range(clock.talks):
            talk = s.talks[row]
            talk.outside_seller = best_offer(p, s, talk, row, SELLER, first, after)
            talk.outside_buyer = best_offer(p, s, talk, row, BUYER, first, after)
            reserve(talk)
        hold_meetings(p, clock, s, outcomes)
        for row in range(clock.talks):
            if outcomes[row] != ACCEPTED:
                continue
            winner = award(p, s, row, outcomes, done, first, after)
            if are_served(s.talks[winner]):
                return winner
            outcomes[row] = OFFERED
    return -1
