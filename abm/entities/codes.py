"""What the whole numbers in the tables stand for: stages, reasons, kinds, channels, answers."""

from __future__ import annotations

# Status of a company.
WAITING, OPEN, CLOSED = 0, 1, 2
# Direction of a stream.
OUT, IN = 0, 1
# Stages of the funnel.
STAGES = ("latent", "identified", "screened", "in_talks", "agreed", "building", "operating", "ended")
LATENT, IDENTIFIED, SCREENED, IN_TALKS, AGREED, BUILDING, OPERATING, ENDED = range(8)
# Why an exchange ends (ODD 7.7); 0 is reserved for exchanges that have not ended.
REASONS = (
    "", "partner_closed", "by_product_gone", "need_gone", "unprofitable", "better_use", "better_input", "supply_failed",
    "trust_lost", "held_up", "not_renewed", "permit_withdrawn",
)  # fmt: skip
(
    RUNNING, PARTNER_CLOSED, BY_PRODUCT_GONE, NEED_GONE, UNPROFITABLE, BETTER_USE, BETTER_INPUT, SUPPLY_FAILED,
    TRUST_LOST, HELD_UP, NOT_RENEWED, PERMIT_WITHDRAWN,
) = range(12)  # fmt: skip
# Why a talk ends without a deal.
NO_DEALS = ("", "deadline", "quantity_gone", "no_zone", "walked_out", "partner_gone", "outbid", "absurd", "silence")
DEADLINE, QUANTITY_GONE, NO_ZONE, WALKED_OUT, PARTNER_GONE, OUTBID, ABSURD, SILENCE = range(1, 9)
# What a talk is about.
TALK_KINDS = ("new", "renewal", "renegotiation", "smaller", "switch", "hold_up")
NEW, RENEWAL, RENEGOTIATION, SMALLER, SWITCH, HOLD_UP_TALK = range(6)
# How an opportunity was identified.
CHANNELS = ("", "search", "contact", "platform", "broker", "innovation", "planner")
BY_SEARCH, BY_CONTACT, BY_PLATFORM, BY_BROKER, BY_INNOVATION, BY_PLANNER = range(1, 7)
# What happened.
EVENT_KINDS = (
    "identified", "screened", "talks", "no_deal", "agreed", "building", "operating", "renegotiated", "hold_up", "renewed",
    "ended", "opened", "closed", "insolvent", "process", "policy", "shock", "shelved", "chose", "stayed", "left",
)  # fmt: skip
(
    EV_IDENTIFIED, EV_SCREENED, EV_TALKS, EV_NO_DEAL, EV_AGREED, EV_BUILDING, EV_OPERATING, EV_RENEGOTIATED, EV_HOLD_UP,
    EV_RENEWED, EV_ENDED, EV_OPENED, EV_CLOSED, EV_INSOLVENT, EV_PROCESS, EV_POLICY, EV_SHOCK, EV_SHELVED,
    EV_CHOSE, EV_STAYED, EV_LEFT,
) = range(21)  # fmt: skip
# Answers in a talk.
ANSWERS = ("offer", "accept", "walk_out", "last", "paused", "closed", "absurd")
OFFERED, ACCEPTED, WALKED, LAST, PAUSED, CLOSED_TALK, REFUSED, FAULT = range(8)
SELLER, BUYER = 0, 1
# What a person in a seat wants of a talk.
UNDECIDED, ACCEPT, COUNTER, LEAVE = 0, 1, 2, 3
# What became of a call for last bids that a person in a seat is asked in, and of the acceptance that it holds up.
NOT_ASKED, ASKED, NAMED, PASSED = range(4)
HELD, CALLED = 1, 2
# What the calendar can do.
(
    CAL_OPENS, CAL_CLOSES, CAL_PROCESS, CAL_SIZE, CAL_CONTACTS, CAL_PRICE, CAL_PERMIT, CAL_OWNER, CAL_ANNOUNCE, CAL_WAVE,
    CAL_ANNOUNCE_SIZE,
) = range(11)  # fmt: skip
# Groups of materials.
MATERIAL, ENERGY, WATER = 0, 1, 2
# Kinds of routes of disposal, in the order of `row_fields.RouteKind`.
LANDFILL, INCINERATION, TREATMENT, DISCHARGE, SPREADING, FLARE, RECOVERY = range(7)
# Kinds of connections.
CONNECTIONS = ("link", "equipment")
LINK, EQUIPMENT = 0, 1
# Measures of damages.
EXPECTATION, LIQUIDATED, NO_DAMAGES = 0, 1, 2
