"""Actions: everything a person does to a park, as plain values that are logged; a log replays to the same park."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake, nearest
from ecopark.abm.input.scenario import Scenario, policy_name
from ecopark.abm.interventions.last_bids import bid
from ecopark.abm.interventions.seats import decide, leave_exchange, take_seat
from ecopark.abm.interventions.shocks import close_company, open_company, resize_company, shock_price, withdraw_permit
from ecopark.abm.park import Park
from ecopark.abm.policies import POLICIES

Action = dict[str, Any]
SEATED = ("seat", "decide", "bid", "leave")


def _set_policy(park: Park, name: str, size: Any) -> None:
    park.set_policy(name, size, stop=None)


def _seat(park: Park, company: str, taken: bool) -> None:
    take_seat(park, company, taken)


def _decide(
    park: Park, talk: int, company: str, decision: str, price: Any = None, share: Any = None, term: Any = None
) -> None:
    decide(park, talk, company, decision, price, share, term)


def _bid(park: Park, talk: int, company: str, price: Any = None, share: Any = None, term: Any = None) -> None:
    bid(park, talk, company, price, share, term)


def _leave(park: Park, exchange: int, company: str) -> None:
    leave_exchange(park, exchange, company)


DEEDS: dict[str, Callable[..., None]] = {
    "policy": _set_policy, "seat": _seat, "decide": _decide, "bid": _bid, "leave": _leave, "close": close_company,
    "open": open_company, "resize": resize_company, "price": shock_price, "permit": withdraw_permit,
}  # fmt: skip


def carry_out(park: Park, action: Mapping[str, Any]) -> None:
    """Do one action to a park at its present month, in place. Raises InputError and changes nothing when it is wrong."""
    terms = {key: value for key, value in action.items() if key not in ("month", "do", "by")}
    if action.get("do") not in DEEDS:
        raise InputError(
            [Mistake("action", action.get("do"), f"one of {', '.join(DEEDS)}", nearest(action.get("do"), DEEDS))]
        )
    try:
        DEEDS[action["do"]](park, **terms)
    except TypeError as error:
        raise InputError([Mistake(f"action {action['do']}", ", ".join(terms), f"other terms ({error})")]) from error


def replay(scenario: Scenario, seed: int, log: list[Action], months: int) -> Park:
    """Return the park after so many months in which the actions of the log happen in their months."""
    park = Park(scenario, seed)
    for action in log:
        if action["month"] > months:
            break
        park.advance(action["month"] - park.month)
        carry_out(park, action)
    return park.advance(months - park.month)


def without_people(log: list[Action]) -> list[Action]:
    """Return the log as if no seat had been taken: levers and shocks stay, the agents decide."""
    return [action for action in log if action["do"] not in SEATED]


def policies_now(park: Park) -> dict[str, float]:
    """Return the size of every policy that is in force this month, by its name."""
    now = park.scenario.start_year + park.month / 12
    live = [
        policy
        for policy in park.scenario.policies
        if (policy.start is None or policy.start <= now) and (policy.stop is None or policy.stop > now)
    ]
    return {policy_name(policy): policy.size for policy in live if policy.size is not None}


def describe_action(action: Mapping[str, Any]) -> str:
    """Say an action in plain words."""
    do = action["do"]
    if do == "policy":
        kind = POLICIES[action["name"]]
        return f"{kind.label} set to {action['size']} {kind.unit}"
    if do == "seat":
        return f"a person {'takes' if action['taken'] else 'leaves'} the seat of {action['company']}"
    words = {
        "close": "{company} has to close", "open": "{company} opens again", "resize": "{company} changes its size by the factor {factor}",
        "price": "the price of {material} changes by the factor {factor}", "permit": "{company} loses its permit for {material}",
        "decide": "{company} decides: {decision}", "leave": "{company} leaves an exchange",
        "bid": "{company} answers a call for last bids",
    }  # fmt: skip
    return words[do].format(**action)
