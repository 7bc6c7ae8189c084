"""Three companies, recomputed on paper: a talk, two contracts, a tax step and a shortage.

A smelter makes 1,000 t of metal and 500 t of slag a month; a builder takes 500 t of gravel; a filler that opens in
January 2002 takes 100 t of sand. Nothing is random, willingness is full, concession linear (strategy agent_v1), capital shared by halves.

2000-01  a broker brings the smelter and the builder together; signed in July, built from August, when half a month of slag is set aside; slag
         flows from November (month 10)
2002-01  the filler opens; signed in July (month 30), slag flows from September (month 32)
2003-01  the tax on virgin materials rises from 10 to 20 % (month 36)
2004-01  the smelter shrinks to 400 t of metal a month (month 48): slag runs short, the older contract is served first
"""

from types import SimpleNamespace

import pytest

from ecopark import Park
from ecopark.abm.entities.codes import ANSWERS, OUT
from tests.parks import trio

SELLER_SPEAKS_FIRST = 2  # a seed in which the smelter opens both talks
MONTHS = 51

SLAG = 0.5 * 12000 / 12  # t a month
HEAP = 20 + 4 + 10  # EUR/t: fee, haul, landfill tax
GRAVEL = 30 * 1.1  # EUR/t with tax
SAND = 20 * 1.1

# First contract: half of 6,000 t gravel may be slag, and a tonne of slag replaces 0.8 t.
Q1 = 0.5 * 6000 / 0.8  # t a year
K1 = 0.75 * (40000 + 10 * 2000)  # EUR, a quarter is granted
SELLER1 = HEAP - 2  # EUR/t: disposal avoided less handling
BUYER1 = 0.8 * GRAVEL - 3 - (1 + 10 * 0.1)  # EUR/t: gravel saved less treatment and transport
ROOM1 = 0.5 * Q1 / 12  # t: half a month can be stored, and is from the month after signing on
JOINT1 = Q1 * (SELLER1 + BUYER1) - 2 * 1200 - K1 / 4  # EUR a year
ARRANGING = 30000 / 4  # EUR a year: half the arranging cost over four years, a cost of each side's gain

# Second contract: all of 1,200 t sand may be slag.
Q2 = 1200.0
K2 = 0.75 * (4000 + 5 * 2000)
SELLER2 = HEAP - 2
BUYER2 = 1 * SAND - 1 - (1 + 5 * 0.1)
JOINT2 = Q2 * (SELLER2 + BUYER2) - 2 * 1200 - K2 / 4

KEEPING = 0.3  # EUR/t and month in store
UPKEEP1 = 0.02 * (40000 + 10 * 2000) / 12 / 2  # EUR a month of each side: two hundredths of the capital a year
UPKEEP2 = 0.02 * (4000 + 5 * 2000) / 12 / 2

# What the talks come to (recomputed meeting by meeting below): both guess the whole right and meet half way.
COSTS1 = ARRANGING + 0.5 * K1 / 4 + 1200 + 12 * UPKEEP1  # EUR a year of each side
COSTS2 = ARRANGING + 0.5 * K2 / 4 + 1200 + 12 * UPKEEP2
WHOLE1, WHOLE2 = Q1 * (SELLER1 + BUYER1) - 2 * COSTS1, Q2 * (SELLER2 + BUYER2) - 2 * COSTS2
PRICE1 = (0.5 * WHOLE1 + COSTS1) / Q1 - SELLER1
PRICE2 = (0.5 * WHOLE2 + COSTS2) / Q2 - SELLER2


def targets(whole, months):
    """Return what a speaker asks for at each meeting: a straight line from the whole gain to nothing in ten meetings."""
    return [whole * (1 - k / 10) for k in range(months)]


