"""Everything that can be done in a workshop, by name."""

from . import attention, calls, console, floor, pace, questions, requests, roles, seats, talks
from .base import ACTS, CLOCK, FACILITATOR, PERSON, Act

__all__ = [
    "ACTS",
    "CLOCK",
    "FACILITATOR",
    "PERSON",
    "Act",
    "attention",
    "calls",
    "console",
    "floor",
    "pace",
    "questions",
    "requests",
    "roles",
    "seats",
    "talks",
]
