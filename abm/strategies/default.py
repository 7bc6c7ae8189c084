"""The mixture: by a draw nobody sees a side bargains openly in some talks, guardedly in the others.

Private types make firmness credible and openness safe (Abreu and Gul 2000, doi:10.1111/1468-0262.00094). The chance is
`negotiation.open` x twice the own willingness, and nothing after a failed talk with the same partner.
"""

from __future__ import annotations

from ..numerics.compiled import compiled
from . import guarded
from . import open as openly
from .view import MANNER, OPENNESS

respond_guardedly, respond_openly = guarded.respond, openly.respond
propose_guardedly, propose_openly = guarded.propose, openly.propose


@compiled
def respond(view, memory):
    """Answer as the manner of this talk does."""
    return respond_openly(view, memory) if view[MANNER] < view[OPENNESS] else respond_guardedly(view, memory)


@compiled
def propose(view, out, memory):
    """Offer as the manner of this talk does."""
    if view[MANNER] < view[OPENNESS]:
        return propose_openly(view, out, memory)
    return propose_guardedly(view, out, memory)
