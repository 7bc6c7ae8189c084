"""The books of whole runs: identities over generated parks and shipped scenarios, with and without each policy and mode."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecopark import Park, load_scenario, scenario_names
from ecopark.abm.input.parameter_fields import MODES
from ecopark.abm.policies import POLICIES
from ecopark.analysis.exchanges.ledger_audit import audit
from ecopark.analysis.run_folder.tables import tables_of
from tests.abm.negotiation.strategies import SEEDS, parks
from tests.parks import trio

TAXES = {"landfill_tax": 60, "virgin_tax": 0.5, "carbon_price": 100, "discharge_fine": 2}
SIDES = ("seller", "buyer")
LOANS = ("loan", "principal", "settled", "lost")


def check_audit(park):
    """C1: the yearly account, companies and contracts follow from the books; transfers create no gain."""
    found = audit(tables_of(park.results))
    assert [str(difference) for difference in found.differences] == []
    assert found.compared > 100


def check_loans(park):
    """C8: every euro lent is paid back, settled by owners, lost by the lender, or still owed."""
    used = int(park.state.clock.exchanges[0])
    rows = park.state.deliveries[: int(park.state.clock.deliveries[0])]
    for side in SIDES:
        sums = {
            item: np.bincount(rows.contract, rows[f"{item}_{side}"], used) if used else np.zeros(0) for item in LOANS
        }
        owed = park.state.exchanges[f"debt_{side}"][:used]
        back = sums["principal"] + sums["settled"] + sums["lost"] + owed
        np.testing.assert_allclose(back, sums["loan"], rtol=1e-9, atol=1e-6)
        assert (owed >= 0).all()


def check_damages(park):
    """C6: nobody earns more in a short month than with the least delivered; where no bound binds, exactly as much."""
    state, p = park.state, park.state.params[0]
    rows = state.deliveries[: int(state.clock.deliveries[0])]
    rows = rows[rows.short_seller > 0]
    contracts = state.exchanges[rows.contract]
    source = state.opportunities[contracts.opportunity]
    kind = state.conversions[source.conversion]
    replaces = source.arriving * source.ratio
    lever = state.levers[rows.month]
    burden = lever.carbon_price * (kind.burden + kind.haul_burden * source.distance)
    cost = rows.virgin_price + rows.virgin_tax
    unit = replaces * cost - kind.treatment - kind.load - kind.haul * source.distance - burden - rows.price
    loss = np.maximum(0, unit) + p.contract_interruption_cost * replaces * rows.virgin_price
    worth = np.abs(rows.disposal_fee + rows.disposal_tax) + replaces * cost
    np.testing.assert_allclose(rows.damages_to_buyer, np.minimum(loss, worth) * rows.short_seller, rtol=1e-9, atol=1e-6)
    net = rows.damages_to_buyer - rows.interruption_buyer
    assert (net <= np.maximum(0, unit) * rows.short_seller * (1 + 1e-9) + 1e-6).all()
    free = (loss <= worth) & (unit >= 0)
    np.testing.assert_allclose(net[free], (unit * rows.short_seller)[free], rtol=1e-9, atol=1e-6)
    return len(rows)


@settings(max_examples=10)
@given(parks(), SEEDS)
def test_generated_parks_keep_books(scenario, seed):
    park = Park(scenario, seed).run()
    check_audit(park)
    check_loans(park)
    check_damages(park)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["kalundborg", "chemelot", "byproduct_synergy", "reshoring", "synthetic", "mistrust"])
def test_shipped_scenarios_keep_books_in_every_mode(name, mode):
    park = Park(load_scenario(name, {"governance.mode": mode, "horizon.years": 20}), 3).run()
    check_audit(park)
    check_loans(park)


@pytest.mark.heavy
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("case", ["facilitated", "planned", *POLICIES])
@pytest.mark.parametrize("name", scenario_names())
def test_twenty_seeds_of_each_scenario_keep_books_to_the_end(name, case):
    values = {"governance.mode": case} if case in MODES else {f"policy.{case}": POLICIES[case].default}
    for seed in range(1, 21):
        park = Park(load_scenario(name, values), seed).run()
        check_audit(park)
        check_loans(park)


@pytest.mark.parametrize("name", POLICIES)
def test_every_policy_keeps_books(name):
    park = Park(load_scenario("synthetic", {f"policy.{name}": POLICIES[name].default, "horizon.years": 10}), 2).run()
    check_audit(park)
    check_loans(park)


def test_short_months_occur_and_their_damages_make_good_the_loss():
    assert check_damages(Park(load_scenario("synthetic", {"horizon.years": 15}), 1).run()) > 20


@settings(max_examples=6)
@given(parks(), SEEDS, st.sampled_from(sorted(TAXES)))
def test_a_policy_from_the_first_month_costs_what_it_costs_from_the_second(scenario, seed, tax):
    """C2: the books without exchanges are the same from month 1 on."""
    here = scenario.replace({f"policy.{tax}": TAXES[tax], "turnover.insolvency": False})
    later = scenario.replace(
        {f"policy.{tax}.size": TAXES[tax], f"policy.{tax}.start": 2000 + 1 / 12, "turnover.insolvency": False}
    )
    one, two = (Park(terms, seed).advance(36).monthly.result_alone[1:] for terms in (here, later))
    np.testing.assert_allclose(one, two, rtol=1e-9, atol=1e-6)


@pytest.mark.parametrize("tax", ["landfill_tax", "virgin_tax"])
@pytest.mark.parametrize("passed", [0.0, 0.8, 1.0])
def test_companies_bear_what_is_not_passed_on_of_a_tax(tax, passed):
    """C2: change of the result alone = -(1 - pass-through) x change of the tax paid alone."""
    values = {"production.pass_through": passed}
    base, taxed = (Park(trio({**values, **more}), 1).advance(24) for more in ({}, {f"policy.{tax}": TAXES[tax]}))
    paid = (taxed.monthly.tax_revenue_alone - base.monthly.tax_revenue_alone).sum()
    lost = (base.monthly.result_alone - taxed.monthly.result_alone).sum()
    assert paid > 1000
    assert lost == pytest.approx((1 - passed) * paid, abs=1e-6 * paid)


def test_a_builder_that_closes_has_its_owners_settle_its_loan():
    """The loan of 22,500 EUR is due in 48 instalments from month 10; the builder closes in month 24, after fourteen."""
    scenario = trio(
        {"policy.capital_grant": 0.25}, materials=[{"material": "slag", "storable_months": 0.5}],
        companies=[{"name": "Builder", "closes": "2002"}], levers=[{"date": "2000", "landfill_tax": 10, "virgin_tax": 0.1}],
    )  # fmt: skip
    park = Park(scenario, 2).advance(30)
    rows = park.results.deliveries.query("contract == 0")
    assert park.results.exchanges.reason[0] == "partner_closed"
    paid = 14 * 22_500 / 48
    assert rows.principal_buyer.sum() == pytest.approx(paid)
    assert rows.query("month == 24").settled_buyer.sum() == rows.settled_buyer.sum() == pytest.approx(22_500 - paid)
    assert rows.lost_buyer.sum() == rows.settled_seller.sum() == 0
    assert rows.principal_seller.sum() == pytest.approx(20 * 22_500 / 48)  # the smelter goes on
    books = park.results.accounts.query("item == 'loan_settled'")
    assert books[["account", "paid", "received"]].to_numpy().tolist() == [
        ["owners", pytest.approx(22_500 - paid), 0],
        ["lender", 0, pytest.approx(22_500 - paid)],
    ]


def test_a_pair_that_signs_again_uses_what_it_has_built():
    """The smelter all but stops in 2002 and comes back in 2003: the second contract needs no capital (C8)."""
    scenario = trio(
        {"screening.retry": 12, "policy.capital_grant": 0.25}, years=8,
        companies=[{"name": "Filler", "opens": "2009"}],
        events=[{"date": "2002-01", "kind": "size", "company": "Smelter", "value": "120"},
                {"date": "2003-01", "kind": "size", "company": "Smelter", "value": "12000"}],
    )  # fmt: skip
    park = Park(scenario, 2).run()
    contracts = park.results.exchanges
    assert contracts.reason[0] == "supply_failed"
    assert contracts.capex.tolist() == [pytest.approx(60_000), pytest.approx(0)]
    assert contracts.asset.tolist()[0] == contracts.asset.tolist()[1] == 0
    built = park.results.assets
    assert built.kind.tolist() == ["link", "equipment"]
    assert built.capital.tolist() == [pytest.approx(20_000), pytest.approx(40_000)]
    assert (built.end_month - built.built_month).tolist() == [40 * 12, 15 * 12]
    upkeep = park.results.deliveries.query("contract == 1 and delivered > 0").om_buyer
    assert upkeep.tolist() == pytest.approx([0.02 * 60_000 / 24] * len(upkeep))
