"""Contract: the terms agreed on are written, quantity booked once."""

import math

import pytest

from ecopark.abm.entities.codes import AGREED, NEW, SWITCH
from ecopark.abm.submodels.negotiation.contract import set_capital, set_terms, sign
from tests.abm.submodels.negotiation.room_of_talk import TALK, Room
from tests.abm.submodels.tables import one, params


def test_signing_books_promise_arranging_cost_and_stage():
    room = Room({"kind": NEW, "opportunity": 1, "buyer": 2, "demand": 2})
    room.ways.contracts[1] = 3
    sign(9, room.p, room.clock, room.now, room, room.talk)
    contract = room.exchanges[1]
    assert (contract.stage, room.ways.stage[1], room.ways.signed[1], room.ways.contracts[1]) == (AGREED, AGREED, 9, 4)
    assert (room.ways.exchange[1], contract.predecessor) == (1, -1)
    assert math.isnan(contract.successor)
    assert room.streams.contracted.tolist() == [1600, 720, 300, 0]
    assert room.companies.net[[0, 2]].tolist() == [-3000, -3000]
    assert room.now.deals == 1


def test_a_switch_books_the_quantity_once_and_the_old_contract_goes_on():
    room = Room({"kind": SWITCH, "opportunity": 1, "buyer": 2, "demand": 2, "exchange": 0})
    room.exchange.talking = 1
    sign(9, room.p, room.clock, room.now, room, room.talk)
    old, new = room.exchanges[0], room.exchanges[1]
    assert (old.successor, new.predecessor, old.stage, old.talking) == (1, 0, room.ways.stage[0], 0)
    assert room.streams.contracted.tolist() == [600, 0, 300, 0]


def test_terms_are_written_into_the_contract():
    contract, talk = one("exchanges"), one("talks", **{**TALK, "share": 0.25, "wacc_seller": 0.1})
    p = params({"contract.band": 0.2, "contract.penalty": 2, "contract.indexation": 0.4})
    set_terms(9, p, 33.0, talk, contract)
    set_capital(talk, contract)
    assert (contract.price, contract.term, contract.share) == (-5, 4, 0.25)
    assert (contract.band, contract.penalty, contract.indexation, contract.reference) == (0.2, 2, 0.4, 33)
    assert (contract.signed, contract.term_start, contract.ready, contract.meetings) == (9, 9, math.inf, 5)
    assert contract.expected_seller == pytest.approx(600 * 25 - 100)
    assert contract.expected_buyer == pytest.approx(600 * 25 - 200)
