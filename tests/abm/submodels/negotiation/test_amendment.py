"""Amendment: running contracts are changed by agreement."""

import pytest

from ecopark.abm.entities.codes import RENEWAL, SMALLER
from ecopark.abm.submodels.negotiation.amendment import amend
from tests.abm.submodels.negotiation.room_of_talk import Room


def test_a_renewal_holds_at_once_and_its_term_counts_from_the_end_of_the_old():
    terms = {"kind": RENEWAL, "exchange": 0, "quantity": 800, "price": 7, "term": 8, "capital": 0, "grant": 0}
    room = Room(terms, term_start=0, share=0.25)
    amend(54, room.p, room.clock, room.now, room, room.talk)
    contract = room.exchange
    assert (contract.price, contract.quantity, contract.term, contract.term_start) == (7, 800, 8, 60)
    assert (contract.share, contract.reference) == (0.25, 33)
    assert room.streams.contracted[:2].tolist() == pytest.approx([800, 720 - 200 * 0.72])


def test_a_smaller_contract_keeps_its_term_and_forgets_the_failures():
    room = Room(
        {"kind": SMALLER, "exchange": 0, "quantity": 500, "price": 3, "term": 4}, term_start=0, fails=6, flow=0.5
    )
    amend(9, room.p, room.clock, room.now, room, room.talk)
    contract = room.exchange
    assert (contract.price, contract.quantity, contract.term, contract.term_start) == (3, 500, 5, 0)
    assert (contract.fails, contract.flow, contract.renegotiations) == (0, 1, 1)
