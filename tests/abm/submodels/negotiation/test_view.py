"""The view of a side: it shows the own side and what was offered, and nothing else of the other."""

import numpy as np
import pytest

from ecopark.abm.entities.codes import BUYER, SELLER
from ecopark.abm.park import Park
from ecopark.abm.strategies.view import AIM, HEARD_LAST, HEARD_WORTH, LEAST, SLOPE
from ecopark.abm.submodels.negotiation.utility import gain_of
from ecopark.abm.submodels.negotiation.view import ROOM, show
from tests import bench_parks

PRIVATE = (
    "wacc",
    "limit",
    "required",
    "outside",
    "reserve",
    "aim",
    "exponent",
    "deadline",
    "open",
    "running",
    "hold_up",
    "claim",
)


@pytest.fixture
def park():
    park = Park(bench_parks.pair(), 1)
    while park.state.clock.talks[0] == 0:
        park.advance(1)
    talk = park.state.talks[0]
    talk.capital, talk.splits = 1e6, 5
    talk.price_seller, talk.share_seller, talk.term_seller = 3.0, 0.5, 6.0
    talk.price_buyer, talk.share_buyer, talk.term_buyer = -9.0, 0.5, 3.0
    return park


def seen(park, side):
    view = np.zeros(ROOM + 2)
    show(park.state.params[0], park.state, park.state.talks[0], side, view)
    return view


@pytest.mark.parametrize(("side", "own", "other"), [(SELLER, "seller", "buyer"), (BUYER, "buyer", "seller")])
def test_private_numbers_of_the_other_leave_the_view_as_it_is(park, side, own, other):
    """Whatever is private of the other side changes, its offers kept: every bit of the view stays."""
    before, talk = seen(park, side), park.state.talks[0]
    for name in PRIVATE:
        column = f"{name}_{other}"
        talk[column] = 2 * talk[column] + 1
    after = seen(park, side)
    assert np.array_equal(before, after, equal_nan=True)
    talk[f"aim_{own}"] += 1
    assert seen(park, side)[AIM] == after[AIM] + 1


@pytest.mark.parametrize(("side", "own", "other"), [(SELLER, "seller", "buyer"), (BUYER, "buyer", "seller")])
def test_a_view_shows_own_worth(park, side, own, other):
    view, talk = seen(park, side), park.state.talks[0]
    heard = gain_of(talk, side, talk[f"price_{other}"], talk[f"share_{other}"], talk[f"term_{other}"])
    assert view[HEARD_WORTH] == heard
    assert view[LEAST] == talk[f"reserve_{own}"]
    assert view[SLOPE] == (talk.quantity if side == SELLER else -talk.quantity)
    assert view[HEARD_LAST] == 0
    talk.last = 1 + (BUYER if side == SELLER else SELLER)
    assert seen(park, side)[HEARD_LAST] == 1
