"""Two companies with opportunities between them, and a month of discovery, for tests."""

import math

import numpy as np

from ecopark.abm.entities.codes import IN, OPEN, OUT
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.discovery import discover
from ecopark.abm.submodels.standing import note_standing
from tests.abm.submodels.tables import lever, one, rows, state, table

NEVER = math.inf
SURE = {"search.see": 1, "search.look": 1}  # one look shows all
ALIVE = {"known": 0, "allowed": 0, "buyer": 1, "demand": 1}


def park(count=1, **columns):
    """Return companies, streams and opportunities between company 0 and 1."""
    companies = rows(
        "companies",
        2,
        status=OPEN,
        prospect=1,
        coming_capacity=100,
        identity=[identity_of("a"), identity_of("b")],
        hours=1,
    )
    streams = table(
        "streams",
        {"direction": OUT, "coefficient": 1, "coming": 1, "permit": 1, "opportunity_count": count},
        {"direction": IN, "coefficient": 1, "coming": 1, "company": 1, "opportunity_count": count},
    )
    names = [identity_of(f"opportunity {number}") for number in range(count)]
    ways = rows("opportunities", count, **{"identity": names, **ALIVE, **columns})
    return companies, streams, ways


def run(t, p, companies, streams, ways, levers=None, pairs=None, contacts=None):
    """Discover for one month; return the events."""
    events, clock = rows("events", len(ways) + 1), one("clock", month=t, contacts=1)
    pairs = rows("pairs", 0) if pairs is None else pairs
    contacts = rows("contacts", 0) if contacts is None else contacts
    standing, names = note_standing(state(companies=companies, streams=streams)), np.ascontiguousarray(ways.identity)
    discover(
        t,
        p,
        clock,
        levers or lever(),
        standing,
        state(
            companies=companies,
            streams=streams,
            ways=ways,
            identities=names,
            pairs=pairs,
            contacts=contacts,
            events=events,
        ),
    )
    return events[: int(clock.events)]
