"""The plan of an hour: how many rounds, and how long each phase of a round lasts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.scenario import as_number

MONTHS_OF_A_ROUND = 24
LONGEST_PHASE = 3600.0


@dataclass(frozen=True)
class Plan:
    """Length of every phase [s] and number of rounds; shock, policy: the round in which it happens, 0 for never."""

    minutes: int
    rounds: int
    practice: float
    predict: float
    decide: float
    run: float
    reveal: float
    vote: float
    debrief: float
    reserve: float
    shock: int
    policy: int

    def seconds(self, phase: str) -> float | None:
        """Return how long a phase lasts, None where only the facilitator ends it."""
        return None if phase in ("lobby", "ended") else float(getattr(self, phase))

    def describe(self) -> dict[str, Any]:
        """Return the plan as plain values."""
        return asdict(self)


def _plan(*values: Any) -> Plan:
    return Plan(*values)


# The reserve is what `+30 s` may add up to in all.
PLANS = {
    30: _plan(30, 3, 60.0, 30.0, 160.0, 20.0, 60.0, 0.0, 540.0, 60.0, 2, 0),
    60: _plan(60, 5, 60.0, 35.0, 180.0, 20.0, 80.0, 150.0, 1200.0, 120.0, 3, 4),
    75: _plan(75, 7, 60.0, 40.0, 180.0, 20.0, 90.0, 180.0, 1200.0, 180.0, 4, 5),
    90: _plan(90, 8, 60.0, 45.0, 195.0, 20.0, 100.0, 180.0, 1380.0, 240.0, 4, 6),
}


def plan_of(minutes: Any, **changes: Any) -> Plan:
    """Return the plan of so many minutes, with other lengths of its phases where they are given. Raises InputError."""
    if minutes not in PLANS:
        raise InputError([Mistake("minutes", minutes, f"one of {', '.join(map(str, PLANS))}")])
    values = PLANS[minutes].describe()
    mistakes = []
    for name, value in changes.items():
        number = as_number(value)
        if name not in values or name == "minutes":
            mistakes.append(Mistake("plan", name, f"one of {', '.join(values)}"))
        elif number is None or not 0 <= number <= LONGEST_PHASE or (name == "rounds" and not 1 <= number <= 40):
            mistakes.append(Mistake(f"plan {name}", value, f"a number from 0 to {LONGEST_PHASE:g}"))
        else:
            values[name] = int(number) if name in ("rounds", "shock", "policy") else float(number)
    if mistakes:
        raise InputError(mistakes)
    return Plan(**values)
