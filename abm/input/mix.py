"""What a generated region is drawn from: the types of mix.csv, or all that the conversions let give or take something."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from .errors import Mistake
from .range_checks import place_of

NONE_TRADES = "companies, or types that the conversions let give or take something"


def types_that_trade(tables: Mapping[str, tuple[Any, ...]]) -> Collection[str]:
    """Return the types that a generated company may have: the conversions reach what they give or need, and mix.csv names them."""
    wanted = {row.type for row in tables["mix"]}
    gives = {row.by_product for row in tables["conversions"]}
    takes = {row.input for row in tables["conversions"]}
    return {
        row.type
        for row in tables["processes"]
        if (row.material in gives and row.direction == "out") or (row.material in takes and row.direction == "in")
        if not wanted or row.type in wanted
    }


def check_mix(tables: Mapping[str, tuple[Any, ...]]) -> Iterator[Mistake]:
    """Yield the types of a mix that give and take nothing, and a region without any type that could trade."""
    with_streams = {row.type for row in tables["processes"]}
    for row in tables["mix"]:
        if row.type not in with_streams:
            yield Mistake(place_of("mix", row, "type"), row.type, "a type with processes")
    if not tables["companies"] and not types_that_trade(tables):
        yield Mistake("companies.csv", "0 companies, and no type to generate them of", NONE_TRADES)
