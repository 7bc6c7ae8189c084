"""Nothing is lost: mass by stream, material and month; money between sellers, buyers and the public purse."""

import numpy as np
import pytest
from hypothesis import given

from ecopark import Park, load_scenario
from ecopark.abm.entities.codes import AGREED, ENDED, IN, OPERATING, OUT
from tests.abm.negotiation.strategies import SEEDS, parks
from tests.parks import economics_of

MONTHS = 96


def run_by_month(scenario, seed, months=MONTHS):
    """Yield the state before and after each month."""
    park = Park(scenario, seed)
    before = park.state.copy()
    for _ in range(months):
        park.advance(1)
        yield park, before, park.state
        before = park.state.copy()


def delivered_in(before, after):
    """Return what each exchange delivered in the month [unit], and the rows of its opportunity."""
    count = int(after.clock.exchanges[0])
    earlier = np.zeros(count)
    used = int(before.clock.exchanges[0])
    earlier[:used] = before.exchanges.delivered[:used]
    exchanges = after.exchanges[:count]
    return exchanges.delivered - earlier, exchanges, after.opportunities[exchanges.opportunity]


def close(left, right, scale):
    """Tell whether two sums agree to rounding of what was added up."""
    return abs(left - right) <= 1e-9 * (1.0 + scale)


def check_mass(scenario, seed, months=MONTHS):
    for _, before, after in run_by_month(scenario, seed, months):
        delivered, exchanges, source = delivered_in(before, after)
        streams = after.streams
        given_away = np.bincount(exchanges.supply, delivered, minlength=len(streams))
        taken = np.bincount(exchanges.demand, delivered * source.arriving * source.ratio, minlength=len(streams))
        out = streams.direction == OUT
        produced = streams.amount + before.streams.stock
        used = given_away + streams.stock + streams.disposed
        np.testing.assert_allclose(produced[out], used[out], rtol=1e-12, atol=1e-9)
        np.testing.assert_allclose(streams.replaced[~out], taken[~out], rtol=1e-12, atol=1e-9)
        assert (streams.replaced[~out] <= streams.amount[~out] * (1 + 1e-12)).all()
        for column in ("amount", "stock", "disposed", "replaced"):
            assert (streams[column] >= 0).all()
        for material in np.unique(streams.material[out]):
            rows = out & (streams.material == material)
            assert produced[rows].sum() == pytest.approx(used[rows].sum(), rel=1e-12, abs=1e-9)


def check_money(scenario, seed, months=MONTHS):
    """What exchanges save in goods and services, from quantities alone, and who has it.

    gain_resource = (disposal cost - tax) x (supply - disposed) + (virgin cost - tax) x need replaced - (transport +
    treatment + handling) x delivered - what is given up - storing - monitoring - upkeep - interruption - going back -
    arranging - capital = gain of companies, government, programmes, lender and owners. Prices, damages, taxes, subsidies, loans and
    grants go from one pocket to another and cancel out.
    """
    for park, before, after in run_by_month(scenario, seed, months):
        now, t = park.monthly[-1], park.month - 1
        delivered, _, source = delivered_in(before, after)
        streams, materials = after.streams, after.materials[after.streams.material]
        kept = np.where(streams.direction == OUT, streams.amount - streams.disposed, 0.0)
        saved = kept * (streams.disposal_cost - streams.disposal_tax)
        saved += np.where(streams.direction == IN, streams.replaced, 0.0) * (materials.cost - materials.virgin_tax)
        costs = economics_of(after, source)
        moving = delivered * (costs.transport + costs.treatment + costs.handling)
        old = before.exchanges[: int(before.clock.exchanges[0])]
        monitoring = 2 * (old.stage == OPERATING).sum() * scenario["contract.monitoring_cost"] / 12
        built = after.assets[int(before.clock.assets[0]) : int(after.clock.assets[0])]
        capital = built.capital.sum()
        rows = after.deliveries[int(before.clock.deliveries[0]) : int(after.clock.deliveries[0])]
        failed = rows.interruption_seller.sum() + rows.interruption_buyer.sum()
        signed = rows.arranging_seller.sum() + rows.arranging_buyer.sum()
        kept = (streams.stock * materials.storage_cost).sum()
        costs = moving.sum() + rows.forgone.sum() + kept + monitoring + failed + signed + capital
        costs += rows.om_seller.sum() + rows.om_buyer.sum() + rows.return_seller.sum() + rows.return_buyer.sum()
        scale = np.abs(saved).sum() + costs + abs(now.result) + abs(now.result_alone) + abs(now.tax_revenue_alone)
        assert close(now.gain_resource, saved.sum() - costs, scale)
        back = sum(rows[f"{item}_{side}"].sum() for item in ("interest", "principal") for side in ("seller", "buyer"))
        lent = rows.loan_seller.sum() + rows.loan_buyer.sum()
        public = now.public_balance - now.public_balance_alone + after.levers.programme_cost[t]
        assert close(now.gain_resource, now.gain + public + back - lent, scale)


