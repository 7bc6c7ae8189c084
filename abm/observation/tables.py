"""The result tables, column by column; names and order are stable (README.md lists them)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..entities.codes import (
    CHANNELS,
    EVENT_KINDS,
    NO_DEALS,
    OPEN,
    REASONS,
    STAGES,
)
from ..input.joined_rows import ways_back
from ..policies import POLICIES
from ..submodels.planner import value_anew
from .book_tables import accounts, assets, deliveries, streams
from .event_texts import tell
from .indicators import INDICATORS
from .parties import materials_of, parties
from .talk_tables import meetings, talks
from .word_columns import Columns, pick, pick_optional

if TYPE_CHECKING:
    from .record import Record

REASON_NAMES: dict[str, tuple[str, ...]] = {
    "ended": REASONS,
    "no_deal": NO_DEALS,
    "identified": CHANNELS,
    "renegotiated": ("price", "quantity"),
    "building": ("", "shared"),
    "hold_up": ("accepted", "turned_down", "asked"),
    "policy": ("", *POLICIES),
}

# Steps of the funnel whose month is noted.
STEPS = ("identified", "screened", "talks", "signed", "operating")


def yearly(park: Record) -> Columns:
    """One row per year: every indicator."""
    table = park.yearly
    return {name: table[name] for name in table.dtype.names or ()}


def monthly(park: Record) -> Columns:
    """One row per month: every indicator."""
    table = park.monthly
    months = np.arange(len(table))
    return {
        "month": months,
        "year": park.scenario.start_year + months // 12,
        **{name: np.array(table[name]) for name in INDICATORS},
    }


def companies(park: Record, first: int = 0) -> Columns:
    """One row per company and year, from year `first` of the run on."""
    state, years = park.state, park.month // 12
    count = len(state.companies)
    if len(state.yearbook) < years * count:
        years = 0
    book = state.yearbook[first * count : years * count]
    rows = np.tile(np.arange(count), max(0, years - first))
    roster: Any = {row.name: row for row in park.scenario.tables["companies"]}
    labels = [getattr(roster.get(name), "label", "") or name for name in park.names]
    kinds: Any = park.scenario.tables["types"]
    sectors = [row.sector for row in kinds]
    return {
        "year": park.scenario.start_year + np.repeat(np.arange(first, years), count),
        "company": pick(park.names, rows),
        "label": pick(labels, rows),
        "type": pick([row.type for row in kinds], book.type),
        "sector": pick(sectors, book.type),
        "x_km": state.companies.x[rows],
        "y_km": state.companies.y[rows],
        "open": book.status == OPEN,
        "links": book.sells + book.buys,
        "sells": np.array(book.sells),
        "buys": np.array(book.buys),
        "result": np.array(book.result),
        "result_alone": np.array(book.result_alone),
        "gain": book.result - book.result_alone,
        "cash": np.array(book.cash),
        "attitude": np.array(book.attitude),
        "trust": np.array(book.trust),
        "output": np.array(book.output),
        "jobs": np.where(book.status == OPEN, book.jobs, 0.0),
    }


def opportunities(park: Record, first: int = 0, end: int | None = None) -> Columns:
    """One row per opportunity, from row `first` to before row `end`: the funnel, and what a planner would count with."""
    state = park.state
    last = len(state.opportunities) if end is None else min(end, len(state.opportunities))
    table, notes = state.opportunities[first:last], state.notes[first:last]
    lever = state.levers[max(0, park.month - 1)]
    values, fixed = value_anew(state.params[0], lever, state, first, max(first, last))
    conversions = state.conversions[table.conversion]
    return {
        "opportunity": first + np.arange(len(table)),
        **parties(park, table.seller, table.buyer),
        **materials_of(park, table),
        "distance_km": np.array(table.distance),
        "quantity": np.array(notes.quantity),
        "joint_gain": np.array(notes.score),
        "stage": pick(STAGES, park.state.funnel.stage[first:end]),
        "channel": pick(CHANNELS, notes.channel),
        **{f"{step}_month": np.where(notes.channel > 0, notes[step], np.nan).astype(float) for step in STEPS},
        "failures": notes.failures.astype(np.int64),
        "unit_value": values,
        "fixed_cost": fixed,
        "replaces": table.arriving * table.ratio,
        "max_share": np.array(conversions.share),
        "known_month": state.funnel.known[first:last].astype(float),
        "allowed_month": conversions.allowed.astype(float),
    }


def exchanges(park: Record) -> Columns:
    """One row per contract: terms, partners, gains, end and reason."""
    state = park.state
    table = state.exchanges[: int(state.clock.exchanges[0])]
    source = state.opportunities[table.opportunity]
    kinds: Any = park.scenario.tables["materials"]
    given = state.streams.material[table.supply]
    reasons = [REASONS[reason] or None for reason in table.reason]
    return {
        "exchange": np.arange(len(table)),
        "opportunity": np.array(table.opportunity),
        **parties(park, table.seller, table.buyer),
        **materials_of(park, source),
        "group": pick([row.group for row in kinds], given),
        "unit": pick([row.unit for row in kinds], given),
        "carrier": pick([row.carrier for row in kinds], given),
        "distance_km": np.array(source.distance),
        "price": np.array(table.price),
        "quantity": np.array(table.quantity),
        "band": np.array(table.band),
        "term_years": np.array(table.term),
        "seller_share": np.array(table.share),
        "capex": table.capital + table.grant,
        "asset": np.where(table.asset >= 0, table.asset, np.nan),
        "successor": np.array(table.successor),
        "penalty": np.array(table.penalty),
        "indexation": np.array(table.indexation),
        "signed_month": np.array(table.signed),
        "start_month": np.array(table.start),
        "end_month": np.array(table.end),
        "stage": pick(STAGES, table.stage),
        "reason": np.array(reasons, dtype=object),
        "trigger": np.where(table.reason > 0, table.trigger, np.nan),
        "channel": pick(CHANNELS, table.channel),
        "meetings": np.array(table.meetings),
        "renegotiations": np.array(table.renegotiations),
        "delivered": np.array(table.delivered),
        "tonnes": np.array(table.tonnes),
        "co2_avoided": np.array(table.co2),
        "seller_gain": np.array(table.seller_gain),
        "buyer_gain": np.array(table.buyer_gain),
        "expected_seller_gain": np.array(table.expected_seller),
        "expected_buyer_gain": np.array(table.expected_buyer),
        "public_gain": np.array(table.public_gain),
    }


def events(park: Record, first: int = 0, end: int | None = None) -> Columns:
    """One row per change of stage, opening, closure, shock or policy from row `first` to before row `end`, with a sentence in plain words."""
    state = park.state
    table = state.events[: int(state.clock.events[0])][:end]
    causes, origins = park.chain.copy().follow(table, state)
    table = table[first:]
    known = ~np.isnan(table.opportunity)
    rows = np.where(known, table.opportunity, 0).astype(np.int64)
    supplies = state.streams.material[state.opportunities.supply[rows]] if len(state.opportunities) else rows
    materials = [row.material for row in park.scenario.tables["materials"]]
    kinds = pick(EVENT_KINDS, table.kind)
    ways = ("", *(f"{mode.mode} at {site.site}" for site, mode in ways_back(park.scenario.tables)))
    columns = {
        "event": park.chain.told + first + np.arange(len(table)),
        "month": np.array(table.month),
        "year": park.scenario.start_year + table.month // 12,
        "kind": kinds,
        "company": pick_optional(park.names, table.company),
        "partner": pick_optional(park.names, table.partner),
        "material": np.where(known, pick(materials, supplies), np.array(None, dtype=object)),
        "opportunity": np.array(table.opportunity),
        "exchange": np.array(table.exchange),
        "reason": np.array(
            [_reason(kind, reason, ways) for kind, reason in zip(kinds, table.reason, strict=True)], dtype=object
        ),
        "value": np.array(table.value),
        "cause": causes[first:],
        "origin": origins[first:],
    }
    columns["detail"] = tell(park, columns)
    return columns


def _reason(kind: str, reason: int, ways: Sequence[str]) -> str | None:
    """Return the name behind an event's reason: of an end, a failed talk, a channel, a change, a policy or a way back."""
    words = ways if kind in ("chose", "stayed", "left") else REASON_NAMES.get(kind)
    return (words[reason] or None) if words else None


def prices(park: Record) -> Columns:
    """One row per month and material: virgin price and cost of disposal."""
    months = park.month
    names = [row.material for row in park.scenario.tables["materials"]]
    return {
        "month": np.repeat(np.arange(months), len(names)),
        "material": pick(names, np.tile(np.arange(len(names)), months)),
        "price": park.state.prices[:, :months].T.ravel(),
        "disposal_cost": park.state.disposal[:, :months].T.ravel(),
    }


TABLES: dict[str, Callable[[Record], Columns]] = {
    "yearly": yearly, "monthly": monthly, "companies": companies, "opportunities": opportunities, "exchanges": exchanges,
    "events": events, "meetings": meetings, "talks": talks, "prices": prices,
    "deliveries": deliveries, "streams": streams, "accounts": accounts, "assets": assets,
}  # fmt: skip
