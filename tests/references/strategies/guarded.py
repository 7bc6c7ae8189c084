"""A step needs a step: the short rule."""

from __future__ import annotations

from math import inf

GIVEN_BACK, LEAST_STEP, PACE, LAST_GAP = 0.3, 0.05, 0.75, 0.3


def respond(view) -> str:
    """Accept, reject or end; remember the claim of the coming turn."""
    whole = view.aim - view.least
    view.memory["next"] = next_claim(view)
    if view.heard_worth < -whole - nothing(view):
        view.memory["absurd"] = view.memory.get("absurd", 0) + 1
        return "end" if view.memory["absurd"] >= 2 else "reject"
    share = view.memory["next"]
    return judge_offer(view, view.least + share * whole, view.least + max(0.0, share - LAST_GAP) * whole)


def judge_offer(view, claim: float, least_of_last: float) -> str:
    """Accept what is worth the claim, or a last offer that is worth enough."""
    if view.heard_worth >= claim - nothing(view):
        return "accept"
    if view.heard_last:
        return "accept" if view.heard_worth >= least_of_last - nothing(view) else "end"
    return "reject"


def propose(view) -> tuple[str, float, int]:
    """The next offer, the last one at the own deadline."""
    memory = view.memory
    if view.heard is None:
        memory["next"] = next_claim(view)
    memory["claim"] = memory["next"]
    memory["before"] = None if view.heard is None else (view.heard.price, view.heard_package)
    price, package = best_offer(view, view.least + memory["claim"] * (view.aim - view.least))
    return "last" if view.talk_meeting >= view.deadline else "offer", price, package


def next_claim(view) -> float:
    """Share of what is above the least gain that is claimed at this turn."""
    if "claim" not in view.memory:
        return 1.0
    return max(0.0, view.memory["claim"] - step_of(view))


def step_of(view) -> float:
    """What it comes down by at this turn, as a share of what is above the least gain."""
    pace = min(1.0, 2.0 * PACE / view.deadline)
    whole = view.aim - view.least
    if whole <= 0.0 or view.heard is None:
        return min(pace, LEAST_STEP)
    left = view.heard_worth - view.least
    if left > nothing(view) and left >= (1.0 - view.memory["claim"]) * whole:
        return pace
    price, package = view.memory["before"] or (0.0, len(view.own))
    gained = 0.0
    if package < len(view.own):
        gained = view.heard_worth - (view.slope * price + view.own[package])
    return min(pace, max(LEAST_STEP, gained / whole / GIVEN_BACK))


def best_offer(view, gain: float) -> tuple[float, int]:
    """Price and number of the package that is best for both by reference, at a gain."""
    best, most = 0, -inf
    for package, (own, other) in enumerate(zip(view.own, view.other, strict=True)):
        if own + other > most:
            best, most = package, own + other
    return (gain - view.own[best]) / view.slope, best


def nothing(view) -> float:
    """What counts as nothing."""
    return 1e-9 * view.stake
