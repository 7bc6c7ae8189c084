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
from ecopark.abm.park import Park
from ecopark.abm.submodels.discovery import (
    best_match,
    broker_matches,
    discover,
    identify,
    innovate,
    is_alive,
    note_standing,
    weight_of,
)
from tests.abm.submodels.tables import lever, one, params, rows, state, table
from tests.references import parks

NEVER = math.inf
SURE = {"search.see": 1, "search.look": 1}  # one look shows all
NOTHING_KNOWN = np.zeros(2, dtype=np.int8)
ALIVE = {"known": 0, "allowed": 0, "buyer": 1, "demand": 1}


def park(count=1, **columns):
    """Return companies, streams and opportunities between company 0 and 1."""
    companies = rows(
        "companies",
        2,
        status=OPEN,
        prospect=1,
        coming_capacity=100,
        identity=[identity_of("a"), identity_of("b")],
        hours=1,
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


def test_weight_falls_with_distance_by_the_search_range():
    p = params({"discovery.search_range": 20})
    weights = [weight_of(p, NOTHING_KNOWN, one("opportunities", demand=1, distance=far)) for far in (0, 20, 40)]
    assert weights == pytest.approx([1, 1 / math.e, 1 / math.e**2])


def test_distance_is_no_matter_for_traders():
    companies, streams, _ = park()
    far = one("opportunities", buyer=1, demand=1, distance=500)
    companies.widely_known[1] = 1
    assert weight_of(params(), note_standing(state(companies=companies, streams=streams)), far) == 1


@pytest.mark.parametrize(("status", "coefficient", "factor"), [(OPEN, 1, 1), (WAITING, 1, 5), (OPEN, 0, 5)])
def test_who_plans_a_plant_or_a_process_is_looked_at_more_often(status, coefficient, factor):
    companies, streams, ways = park(seller=0)
    for side in range(2):
        companies.status, streams.coefficient = OPEN, 1
        companies.status[side], streams.coefficient[side] = status, coefficient
        standing = note_standing(state(companies=companies, streams=streams))
        assert weight_of(params({"discovery.project": 5}), standing, ways[0]) == factor


@pytest.mark.parametrize(("rate", "found"), [(0.0, 0), (0.29, 0), (0.31, 0), (0.6, 0), (0.61, 1), (1.0, 1)])
def test_a_platform_works_for_pairs_that_are_both_registered(rate, found):
    companies, streams, ways = park()
    companies.registration = [0.3, 0.6]
    blind = {"discovery.by_search": False, "discovery.by_contact": False}
    events = run(4, params(blind), companies, streams, ways, lever(platform=rate))
    assert events.reason.tolist() == [BY_PLATFORM] * found
    assert companies.hours.tolist() == ([0.5, 0.5] if found else [1, 1])


def test_a_listing_takes_half_an_hour_of_each_and_comes_before_looks():
    """Four hours read eight of twenty listings on either side: each is found with chance 1 - 0.6^2."""
    companies, streams, ways = park(20)
    companies.hours = 4
    found = []
    for month in range(300):
        companies.hours, ways.stage = 4, LATENT
        found.append(len(run(12 * month + 1, params(SURE), companies, streams, ways, lever(platform=1.0))))
    assert companies.hours.tolist() == [0, 0]
    assert np.mean(found) / 20 == pytest.approx(0.64, abs=0.02)


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
    assert len(run(12, params(SURE), companies, streams, ways)) == 0


def test_identified_opportunity_remembers_month_and_channel():
    way, events, clock = one("opportunities", seller=2, buyer=3, stage=LATENT), rows("events", 1), one("clock", month=7)
    identify(params(), clock, events, way, way, way, 5, BY_CONTACT)
    assert (way.stage, way.identified, way.look, way.channel) == (IDENTIFIED, 7, 7, BY_CONTACT)
    assert (events.kind[0], events.reason[0], events.opportunity[0]) == (EV_IDENTIFIED, BY_CONTACT, 5)


def test_share_identified_in_a_month_is_the_joint_chance_of_both_sides_looks():
    p = params({"search.see": 0.2, "search.look": 1})
    companies, streams, ways = park(5_000)
    run(4, p, companies, streams, ways)
    found = ways.stage == IDENTIFIED
    assert found.mean() == pytest.approx(1 - 0.8**2, abs=0.02)
    assert set(ways.channel[found]) == {BY_SEARCH}


def test_what_contacts_lead_to_is_found_more_often_and_said_so():
    """The buyer is a contact of the seller: weight 1 + 3 against 1, of six in all on either side."""
    companies, streams, ways = park(5_000)
    companies.reach, companies.contact_count = 6, [1, 0]
    run(4, params(SURE), companies, streams, ways, contacts=table("contacts", {"other": 1}))
    found = ways.stage == IDENTIFIED
    assert found.mean() == pytest.approx(1 - (1 - 4 / 6) * (1 - 1 / 6), abs=0.02)
    assert (ways.channel[found] == BY_CONTACT).mean() == pytest.approx(1.5 / 2.5, abs=0.03)


def test_without_hours_nothing_is_found():
    companies, streams, ways = park(50)
    companies.hours = 0
    assert len(run(3, params(SURE), companies, streams, ways, lever(platform=1))) == 0


def test_time_to_discovery_is_geometric():
    companies, streams, ways = park(1000)
    p = params({"search.see": 0.1, "search.look": 2})
    for month in range(1, 25):
        run(12 * month + 1, p, companies, streams, ways)
    still = (ways.stage == LATENT).mean()
    assert still == pytest.approx((1 - 0.1 / 2) ** 48, abs=0.03)


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
    assert len(run(0, params(SURE), companies, streams, ways)) == 1
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
    sure = params({**SURE, "discovery.innovation": 0})
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


@pytest.mark.parametrize(("policy", "size", "fee"), [("platform", 0.6, 100.0), ("broker", 1.0, 5000.0)])
def test_members_pay_the_fee_of_a_programme_and_nobody_does_by_default(policy, size, fee):
    """Registered companies pay every month, both sides of a match when it is proposed: it is taken from what they gain."""
    terms = {f"policy.{policy}.size": size, "turnover.hazard": 0, "turnover.insolvency": False, "turnover.entry": 0}
    free = Park(parks.thirty(terms), 3).advance(24)
    park = Park(parks.thirty({**terms, f"policy.{policy}.fee": fee}), 3).advance(24)
    registered = int(((park.state.companies.registration < size) & (park.state.companies.status == OPEN)).sum())
    matched = int((park.state.notes.channel == BY_BROKER).sum())
    paid = [run.results.accounts.query("item == 'fee' and is_company").paid.sum() for run in (free, park)]
    assert paid == pytest.approx([0, 24 * fee * registered if policy == "platform" else 2 * fee * matched])
    assert paid[1] > 0
    assert float(park.monthly.gain.sum()) == pytest.approx(float(free.monthly.gain.sum()) - paid[1])
