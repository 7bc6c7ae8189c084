"""Discovery: each channel with its own chance, each with its switch."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import (
    BY_BROKER,
    BY_CONTACT,
    BY_INNOVATION,
    BY_PLANNER,
    BY_PLATFORM,
    BY_SEARCH,
    EV_IDENTIFIED,
    IDENTIFIED,
    IN,
    LATENT,
    OPEN,
    OUT,
    SCREENED,
    WAITING,
)
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.discovery import (
    best_match,
    broker_matches,
    contact_chance,
    discover,
    identify,
    innovate,
    is_alive,
    note_standing,
    platform_chance,
    search_chance,
)
from tests.abm.submodels.tables import lever, one, params, rows, state, table

NEVER = math.inf
NOTHING_KNOWN = np.zeros(2, dtype=np.int8)
ALIVE = {"known": 0, "allowed": 0, "buyer": 1, "demand": 1}


def park(count=1, **columns):
    """Return companies, streams and opportunities between company 0 and 1."""
    companies = rows(
        "companies", 2, status=OPEN, prospect=1, coming_capacity=100, identity=[identity_of("a"), identity_of("b")]
    )
    streams = table(
        "streams",
        {"direction": OUT, "coefficient": 1, "coming": 1, "permit": 1, "opportunity_count": count},
        {"direction": IN, "coefficient": 1, "coming": 1, "company": 1, "opportunity_count": count},
    )
    names = [identity_of(f"opportunity {number}") for number in range(count)]
    ways = rows("opportunities", count, **{"identity": names, **ALIVE, **columns})
    return companies, streams, ways


def run(t, p, companies, streams, ways, levers=None, pairs=None, contacts=None):
    """Discover for one month; return the events."""
    events, clock = rows("events", len(ways) + 1), one("clock", month=t, contacts=1)
    pairs = rows("pairs", 0) if pairs is None else pairs
    contacts = rows("contacts", 0) if contacts is None else contacts
    standing, names = note_standing(state(companies=companies, streams=streams)), np.ascontiguousarray(ways.identity)
    discover(
        t,
        p,
        clock,
        levers or lever(),
        standing,
        state(
            companies=companies,
            streams=streams,
            ways=ways,
            identities=names,
            pairs=pairs,
            contacts=contacts,
            events=events,
        ),
    )
    return events[: int(clock.events)]


def test_search_falls_with_distance_by_its_range():
    p = params({"discovery.search": 0.04, "discovery.search_range": 20})
    _companies, _streams, _ = park()
    chance = [search_chance(p, NOTHING_KNOWN, one("opportunities", demand=1, distance=far)) for far in (0, 20, 40)]
    assert chance == pytest.approx([0.04, 0.04 / math.e, 0.04 / math.e**2])


def test_distance_is_no_matter_for_traders_and_search_can_be_off():
    companies, streams, _ = park()
    far = one("opportunities", buyer=1, demand=1, distance=500)
    companies.widely_known[1] = 1
    assert (
        search_chance(
            params({"discovery.search": 0.04}), note_standing(state(companies=companies, streams=streams)), far
        )
        == 0.04
    )
    assert search_chance(params({"discovery.by_search": False}), NOTHING_KNOWN, far) == 0


@pytest.mark.parametrize(("status", "coefficient", "factor"), [(OPEN, 1, 1), (WAITING, 1, 5), (OPEN, 0, 5)])
def test_who_plans_a_plant_or_a_process_looks_for_partners(status, coefficient, factor):
    companies, streams, ways = park(seller=0)
    for side in range(2):
        companies.status, streams.coefficient = OPEN, 1
        companies.status[side], streams.coefficient[side] = status, coefficient
        standing = note_standing(state(companies=companies, streams=streams))
        chance = search_chance(params({"discovery.search": 0.04, "discovery.project": 5}), standing, ways[0])
        assert chance == pytest.approx(0.04 * factor)
    assert search_chance(params({"discovery.search": 0.5, "discovery.project": 5}), standing, ways[0]) <= 1


@pytest.mark.parametrize(
    ("direct", "common", "power"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (1, 1, 2), (0, 2, 2), (1, 2, 3)]
)
def test_contacts_count_when_direct_or_when_they_have_dealt_with_the_other(direct, common, power):
    """Company 0 sells to 1 and knows 2 and 3."""
    companies = rows("companies", 4)
    others = [1] * direct + [2, 3]
    companies.contact_count[0] = len(others)
    contacts = table("contacts", *({"other": other} for other in others))
    pairs = table(
        "pairs", {"owner": 2, "other": 1, "experience": common > 0}, {"owner": 3, "other": 1, "experience": common > 1}
    )
    companies.pair_first, companies.pair_count = [0, 0, 0, 1], [0, 0, 1, 1]
    companies.had[1] = 0.5
    p, way = params({"discovery.contact": 0.08}), one("opportunities", buyer=1)
    clock = one("clock", contacts=1)
    chance = contact_chance(p, clock, state(companies=companies, pairs=pairs, contacts=contacts), way)
    assert chance == pytest.approx(0.08 * (1 - 0.5**power))
    clock.contacts = 0.25
    assert contact_chance(p, clock, state(companies=companies, pairs=pairs, contacts=contacts), way) == pytest.approx(
        chance / 4
    )
    off = params({"discovery.by_contact": False})
    assert contact_chance(off, clock, state(companies=companies, pairs=pairs, contacts=contacts), way) == 0


def test_a_platform_works_for_pairs_that_are_both_registered():
    companies, way = table("companies", {"registration": 0.3}, {"registration": 0.6}), one("opportunities", buyer=1)
    p = params({"discovery.platform": 0.07})
    chances = [platform_chance(p, lever(platform=rate), companies, way) for rate in (0.0, 0.29, 0.31, 0.6, 0.61, 1.0)]
    assert chances == [0, 0, 0, 0, 0.07, 0.07]
    assert platform_chance(params({"discovery.by_platform": False}), lever(platform=1.0), companies, way) == 0


DEAD = {
    "no prospect of the seller": ("companies", "prospect", 0, 0),
    "no prospect of the buyer": ("companies", "prospect", 1, 0),
    "no supply to come": ("streams", "coming", 0, 0),
    "no need to come": ("streams", "coming", 1, 0),
    "no permit": ("streams", "permit", 0, 0),
    "not allowed yet": ("ways", "allowed", 0, 13),
}


@pytest.mark.parametrize("cause", DEAD)
def test_an_opportunity_is_alive_while_both_sides_can_and_may(cause):
    companies, streams, ways = park()
    assert is_alive(12, note_standing(state(companies=companies, streams=streams)), ways, ways[0])
    where, column, row, value = DEAD[cause]
    {"companies": companies, "streams": streams, "ways": ways}[where][column][row] = value
    assert not is_alive(12, note_standing(state(companies=companies, streams=streams)), ways, ways[0])
    assert len(run(12, params({"discovery.search": 1}), companies, streams, ways)) == 0


def test_identified_opportunity_remembers_month_and_channel():
    way, events, clock = one("opportunities", seller=2, buyer=3, stage=LATENT), rows("events", 1), one("clock", month=7)
    identify(params(), clock, events, way, way, way, 5, BY_CONTACT)
    assert (way.stage, way.identified, way.look, way.channel) == (IDENTIFIED, 7, 7, BY_CONTACT)
    assert (events.kind[0], events.reason[0], events.opportunity[0]) == (EV_IDENTIFIED, BY_CONTACT, 5)


def test_share_identified_in_a_month_is_the_joint_chance_of_the_channels():
    p = params({"discovery.search": 0.2, "discovery.platform": 0.3})
    companies, streams, ways = park(20_000)
    run(4, p, companies, streams, ways, lever(platform=1.0))
    found = ways.stage == IDENTIFIED
    assert found.mean() == pytest.approx(1 - 0.8 * 0.7, abs=0.015)
    channels = ways.channel[found]
    assert set(channels) == {BY_SEARCH, BY_PLATFORM}
    assert (channels == BY_SEARCH).mean() == pytest.approx(0.4, abs=0.02)


def test_time_to_discovery_is_geometric():
    companies, streams, ways = park(5000)
    p = params({"discovery.search": 0.1})
    for month in range(24):
        run(month, p, companies, streams, ways)
    still = (ways.stage == LATENT).mean()
    assert still == pytest.approx(0.9**24, abs=0.02)


def test_everything_is_known_to_a_planner():
    companies, streams, ways = park(3)
    ways.known[2] = 1000
    run(0, params({"governance.mode": "planned", "discovery.innovation": 0}), companies, streams, ways)
    assert ways.channel.tolist() == [BY_PLANNER, BY_PLANNER, 0]


def test_nothing_is_found_with_every_channel_off():
    off = {f"discovery.by_{name}": False for name in ("search", "contact", "broker", "platform", "innovation")}
    companies, streams, ways = park(50)
    ways.known[:25] = NEVER
    assert len(run(0, params(off), companies, streams, ways, lever(platform=1, broker=50))) == 0


def test_only_latent_opportunities_are_discovered():
    companies, streams, ways = park(2)
    ways.stage = [SCREENED, LATENT]
    assert len(run(0, params({"discovery.search": 1}), companies, streams, ways)) == 1
    assert ways.stage.tolist() == [SCREENED, IDENTIFIED]


def test_holder_of_an_unused_by_product_finds_an_unknown_conversion_for_all_its_partners():
    companies, streams, ways = park(3, known=NEVER, way=9)
    ways.conversion = [1, 1, 2]
    innovate(6, params({"discovery.innovation": 1}), state(companies=companies, streams=streams, ways=ways), ways[0])
    assert ways.known.tolist() == [6, 6, NEVER]


@pytest.mark.parametrize(("contracted", "share"), [(0, 1), (900, 0.25), (1200, 0), (2000, 0)])
def test_innovation_comes_with_the_unused_share_of_the_by_product(contracted, share):
    """A thousand holders of 1,200 units a year."""
    found, p = 0, params({"discovery.innovation": 0.5})
    companies, streams, ways = park(1, known=NEVER)
    streams.contracted[0] = contracted
    for number in range(1000):
        companies.identity[0] = identity_of(f"holder {number}")
        ways.known[0] = NEVER
        innovate(0, p, state(companies=companies, streams=streams, ways=ways), ways[0])
        found += ways.known[0] == 0
    assert found / 1000 == pytest.approx(0.5 * share, abs=0.05)


def test_conversion_not_known_yet_waits_for_its_date_or_for_innovation():
    companies, streams, ways = park(1, known=24)
    sure = params({"discovery.search": 1, "discovery.innovation": 0})
    assert len(run(23, sure, companies, streams, ways)) == 0
    assert run(24, sure, companies, streams, ways).reason.tolist() == [BY_SEARCH]
    companies, streams, ways = park(1, known=24)
    assert run(3, params({"discovery.innovation": 1}), companies, streams, ways).reason.tolist() == [BY_INNOVATION]
    companies, streams, ways = park(1, known=24)
    off = params({"discovery.innovation": 1, "discovery.by_innovation": False})
    assert len(run(3, off, companies, streams, ways)) == 0


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