def check_sides(scenario, seed, months=MONTHS):
    """gain = sellers + buyers + disposal cost of what went into stock rather than to disposal, less storing."""
    sides = gains = 0.0
    for park, before, after in run_by_month(scenario, seed, months):
        now = park.monthly[-1]
        stocked = (after.streams.stock - before.streams.stock) * after.streams.disposal_cost
        storing = after.streams.stock * after.materials.storage_cost[after.streams.material]
        scale = abs(now.gain) + np.abs(stocked).sum() + abs(now.result) + abs(now.result_alone)
        assert close(now.gain_storage, stocked.sum() - storing.sum(), scale)
        assert close(now.gain, now.gain_sellers + now.gain_buyers + now.gain_storage, scale)
        companies = after.companies
        assert close(now.gain, (companies.result - companies.result_alone).sum(), scale)
        assert close(now.result, companies.result.sum(), scale)
        sides += now.gain_sellers + now.gain_buyers
        gains += abs(now.gain_sellers) + abs(now.gain_buyers)
    exchanges = after.exchanges[: int(after.clock.exchanges[0])]
    booked = exchanges.seller_gain.sum() + exchanges.buyer_gain.sum()
    assert close(sides, booked, gains)


def check_public_account(scenario, seed, months=MONTHS):
    """Public balance less that without exchanges = the public part of every exchange (with its grant), stocks, programmes."""
    for park, before, after in run_by_month(scenario, seed, months):
        now = park.monthly[-1]
        count = int(after.clock.exchanges[0])
        earlier = np.zeros(count)
        earlier[: int(before.clock.exchanges[0])] = before.exchanges.public_gain[: int(before.clock.exchanges[0])]
        of_exchanges = (after.exchanges.public_gain[:count] - earlier).sum()
        tax = after.streams.disposal_tax
        stocked = (tax * (after.streams.stock - before.streams.stock)).sum()
        change = of_exchanges - stocked - now.programme_cost
        scale = abs(now.tax_revenue_alone) + now.subsidies + now.grants + now.programme_cost
        assert close(now.public_balance - now.public_balance_alone, change, scale)
        assert close(now.public_balance, now.tax_revenue - now.subsidies - now.grants - now.programme_cost, scale)


def check_books(scenario, seed, months=MONTHS):
    """What streams and companies count of exchanges and talks is what the tables of exchanges and talks hold."""
    for _, _, after in run_by_month(scenario, seed, months):
        exchanges = after.exchanges[: int(after.clock.exchanges[0])]
        source = after.opportunities[exchanges.opportunity]
        alive = (exchanges.stage >= AGREED) & (exchanges.stage != ENDED) & ~(exchanges.successor >= 0)
        runs = exchanges.stage == OPERATING
        streams, companies = after.streams, after.companies
        promised = np.bincount(exchanges.supply[alive], exchanges.quantity[alive], len(streams))
        replaced = (exchanges.quantity * source.arriving * source.ratio)[alive]
        promised += np.bincount(exchanges.demand[alive], replaced, len(streams))
        np.testing.assert_allclose(streams.contracted, promised, rtol=1e-9, atol=1e-6)
        linked = np.bincount(exchanges.supply[runs], minlength=len(streams))
        linked += np.bincount(exchanges.demand[runs], minlength=len(streams))
        np.testing.assert_array_equal(streams.links, linked)
        np.testing.assert_array_equal(companies.sells, np.bincount(exchanges.seller[runs], minlength=len(companies)))
        np.testing.assert_array_equal(companies.buys, np.bincount(exchanges.buyer[runs], minlength=len(companies)))
        talks = after.talks[: int(after.clock.talks[0])]
        sitting = np.bincount(talks.seller, minlength=len(companies)) + np.bincount(
            talks.buyer, minlength=len(companies)
        )
        np.testing.assert_array_equal(companies.talks, sitting)
        assert ((exchanges.reason > 0) == (exchanges.stage == ENDED)).all()
        assert (np.isnan(exchanges.end) == (exchanges.stage != ENDED)).all()
        for table, column in ((after.pairs, "trust"), (companies, "attitude"), (companies, "norm")):
            assert ((table[column] >= 0) & (table[column] <= 1)).all()


CHECKS = (check_mass, check_money, check_sides, check_public_account, check_books)
NAMES = [check.__name__.removeprefix("check_") for check in CHECKS]


@pytest.mark.parametrize("check", CHECKS, ids=NAMES)
@given(parks(), SEEDS)
def test_random_parks_keep(check, scenario, seed):
    check(scenario, seed)


# Long enough for openings, fuel changes, closures and, where manufacturers return, a relocation wave.
SHIPPED = {
    "kalundborg": 360,
    "chemelot": 300,
    "byproduct_synergy": 180,
    "reshoring": 210,
    "synthetic": 120,
    "mistrust": 120,
}


@pytest.mark.parametrize("check", CHECKS, ids=NAMES)
@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_keep(check, name):
    check(load_scenario(name), 4, SHIPPED[name])


@given(parks(), SEEDS)
def test_every_indicator_is_a_number_in_every_month(scenario, seed):
    park = Park(scenario, seed).run()
    flowed = np.concatenate([[False], park.monthly.operating[:-1] > 0])
    assert (np.isnan(park.monthly.trust) == ~flowed).all()
    for name in park.monthly.dtype.names:
        assert name == "trust" or np.isfinite(park.monthly[name]).all(), name
