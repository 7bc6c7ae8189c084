"""A company as a sheet: streams, what goes to waste, partners; costs, trust, willingness and cash for those who may see."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.entities.codes import AGREED, ENDED, OPEN, OPERATING, OUT
from ecopark.abm.interventions.seats import row_of
from ecopark.abm.park import Park

from .format import brief, figure, words
from .privacy import ALL, Sight

STATUS = ("not open yet", "open", "closed")
NO_PARTNERS = "No exchange yet. Talks open when both sides know of a possible exchange and expect it to pay."


def company_sheet(park: Park, name: str, sight: Sight = ALL) -> dict[str, Any]:
    """Return the sheet of a company: title, facts, tables."""
    row = row_of(park, name)
    company: Any = park.state.companies[row]
    kind: Any = park.scenario.tables["types"][int(company.type)]  # type: ignore[index]
    roster: Any = {line.name: line for line in park.scenario.tables["companies"]}
    line = roster.get(name)
    return {
        "title": name,
        "subtitle": (getattr(line, "label", None) or words(kind.type))
        + f" · {words(kind.sector)} · {STATUS[int(company.status)]}",
        "facts": _public_facts(park, company, kind) + (_private_facts(park, row, company) if sight.sees(name) else []),
        "note": "" if sight.sees(name) else "Cash, costs, gains, trust and willingness are private to this company.",
        "tables": [_streams(park, company, sight.sees(name)), _partners(park, row, sight)],
    }


def _public_facts(park: Park, company: Any, kind: Any) -> list[list[str]]:
    made = f"{figure(12 * company.capacity, kind.product_unit)} {words(kind.product)}"
    return [
        ["makes", f"{made} a year at full use"],
        ["jobs", figure(float(company.jobs)) if company.status == OPEN else "0"],
        ["exchanges", f"gives {company.sells}, takes {company.buys}"],
    ]  # fmt: skip


def _private_facts(park: Park, row: int, company: Any) -> list[list[str]]:
    """Money, attitude, willingness and trust."""
    used = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    gained = float(used.seller_gain[used.seller == row].sum() + used.buyer_gain[used.buyer == row].sum())
    return [
        ["result last month", figure(float(company.result), "EUR")],
        ["without exchanges", figure(float(company.result_alone), "EUR")],
        ["gained from exchanges so far", figure(gained, "EUR")],
        ["cash", figure(float(company.cash), "EUR")],
        ["fixed cost", figure(12 * float(company.fixed_cost), "EUR a year")],
        ["capacity in use", f"{float(company.utilisation):.0%}" if company.status == OPEN else "0 %"],
        ["attitude to exchanges", f"{float(company.attitude):.2f} (0 to 1)"],
        ["what its contacts do", f"{float(company.norm):.2f} (0 to 1)"],
        ["trust in it", _trust(park, row)],
        ["pays back within", f"{float(company.payback):.1f} years"],
    ]


def _trust(park: Park, row: int) -> str:
    """Return the mean trust of partners it has dealt with."""
    pairs = park.state.pairs
    met = pairs.trust[(park.state.ties.other == row) & (pairs.experience > 0)]
    return f"{float(met.mean()):.2f} (0 to 1, {len(met)} partners)" if len(met) else "nobody has dealt with it yet"


def _streams(park: Park, company: Any, private: bool) -> dict[str, Any]:
    """Return what goes in and out, and what of it is used or goes to waste."""
    state, materials = park.state, park.scenario.tables["materials"]
    rows = []
    for stream in state.streams[company.stream_first : company.stream_first + company.stream_count]:
        if stream.coefficient <= 0:
            continue
        material: Any = materials[int(stream.material)]  # type: ignore[index]
        here: Any = state.materials[int(stream.material)]
        gives = stream.direction == OUT
        yearly = 12 * stream.coefficient * company.capacity
        promised = min(1.0, max(0.0, float(stream.contracted) / yearly)) if yearly > 0 else 0.0
        waste = float(stream.disposed) if gives else float(stream.amount - stream.replaced)
        unit_cost = here.disposal_cost if gives else here.cost
        numbers = [
            brief(yearly, material.unit),
            f"{promised:.0%}",
            brief(12 * waste, material.unit),
            brief(12 * waste * unit_cost, "EUR"),
        ]
        name = ["gives" if gives else "needs", material.label]
        rows.append({"cells": [*name, *numbers] if private else name, "pick": ""})
    rows.sort(key=lambda line: line["cells"][0])
    numbers = ["a year", "in contracts", "wasted or bought a year", "cost of that a year"]
    return {
        "title": "Streams",
        "head": ["", "stream", *numbers] if private else ["", "stream"],
        "rows": rows,
        "empty": "No streams.",
    }


def _partners(park: Park, row: int, sight: Sight) -> dict[str, Any]:
    """Exchanges of the company that have not ended, with what each gives it."""
    state, materials = park.state, park.scenario.tables["materials"]
    table = state.exchanges[: int(state.clock.exchanges[0])]
    mine = np.flatnonzero(
        ((table.seller == row) | (table.buyer == row)) & (table.stage >= AGREED) & (table.stage < ENDED)
    )
    rows = []
    for place in mine:
        exchange: Any = table[place]
        sells = exchange.seller == row
        other = park.names[int(exchange.buyer if sells else exchange.seller)]
        material: Any = materials[int(state.streams.material[exchange.supply])]  # type: ignore[index]
        gain = float(exchange.seller_gain if sells else exchange.buyer_gain)
        stage = "runs" if exchange.stage == OPERATING else "being built"
        private = [brief(gain, "EUR")] if sight.sees(park.names[row]) else []
        rows.append(
            {
                "cells": [f"{'to' if sells else 'from'} {other}", material.label, stage, *private],
                "pick": f"exchange {place}",
            }
        )
    head = ["partner", "what", "stage"]
    return {
        "title": "Partners",
        "head": [*head, "gained so far"] if sight.sees(park.names[row]) else head,
        "rows": rows,
        "empty": NO_PARTNERS,
    }
