"""Events in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..entities.codes import HELD_UP, REASONS
from .process_changes import changes_of

if TYPE_CHECKING:
    from .record import Record

REASON_WORDS = {
    "partner_closed": "a partner closed",
    "by_product_gone": "the by-product is no longer made",
    "need_gone": "the need is gone",
    "unprofitable": "it no longer pays",
    "better_use": "the seller has a better use",
    "better_input": "the buyer has a better source",
    "supply_failed": "deliveries failed too often",
    "trust_lost": "trust is lost",
    "held_up": "one side was held up",
    "not_renewed": "the contract was not renewed",
    "permit_withdrawn": "the permit was withdrawn",
    "deadline": "time ran out although a price would have suited both",
    "quantity_gone": "the quantity was promised to others",
    "no_zone": "no price suits both",
    "walked_out": "one side walked out",
    "partner_gone": "a partner is gone",
    "outbid": "another partner offered more",
    "absurd": "the other side would not talk any longer",
    "silence": "nobody answered",
    "search": "by own search",
    "contact": "through contacts",
    "platform": "on the platform",
    "broker": "through the broker",
    "innovation": "by innovation",
    "planner": "by the planner",
    "accepted": "and gets it",
    "refused": "and the other leaves",
    "asked": "and the other is asked",
    "turned_down": "and is turned down",
    "shared": ", with a place in a pipe of others",
    "price": "price",
    "quantity": "quantity",
}
PATTERNS = {
    "identified": "{company} and {partner} learn of {material} as a possible exchange, {reason}",
    "screened": "{company} and {partner} find {material} worth talking about, about {value:,.0f} EUR a year together",
    "talks": "{company} and {partner} open talks about {material}, {value:,.0f} {unit} a year",
    "no_deal": "{company} and {partner} end talks about {material}: {reason}",
    "agreed": "{company} sells {material} to {partner} at {value:,.2f} EUR per {unit}",
    "building": "{company} and {partner} build for {material}, {value:,.0f} EUR{reason}",
    "operating": "{material} flows from {company} to {partner}, up to {value:,.0f} {unit} a year",
    "renegotiated": "{company} and {partner} change the {reason} of {material} by {value:+,.2f} {terms}",
    "hold_up": "a partner demands {value:,.2f} EUR per {unit} more for {material} between {company} and {partner} {reason}",
    "renewed": "{company} and {partner} renew their contract about {material}",
    "ended": "{material} from {company} to {partner} ends: {reason}",
    "opened": "{company} opens",
    "closed": "{company} closes",
    "insolvent": "{company} closes without cash",
    "process": "{company} changes {change}",
    "policy": "policy {reason} changes: {value:.0f} (1 starts, 0 stops)",
    "shelved": "{company} and {partner} no longer find {material} worth talks",
    "chose": "{company} chooses its way back: {reason}",
    "stayed": "{company} stays in the relocation wave",
    "left": "{company} leaves in the relocation wave for: {reason}",
    "shock": "conditions change: factor {value:g}",
}


def tell(park: Record, columns: dict[str, Any]) -> np.ndarray:
    """Return a sentence for every event. columns: the other columns of the table of events."""
    materials: Any = park.scenario.tables["materials"]
    labels = {row.material: row.label for row in materials}
    units = {row.material: row.unit for row in materials}
    names = ("kind", "company", "partner", "material", "reason", "value", "exchange", "month")
    changes = changes_of(park) if "process" in columns["kind"] else {}
    sentences = [
        PATTERNS[kind].format(
            company=company, partner=partner, material=labels.get(material, ""), unit=units.get(material, ""),
            reason=_reason(park, kind, reason, exchange, month), value=value, terms=_terms(reason, units.get(material, "")), change=_next(changes, kind, month, company),
        )
        for kind, company, partner, material, reason, value, exchange, month in zip(*(columns[name] for name in names), strict=True)
    ]  # fmt: skip
    return np.array(sentences, dtype=object)


def _next(changes: dict[tuple[int, str], list[str]], kind: str, month: float, company: str | None) -> str:
    """Return what a company changed in a month, its next change there each time."""
    there = changes.get((int(month), str(company)), []) if kind == "process" else []
    return there.pop(0) if there else "its process or size"


def _reason(park: Record, kind: str, reason: str | None, exchange: float, month: float) -> str:
    """Say why something happened; of a demand, what came of it: an exchange that it ended has not given way."""
    if kind == "ended":
        return why_ended(park, int(exchange))
    if kind == "hold_up" and reason == "accepted":
        row: Any = park.state.exchanges[int(exchange)]
        reason = "refused" if row.reason == HELD_UP and row.end == month else reason
    return REASON_WORDS.get(str(reason), reason or "")


def why_ended(park: Record, exchange: int) -> str:
    """Say why an exchange has ended, and in whose seat when a person ended it. exchange: its row."""
    row: Any = park.state.exchanges[exchange]
    if row.left_by > 0:
        return f"ended by the person in the seat of {park.names[int(row.seller if row.left_by == 1 else row.buyer)]}"
    return REASON_WORDS[REASONS[int(row.reason)]]


def _terms(reason: str | None, unit: str) -> str:
    """Return the unit of what was renegotiated."""
    return f"{unit} a year" if reason == "quantity" else f"EUR per {unit}"
