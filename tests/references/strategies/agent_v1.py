"""The bargaining of version 1: time-dependent concession to the package nearest to the other's last offer."""

from __future__ import annotations

from math import inf

from tests.references.strategies.open import on_curve

TERMS = (1.0, 0.5, 2.0)


def respond(view) -> str:
    """Accept what is worth the target; end when the deadline has passed."""
    if view.talk_meeting > view.deadline:
        return "end"
    return "accept" if view.heard_worth >= view.least + on_curve(view) * (view.aim - view.least) else "reject"


def propose(view) -> tuple[str, float, int]:
    """The offer at the target that is nearest to the other's last one."""
    if view.talk_meeting > view.deadline:
        return "leave", 0.0, 0
    target = view.least + on_curve(view) * (view.aim - view.least)
    nearest, best = inf, ("offer", 0.0, 0)
    share_wanted, term_wanted = place_of(view, view.heard_package) if view.heard else (0.5, 1.0)
    for package, own in enumerate(view.own):
        price = (target - own) / view.slope
        share, term = place_of(view, package)
        in_price = (price - view.heard.price) / view.scale if view.heard else 0.0
        in_share, in_term = share - share_wanted, 0.1 * (term - term_wanted)
        apart = in_price * in_price + in_share * in_share + in_term * in_term
        if apart < nearest:
            nearest, best = apart, ("offer", price, package)
    return best


def place_of(view, package: int) -> tuple[float, float]:
    """Split, and term relative to the standard by its level, of a package."""
    splits = len({share for share, _ in view.packages})
    return view.packages[package][0], TERMS[package // splits]