@pytest.fixture(scope="module")
def story():
    scenario = trio(
        materials=[{"material": "slag", "storable_months": 0.5}],
        companies=[{"name": "Builder", "closes": "2005-07"}],
        events=[{"date": "2004-01", "kind": "size", "company": "Smelter", "value": "4800"}],
        levers=[
            {"date": "2000", "landfill_tax": 10, "virgin_tax": 0.1, "capital_grant": 0.25, "broker": 9},
            {"date": "2003", "virgin_tax": 0.2},
        ],
    )
    park = Park(scenario, SELLER_SPEAKS_FIRST)
    row = {name: place for place, name in enumerate(park.names)}
    months = []
    for _ in range(MONTHS):
        park.advance(1)
        state = park.state
        slag = state.streams[(state.streams.company == row["Smelter"]) & (state.streams.direction == OUT)][0]
        months.append(
            SimpleNamespace(
                park=park.monthly[-1].copy(),
                slag=slag.copy(),
                exchanges=state.exchanges[: int(state.clock.exchanges[0])].copy(),
                notes=state.notes.copy(),
                pairs=state.pairs.copy(),
                **{name.lower(): state.companies[place].copy() for name, place in row.items()},
            )
        )
    return SimpleNamespace(months=months, results=park.results, park=park)


def test_events_tell_the_story(story):
    events = story.results.events
    seen = [(event.month, event.kind) for event in events.itertuples()]
    meet = ["identified", "screened", "talks"]
    assert seen == [
        *((0, kind) for kind in meet),
        (6, "agreed"),
        (7, "building"),
        (9, "operating"),
        (24, "opened"),
        *((24, kind) for kind in meet),
        (30, "agreed"),
        (31, "building"),
        (31, "operating"),
        (48, "process"),
        (48, "talks"),  # on the renewal of the first contract, whose term is over in month 54
    ]
    assert set(events.loc[events.kind == "identified", "reason"]) == {"broker"}


def test_first_screening_knows_the_joint_gain(story):
    first = story.months[0].notes[0]
    assert first.quantity == pytest.approx(Q1)
    assert first.score == pytest.approx(JOINT1)


def test_talk_meeting_by_meeting(story):
    meetings = story.results.meetings
    first = meetings[meetings.talk == 0]
    ask = targets(WHOLE1, 7)
    # The speaker's own offer gives it its target; it accepts when the offer in hand gives it as much as that.
    assert [WHOLE1 - ask[k - 1] >= ask[k] for k in range(1, 7)] == [False] * 5 + [True]
    assert first.month.tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert first.speaker.tolist() == ["seller", "buyer"] * 3 + ["seller"]
    assert first.answer.tolist() == [ANSWERS[0]] * 6 + [ANSWERS[1]]
    to_seller = [ask[0], WHOLE1 - ask[1], ask[2], WHOLE1 - ask[3], ask[4], WHOLE1 - ask[5], WHOLE1 - ask[5]]
    assert first.seller_gain.tolist() == pytest.approx(to_seller)
    assert first.buyer_gain.tolist() == pytest.approx([WHOLE1 - gain for gain in to_seller], abs=1e-6)
    assert first.price.tolist() == pytest.approx([(gain + COSTS1) / Q1 - SELLER1 for gain in to_seller])


def test_second_talk_takes_as_many_meetings(story):
    meetings = story.results.meetings
    second = meetings[meetings.talk == 1]
    assert second.month.tolist() == list(range(24, 31))
    assert second.seller_gain.tolist()[-2:] == pytest.approx([0.5 * WHOLE2] * 2)


def test_contracts_hold_what_was_agreed(story):
    first, second = story.months[31].exchanges
    assert (first.price, second.price) == (pytest.approx(PRICE1), pytest.approx(PRICE2))
    assert pytest.approx(-5.3) == PRICE1  # the one number worth knowing by heart: the smelter pays the builder
    assert (first.quantity, second.quantity) == (pytest.approx(Q1), pytest.approx(Q2))
    assert (first.capital, first.grant) == (pytest.approx(K1), pytest.approx(K1 / 3))
    assert (second.capital, second.grant) == (pytest.approx(K2), pytest.approx(K2 / 3))
    assert (first.signed, first.ready, first.start) == (6, 7 + 1 + 2, 10)
    assert (second.signed, second.ready, second.start) == (30, 31 + 1, 32)
    assert (first.term, first.band, first.penalty, first.indexation) == (4, 0.1, 1.5, 0.5)
    assert first.reference == pytest.approx(GRAVEL)
    assert first.expected_seller == pytest.approx(Q1 * (PRICE1 + SELLER1) - 1200)
    assert first.expected_buyer == pytest.approx(Q1 * (BUYER1 - PRICE1) - 1200)


