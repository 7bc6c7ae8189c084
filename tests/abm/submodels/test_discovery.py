"""Discovery: each channel with its own chance, each with its switch."""

import pytest

from ecopark.abm.entities.codes import (
    BY_CONTACT,
    BY_INNOVATION,
    BY_PLANNER,
    BY_SEARCH,
    EV_IDENTIFIED,
    IDENTIFIED,
    LATENT,
    SCREENED,
)
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.discovery import identify, innovate
from tests.abm.submodels.tables import lever, one, params, rows, state, table
from tests.abm.submodels.two_companies import NEVER, SURE, park, run


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
