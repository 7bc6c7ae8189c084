"""Columns that several result tables share: who sells, who buys, what is sold and what it is used as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .word_columns import Columns, pick

if TYPE_CHECKING:
    from .record import Record


def parties(park: Record, seller: np.ndarray, buyer: np.ndarray, sectors: bool = True) -> Columns:
    """Return the columns that name both companies and, unless left out, their sectors."""
    kinds: Any = park.scenario.tables["types"]
    parties = {"seller": pick(park.names, seller), "buyer": pick(park.names, buyer)}
    if not sectors:
        return parties
    of_type = [row.sector for row in kinds]
    companies_types = park.state.companies.type
    return {
        **parties,
        "seller_sector": pick(of_type, companies_types[seller]),
        "buyer_sector": pick(of_type, companies_types[buyer]),
    }


def materials_of(park: Record, opportunities: Any) -> Columns:
    """Return the columns that name the by-product and the input of opportunities."""
    names = [row.material for row in park.scenario.tables["materials"]]
    streams = park.state.streams
    return {
        "material": pick(names, streams.material[opportunities.supply]),
        "input": pick(names, streams.material[opportunities.demand]),
    }
