"""The result tables of bargaining: every offer, and every talk that has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..entities.codes import ANSWERS, HOLD_UP_TALK, NO_DEALS, RENEGOTIATION, SMALLER, SWITCH, TALK_KINDS
from ..input.parameter_fields import ROLES
from ..strategies.outside.register import name_of
from .parties import materials_of, parties
from .word_columns import Columns, pick

if TYPE_CHECKING:
    from .record import Record

# What a talk says of either side, as it stands in the state.
SIDED = (
    "reserve", "outside", "aim", "deadline", "exponent", "open", "seat", "last_price", "absurd",
)  # fmt: skip
ASKED = (RENEGOTIATION, SMALLER, SWITCH, HOLD_UP_TALK)


def meetings(park: Record, first: int = 0, end: int | None = None) -> Columns:
    """One row per offer of every talk, from row `first` to before row `end`."""
    state = park.state
    table = state.meetings[: int(state.clock.meetings[0])][first:end]
    source = state.opportunities[table.opportunity]
    return {
        "talk": np.array(table.talk),
        "opportunity": np.array(table.opportunity),
        **parties(park, source.seller, source.buyer, sectors=False),
        **materials_of(park, source),
        "month": np.array(table.month),
        "meeting": np.array(table.meeting),
        "speaker": pick(("seller", "buyer"), table.speaker),
        "price": np.array(table.price),
        "seller_share": np.array(table.share),
        "term_years": np.array(table.term),
        "seller_gain": np.array(table.gain_seller),
        "buyer_gain": np.array(table.gain_buyer),
        "answer": pick(ANSWERS, table.answer),
        "quantity": np.array(table.quantity),
        "last": table.last == 1,
    }


def talks(park: Record, first: int = 0, end: int | None = None) -> Columns:
    """One row per talk that has ended, from row `first` to before row `end`: what it was about, its zone, and why it ended."""
    state = park.state
    table = state.past_talks[: int(state.clock.past_talks[0])][first:end]
    source = state.opportunities[table.opportunity]
    as_they_are = [
        "opened", "ended", "accepted", "meetings", "called", "rivals_seller", "rivals_buyer", "quantity", "capital", "stake",
        "zone",
    ]  # fmt: skip
    sided = [f"{name}_{side}" for side in ("seller", "buyer") for name in SIDED]
    return {
        "talk": np.array(table.talk),
        "opportunity": np.array(table.opportunity),
        **parties(park, source.seller, source.buyer),
        **materials_of(park, source),
        "kind": pick(TALK_KINDS, table.kind),
        "outcome": pick(("signed", *NO_DEALS[1:]), table.reason),
        "exchange": np.where(table.exchange >= 0, table.exchange, np.nan),
        "asker": np.where(np.isin(table.kind, ASKED), pick(ROLES, table.asker), np.array(None, dtype=object)),
        "planned": table.planned == 1,
        **{name: np.array(table[name]) for name in as_they_are},
        "best_seller_share": np.array(table.best_share),
        "best_term_years": np.array(table.best_term),
        "price": np.array(table.price),
        "seller_share": np.array(table.share),
        "term_years": np.array(table.term),
        "seller_gain": np.array(table.gain_seller),
        "buyer_gain": np.array(table.gain_buyer),
        **{name: np.array(table[name]) for name in sided},
        **{f"strategy_{side}": _strategies(table[f"strategy_{side}"]) for side in ("seller", "buyer")},
    }


def _strategies(codes: np.ndarray) -> np.ndarray:
    """Return the names of strategies."""
    kinds = {code: name_of(code) for code in np.unique(codes).tolist()}
    return np.array([kinds[code] for code in codes.tolist()], dtype=object)
