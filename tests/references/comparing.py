"""Compare the twin with Park, bit by bit: every column that both have, in every table."""

from __future__ import annotations

from enum import Enum
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import ANSWERS, CHANNELS, EVENT_KINDS, NO_DEALS, REASONS, STAGES, TALK_KINDS
from ecopark.abm.observation.indicators import INDICATORS
from ecopark.abm.observation.tables import STEPS
from ecopark.abm.park import Park
from ecopark.abm.policies import POLICIES
from tests.references.building import STATUS
from tests.references.ledger import MONEY, OF_MONTH
from tests.references.model import TwinModel

COLUMNS: dict[str, tuple[str, ...]] = {
    "companies": (
        "type", "capacity", "coming_capacity", "margin", "cash_limit",
        "endowed", "insolvent", "net", "net_alone", "fixed_cost", "jobs", "cash", "attitude", "own", "utilisation",
        "output", "talks", "sells", "buys", "norm", "threshold", "hours", "reach", "realised", "expected", "result", "result_alone", "year_result",
        "year_alone", "known_by", "trust_received", "status", "rebase", "down", "fair", "owner", "option", "taken", "opens", "prospect", "widely_known",
        "hazard", "outage_start", "outage_end", "outage_loss", "maintenance_month", "maintenance_share",
    ),
    "streams": (
        "coefficient", "coming", "permit", "amount", "stock", "free", "replaced", "disposed", "contracted", "links", "posted",
        "outlet", "haul", "disposal_cost", "disposal_tax", "opening", "reference",
    ),
    "materials": ("deviation", "variance", "shock_factor", "price", "cost", "expected", "disposal_cost", "virgin_tax", "co2_virgin"),
    "factors": ("draw",),
    "sectors": ("own",),
    "notes": (
        "identified", "screened", "talks", "signed", "operating", "failures", "contracts", "channel", "studied", "assigned",
        "quantity", "score",
    ),
    "funnel": ("known", "stage", "look"),
    "pairs": ("trust", "experience", "refuses", "missed", "failed"),
    "exchanges": (
        "identity", "opportunity", "seller", "buyer", "stage", "price", "quantity", "band", "term", "share", "capital",
        "grant", "main", "buy_in", "penalty", "indexation", "reference", "signed", "ready", "start", "term_start", "end", "reason",
        "trigger", "channel", "meetings", "renegotiations", "asked", "talking", "link_capital", "equipment_capital", "upkeep",
        "asset", "wears", "successor", "predecessor", "instalments", "loan_seller", "loan_buyer",
        "debt_seller", "debt_buyer", "paid_seller", "paid_buyer", "interest_seller", "interest_buyer", "delivered_now",
        "nominal", "short_seller", "short_buyer", "fails", "fails_buyer", "flow", "gain_seller_now", "gain_buyer_now", "year_seller",
        "year_buyer", "year_delivered", "year_damages", "delivered", "tonnes", "co2", "seller_gain", "buyer_gain", "public_gain",
        "expected_seller", "expected_buyer",
    ),
    "deliveries": ("contract", "month", *MONEY, *OF_MONTH),
    "pages": ("year", "outlet", "total", "exchanged", "stored", "quantity", "cost", "tax"),
    "assets": ("exchange", "capacity", "capital", "share", "begins", "ends", "worn", "main"),
    "events": ("month", "kind", "company", "partner", "opportunity", "exchange", "reason", "value"),
    "meetings": (
        "talk", "opportunity", "month", "meeting", "speaker", "price", "share", "term", "gain_seller", "gain_buyer",
        "answer",
    ),
    "past_talks": (
        "talk", "opportunity", "kind", "opened", "ended", "meetings", "reason", "quantity", "capital", "stake", "zone", "price",
        "share", "term", "gain_seller", "gain_buyer", "reserve_seller", "reserve_buyer", "outside_seller", "outside_buyer",
        "aim_seller", "aim_buyer", "deadline_seller", "deadline_buyer", "absurd_seller", "absurd_buyer",
    ),
}  # fmt: skip
WORDS = {
    "status": STATUS,
    "stage": STAGES,
    "kind": EVENT_KINDS,
    "answer": ANSWERS,
    "speaker": ("seller", "buyer"),
    "channel": CHANNELS,
}
TALK_OF_SIDES = (
    "required", "outside", "reserve", "aim", "exponent", "deadline", "open", "value", "running", "hold_up", "exposure",
    "wacc", "limit", "claim",
)  # fmt: skip


def differences(twin: TwinModel, park: Park) -> list[str]:
    """Return a line for every column whose bits differ; none when the two are equal."""
    found = [
        *_tables(twin, park),
        *_months(twin, park),
        *_yearbook(twin, park),
        *_talks(twin, park),
        *_prices(twin, park),
        *_books(twin, park),
    ]
    if (twin.cycle, twin.talks_held) != (float(park.state.clock.cycle[0]), int(park.state.clock.talks_held[0])):
        found.append("clock: cycle or number of talks")
    return found


