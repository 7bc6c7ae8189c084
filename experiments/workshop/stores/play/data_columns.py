"""The columns of the data set of a workshop: unit and meaning of each, by table."""

from __future__ import annotations

KEYS = {
    "workshop": ("", "code of the workshop"), "park": ("", "number of the twin park, from 0"),
    "participant": ("", "P01 ... in the order of coming; empty: an agent or nobody"), "round": ("", "round, 0 before the first"),
    "phase": ("", "phase of the round"), "time_ms": ("ms", "time since the start of the workshop"),
}  # fmt: skip
TABLES: dict[str, dict[str, tuple[str, str]]] = {
    "acts": {
        **KEYS, "role": ("", "role of who acts"), "company": ("", "company that speaks"), "partner": ("", "company across the table"),
        "talk": ("", "number of the talk"), "kind": ("", "kind of talk"), "meeting": ("", "meetings held before"),
        "side": ("", "seller or buyer"), "act": ("", "offer, accept, walk_out, or bid: a best price in a call for last bids"), "price": ("EUR/unit", "price"),
        "share": ("0..1", "seller's share of the capital"), "term": ("years", "term"), "own_gain": ("EUR/year", "worth to who speaks"),
        "own_least": ("EUR/year", "least gain of who speaks"), "other_gain": ("EUR/year", "worth to the other side"),
        "other_least": ("EUR/year", "least gain of the other side"), "zone_low": ("EUR/unit", "lowest price that suits both"),
        "zone_high": ("EUR/unit", "highest price that suits both; below zone_low there is no zone"),
        "advice_seen": ("0/1", "the agent's advice was seen in this talk"), "autopilot": ("0/1", "said by the agent of a person's seat"),
        "default": ("0/1", "nobody answered: what is done then"), "floor": ("0/1", "the talk came by the decision floor"),
        "think_ms": ("ms", "from the item to the answer"), "undone": ("number", "offers taken back since the last word"),
    },
    "talks": {
        "workshop": KEYS["workshop"], "park": KEYS["park"], "talk": ("", "number of the talk"), "kind": ("", "kind of talk"),
        "round": ("", "round of its first word"), "seller": ("", "company"), "buyer": ("", "company"), "material": ("", "by-product"),
        "unit": ("", "unit of the by-product"), "quantity": ("unit/year", "what was talked about"), "offers": ("number", "offers made"),
        "end": ("", "signed, walked, open or lapsed"), "zone_low": ("EUR/unit", "lowest price that suits both at the last word"),
        "zone_high": ("EUR/unit", "highest price that suits both at the last word"), "joint_gain": ("EUR/year", "joint gain above both least gains"),
        "last_price": ("EUR/unit", "last price named, or that of the deal"), "buyer_share": ("0..1", "share of the surplus that the buyer got"),
        "floor": ("0/1", "the talk came by the decision floor"),
    },
    "contracts": {
        "workshop": KEYS["workshop"], "park": KEYS["park"], "seller": ("", "company"), "buyer": ("", "company"), "material": ("", "by-product"),
        "round": ("", "round"), "month": ("month", "months since the park began"), "what": ("", "signed, renewed or ended"),
        "reason": ("", "of the end"),
    },
    "hours": {**KEYS, "what": ("", "look or study"), "partner": ("", "company that was visited")},
    "predictions": {**KEYS, "question": ("", "what was asked"), "value": ("", "prediction"), "truth": ("", "how it came out")},
    "ballots": {**KEYS, "package": ("", "package"), "approved": ("0/1", "the participant approved of it")},
    "votes": {**KEYS, "package": ("", "package that was chosen"), "approvals": ("", "people who approved of it")},
    "rounds": {**KEYS, "gain": ("EUR", "gain of the company by exchanges so far"), "par": ("EUR", "the same by agents alone, median"),
               "share": ("0..1", "share of the central optimum")},
    "participants": {
        "workshop": KEYS["workshop"], "park": KEYS["park"], "participant": KEYS["participant"], "role": ("", "role"),
        "company": ("", "company"), "language": ("", "language of the device"), "device": ("", "phone, tablet or computer"),
        "consent": ("0/1", "consent to research"), "away_s": ("s", "time away, in which the agent played"),
    },
}  # fmt: skip
