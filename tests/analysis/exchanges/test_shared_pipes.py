"""Places in pipes of others, read from a run's tables: the audit is clean, the story and the report say what was paid."""

import pytest

from ecopark import Park
from ecopark.abm.submodels.flow_programme import solve_flows
from ecopark.analysis.exchanges.ledger_audit import audit, gains
from ecopark.analysis.exchanges.stories import pair_stories
from ecopark.analysis.report.run_parts_value import places_words
from ecopark.analysis.run_folder.tables import tables_of
from ecopark.analysis.value.central_optimum import shortfall
from tests.parks import terrace


@pytest.fixture(scope="module")
def tables():
    return tables_of(
        Park(terrace({"investment.shared_pipes": True, "policy.capital_grant.size": 0.25}), 1).run().results
    )


@pytest.fixture(scope="module")
def paid(tables):
    """What was paid for the one place [EUR]."""
    moved = tables.deliveries.buy_in_seller + tables.deliveries.buy_in_buyer
    assert sorted(moved[moved != 0.0]) == pytest.approx([-moved.max(), moved.max()])
    return float(moved.max())


def test_the_books_add_up_and_what_one_pays_another_saves_no_resources(tables):
    assert audit(tables).differences == ()
    without = tables.deliveries.assign(buy_in_seller=0.0, buy_in_buyer=0.0)
    assert (gains(tables.deliveries).gain_resource == gains(without).gain_resource).all()
    assert (gains(tables.deliveries).gain_seller != gains(without).gain_seller).any() or (
        gains(tables.deliveries).gain_buyer != gains(without).gain_buyer
    ).any()


def test_the_share_of_the_optimum_stays_at_most_one(tables):
    assert 0 < shortfall(tables, solve=solve_flows).share <= 1


def test_the_story_of_who_joined_says_so_and_that_of_who_was_in_does_not(tables, paid):
    joined, first = (
        " ".join(line.text for story in pair_stories(tables, "Smelter A", buyer) for line in story.lines)
        for buyer in ("Small", "Greenhouse")
    )
    assert f"its line takes a place in a pipe of others; {paid:,.0f} EUR of that go to who is in it." in joined
    assert "takes a place" not in first


def test_the_report_says_what_places_cost_and_nothing_where_none_is_bought(tables, paid):
    assert places_words(tables.deliveries).startswith(" Places in pipes of others: 1 bought for ")
    assert places_words(tables.deliveries.iloc[:0]) == ""
