"""Relations: trust and reputation; each can fall as well as rise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.abm.entities.codes import ENDED, OPEN, OPERATING
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.trust import (
    count_fails,
    drift_to_culture,
    find_pair,
    form_opinions,
    is_refused,
    judge,
    judge_deliveries,
    leaves_by_distrust,
    shake_trust,
    spread_reputation,
)
from tests.abm.submodels.tables import one, params, rows, state, table

SHARES = st.floats(0, 1)


def graph(edges, **trust):
    """Return companies and directed pairs; edges: owner -> others."""
    pairs = [{"owner": owner, "other": other} for owner in sorted(edges) for other in sorted(edges[owner])]
    companies = rows("companies", len(edges), status=OPEN)
    owners = [pair["owner"] for pair in pairs]
    companies.pair_first = np.searchsorted(owners, range(len(edges)))
    companies.pair_count = [len(edges[owner]) for owner in sorted(edges)]
    return companies, table("pairs", *pairs, trust=0.5)


@given(st.dictionaries(st.integers(0, 7), st.sets(st.integers(0, 7)), max_size=8))
def test_find_pair_finds_what_a_walk_through_the_table_finds(drawn):
    edges = {owner: sorted(drawn.get(owner, ())) for owner in range(8)}
    companies, pairs = graph(edges)
    for owner in range(8):
        for other in range(8):
            found = [row for row in range(len(pairs)) if (pairs.owner[row], pairs.other[row]) == (owner, other)]
            assert find_pair(state(companies=companies, ties=pairs), owner, other) == (
                found[0] if found else len(pairs)
            )


def test_trust_closes_a_share_of_its_gap_with_each_fulfilled_month():
    p, pair = params({"trust.gain": 0.02}), one("pairs", trust=0.5)
    for month in range(1, 25):
        judge(p, pair, 0.0, 10.0, 0.0)
        assert pair.trust == pytest.approx(1 - 0.5 * 0.98**month)
    assert pair.experience == 24


def test_trust_falls_by_what_is_missing():
    p = params({"trust.loss": 0.06})
    pair = one("pairs", trust=0.8)
    judge(p, pair, 5.0, 20.0, 0.0)
    assert pair.trust == pytest.approx(0.8 * (1 - 0.06 / 4))
    judge(p, pair, 90.0, 20.0, 0.0)
    assert pair.trust == pytest.approx(0.8 * (1 - 0.06 / 4) * 0.94)


def test_a_broken_month_costs_more_trust_than_a_fulfilled_one_brings():
    p = params()
    for start in (0.5, 0.7, 0.9):
        up, down = one("pairs", trust=start), one("pairs", trust=start)
        judge(p, up, 0.0, 1.0, 0.0)
        judge(p, down, 1.0, 1.0, 0.0)
        assert start - down.trust > up.trust - start


def test_a_month_in_which_nothing_is_due_moves_no_trust():
    pair = one("pairs", trust=0.5)
    judge(params(), pair, 0.0, 0.0, 0.1)
    assert (pair.trust, pair.experience) == (0.5, 0)


@given(SHARES, st.floats(0, 100), st.floats(-0.5, 0.5))
def test_trust_stays_between_nothing_and_all(trust, missing, noise):
    pair = one("pairs", trust=trust)
    judge(params(), pair, missing, 10.0, noise)
    assert 0 <= pair.trust <= 1


def partners(**columns):
    """Return tables of one exchange between company 0 (seller) and 1 (buyer)."""
    pairs = table("pairs", {"other": 1}, {"owner": 1}, trust=0.5)
    ways = table("opportunities", {"there": 0, "back": 1})
    exchange = {"stage": OPERATING, "buyer": 1, "nominal": 100, "identity": identity_of("e"), "flow": 1, **columns}
    return pairs, ways, table("exchanges", exchange)


def test_each_side_judges_the_fault_of_the_other():
    pairs, ways, exchanges = partners(short_seller=40, delivered_now=60)
    judge_deliveries(
        0, params({"trust.noise": 0}), one("clock", exchanges=1), state(pairs=pairs, ways=ways, exchanges=exchanges)
    )
    assert pairs.trust.tolist() == pytest.approx([0.5 + 0.02 * 0.5, 0.5 * (1 - 0.06 * 0.4)])
    assert exchanges.flow[0] == pytest.approx(1 - 0.4 / 6)
    assert (exchanges.fails[0], exchanges.fails_buyer[0]) == (1, 0)


def test_months_without_an_operating_exchange_are_not_judged():
    pairs, ways, exchanges = partners(stage=ENDED, short_seller=40)
    judge_deliveries(0, params(), one("clock", exchanges=1), state(pairs=pairs, ways=ways, exchanges=exchanges))
    assert pairs.trust.tolist() == [0.5, 0.5]
    assert pairs.experience.tolist() == [0, 0]


def test_noise_belongs_to_each_side_of_the_exchange():
    pairs, ways, exchanges = partners(short_buyer=50)
    judge_deliveries(
        3, params({"trust.noise": 0.01}), one("clock", exchanges=1), state(pairs=pairs, ways=ways, exchanges=exchanges)
    )
    quiet, _, _ = partners()
    judge_deliveries(
        3, params({"trust.noise": 0}), one("clock", exchanges=1), state(pairs=quiet, ways=ways, exchanges=exchanges)
    )
    moved = pairs.trust - quiet.trust
    assert moved[0] != moved[1]
    assert np.abs(moved).max() < 0.05


@pytest.mark.parametrize(("missing", "failed"), [(29, 0), (30, 0), (31, 1)])
def test_a_month_fails_when_more_than_the_set_share_is_missing(missing, failed):
    pairs, ways, exchanges = partners(short_buyer=missing)
    p = params({"review.short_share": 0.3})
    judge_deliveries(0, p, one("clock", exchanges=1), state(pairs=pairs, ways=ways, exchanges=exchanges))
    assert exchanges.fails_buyer[0] == failed


def test_months_in_which_nothing_is_due_are_not_forgotten():
    pairs, ways, exchanges = partners(short_seller=100, delivered_now=0)
    for _ in range(2):
        exchanges.nominal, exchanges.short_seller = 100, 100
        judge_deliveries(0, params(), one("clock", exchanges=1), state(pairs=pairs, ways=ways, exchanges=exchanges))
        exchanges.nominal, exchanges.short_seller = 0, 0
        for idle in range(9):
            judge_deliveries(
                idle, params(), one("clock", exchanges=1), state(pairs=pairs, ways=ways, exchanges=exchanges)
            )
    assert exchanges.fails[0] == pytest.approx(1 + 11 / 12)
    assert exchanges.flow[0] == pytest.approx((5 / 6) ** 2)


def test_failed_months_are_forgotten_within_about_a_year():
    fails = 0.0
    for _ in range(1000):
        fails = count_fails(fails, True)
    assert fails == pytest.approx(12)
    for _ in range(12):
        fails = count_fails(fails, False)
    assert fails == pytest.approx(12 * (11 / 12) ** 12)


def test_shaken_trust_loses_a_share_of_itself():
    pair = one("pairs", trust=0.8)
    shake_trust(pair, 0.25)
    assert pair.trust == pytest.approx(0.6)


def test_opinions_drift_to_the_culture_of_the_site():
    pairs = table("pairs", {"trust": 0.9}, {"trust": 0.1}, {"trust": 0.6})
    p = params({"trust.drift": 0.1, "trust.culture": 0.6})
    drift_to_culture(p, pairs)
    assert pairs.trust.tolist() == pytest.approx([0.9 - 0.03, 0.1 + 0.05, 0.6])
    for _ in range(500):
        drift_to_culture(p, pairs)
    assert pairs.trust.tolist() == pytest.approx([0.6] * 3)


def circle():
    """Return companies 0 to 3: 0 asks its contacts 1 and 2 about 3; 1 trusts 3 much, 2 little."""
    companies, pairs = graph({0: [1, 2, 3], 1: [3], 2: [3], 3: []})
    pairs.trust = [0.8, 0.4, 0.5, 0.9, 0.3]
    pairs.contact = [1, 1, 0, 0, 0]
    pairs.experience = [0, 0, 0, 5, 5]
    return companies, pairs


def opinion_of_3(companies, pairs):
    """Return what company 0 hears about company 3."""
    opinions = np.zeros(len(pairs))
    form_opinions(
        state(companies=companies, pairs=pairs), companies[0], np.full(4, np.nan), np.full(4, np.nan), opinions
    )
    return opinions[2]


def test_opinion_is_what_trusted_contacts_think():
    companies, pairs = circle()
    assert opinion_of_3(companies, pairs) == pytest.approx((0.8 * 0.9 + 0.4 * 0.3) / (0.8 + 0.4))


def test_only_those_who_have_dealt_with_a_company_have_an_opinion_of_it():
    companies, pairs = circle()
    pairs.experience[4] = 0
    assert opinion_of_3(companies, pairs) == pytest.approx(0.9)
    pairs.experience[3] = 0
    assert opinion_of_3(companies, pairs) == 0.5


def test_partners_are_asked_as_well_as_contacts_but_no_strangers():
    companies, pairs = circle()
    pairs.contact = 0
    assert opinion_of_3(companies, pairs) == 0.5
    pairs.experience[0] = 1
    assert opinion_of_3(companies, pairs) == pytest.approx(0.9)


def test_reputation_pulls_once_a_year_and_all_look_before_any_moves():
    companies, pairs = circle()
    p = params({"trust.reputation": 0.1})
    spread_reputation(10, p, state(companies=companies, pairs=pairs))
    assert pairs.trust.tolist() == [0.8, 0.4, 0.5, 0.9, 0.3]
    spread_reputation(11, p, state(companies=companies, pairs=pairs))
    assert pairs.trust.tolist() == pytest.approx([0.8, 0.4, 0.5 + 0.1 * (0.7 - 0.5), 0.9, 0.3])


@pytest.mark.parametrize(
    ("trust", "refuses", "refused"), [(0.5, 0, False), (0.5, 13, True), (0.5, 12, False), (0.1, 0, True)]
)
def test_the_blacklisted_and_the_mistrusted_are_refused(trust, refuses, refused):
    assert is_refused(12, params(), one("pairs", trust=trust, refuses=refuses)) == refused


@pytest.mark.parametrize(("trust", "yearly"), [(0.5, 0), (0.9, 0), (0.25, 0.4 * 0.25), (0.1, 0.4 * 0.64), (0.0, 0.4)])
def test_distrust_is_a_hazard_that_grows_with_the_lack_of_trust(trust, yearly):
    p = params({"trust.exit": 0.4, "trust.comfort": 0.5})
    identities = [identity_of(f"exchange {number}") for number in range(400)]
    stays = [not any(leaves_by_distrust(t, p, trust, identity) for t in range(12)) for identity in identities]
    assert 1 - np.mean(stays) == pytest.approx(yearly, abs=0.06)
    assert (yearly > 0) or all(stays)
