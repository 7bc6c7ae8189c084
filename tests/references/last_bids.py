"""Who is called before a scarce stream is signed away; the twin has no people in seats, so that nobody is waited for."""

from __future__ import annotations

from tests.references.deals import Talk
from tests.references.outside_option import crowded_out


def are_rivals(model, talk: Talk, rival: Talk, by_seller: bool) -> bool:
    """An accepted talk and another one crowd each other out."""
    if rival.is_planned:
        return False
    return crowded_out(model.p, talk, rival, by_seller) > 0.5 and crowded_out(model.p, rival, talk, by_seller) > 0.5


def hears(model, rival: Talk) -> bool:
    """A rival hears that the stream is about to be signed away."""
    return model.draws.uniform("call", rival.meeting, rival.identity) < model.p.negotiation_heard
