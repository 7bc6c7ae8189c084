"""Result tables: stable columns, names in place of rows, and tables that agree with each other."""

import json

import numpy as np
import pandas as pd
import pytest

from ecopark import Park, load_scenario
from ecopark.abm.entities.codes import ANSWERS, CHANNELS, EVENT_KINDS, NO_DEALS, REASONS, STAGES
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.observation.event_texts import PATTERNS, REASON_WORDS
from ecopark.abm.observation.indicators import INDICATORS
from ecopark.abm.observation.tables import TABLES
from tests.parks import mixed, trio

# Names that users, reports and sweeps rely on; a change here is a change for all of them.
COLUMNS = {
    "companies": "year company label type sector x_km y_km open links sells buys result result_alone gain cash attitude trust jobs",
    "opportunities": "opportunity seller buyer seller_sector buyer_sector material input distance_km quantity joint_gain stage "
    "channel identified_month screened_month talks_month signed_month operating_month failures",
    "exchanges": "exchange opportunity seller buyer seller_sector buyer_sector material input group unit carrier distance_km "
    "price quantity band term_years seller_share capex penalty indexation signed_month start_month end_month reason trigger "
    "channel meetings renegotiations delivered tonnes co2_avoided seller_gain buyer_gain expected_seller_gain "
    "expected_buyer_gain public_gain",
    "events": "month year kind company partner material opportunity exchange reason value detail",
    "meetings": "talk opportunity month meeting speaker price seller_share term_years seller_gain buyer_gain answer",
    "talks": "talk opportunity seller buyer material input kind outcome exchange asker opened ended accepted meetings quantity "
    "capital stake zone best_seller_share best_term_years price seller_share term_years seller_gain buyer_gain reserve_seller "
    "reserve_buyer outside_seller outside_buyer aim_seller aim_buyer deadline_seller deadline_buyer exponent_seller "
    "exponent_buyer open_seller open_buyer rivals_seller rivals_buyer called strategy_seller strategy_buyer",
    "prices": "month material price disposal_cost",
}  # fmt: skip


@pytest.fixture(scope="module")
def results():
    return Park(mixed({"investment.hold_up": 0.5, "review.permit_hazard": 0.05}), 1).run().results


def test_tables_have_the_columns_they_promise(results):
    assert results.yearly.columns.tolist() == ["year", *INDICATORS]
    assert results.monthly.columns.tolist() == ["month", "year", *INDICATORS]
    for name, columns in COLUMNS.items():
        assert set(columns.split()) <= set(getattr(results, name).columns), name


def test_tables_are_the_same_with_and_without_pandas(results):
    for name in TABLES:
        frame, columns = getattr(results, name), results.columns(name)
        assert isinstance(frame, pd.DataFrame)
        assert frame.columns.tolist() == list(columns)
        assert {len(values) for values in columns.values()} == {len(frame)}


def test_unknown_tables_are_named(results):
    with pytest.raises(AttributeError, match="exchanges"):
        _ = results.exchange


