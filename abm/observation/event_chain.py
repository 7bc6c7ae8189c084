"""What led to an event: the event before it, or, where there is none, a lever, a date, a draw or a person.

The cause of what becomes of an opportunity is what happened to it before; an exchange that lost its partner, stream or
permit points at what happened to the plant, one that was left for something better at the start of that; who closes without
cash points at the last exchange it lost. Every chain ends at an event with an origin.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..entities.codes import (
    BETTER_INPUT,
    BETTER_USE,
    BY_BROKER,
    BY_PLANNER,
    BY_PLATFORM,
    BY_PRODUCT_GONE,
    EV_CLOSED,
    EV_ENDED,
    EV_IDENTIFIED,
    EV_INSOLVENT,
    EV_LEFT,
    EV_OPENED,
    EV_POLICY,
    EV_PROCESS,
    EV_SHOCK,
    EV_STAYED,
    NEED_GONE,
    PARTNER_CLOSED,
    PERMIT_WITHDRAWN,
)

ORIGINS = ("lever", "date", "draw", "person")
# Channels that somebody pays for; all others find by chance.
BY_LEVER = (BY_BROKER, BY_PLANNER, BY_PLATFORM)
# What happens to a plant and may end an exchange, by the reason of that end.
PLANT = {
    PARTNER_CLOSED: (EV_CLOSED, EV_INSOLVENT, EV_LEFT),
    BY_PRODUCT_GONE: (EV_PROCESS,),
    NEED_GONE: (EV_PROCESS,),
    PERMIT_WITHDRAWN: (EV_SHOCK,),
}


@dataclass
class Chain:
    """Where a history stands: how many events were told and forgotten, and the latest of each opportunity and company."""

    told: int = 0
    of_opportunity: dict[int, int] = field(default_factory=dict)
    of_plant: dict[tuple[int, int], int] = field(default_factory=dict)
    lost: dict[int, int] = field(default_factory=dict)
    waves: dict[int, int] = field(default_factory=dict)

    def copy(self) -> Chain:
        """Return an independent copy."""
        return Chain(self.told, dict(self.of_opportunity), dict(self.of_plant), dict(self.lost), dict(self.waves))

    def follow(self, events: Any, state: Any) -> tuple[np.ndarray, np.ndarray]:
        """Take the next events in, in place; return the number of each one's cause (NaN: none) and its origin (None: none)."""
        causes = np.full(len(events), np.nan)
        origins = np.full(len(events), None, dtype=object)
        persons = {(int(row.month), row.company) for row in state.calendar if row.by_person}
        for place, event in enumerate(events.tolist()):
            row = dict(zip(events.dtype.names, event, strict=True))
            cause = self._cause(row, state)
            if cause is None:
                origins[place] = _origin(row, state, persons)
            else:
                causes[place] = cause
            self._remember(row)
        return causes, origins

    def _cause(self, event: dict[str, Any], state: Any) -> int | None:
        """Return the number of the event that led to this one."""
        kind = event["kind"]
        if math.isnan(event["opportunity"]):
            if kind == EV_INSOLVENT:
                return self.lost.get(int(event["company"]))
            return self.waves.get(event["month"]) if kind in (EV_STAYED, EV_LEFT) else None
        if kind == EV_IDENTIFIED or _left_by_person(event, state):
            return None
        before = self.of_opportunity.get(int(event["opportunity"]))
        return before if kind != EV_ENDED else self._end(event, state, before)

    def _end(self, event: dict[str, Any], state: Any, before: int | None) -> int | None:
        """Return the number of the event that led to the end of an exchange. before: the latest of its own history."""
        reason = event["reason"]
        if reason in (BETTER_USE, BETTER_INPUT):
            instead = state.exchanges.opportunity[int(state.exchanges.successor[int(event["exchange"])])]
            return self.of_opportunity.get(int(instead), before)
        at_plant = [
            self.of_plant[place, happened]
            for place in (int(event["company"]), int(event["partner"]))
            for happened in PLANT.get(reason, ())
            if (place, happened) in self.of_plant
        ]
        return max(at_plant, default=before)

    def _remember(self, event: dict[str, Any]) -> None:
        number, kind = self.told, event["kind"]
        self.told += 1
        if not math.isnan(event["opportunity"]):
            self.of_opportunity[int(event["opportunity"])] = number
            if kind == EV_ENDED:
                self.lost[int(event["company"])] = self.lost[int(event["partner"])] = number
        elif not math.isnan(event["company"]):
            self.of_plant[int(event["company"]), kind] = number
        elif kind == EV_SHOCK:
            self.waves[event["month"]] = number


def _left_by_person(event: dict[str, Any], state: Any) -> bool:
    """Tell whether a person in a seat ended an exchange."""
    return event["kind"] == EV_ENDED and state.exchanges.left_by[int(event["exchange"])] > 0


def _origin(event: dict[str, Any], state: Any, persons: set[tuple[int, float]]) -> str:
    """Return where a chain of events begins."""
    kind = event["kind"]
    if kind == EV_ENDED and _left_by_person(event, state):
        return "person"
    if kind == EV_IDENTIFIED:
        return "lever" if event["reason"] in BY_LEVER else "draw"
    if kind == EV_POLICY:
        return "lever"
    if kind in (EV_PROCESS, EV_SHOCK, EV_OPENED, EV_CLOSED) and _by_person(event, persons):
        return "person"
    if kind in (EV_PROCESS, EV_SHOCK):
        return "date"
    if kind in (EV_OPENED, EV_CLOSED):
        company = state.companies[int(event["company"])]
        due = company.opens if kind == EV_OPENED else company.closes
        return "date" if due == event["month"] and not company.candidate else "draw"
    return "draw"


def _by_person(event: dict[str, Any], persons: set[tuple[int, float]]) -> bool:
    return any(
        month == event["month"]
        and (company == event["company"] or (math.isnan(company) and math.isnan(event["company"])))
        for month, company in persons
    )
