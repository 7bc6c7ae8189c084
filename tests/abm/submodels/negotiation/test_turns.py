"""One turn of a side: the table keeps the order, whatever a strategy says."""

import numpy as np
import pytest

from ecopark.abm.entities.codes import ACCEPTED, FAULT, LAST, OFFERED, WALKED
from ecopark.abm.initialization.strategies import lay_guests
from ecopark.abm.strategies import Accept, End, Line, Reject, strategy
from ecopark.abm.strategies.outside.register import code_of
from ecopark.abm.strategies.view import (
    AIM,
    DEADLINE,
    FIRST_WORTH,
    HEARD_LAST,
    HEARD_PACKAGE,
    HEARD_PRICE,
    HEARD_WORTH,
    LEAST,
    LONGEST,
    MEETING,
    MEMORY,
    PACKAGES,
    SLOPE,
    SPLITS,
    STAKE,
    STANDARD,
    TERMS,
)  # fmt: skip
from ecopark.abm.submodels.negotiation.turns import take_turn


@strategy("test_says")
class Says:
    """Says what the test wants."""

    answer, offer = Reject(), 50.0

    def propose(self, view):
        return End() if self.offer is None else Line(self.offer, view.packages[0])

    def respond(self, view, line):
        if self.answer is None:
            raise ValueError("no idea")
        return self.answer


def turn(answer=None, offer=50.0, heard=None, last=False, meeting=0, deadline=10):
    Says.answer, Says.offer = answer, offer
    view = np.full(FIRST_WORTH + 2, np.nan)
    for place, value in {
        LEAST: 10.0, AIM: 100.0, SLOPE: 1.0, STAKE: 100.0, MEETING: meeting, DEADLINE: deadline, PACKAGES: 1, SPLITS: 1, TERMS: 1,
        STANDARD: 5.0, LONGEST: 30.0, HEARD_LAST: float(last),
    }.items():  # fmt: skip
        view[place] = value
    view[FIRST_WORTH:] = 0.0
    if heard is not None:
        view[HEARD_PRICE], view[HEARD_PACKAGE], view[HEARD_WORTH] = heard, 0, heard
    out, code = np.zeros(2), code_of("test_says")
    return take_turn(code, lay_guests().view(np.ndarray), view, out, np.zeros(MEMORY)), out[0]


def test_what_is_worth_the_least_gain_can_be_accepted_and_nothing_below():
    assert turn(Accept(), heard=10.0)[0] == ACCEPTED
    assert turn(Accept(), heard=9.0) == (OFFERED, 50.0)


def test_a_last_offer_is_answered_and_no_more():
    assert turn(Reject(), heard=50.0, last=True)[0] == WALKED
    assert turn(Accept(), heard=50.0, last=True)[0] == ACCEPTED


@pytest.mark.parametrize(("meeting", "answer"), [(9, OFFERED), (10, LAST), (11, LAST)])
def test_at_the_own_deadline_an_offer_is_the_last_one(meeting, answer):
    assert turn(Reject(), heard=5.0, meeting=meeting)[0] == answer


def test_who_ends_the_talk_leaves():
    assert turn(End(), heard=5.0)[0] == WALKED
    assert turn(Reject(), offer=None)[0] == WALKED


@pytest.mark.parametrize("offer", [float("nan"), float("inf"), "a price"])
def test_what_is_no_offer_is_a_fault(offer):
    assert turn(Reject(), offer=offer)[0] == FAULT


def test_an_error_is_a_fault():
    assert turn(None, heard=5.0)[0] == FAULT