def test_month_before_anything_flows(story):
    month = story.months[0]
    # Customers pay for the streams what they cost at the start, so that the margin is what is left.
    assert month.smelter.result_alone == pytest.approx(40 * 1000 - 20000)
    assert month.builder.result_alone == pytest.approx(50 * 500 - 10000)
    assert month.smelter.result == month.smelter.result_alone
    assert month.filler.result_alone == 0
    assert month.park.companies == 2
    assert month.park.jobs == 60 + 30
    assert month.park.disposed == pytest.approx(SLAG)
    assert month.park.tax_revenue == pytest.approx(10 * SLAG + 3 * 500)
    assert month.park.public_balance == month.park.public_balance_alone
    assert (month.park.links, month.park.in_talks) == (0, 1)


def test_capital_is_spent_when_building_starts(story):
    assert story.months[6].park.deals == 1
    assert story.months[7].park.capex == pytest.approx(60000)
    assert story.months[7].park.grants == pytest.approx(15000)
    not_taxed = -15000 - 10 * ROOM1
    assert story.months[7].park.public_balance - story.months[7].park.public_balance_alone == pytest.approx(not_taxed)
    assert story.months[7].smelter.net == story.months[7].builder.net == 0
    first = story.park.results.deliveries.query("contract == 0 and month == 7").iloc[0]
    assert (first.capital_seller, first.grant_seller, first.loan_seller) == pytest.approx((30000, 7500, 22500))
    assert (first.capital_buyer, first.grant_buyer, first.loan_buyer) == pytest.approx((30000, 7500, 22500))
    assert [month.park.agreed for month in story.months[5:8]] == [0, 1, 0]
    assert [month.park.building for month in story.months[6:10]] == [0, 1, 1, 0]
    assert [month.park.operating for month in story.months[8:11]] == [0, 1, 1]


def test_arranging_cost_is_booked_in_the_month_of_signing(story):
    month = story.months[6]
    assert month.smelter.result - month.smelter.result_alone == pytest.approx(-30000)
    assert month.builder.result - month.builder.result_alone == pytest.approx(-30000)
    assert month.park.gain == pytest.approx(-60000)
    assert (month.park.gain_sellers, month.park.gain_buyers) == (pytest.approx(-30000), pytest.approx(-30000))
    after = story.months[7].park
    assert (after.gain_sellers, after.gain_buyers) == pytest.approx((0, 0), abs=1e-9)
    assert after.gain == pytest.approx((HEAP - KEEPING) * ROOM1)
    assert after.gain_storage == pytest.approx((HEAP - KEEPING) * ROOM1)


def test_stock_fills_up_before_slag_is_disposed_of(story):
    given = Q1 / 12
    stocks = [month.slag.stock for month in story.months[6:12]]
    disposed = [month.slag.disposed for month in story.months[6:12]]
    assert stocks == pytest.approx([0, *[ROOM1] * 5])
    assert disposed == pytest.approx([SLAG, SLAG - ROOM1, SLAG, SLAG, SLAG - given, SLAG - given])
    assert [month.park.material_reused for month in story.months[9:12]] == pytest.approx([0, given, given])
    assert story.months[47].slag.stock == pytest.approx(0.5 * (given + 100))


def test_first_month_of_delivery_is_settled(story):
    month, given = story.months[10], Q1 / 12
    loan = 0.5 * K1 / (4 * 12)
    payment = PRICE1 * given
    to_seller = payment - 2 * given - 100 - UPKEEP1
    to_buyer = -payment - (3 + 2) * given - 100 - UPKEEP1
    exchange = month.exchanges[0]
    assert exchange.gain_seller_now == pytest.approx(to_seller + HEAP * given)
    assert exchange.gain_buyer_now == pytest.approx(to_buyer + GRAVEL * 0.8 * given)
    assert month.smelter.result - month.smelter.result_alone == pytest.approx(
        to_seller + HEAP * given - loan - KEEPING * ROOM1
    )
    assert month.builder.result - month.builder.result_alone == pytest.approx(to_buyer + GRAVEL * 0.8 * given - loan)
    assert month.park.transport_cost == pytest.approx(2 * given)
    assert month.park.virgin_saved == pytest.approx(30 * 0.8 * given)
    assert month.park.tax_revenue_alone - month.park.tax_revenue == pytest.approx(10 * given + 3 * 0.8 * given)
    haul = 1 * 10 * 9e-5  # t CO2 per t of slag over ten kilometres
    assert month.park.co2_avoided == pytest.approx(0.8 * given * 0.010 - given * haul)


