"""Signing: what was accepted is signed unless it is worth less than a least gain, and what has lost its ground ends."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import (
    ACCEPTED,
    AGREED,
    CLOSED,
    ENDED,
    EV_AGREED,
    EV_NO_DEAL,
    NEW,
    OFFERED,
    RENEWAL,
    SWITCH,
    WALKED,
)
from ecopark.abm.submodels.negotiation.signing import is_gone, sign_deals
from ecopark.abm.submodels.standing import note_standing
from tests.abm.submodels.negotiation.room_of_talk import Room
from tests.abm.submodels.tables import lever

NEW_DEAL = {
    "kind": NEW, "opportunity": 1, "buyer": 2, "demand": 2, "accepted": math.nan, "gain_seller": 900, "gain_buyer": 800,
    "reserve_seller": 500, "reserve_buyer": 400,
}  # fmt: skip


def signed(room, outcome=ACCEPTED):
    """Close the month's talks; return the outcomes after."""
    outcomes = np.full(len(room.talks), outcome, dtype=np.int64)
    sign_deals(9, room.p, room.clock, lever(), room.now, note_standing(room), room, outcomes)
    return outcomes[: int(room.clock.talks)].tolist()


def test_an_accepted_deal_is_signed_and_the_month_of_its_acceptance_noted():
    room = Room(NEW_DEAL)
    assert signed(room) == [ACCEPTED]
    assert (room.exchanges.stage[1], room.talk.accepted, room.kinds()) == (AGREED, 9, [EV_AGREED])


@pytest.mark.parametrize("side", ["reserve_seller", "reserve_buyer"])
def test_below_a_least_gain_nothing_is_signed_and_the_talk_goes_on(side):
    room = Room({**NEW_DEAL, side: 99_000})
    assert signed(room) == [OFFERED]
    assert (int(room.clock.exchanges), room.talk.accepted, room.kinds()) == (1, 9, [])


def test_a_talk_whose_partner_is_gone_ends():
    room = Room(NEW_DEAL)
    room.companies.prospect[2], room.companies.status[2] = 0, CLOSED
    assert signed(room) == [WALKED]
    assert (int(room.clock.exchanges), room.kinds()) == (1, [EV_NO_DEAL])


@pytest.mark.parametrize(("gain", "order"), [(899, [1, 2]), (901, [2, 1])])
def test_the_larger_joint_gain_is_signed_first(gain, order):
    room = Room(NEW_DEAL)
    room.clock.talks = 2
    room.streams.permit[3] = 1
    room.talks[1] = room.talks[0]
    other = {"opportunity": 2, "seller": 3, "supply": 3, "buyer": 1, "demand": 1, "gain_seller": gain}
    for name, value in other.items():
        room.talks[name][1] = value
    assert signed(room) == [ACCEPTED, ACCEPTED]
    assert room.exchanges.opportunity[1:3].tolist() == order


@pytest.mark.parametrize(("kind", "gone"), [(RENEWAL, True), (SWITCH, False)])
def test_when_the_contract_has_ended_a_renewal_is_gone_and_a_switch_is_a_new_talk(kind, gone):
    room = Room({**NEW_DEAL, "kind": kind, "exchange": 0})
    assert not is_gone(note_standing(room), room, room.talk)
    room.exchange.stage = ENDED
    assert is_gone(note_standing(room), room, room.talk) == gone
    assert (room.talk.kind, room.talk.exchange) == ((RENEWAL, 0) if gone else (NEW, -1))
