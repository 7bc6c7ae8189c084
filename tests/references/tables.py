"""Records of talks and parameters made by hand, for tests of single rules."""

from __future__ import annotations

from functools import lru_cache
from math import nan
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import ACCEPTED, ANSWERS, BUYER, LAST, OFFERED, REFUSED, SELLER
from ecopark.abm.entities.state import State
from ecopark.abm.entities.tables import blank
from ecopark.abm.initialization.found import found, parameter_record
from ecopark.abm.input.parameter_fields import PROTOCOLS, STRATEGIES
from ecopark.abm.strategies.view import MEMORY
from ecopark.abm.submodels.negotiation.protocols import meet_by
from ecopark.abm.submodels.negotiation.utility import gain_of
from ecopark.abm.submodels.negotiation.view import ROOM
from tests.references import parks


@lru_cache(maxsize=1)
def default_parameters() -> np.recarray:
    """Return one row of the default parameters."""
    return parameter_record(parks.three().replace({"contract.monitoring_cost": 0}), 0)


def talk_of(**values: Any) -> Any:
    """Return a talk about price alone between equals, with other values by the names of its columns.

    Both sides open at the whole of the joint gain at price zero unless `aim_seller` and `aim_buyer` say otherwise.
    """
    talk = blank("talks", 1)[0]
    plain = {
        "quantity": 1.0, "standard": 5.0, "terms": 1, "splits": 1, "scale": 1000.0, "wacc_seller": 0.08, "wacc_buyer": 0.08,
        "limit_seller": 5.0, "limit_buyer": 5.0, "value_seller": 20.0, "value_buyer": 80.0, "exponent_seller": 1.0,
        "exponent_buyer": 1.0, "deadline_seller": 10, "deadline_buyer": 10, "claim_seller": 0.5, "claim_buyer": 0.5,
        "price_seller": nan, "price_buyer": nan, "price": nan, "share": 0.5, "share_seller": 0.5, "share_buyer": 0.5,
        "gain_seller": nan, "gain_buyer": nan, "longest": 30.0, "life": 30.0,
    }  # fmt: skip
    for name, value in {**plain, **values}.items():
        talk[name] = value
    for term in ("term", "term_seller", "term_buyer"):
        talk[term] = talk.standard
    whole = joint_gain(talk)
    for side in ("seller", "buyer"):
        if f"aim_{side}" not in values:
            talk[f"aim_{side}"] = max(whole, talk[f"reserve_{side}"])
    return talk


def joint_gain(talk: Any, share: float = 0.5, term: float | None = None) -> float:
    """Return what both gain together."""
    years = float(talk.standard) if term is None else term
    return float(gain_of(talk, SELLER, 0.0, share, years) + gain_of(talk, BUYER, 0.0, share, years))


def bargain(talk: Any, protocol: str = "alternating_offers", longest: int = 500, strategy: str = "agent_v1") -> str:
    """Hold meetings until the talk ends, in place; return the last answer (accept or walk_out)."""
    answer, memory = OFFERED, np.zeros((2, MEMORY))
    for _ in range(longest):
        answer = meet(talk, protocol, strategy, memory)
        if answer != OFFERED:
            break
    return ANSWERS[answer]


@lru_cache(maxsize=8)
def world(strategy: str) -> State:
    """Return the tables of a small park in which every company bargains by a strategy."""
    with np.errstate(over="ignore"):
        state = found(parks.three(), 0, 12)
    state.companies.strategy_seller = state.companies.strategy_buyer = STRATEGIES.index(strategy)
    return state


def meet(talk: Any, protocol: str, strategy: str = "agent_v1", memory: Any = None) -> int:
    """Hold one meeting, in place; return the answer. The other side speaks next."""
    kept = np.zeros((2, MEMORY)) if memory is None else memory
    park, number = world(strategy), PROTOCOLS.index(protocol)
    with np.errstate(over="ignore"):
        answer = int(meet_by(number, default_parameters()[0], park, talk, kept, np.zeros(ROOM + 2)))
    talk.meeting += 1
    talk.speaker = BUYER if talk.speaker == SELLER else SELLER
    return OFFERED if answer in (LAST, REFUSED) else answer


def agrees(talk: Any, protocol: str = "alternating_offers", strategy: str = "agent_v1") -> bool:
    """Tell whether a talk ends with a deal, in place."""
    return bargain(talk, protocol, strategy=strategy) == ANSWERS[ACCEPTED]