def compare(place: str, ours: Any, theirs: Any) -> list[str]:
    """Return one line when two columns differ in a bit (every NaN is equal to every other).

    Narrow columns are widened first, so that a number which did not fit in would be found.
    """
    theirs = np.ascontiguousarray(theirs, dtype=np.dtype(f"{np.asarray(theirs).dtype.kind}8"))
    if len(ours) != len(theirs):
        return [f"{place}: {len(ours)} rows, Park has {len(theirs)}"]
    ours = np.array(ours, dtype=theirs.dtype)
    unequal = ours.view(np.int64) != theirs.view(np.int64)
    if theirs.dtype.kind == "f":
        unequal &= ~(np.isnan(ours) & np.isnan(theirs))
    if not unequal.any():
        return []
    row = int(np.flatnonzero(unequal)[0])
    return [f"{place}[{row}]: {ours[row]!r}, Park has {theirs[row]!r} ({int(unequal.sum())} differ)"]


def things_of(twin: TwinModel) -> dict[str, list]:
    """Return the twin's objects in the order of Park's tables."""
    companies = list(twin.agents)
    return {
        "companies": companies,
        "streams": [stream for company in companies for stream in company.streams],
        "materials": twin.materials, "factors": twin.factors, "sectors": twin.sectors,
        "notes": twin.opportunities, "funnel": twin.opportunities,
        "pairs": [relation for company in companies for relation in company.relations.values()],
        "exchanges": twin.exchanges, "deliveries": twin.deliveries, "pages": twin.pages, "assets": twin.assets,
        "events": twin.events, "meetings": twin.meetings,
        "past_talks": twin.past_talks,
    }  # fmt: skip


def _tables(twin: TwinModel, park: Park) -> list[str]:
    found = []
    for table, things in things_of(twin).items():
        rows = getattr(park.state, table)
        if table in park.state.clock.dtype.names:
            rows = rows[: int(park.state.clock[table][0])]
        for column in COLUMNS[table]:
            ours = [number(table, column, getattr(thing, column), thing) for thing in things]
            theirs = rows[column]
            if table == "notes" and column in STEPS:  # begun when the opportunity is identified
                theirs = np.where(rows.channel > 0, theirs, np.nan)
            found += compare(f"{table}.{column}", ours, theirs)
    return found


def number(table: str, column: str, value: Any, thing: Any) -> float:
    """Return the number that Park writes for a value of the twin."""
    if table == "past_talks" and column in ("kind", "reason"):
        return (TALK_KINDS if column == "kind" else NO_DEALS).index(value)
    if column == "reason":
        return _reason(table, value, thing)
    if column == "main":  # 1 + the row of a pipe
        return value.number + 1 if value else 0
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return WORDS[column].index(value)
    if value is None:
        return -1 if column in ("predecessor", "outlet") else np.nan
    if hasattr(value, "unique_id"):
        return value.unique_id - 1
    return value.number if hasattr(value, "number") else value


def _reason(table: str, value: str, thing: Any) -> int:
    """Return the number of a reason: of an end, a failed talk, a channel, or 1 where a demand was turned down."""
    if table == "exchanges":
        return REASONS.index(value)
    if value.isdigit():  # the number of a way back
        return int(value)
    words = {
        "ended": REASONS,
        "no_deal": NO_DEALS,
        "identified": CHANNELS,
        "hold_up": ("", "turned_down"),
        "renegotiated": ("", "readjusted"),
        "building": ("", "shared"),
        "talks": ("", *TALK_KINDS[1:]),
        "policy": ("", *POLICIES),
    }
    return words.get(thing.kind, ("",)).index(value)


def _months(twin: TwinModel, park: Park) -> list[str]:
    found = []
    for name in INDICATORS:
        found += compare(f"months.{name}", [getattr(month, name) for month in twin.history], park.monthly[name])
    return found


def _yearbook(twin: TwinModel, park: Park) -> list[str]:
    pages = [page for year in twin.yearbook for page in year]
    found = []
    for name in pages[0] if pages else ():
        ours = [number("yearbook", name, page[name], page) for page in pages]
        found += compare(f"yearbook.{name}", ours, park.state.yearbook[name][: len(pages)])
    return found


def _talks(twin: TwinModel, park: Park) -> list[str]:
    rows = park.state.talks[: int(park.state.clock.talks[0])]
    found = []
    for name in (
        "number",
        "meeting",
        "quantity",
        "capital",
        "grant",
        "buy_in",
        "standard",
        "scale",
        "arranging",
        "phi",
        "posted",
    ):
        found += compare(f"talks.{name}", [getattr(talk, name) for talk in twin.talks], rows[name])
    for name in TALK_OF_SIDES:
        for side in ("seller", "buyer"):
            ours = [getattr(getattr(talk, side), name) for talk in twin.talks]
            found += compare(f"talks.{name}_{side}", ours, rows[f"{name}_{side}"])
    return found


def _prices(twin: TwinModel, park: Park) -> list[str]:
    found = []
    for row, material in enumerate(twin.materials):
        found += compare(f"prices[{material.name}]", material.prices, park.state.prices[row, : park.month])
        found += compare(f"disposal[{material.name}]", material.disposal_costs, park.state.disposal[row, : park.month])
    return found


def _books(twin: TwinModel, park: Park) -> list[str]:
    if not twin.p.recording_accounts:
        return []
    ours = [amount for year in twin.books for account in year for item in account for amount in item]
    return compare("books", ours, park.state.books.ravel()[: len(ours)])
