"""A company as a sheet: streams, what goes to waste, partners; costs, trust, willingness and cash for those who may see."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.entities.codes import AGREED, ENDED, OPEN, OPERATING, OUT
from ecopark.abm.interventions.seats import row_of
from ecopark.abm.park import Park
from ecopark.analysis.exchanges.story_line import mark

from .format import Translate, brief, figure, local, words
from .privacy import ALL, Sight

STATUS = (mark("not open yet"), mark("open"), mark("closed"))
SUBTITLE = "{label} · {sector} · {status}"


def company_sheet(park: Park, name: str, sight: Sight = ALL, t: Translate = str.format) -> dict[str, Any]:
    """Return the sheet of a company: title, facts, tables. t: here and below, puts words into a language."""
    row = row_of(park, name)
    company: Any = park.state.companies[row]
    kind: Any = park.scenario.tables["types"][int(company.type)]  # type: ignore[index]
    roster: Any = {line.name: line for line in park.scenario.tables["companies"]}
    line = roster.get(name)
    return {
        "title": name,
        "subtitle": t(
            SUBTITLE,
            label=getattr(line, "label", None) or kind.label,
            sector=words(kind.sector),
            status=STATUS[int(company.status)],
        ),
        "facts": _public_facts(company, kind, t) + (_private_facts(park, row, company, t) if sight.sees(name) else []),
        "note": "" if sight.sees(name) else t("Cash, costs, gains, trust and willingness are private to this company."),
        "tables": [_streams(park, company, sight.sees(name), t), _partners(park, row, sight, t)],
    }


def _public_facts(company: Any, kind: Any, t: Translate) -> list[list[str]]:
    made = figure(12 * company.capacity, kind.product_unit)
    return [
        [t("makes"), t("{amount} {product} a year at full use", amount=made, product=words(kind.product))],
        [t("jobs"), local(t, figure(float(company.jobs))) if company.status == OPEN else "0"],
        [t("exchanges"), t("gives {sells}, takes {buys}", sells=int(company.sells), buys=int(company.buys))],
    ]


def _private_facts(park: Park, row: int, company: Any, t: Translate) -> list[list[str]]:
    """Money, attitude, willingness and trust."""
    used = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    gained = float(used.seller_gain[used.seller == row].sum() + used.buyer_gain[used.buyer == row].sum())
    in_use = float(company.utilisation) if company.status == OPEN else 0.0
    return [
        [t("result last month"), local(t, figure(float(company.result), "EUR"))],
        [t("without exchanges"), local(t, figure(float(company.result_alone), "EUR"))],
        [t("gained from exchanges so far"), local(t, figure(gained, "EUR"))],
        [t("cash"), local(t, figure(float(company.cash), "EUR"))],
        [t("fixed cost"), local(t, figure(12 * float(company.fixed_cost), "EUR a year"))],
        [t("capacity in use"), f"{in_use:.0%}"],
        [t("attitude to exchanges"), t("{share:.2f} (0 to 1)", share=float(company.attitude))],
        [t("what its contacts do"), t("{share:.2f} (0 to 1)", share=float(company.norm))],
        [t("trust in it"), _trust(park, row, t)],
        [t("pays back within"), t("{years:.1f} years", years=float(company.payback))],
    ]


def _trust(park: Park, row: int, t: Translate) -> str:
    """Return the mean trust of partners it has dealt with."""
    pairs = park.state.pairs
    met = pairs.trust[(park.state.ties.other == row) & (pairs.experience > 0)]
    if not len(met):
        return t("nobody has dealt with it yet")
    return t("{share:.2f} (0 to 1, partners: {partners})", share=float(met.mean()), partners=len(met))


def _streams(park: Park, company: Any, private: bool, t: Translate) -> dict[str, Any]:
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
            local(t, brief(yearly, material.unit)),
            f"{promised:.0%}",
            local(t, brief(12 * waste, material.unit)),
            local(t, brief(12 * waste * unit_cost, "EUR")),
        ]
        name = [t("gives") if gives else t("needs"), local(t, material.label)]
        rows.append({"cells": [*name, *numbers] if private else name, "pick": ""})
    rows.sort(key=lambda line: line["cells"][0])
    numbers = [t("yearly"), t("in contracts"), t("wasted or bought a year"), t("cost of that a year")]
    return {
        "title": t("Streams"),
        "head": ["", t("stream"), *numbers] if private else ["", t("stream")],
        "rows": rows,
        "empty": t("No streams."),
    }


def _partners(park: Park, row: int, sight: Sight, t: Translate) -> dict[str, Any]:
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
        who = t("to {company}", company=other) if sells else t("from {company}", company=other)
        stage = t("runs") if exchange.stage == OPERATING else t("being built")
        private = [local(t, brief(gain, "EUR"))] if sight.sees(park.names[row]) else []
        rows.append({"cells": [who, local(t, material.label), stage, *private], "pick": f"exchange {place}"})
    head = [t("partner"), t("what"), t("stage")]
    return {
        "title": t("Partners"),
        "head": [*head, t("gained so far")] if sight.sees(park.names[row]) else head,
        "rows": rows,
        "empty": t("No exchange yet. Talks open when both sides know of a possible exchange and expect it to pay."),
    }
