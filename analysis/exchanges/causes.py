"""Why an exchange began, what it was worth and why it ended: a pair of companies from the funnel to the end.

Every sentence is a template with named places, so that a face can put it into its language; the numbers come from the
tables of the run alone. A chain of causes ends at an event with an origin: a lever, a date, a draw or a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..run_folder.tables import RunTables

SIGNED = "{when}: signed; at its last terms {quantity:,.0f} {unit} a year at {price:,.2f} EUR for {term:g} years; {capex:,.0f} EUR are built."
FLOWED = "{when}: deliveries begin; {delivered:,.0f} {unit} in all; {seller} gained {one:,.0f} EUR by it and {buyer} {other:,.0f}."
TALKED = (
    "{from} to {to}: a talk of {count} meetings; the seller began at {asked}, the buyer at {bid} EUR a unit; {outcome}"
)
WENT = "In {year} {quantity:,.0f} units of it went to: {route}, at {cost:,.2f} EUR a unit with taxes."
BACK = "which goes back to how it began, told above ({when})."
CHANNELS = {
    "search": "by its own search", "contact": "through contacts", "platform": "on the platform", "broker": "through the broker",
    "innovation": "by innovation", "planner": "by the planner",
}  # fmt: skip
ORIGINS = {
    "lever": "a lever of the run", "date": "a date of the scenario", "draw": "chance", "person": "a person's decision",
}  # fmt: skip
# What a delivery brings [EUR], by side: column or columns multiplied -> words, sign.
TERMS: dict[str, tuple[tuple[str, tuple[str, ...], float], ...]] = {
    "seller": (
        ("disposal that it no longer pays", ("delivered", "disposal"), 1.0), ("what the buyer pays", ("payment",), 1.0),
        ("handling", ("handling",), -1.0), ("the good it gives up", ("forgone",), -1.0), ("its part of the capital", ("capital_seller",), -1.0),
        ("operation and maintenance", ("om_seller",), -1.0), ("subsidies", ("subsidy_seller",), 1.0), ("grants", ("grant_seller",), 1.0),
    ),
    "buyer": (
        ("input that it no longer buys", ("replaced", "virgin"), 1.0), ("what it pays the seller", ("payment",), -1.0),
        ("treatment", ("treatment",), -1.0), ("transport", ("transport",), -1.0), ("its part of the capital", ("capital_buyer",), -1.0),
        ("operation and maintenance", ("om_buyer",), -1.0), ("subsidies", ("subsidy_buyer",), 1.0), ("grants", ("grant_buyer",), 1.0),
    ),
}  # fmt: skip
LARGEST = 3


class UnknownPairError(ValueError):
    """A name that no company of the run has, or two companies that could never exchange anything."""


@dataclass(frozen=True)
class Line:
    """A sentence of a story: the month it belongs to (NaN: none), a template and its places; depth: of a chain."""

    month: float
    template: str
    places: dict[str, Any]
    depth: int = 0

    @property
    def text(self) -> str:
        """Return the sentence in English."""
        return self.template.format(**self.places)


@dataclass(frozen=True)
class Story:
    """What became of one opportunity of a pair. title: what could flow; lines: from the funnel to the end."""

    opportunity: int
    title: str
    lines: tuple[Line, ...]


def pair_stories(run: RunTables, seller: str, buyer: str) -> list[Story]:
    """Tell the story of every opportunity from a seller to a buyer, those with most contracts first.

    Raises UnknownPairError.
    """
    _check_names(run, seller, buyer)
    table = run.opportunities
    mine = table[(table["seller"] == seller) & (table["buyer"] == buyer)]
    if len(mine) == 0:
        raise UnknownPairError(
            f"{seller} makes nothing that {buyer} could use, by any conversion of this park. {_others(run, seller)}"
        )
    order = run.exchanges.groupby("opportunity").size()
    rows = sorted(mine.itertuples(), key=lambda row: (-int(order.get(row.opportunity, 0)), -abs(row.joint_gain or 0.0)))
    return [story_of(run, row) for row in rows]


def _check_names(run: RunTables, *names: str) -> None:
    known = sorted(set(run.companies["company"]))
    wrong = [name for name in names if name not in known]
    if wrong:
        import difflib

        near = difflib.get_close_matches(wrong[0], known, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UnknownPairError(f"No company of this run is called {wrong[0]}.{hint} Companies: {', '.join(known[:40])}")


def _others(run: RunTables, seller: str) -> str:
    buyers = sorted(set(run.opportunities.loc[run.opportunities["seller"] == seller, "buyer"]))
    return f"It could sell to: {', '.join(buyers[:30])}." if buyers else "It could sell to nobody."


def story_of(run: RunTables, row: Any) -> Story:
    """Tell the story of an opportunity. row: of the table of opportunities."""
    events = run.events[run.events["opportunity"] == row.opportunity]
    contracts = run.exchanges[run.exchanges["opportunity"] == row.opportunity]
    lines = [*_by_product(run, row), *_found(run, row, events), *_talks(run, row, events)]
    for contract in contracts.itertuples():
        lines += [*_contract(run, contract), *_worth(run, contract), *_end(run, contract, events)]
    if len(contracts) == 0:
        lines.append(_stopped(row, events))
    return Story(int(row.opportunity), f"{_label(row)} from {row.seller} to {row.buyer}", _in_time(lines))


def _in_time(lines: list[Line]) -> tuple[Line, ...]:
    """Return the lines in the order of their months; what has none, or is a cause, stays behind the line it belongs to."""
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and (line.depth > 0 or np.isnan(line.month)):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    ordered = sorted(blocks, key=lambda block: (np.isnan(block[0].month), block[0].month))
    return tuple(line for block in ordered for line in block)


def _label(row: Any) -> str:
    return str(row.material).replace("_", " ") + f" for {str(row.input).replace('_', ' ')}"


def date(run: RunTables, month: float) -> str:
    """Return a month as people say it."""
    names = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
    return f"{names[int(month) % 12]} {run.start_year + int(month) // 12}"


def _by_product(run: RunTables, row: Any) -> Iterator[Line]:
    """Say since when the seller has had it, why, and what became of it before."""
    streams = run.streams
    mine = streams[
        (streams["company"] == row.seller) & (streams["material"] == row.material) & (streams["direction"] == "out")
    ]
    if len(mine) == 0:
        yield Line(
            np.nan,
            "{seller} never made {material} in this run.",
            {"seller": row.seller, "material": str(row.material).replace("_", " ")},
        )
        return
    first = int(mine["year"].min())
    month = 12.0 * (first - run.start_year)
    made = run.events[
        (run.events["kind"] == "process") & (run.events["company"] == row.seller) & (run.events["year"] == first)
    ]
    if first == run.start_year or len(made) == 0:
        yield Line(
            month,
            "{seller} has had {material} since {year}.",
            {"seller": row.seller, "material": str(row.material).replace("_", " "), "year": first},
        )
    else:
        places = {
            "seller": row.seller,
            "material": str(row.material).replace("_", " "),
            "year": first,
            "why": made.iloc[-1]["detail"],
        }
        yield Line(month, "{seller} has had {material} since {year}: {why}.", places)
    yield from _before(run, row, mine)


def _before(run: RunTables, row: Any, mine: pd.DataFrame) -> Iterator[Line]:
    """Say where it went in the last year before it was sold."""
    signed = run.exchanges.loc[run.exchanges["opportunity"] == row.opportunity, "signed_month"].min()
    signed = float(run.months) if np.isnan(signed) else float(signed)
    year = min(run.start_year + max(0, int(signed) // 12 - 1), int(mine["year"].max()))
    there = mine[(mine["year"] == year) & ~mine["route"].isin(["sold", "stored"]) & (mine["quantity"] > 0)]
    if len(there) == 0:
        return
    most = there.loc[there["quantity"].idxmax()]
    places = {"year": year, "quantity": float(most["quantity"]), "route": str(most["route"]).replace("_", " "),
              "cost": float(most["cost"]) / max(float(most["quantity"]), 1e-9)}  # fmt: skip
    yield Line(
        12.0 * (year - run.start_year),
        WENT,
        places,
    )


def _found(run: RunTables, row: Any, events: pd.DataFrame) -> Iterator[Line]:
    """Say who found it and how."""
    for event in events[events["kind"] == "identified"].itertuples():
        places = {
            "when": date(run, event.month),
            "seller": row.seller,
            "buyer": row.buyer,
            "how": CHANNELS.get(str(event.reason), str(event.reason)),
        }
        yield Line(float(event.month), "{when}: {seller} and {buyer} learn of it, {how}.", places)
    first = events[events["kind"] == "screened"].head(1)
    for event in first.itertuples():
        places = {"when": date(run, event.month), "gain": float(event.value)}
        yield Line(
            float(event.month),
            "{when}: they think it worth talking about, about {gain:,.0f} EUR a year together.",
            places,
        )


def _talks(run: RunTables, row: Any, events: pd.DataFrame) -> Iterator[Line]:
    """Say how every talk went: meetings, first offers, the last word, the deal or why there was none."""
    meetings = run.meetings[run.meetings["opportunity"] == row.opportunity]
    for _, talk in meetings.groupby("talk", sort=True):
        first, last = talk.iloc[0], talk.iloc[-1]
        outcome = events[
            events["kind"].isin(["agreed", "no_deal", "renewed", "renegotiated"]) & (events["month"] >= last["month"])
        ].head(1)
        places = {
            "from": date(run, first["month"]), "to": date(run, last["month"]), "count": len(talk), "asked": _first(talk, "seller"),
            "bid": _first(talk, "buyer"), "last": float(last["price"]), "outcome": _outcome(run, last, row, outcome),
        }  # fmt: skip
        yield Line(
            float(first["month"]),
            TALKED,
            places,
        )


def _first(talk: pd.DataFrame, side: str) -> str:
    offers = talk[(talk["speaker"] == side) & (talk["answer"] == "offer")]["price"]
    return f"{float(offers.iloc[0]):,.2f}" if len(offers) else "no price"


def _outcome(run: RunTables, last: Any, row: Any, outcome: pd.DataFrame) -> str:
    if last["answer"] == "accept":
        return (
            f"agreed at {float(last['price']):,.2f} EUR, worth {float(last['seller_gain']):,.0f} EUR a year to {row.seller} "
            f"and {float(last['buyer_gain']):,.0f} to {row.buyer} as they saw it."
        )
    said = outcome[outcome["kind"] == "no_deal"]
    if len(said) == 0:
        return "it has not ended yet." if last["answer"] == "offer" else "it ended without a deal."
    return f"no deal: {str(said.iloc[0]['detail']).rsplit(': ', 1)[-1]}."


def _contract(run: RunTables, contract: Any) -> Iterator[Line]:
    """Say what was built and what flowed."""
    places = {"when": date(run, contract.signed_month), "price": float(contract.price), "unit": contract.unit, "term": float(contract.term_years),
              "quantity": float(contract.quantity), "capex": float(contract.capex)}  # fmt: skip
    yield Line(
        float(contract.signed_month),
        SIGNED,
        places,
    )
    if contract.start_month == contract.start_month:
        places = {"when": date(run, contract.start_month), "delivered": float(contract.delivered), "unit": contract.unit,
                  "seller": contract.seller, "buyer": contract.buyer, "one": float(contract.seller_gain), "other": float(contract.buyer_gain)}  # fmt: skip
        yield Line(
            float(contract.start_month),
            FLOWED,
            places,
        )


def _worth(run: RunTables, contract: Any) -> Iterator[Line]:
    """Say why it was worth so much to each side: the three largest terms, a year."""
    rows = run.deliveries[run.deliveries["contract"] == contract.exchange]
    if len(rows) == 0:
        return
    values = rows.assign(
        disposal=rows["disposal_fee"] + rows["disposal_tax"], virgin=rows["virgin_price"] + rows["virgin_tax"]
    )
    years = max(len(rows), 1) / 12.0
    for side, terms in TERMS.items():
        sums = [
            (words, sign * float(values[list(columns)].prod(axis=1).sum()) / years) for words, columns, sign in terms
        ]
        largest = sorted((term for term in sums if abs(term[1]) >= 1.0), key=lambda term: -abs(term[1]))[:LARGEST]
        if largest:
            parts = ", ".join(f"{words} {value:+,.0f}" for words, value in largest)
            yield Line(
                np.nan,
                "The largest terms for {who}, EUR a year: {parts}.",
                {"who": getattr(contract, side), "parts": parts},
            )


def _end(run: RunTables, contract: Any, events: pd.DataFrame) -> Iterator[Line]:
    """Say what ended it, back to the first cause; that it runs where it does."""
    if contract.end_month != contract.end_month:
        renewals = int((events["kind"] == "renewed").sum())
        yield Line(float(run.months), "It runs at the end of the run; renewals: {count}.", {"count": renewals})
        return
    ends = events[(events["kind"] == "ended") & (events["exchange"] == contract.exchange)]
    chain = chain_of(run, int(ends.iloc[-1]["event"])) if len(ends) else []
    for depth, event in enumerate(chain):
        if depth and event["opportunity"] == contract.opportunity:  # the history of its own that stands above
            first = chain[-1]
            yield Line(float(first["month"]), BACK, {"when": date(run, first["month"])}, depth)
            yield _origin_of(first, depth + 1)
            return
        template = "{when}: {what}." if depth == 0 else "because {what} ({when})."
        yield Line(float(event["month"]), template, {"when": date(run, event["month"]), "what": event["detail"]}, depth)
        if event["origin"]:
            yield _origin_of(event, depth + 1)


def _origin_of(event: dict[str, Any], depth: int) -> Line:
    return Line(float(event["month"]), "The first cause is {origin}.", {"origin": ORIGINS[event["origin"]]}, depth)


def _stopped(row: Any, events: pd.DataFrame) -> Line:
    """Say where an opportunity stands that no contract was ever signed for."""
    failed = int((events["kind"] == "no_deal").sum())
    gain = {"gain": float(row.joint_gain) if row.joint_gain == row.joint_gain else 0.0, "failed": failed}
    if row.identified_month != row.identified_month:
        return Line(np.nan, "Nobody ever found it; it would be worth {gain:,.0f} EUR a year to both together.", gain)
    if row.talks_month != row.talks_month:
        return Line(
            np.nan, "They never opened a talk; it would be worth {gain:,.0f} EUR a year to both together.", gain
        )
    return Line(
        np.nan,
        "No contract was signed in {failed} talks; it would be worth {gain:,.0f} EUR a year to both together.",
        gain,
    )


def chain_of(run: RunTables, event: int) -> list[dict[str, Any]]:
    """Return an event and what led to it, back to the one with an origin ("" if it has none)."""
    table = run.events.set_index("event")
    chain: list[dict[str, Any]] = []
    seen: set[int] = set()
    while event in table.index and event not in seen:
        seen.add(event)
        row = table.loc[event]
        origin = row["origin"] if isinstance(row["origin"], str) else ""
        chain.append(
            {
                "event": event,
                "month": row["month"],
                "kind": row["kind"],
                "detail": row["detail"],
                "opportunity": row["opportunity"],
                "origin": origin,
            }
        )
        if row["cause"] != row["cause"]:
            break
        event = int(row["cause"])
    return chain