def test_rows_are_as_many_as_there_is_to_tell(results):
    assert len(results.yearly) == 15
    assert len(results.monthly) == 180
    assert len(results.companies) == 15 * 7
    assert len(results.prices) == 180 * 6
    assert len(results.exchanges) == results.yearly.deals.sum()
    assert results.monthly.year.tolist() == [2000 + month // 12 for month in range(180)]


def test_part_of_a_year_is_a_row_of_the_yearly_table_and_none_of_the_companies(results):
    part = Park(mixed(), 1).advance(18).results
    assert part.yearly.year.tolist() == [2000, 2001]
    assert set(part.companies.year) == {2000}
    assert part.monthly.month.max() == 17


def test_an_empty_park_has_empty_tables():
    fresh = Park(mixed(), 1).results
    for name in TABLES:
        assert len(getattr(fresh, name)) == (len(fresh.opportunities) if name == "opportunities" else 0), name
    assert fresh.summary() == {"years": 0}


def test_a_column_of_words_is_one_of_words_whether_it_holds_any_or_none(results):
    """A table is of the same types whatever happened in the run, as it is when it is read from its file."""
    fresh = Park(mixed(), 1).results
    for name in TABLES:
        words = [column for column, values in results.columns(name).items() if np.asarray(values).dtype.kind in "OU"]
        for some in (results, fresh):
            assert {str(kind) for kind in getattr(some, name)[words].dtypes} <= {"str"}, name


def test_what_is_not_recorded_is_empty():
    off = {f"recording.{name}": False for name in ("meetings", "events", "companies")}
    quiet = Park(mixed(off), 1).run().results
    assert len(quiet.meetings) == len(quiet.events) == len(quiet.companies) == 0
    assert len(quiet.exchanges) > 0


def test_companies_of_a_year_add_up_to_the_year(results):
    by_year = results.companies.groupby("year")
    assert by_year.result.sum().to_numpy() == pytest.approx(results.yearly.result.to_numpy())
    assert by_year.result_alone.sum().to_numpy() == pytest.approx(results.yearly.result_alone.to_numpy())
    assert by_year.gain.sum().to_numpy() == pytest.approx(results.yearly.gain.to_numpy())
    assert (by_year.sells.sum() == by_year.buys.sum()).all()
    assert (by_year.sells.sum().to_numpy() == results.yearly.links.to_numpy()).all()


def test_contracts_and_their_opportunities_agree(results):
    ways = results.opportunities.set_index("opportunity")
    for contract in results.exchanges.itertuples():
        way = ways.loc[contract.opportunity]
        for column in ("seller", "buyer", "material", "input", "distance_km"):
            assert getattr(contract, column) == way[column]
        assert contract.signed_month <= way.signed_month
        assert pd.isna(contract.end_month) == pd.isna(contract.reason) == pd.isna(contract.trigger)
        assert pd.isna(contract.reason) or contract.reason in REASONS
    final = results.exchanges[results.exchanges.stage != "ended"]
    assert (ways.loc[final.opportunity].stage.to_numpy() == final.stage.to_numpy()).all()


def test_every_contract_has_its_talk_and_its_events(results):
    accepted = results.meetings[results.meetings.answer == "accept"]
    assert len(accepted) >= len(results.exchanges)
    for contract in results.exchanges.itertuples():
        signed = accepted[(accepted.opportunity == contract.opportunity) & (accepted.month == contract.signed_month)]
        assert len(signed) == 1
        assert signed.meeting.iloc[0] == contract.meetings - 1
        story = results.events[results.events.exchange == contract.exchange]
        assert story.kind.iloc[0] == "agreed"
        assert story.month.is_monotonic_increasing
        ended = story[story.kind == "ended"]
        assert len(ended) == (not pd.isna(contract.reason))
        if len(ended):
            assert (ended.month.iloc[0], ended.reason.iloc[0]) == (contract.end_month, contract.reason)
            assert ended.value.iloc[0] == contract.trigger


def test_meetings_of_a_talk_come_in_turn(results):
    for _, talk in results.meetings.groupby("talk"):
        assert talk.meeting.tolist() == list(range(len(talk)))
        assert talk.opportunity.nunique() == 1
        assert (talk.speaker.to_numpy()[1:] != talk.speaker.to_numpy()[:-1]).all()
        # Only an answer can follow a last offer; what is accepted goes on where a rival on the same stream comes first.
        assert set(talk.answer.iloc[:-1]) <= {"offer", "last", "accept"}
        after_last = talk.answer.to_numpy()[1:][talk.answer.to_numpy()[:-1] == "last"]
        assert set(after_last) <= {"accept", "walk_out"}


def test_names_are_those_that_are_declared(results):
    assert set(results.events.kind) <= set(EVENT_KINDS)
    assert set(results.opportunities.stage) <= set(STAGES)
    assert set(results.opportunities.channel) <= set(CHANNELS)
    assert set(results.meetings.answer) <= set(ANSWERS)
    assert set(results.exchanges.carrier) <= {"truck", "pipe"}
    assert set(results.exchanges.group) <= {"material", "energy", "water"}
    assert set(results.companies.sector) == {"industry", "service"}


def test_an_event_is_told_in_plain_words(results):
    by_kind = {kind: rows.iloc[0] for kind, rows in results.events.groupby("kind")}
    for kind, event in by_kind.items():
        assert event.detail, kind
        assert "nan" not in event.detail, kind
        assert "_" not in event.detail, kind
        if isinstance(event.company, str) and kind not in ("hold_up", "process"):
            assert event.company in event.detail, kind
    agreed = by_kind["agreed"]
    assert agreed.detail.startswith(f"{agreed.company} sells {agreed.material}") or agreed.partner in agreed.detail
    ended = by_kind["ended"]
    assert ended.detail.endswith(REASON_WORDS[ended.reason])


def test_there_are_words_for_everything_that_can_happen():
    assert set(PATTERNS) == set(EVENT_KINDS)
    assert set(REASON_WORDS) >= {word for word in (*REASONS, *NO_DEALS, *CHANNELS) if word}


def test_prices_are_those_of_the_month():
    park = Park(mixed({"policy.landfill_tax": 10}), 2)
    costs = []
    for _ in range(24):
        park.advance(1)
        costs.append(park.state.materials.disposal_cost[0])
    prices = park.results.prices
    slag = prices[prices.material == "slag"]
    assert slag.disposal_cost.tolist() == costs
    assert slag.price.isna().all()
    assert (prices[prices.material == "heat"].price > 0).all()


def test_origin_holds_all_that_repeats_a_run(results):
    origin = json.loads(json.dumps(results.origin))
    assert (origin["seed"], origin["months"]) == (1, 180)
    assert origin["scenario"]["parameters"]["investment"]["hold_up"] == 0.5
    assert {"ecopark", "python", "numpy", "numba", "mesa"} <= set(origin["versions"])
    policies = Park(trio({"policy.broker.size": 2, "policy.broker.stop": 2004})).results.origin["policies"]
    assert policies == {"broker": {"size": 2, "stop": 2004}}


def test_a_steered_run_is_repeated_from_its_origin():
    park = Park(trio({"policy.landfill_tax.size": 20}), 3).run(years=4)
    park.set_policy("landfill_tax", 90)
    park.run(years=3)
    park.set_policy("broker", 2, stop=2010)
    park.run(years=3)
    origin = json.loads(json.dumps(park.results.origin))
    assert [(step["month"], step["name"]) for step in origin["steps"]] == [(48, "landfill_tax"), (84, "broker")]
    assert origin["scenario"]["policies"] == {"landfill_tax": {"size": 20}}
    again = Park(Scenario.restore(origin["scenario"]), origin["seed"], origin["steps"]).run(years=10)
    assert again.monthly.tobytes() == park.monthly.tobytes()
    assert again.results.origin["steps"] == origin["steps"]
    plain = Park(Scenario.restore(origin["scenario"]), origin["seed"]).run(years=10)
    assert plain.monthly.tobytes() != park.monthly.tobytes()


def test_a_fork_takes_the_steps_that_are_still_to_come():
    steps = [{"month": 24, "name": "landfill_tax", "size": 90, "start": None, "stop": None}]
    park = Park(trio(), 3, steps).run(years=1)
    fork = park.fork().run(years=9)
    assert fork.monthly.tobytes() == park.run(years=9).monthly.tobytes()
    assert fork.steps == park.steps != []


def test_summary_is_plain_and_agrees_with_the_tables(results):
    summary = json.loads(json.dumps(results.summary()))
    assert (summary["first_year"], summary["last_year"], summary["links"]) == (
        2000,
        2014,
        results.yearly.links.iloc[-1],
    )
    assert summary["most_links"] == results.yearly.links.max()
    assert summary["total"]["deals"] == len(results.exchanges)
    assert summary["ends"] == {reason: int((results.exchanges.reason == reason).sum()) for reason in REASONS[1:]}


def test_generated_companies_have_names_too():
    results = Park(load_scenario("synthetic", {"synthetic.companies": 12}), 1).run(years=3).results
    assert set(results.companies.company) == {
        f"c{number}" for number in range(24)
    }  # twelve that are there and as many that wait
    assert (results.companies.label == results.companies.company).all()
