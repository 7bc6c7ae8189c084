"""The log of a park in plain words, newest first."""

from __future__ import annotations

from typing import Any

from ecopark.abm.observation.tables import events
from ecopark.abm.park import Park
from ecopark.analysis.exchanges.story_line import mark

from .format import Translate, local
from .privacy import ALL, Sight

MONTHS = (
    mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun"), mark("Jul"), mark("Aug"), mark("Sep"),
    mark("Oct"), mark("Nov"), mark("Dec"),
)  # fmt: skip
DATE = "{month} {year}"
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
    "screened": mark("{company} and {partner} find something worth talking about"),
    "agreed": mark("{company} and {partner} sign a contract"),
    "building": mark("{company} and {partner} build their connection"),
    "renegotiated": mark("{company} and {partner} change their terms"),
    "hold_up": mark("a partner demands new terms between {company} and {partner}"),
    "insolvent": mark("{company} closes without cash"),
}


def date_of(park: Park, month: int, t: Translate = str.format) -> str:
    """Return a month as a date in words."""
    name, year = MONTHS[int(month) % 12], park.scenario.start_year + int(month) // 12
    return t(DATE, month=name, year=year)


def story(
    park: Park, everything: bool = False, most: int = 60, sight: Sight = ALL, t: Translate = str.format
) -> list[dict[str, Any]]:
    """Return the latest events, newest first. everything: early stages, too. t: puts a sentence into a language."""
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
            "when": date_of(park, table["month"][place], t), "text": capital(tell_to(sight, table, place, t), company),
            "kind": str(kind), "tone": TONES.get(str(kind), ""),
            "pick": f"exchange {int(exchange)}" if exchange == exchange else (f"company {company}" if company else ""),
        })  # fmt: skip
        if len(lines) >= most:
            break
    return lines


def capital(sentence: str, company: str | None = None) -> str:
    """Return a sentence with a capital at its beginning; the name of a company is left as it is."""
    return sentence if company and sentence.startswith(company) else sentence[:1].upper() + sentence[1:]


def tell_to(sight: Sight, table: dict[str, Any], place: int, t: Translate = str.format) -> str:
    """Return an event in plain words, without the terms of a deal that the reader has no part in."""
    kind, company, partner = (table[name][place] for name in ("kind", "company", "partner"))
    if kind in DISCREET and not sight.sees_deal(company or "", partner or ""):
        return t(DISCREET[kind], company=company, partner=partner)
    return local(t, str(table["detail"][place]))
