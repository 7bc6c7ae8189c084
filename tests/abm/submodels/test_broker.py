"""The broker: best matches first, as many as it can, judged with error."""

import numpy as np

from ecopark.abm.entities.codes import BY_BROKER, IDENTIFIED, SCREENED
from ecopark.abm.submodels.broker import best_match, broker_matches
from ecopark.abm.submodels.standing import note_standing
from tests.abm.submodels.tables import lever, one, params, rows, state
from tests.abm.submodels.two_companies import park


def matches(capacity, months=1, scores=(3, 9, 5, 0), values=None, **columns):
    """Return which opportunities a broker brings together in some months, in order of time."""
    companies, streams, ways = park(len(scores), score=list(scores), **columns)
    clock, events, _order = one("clock"), rows("events", 100), []
    for month in range(months):
        clock.month = month
        p = params({"discovery.broker_error": 0, **(values or {})})
        standing = note_standing(state(companies=companies, streams=streams))
        broker_matches(month, p, clock, lever(broker=capacity), standing, state(ways=ways, events=events))
    assert (events.reason[: int(clock.events)] == BY_BROKER).all()
    return [(int(event.month), int(event.opportunity)) for event in events[: int(clock.events)]]


def test_broker_brings_the_best_matches_together_first_and_none_without_worth():
    assert matches(1, months=5) == [(0, 1), (1, 2), (2, 0)]
    assert matches(2) == [(0, 1), (0, 2)]
    assert matches(0) == []
    assert matches(2, values={"discovery.by_broker": False}) == []


def test_part_of_a_match_is_saved_for_later_but_no_backlog():
    assert matches(0.25, months=9) == [(3, 1), (7, 2)]
    companies, streams, ways = park(5, score=1)
    clock, events = one("clock"), rows("events", 50)
    nothing, standing = rows("opportunities", 0), note_standing(state(companies=companies, streams=streams))
    for month in range(60):
        broker_matches(month, params(), clock, lever(broker=1.0), standing, state(ways=nothing, events=events))
    assert clock.broker <= 2
    broker_matches(60, params(), clock, lever(broker=1.0), standing, state(ways=ways, events=events))
    assert (ways.stage == IDENTIFIED).sum() == 2


def test_broker_passes_over_what_is_unknown_known_already_or_dead():
    assert matches(4, known=5) == []
    assert matches(4, stage=SCREENED) == []
    assert matches(4, allowed=5) == []


def test_broker_errs_by_the_spread_given_for_a_year_at_a_time():
    companies, streams, ways = park(40, score=np.linspace(1, 2, 40))
    sure, unsure = params({"discovery.broker_error": 0}), params({"discovery.broker_error": 3})
    assert best_match(0, sure, note_standing(state(companies=companies, streams=streams)), state(ways=ways)) == 39
    picks = [
        int(best_match(month, unsure, note_standing(state(companies=companies, streams=streams)), state(ways=ways)))
        for month in range(0, 240)
    ]
    assert len(set(picks)) > 5
    assert all(len(set(picks[year : year + 12])) == 1 for year in range(0, 240, 12))
    ways.score = 0
    assert best_match(0, unsure, note_standing(state(companies=companies, streams=streams)), state(ways=ways)) == 40
