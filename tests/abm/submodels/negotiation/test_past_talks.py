"""Every talk that has ended is a row of the table `talks`."""

import numpy as np
import pytest

from ecopark.abm.entities.codes import NO_DEALS
from ecopark.abm.park import Park
from ecopark.abm.strategies import NAMES
from tests.references import parks


@pytest.fixture(scope="module")
def results():
    return Park(parks.thirty(), 3).advance(120).results


def test_all_talks_that_are_over_are_there_once(results):
    talks, state = results.talks, results._park.state if hasattr(results, "_park") else None
    assert talks.talk.is_unique
    assert set(talks.outcome) <= {"signed", *NO_DEALS[1:]}
    assert state is None or len(talks) == int(state.clock.talks_held[0]) - int(state.clock.talks[0])


def test_a_deal_names_its_contract_and_serves_both(results):
    talks = results.talks
    deals, others = talks[talks.outcome == "signed"], talks[talks.outcome != "signed"]
    assert len(deals) > 5
    new = deals[deals.kind.isin(["new", "switch"])]
    contracts = results.exchanges.set_index("exchange")
    assert (contracts.loc[new.exchange.astype(int), "signed_month"].to_numpy() == new.ended.to_numpy()).all()
    for side in ("seller", "buyer"):
        assert (deals[f"{side}_gain"] >= deals[f"reserve_{side}"] - 1e-9 * deals.stake).all()
    assert others.price.isna().all()
    accepted = deals[deals.called == 0]
    assert (accepted.accepted <= accepted.ended).all()


def test_the_zone_is_the_most_that_both_can_gain_above_what_they_require(results):
    deals = results.talks[results.talks.outcome == "signed"]
    gained = deals.seller_gain + deals.buyer_gain - deals.reserve_seller - deals.reserve_buyer
    assert (gained <= deals.zone + 1e-6 * deals.stake).all()
    assert (results.talks[results.talks.outcome == "no_zone"].zone < 0).all()


def test_offers_of_a_talk_are_told_with_quantity_and_last(results):
    meetings = results.meetings
    assert (meetings.quantity > 0).all()
    assert (meetings[meetings["last"]].answer == "last").all()
    assert set(results.talks.strategy_seller) <= set(NAMES)


def test_without_recording_nothing_else_changes():
    kept, without = (Park(parks.three().replace({"recording.talks": flag}), 1).advance(120) for flag in (True, False))
    assert kept.state.clock.past_talks[0] > 0
    assert without.state.clock.past_talks[0] == 0
    assert np.array_equal(kept.monthly.gain, without.monthly.gain)
