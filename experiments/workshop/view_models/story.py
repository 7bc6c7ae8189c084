"""The log of a park in plain words, newest first."""

from __future__ import annotations

from typing import Any

from ecopark.abm.observation.tables import events
from ecopark.abm.park import Park

from .privacy import ALL, Sight

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
QUIET_KINDS = ("identified", "screened", "renewed", "talks")
TONES = {
    "operating": "good",
    "agreed": "good",
    "renewed": "good",
    "ended": "bad",
    "no_deal": "bad",
    "hold_up": "bad",
    "closed": "bad",
    "insolvent": "bad",
    "shock": "shock",
    "process": "shock",
    "opened": "good",
}

# What others read of a deal whose terms are private.
DISCREET = {
    "screened": "{company} and {partner} find something worth talking about",
    "agreed": "{company} and {partner} sign a contract",
    "building": "{company} and {partner} build their connection",
    "renegotiated": "{company} and {partner} change their terms",
    "hold_up": "a partner demands new terms between {company} and {partner}",
    "insolvent": "{company} closes without cash",
}


def date_of(park: Park, month: int) -> str:
    """Return a month as a date in words."""
    return f"{MONTHS[int(month) % 12]} {park.scenario.start_year + int(month) // 12}"


def story(park: Park, everything: bool = False, most: int = 60, sight: Sight = ALL) -> list[dict[str, Any]]:
    """Return the latest events, newest first. everything: early stages, too."""
    used = int(park.state.clock.events[0])
    reach = most if everything else most * 12
    table = events(park, max(0, used - reach))
    lines = []
    for place in reversed(range(len(table["month"]))):
        kind = table["kind"][place]
        if not everything and kind in QUIET_KINDS:
            continue
        exchange, company = table["exchange"][place], table["company"][place]
        lines.append({
            "when": date_of(park, table["month"][place]), "text": capital(tell_to(sight, table, place), company), "kind": str(kind), "tone": TONES.get(str(kind), ""),
            "pick": f"exchange {int(exchange)}" if exchange == exchange else (f"company {company}" if company else ""),
        })  # fmt: skip
        if len(lines) >= most:
            break
    return lines


def capital(sentence: str, company: str | None = None) -> str:
    """Return a sentence with a capital at its beginning; the name of a company is left as it is."""
    return sentence if company and sentence.startswith(company) else sentence[:1].upper() + sentence[1:]


def tell_to(sight: Sight, table: dict[str, Any], place: int) -> str:
    """Return an event in plain words, without the terms of a deal that the reader has no part in."""
    kind, company, partner = (table[name][place] for name in ("kind", "company", "partner"))
    if kind in DISCREET and not sight.sees_deal(company or "", partner or ""):
        return DISCREET[kind].format(company=company, partner=partner)
    return str(table["detail"][place])