def test_a_year_of_the_contract_is_what_was_expected(story):
    exchange, start = story.months[21].exchanges[0], story.months[9].exchanges[0]
    own_part = 12 * (0.5 * K1 / 48 + UPKEEP1)
    assert exchange.seller_gain - start.seller_gain == pytest.approx(start.expected_seller - own_part)
    assert exchange.buyer_gain - start.buyer_gain == pytest.approx(start.expected_buyer - own_part)
    assert exchange.buyer_gain - start.buyer_gain == pytest.approx(0.5 * WHOLE1 + ARRANGING)


def test_trust_rises_with_every_fulfilled_month(story):
    pairs = story.months[21].pairs
    assert sorted(pairs.trust)[-2:] == pytest.approx([1 - 0.5 * 0.98**12] * 2)
    assert sorted(pairs.trust)[0] == pytest.approx(0.5)


def test_tax_step_is_passed_on_in_part(story):
    month, given = story.months[36], Q1 / 12
    # 3 EUR/t more for gravel: customers bear 80 %, the contract price rises by half of what the builder saves more.
    assert month.builder.result_alone == pytest.approx(50 * 500 - 10000 - 0.2 * 3 * 500)
    price = PRICE1 + 0.5 * 0.8 * (36 - GRAVEL)
    gain = price * given - 2 * given - 100 + HEAP * given - UPKEEP1
    assert month.exchanges[0].gain_seller_now == pytest.approx(gain)
    gain2 = (PRICE2 + 0.5 * (24 - SAND)) * 100 - 2 * 100 - 100 + HEAP * 100 - UPKEEP2
    assert month.exchanges[1].gain_seller_now == pytest.approx(gain2)
    assert month.park.tax_revenue_alone == pytest.approx(10 * SLAG + 6 * 500 + 4 * 100)


def test_shortage_first_empties_the_stock_and_then_hits_the_younger_contract(story):
    given = Q1 / 12
    few = 0.4 * SLAG
    first = [month.exchanges[0].delivered_now for month in story.months[47:51]]
    second = [month.exchanges[1].delivered_now for month in story.months[47:51]]
    stock = 0.5 * (given + 100)
    assert first == pytest.approx([given, given, few, few])
    assert second == pytest.approx([100, few + stock - given, 0, 0])
    assert [month.slag.stock for month in story.months[47:51]] == pytest.approx([stock, 0, 0, 0])
    assert [month.slag.disposed for month in story.months[48:51]] == pytest.approx([0, 0, 0])
    missing = [month.exchanges[0].short_seller for month in story.months[48:51]]
    assert missing == pytest.approx([0, *[0.9 * given - few] * 2])
    assert [month.exchanges[1].short_seller for month in story.months[48:51]] == pytest.approx([0, 90, 90])
    assert all(month.exchanges.short_buyer.sum() == 0 for month in story.months)
    share = ((0.9 * given - few) / given + 90 / 100) / 2
    assert story.months[50].park.shortfall == pytest.approx(share)


def test_shortage_costs_damages_and_trust(story):
    month, given = story.months[50], Q1 / 12
    few = 0.4 * SLAG
    price, missing = PRICE1 + 0.5 * 0.8 * 3, 0.9 * given - few
    # The builder loses what a tonne would have left it, and half of the price of the gravel that it has to find at once.
    unit, at_once = 0.8 * 36 - price - 5, 0.5 * 0.8 * 30
    damages = (unit + at_once) * missing
    assert unit + at_once < HEAP + 0.8 * 36
    exchange = month.exchanges[0]
    assert exchange.gain_seller_now == pytest.approx((price - 2 + HEAP) * few - damages - 100 - UPKEEP1)
    assert exchange.gain_buyer_now == pytest.approx(unit * (few + missing) - 100 - UPKEEP1)
    row = story.results.deliveries.query("contract == 0 and month == 50").iloc[0]
    assert (row.short_seller, row.damages_to_buyer, row.interruption_buyer) == pytest.approx(
        (missing, damages, at_once * missing)
    )
    before, after = story.months[49].pairs.trust, month.pairs.trust
    fallen = after[after < before] / before[after < before]
    # Both buyers lose trust in the smelter in proportion to what is missing.
    assert sorted(fallen) == pytest.approx(sorted([1 - 0.06 * 90 / 100, 1 - 0.06 * (0.9 * given - few) / given]))
