"""Clearing: rivals move the price as the assignment game says, and who is outbid was never signed."""

from itertools import pairwise

import numpy as np
import pytest

from ecopark.abm.entities.codes import EV_NO_DEAL, NO_DEALS
from ecopark.abm.park import Park
from tests import bench_parks


def shares(scenario, seeds=range(1, 9)):
    """Return the seller's share of the expected gain of the first contract of each seed, and why talks failed."""
    found, why = [], set()
    for seed in seeds:
        park = Park(scenario, seed).run()
        contract = park.state.exchanges[0]
        assert park.state.clock.exchanges[0] >= 1
        found.append(contract.expected_seller / (contract.expected_seller + contract.expected_buyer))
        events = park.state.events[: int(park.state.clock.events[0])]
        why |= {NO_DEALS[reason] for reason in events.reason[events.kind == EV_NO_DEAL]}
    return float(np.mean(found)), why


def test_equal_rivals_raise_the_share_of_the_only_seller():
    """C12: a half with one buyer, more than 0.6 with two, not falling, at least 0.7 with eight."""
    found = [shares(bench_parks.rivals(buyers)) for buyers in (1, 2, 4, 8)]
    share = [one for one, _ in found]
    assert share[0] == pytest.approx(0.5, abs=0.1)
    assert share[1] > 0.6
    assert all(more > less - 0.02 for less, more in pairwise(share[1:]))
    assert share[3] >= 0.7
    assert all("quantity_gone" not in why for _, why in found)
    assert "outbid" in found[3][1]


def test_equal_rivals_lower_the_share_of_sellers_with_one_buyer():
    assert shares(bench_parks.rivals(1, sellers=8))[0] <= 0.3


def test_where_all_hear_two_equal_buyers_give_nearly_all_away():
    assert shares(bench_parks.rivals(2, values={"negotiation.heard": 1}))[0] > 0.9


def test_the_better_rival_is_served_when_all_hear():
    """T1 is nearer, so that it can pay more; whoever accepts first, the stream goes to it."""
    scenario = bench_parks.rivals(2, values={"negotiation.heard": 1})
    rows = tuple(
        row.model_copy(update={"x_km": 60.0}) if row.name == "T0" else row for row in scenario.tables["companies"]
    )
    scenario = type(scenario)(**{**vars(scenario), "tables": {**scenario.tables, "companies": rows}})
    buyers = []
    for seed in range(1, 11):
        park = Park(scenario, seed).run()
        buyers.append(park.names[int(park.state.exchanges.buyer[0])])
    assert buyers.count("T1") >= 9
