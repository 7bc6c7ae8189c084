"""Standing: what others can see of each stream, whether a deal about it could be made, and how much it draws looks."""

from __future__ import annotations

import math

import numpy as np

from ..entities.codes import IN, WAITING
from ..numerics.compiled import compiled

# What is known of a stream, see `note_standing`.
DEALS, PLANNED, WIDELY_KNOWN = 1, 2, 4


@compiled
def note_standing(s):
    """Return what others can see of each stream from discovery to signing, as flags added up [stream].

    DEALS: its company is there or announced, it flows or is coming, and it may be handed on. PLANNED: its company waits
    to open, or it does not flow yet. WIDELY_KNOWN: as of a trader. None of it changes before the last deal of the month;
    it is asked so often that it is kept in a byte.
    """
    standing = np.zeros(len(s.streams), dtype=np.int8)
    for row in range(len(s.streams)):
        stream = s.streams[row]
        company = s.companies[stream.company]
        flags = 0
        if company.prospect == 1 and stream.coming > 0.0 and (stream.direction == IN or stream.permit == 1):
            flags += DEALS
        if company.status == WAITING or stream.coefficient <= 0.0:
            flags += PLANNED
        if company.widely_known == 1:
            flags += WIDELY_KNOWN
        standing[row] = flags
    return standing


@compiled
def is_alive(t, standing, conversions, opportunity):
    """Tell whether a deal could be made: both companies there or announced, both streams flowing or coming, allowed."""
    if conversions[opportunity.conversion].allowed > t:
        return False
    return can_deal(standing, opportunity.supply, opportunity.demand)


@compiled
def can_deal(standing, supply, demand):
    """Tell whether two streams can still have to do with each other: their companies there, both flowing or coming."""
    return standing[supply] & standing[demand] & DEALS != 0


@compiled
def weight_of(p, standing, opportunity):
    """Return the weight with which one side of an opportunity is looked at by the other, contacts aside."""
    either = standing[opportunity.supply] | standing[opportunity.demand]
    weight = 1.0 if either & WIDELY_KNOWN != 0 else math.exp(-opportunity.distance / p.discovery_search_range)
    return weight * p.discovery_project if either & PLANNED != 0 else weight
