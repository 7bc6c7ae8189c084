"""Relations of money that can be worked out by hand, on one seller and one buyer (`tests/pair_park.py`): whole runs, tables only."""

import numpy as np
import pytest

from ecopark import Park
from tests.pair_park import CONTRACT, POWER, pair

FIRST_DAY = [{**CONTRACT, "since": 2000, "price": -5}]
POLICIES = {
    "landfill_tax": 60, "incineration_tax": 30, "discharge_fine": 2, "carbon_price": 40, "virgin_tax": 0.5, "exchange_subsidy": 0.1,
    "capital_grant": 0.25, "permit_easing": 0.5, "landfill_ban": 1, "broker": 0.25, "platform": 0.5, "vision": 0.3, "maintenance": 0.5,
    "planning": 0.5, "backup": 0.5, "enforcement": 0.2, "attraction": 1,
}  # fmt: skip
BOOKS = (
    "result_alone", "tax_revenue_alone", "tax_revenue", "subsidies", "programme_cost", "public_balance", "gain_sellers",
    "gain_buyers", "gain_resource", "landfilled_alone", "treated_alone",
)  # fmt: skip
OVEN = {
    "routes": [
        {"route": "tip", "fee": 34},
        {"route": "oven", "label": "Oven", "kind": "incineration", "unit": "t", "fee": 60, "haul": 5, "taxed_incineration": 0.8},
        {"route": "river", "label": "River", "kind": "discharge", "unit": "t", "fee": 10, "taxed_discharge": 3},
    ],
    "material_routes": [{"material": "slag", "route": route} for route in ("tip", "oven", "river")],
}  # fmt: skip


def ran(values=None, conversion=None, years=3, **rows):
    return Park(pair(values, conversion, years, **{"exchanges": FIRST_DAY, **rows}), 1).run()


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_is_in_the_books_of_its_months_alone(name):
    """From January 2001 to December 2001: before and after as without it, meanwhile as if it had always been there."""
    oven = {
        "routes": [{"route": "oven", "label": "Oven", "kind": "treatment", "unit": "t", "fee": 300}],
        "material_routes": [{"material": "slag", "route": "tip"}, {"material": "slag", "route": "oven"}],
    }
    lag = {"policy.landfill_ban.lag": 0} if name == "landfill_ban" else {}
    size = {f"policy.{name}.size": POLICIES[name], **lag}
    never, always = ran(**oven).monthly, ran(size, **oven).monthly
    then = ran({**size, f"policy.{name}.start": 2001, f"policy.{name}.stop": 2002}, **oven).monthly
    for book in BOOKS:
        expected = never[book].copy()
        expected[12:24] = always[book][12:24]
        assert then[book] == pytest.approx(expected), book


@pytest.mark.parametrize(
    ("terms", "tax"),
    [
        ({}, 30),
        ({"scale": 2}, 60),
        ({"add": 5}, 35),
        ({"size": 12}, 12),
        ({"size": 0}, 0),
        ({"scale": 2, "add": 5}, 65),
    ],
)
def test_history_is_in_what_customers_pay_and_a_policy_is_borne(terms, tax):
    """100,000 t at 30 EUR of history: of each EUR more or less the maker bears a fifth."""
    values = {f"policy.landfill_tax.{term}": value for term, value in terms.items()}
    monthly = ran(values, levers=[{"date": 2000, "landfill_tax": 30}], years=1).monthly
    assert np.sum(monthly.tax_revenue_alone) == pytest.approx(tax * 1e5)
    assert np.sum(monthly.result_alone) == pytest.approx(4e6 - 0.2 * (tax - 30) * 1e5)


SHORT = {
    "M": (10 - 2 + 5, 5.0),
    "T": (25 - 0.5 - 5, 12.5),
}  # what a missing tonne is worth to the other at -5 EUR, kappa


@pytest.mark.parametrize(("measure", "unit"), [("expectation", None), ("liquidated", 7.5), ("none", 0.0)])
@pytest.mark.parametrize("who", SHORT)
def test_damages_in_both_directions(who, measure, unit):
    """Who is halved can give or take 4,166.7 of at least 6,750 t a month."""
    values = {"contract.damages": measure, "contract.indexation": 0, "review.readjust": False}
    events = [{"date": "2001-01", "kind": "size", "company": who, "value": "50000"}]
    row = ran(values, events=events).results.deliveries.query("month == 12").iloc[0]
    given, missing = 50000 / 12, 6750 - 50000 / 12
    worth, at_once = SHORT[who]
    damages = (min(worth + at_once, 35) if unit is None else unit) * missing
    assert row.damages_to_buyer == pytest.approx(damages if who == "M" else -damages)
    injured = row.gain_buyer if who == "M" else row.gain_seller
    assert injured == pytest.approx(given * worth + damages - at_once * missing - 250)
    if measure == "expectation":
        assert injured == pytest.approx(6750 * worth - 250)


@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_a_price_follows_the_input_that_a_tonne_replaces(share):
    """Gravel goes from 10 to 20 EUR: the price of slag, of which a tonne replaces 0.8 t, by share x 8."""
    prices = [{"series": "g", "year": year, "price": 10 if year < 2002 else 20} for year in range(1999, 2006)]
    run = ran(
        {"contract.indexation": share}, {"ratio": 0.8}, 5, prices=prices,
        materials=[{"material": "gravel", "price": None, "price_series": "g"}],
    )  # fmt: skip
    price = run.results.deliveries.set_index("month").price
    assert (price[0], price[48]) == (pytest.approx(-5), pytest.approx(-5 + share * 8))


@pytest.mark.parametrize("co2", [80, -80])
def test_carbon_of_treatment_haul_and_the_good_given_up_reaches_the_government(co2):
    """A conversion that costs or saves CO2, and half of the price of 0.1 MWh that is given up, at 50 EUR/t."""
    conversion = {"co2": co2, "forgone": "power", "forgone_units": 0.1, "forgone_share": 0.5}
    materials = [{"material": "slag", "co2_disposal": 100}, {"material": "gravel", "co2_virgin": 300}, POWER]
    monthly = ran({"policy.carbon_price": 50}, conversion, 1, materials=materials).monthly
    burden = co2 / 1000 + 10 * 9e-5
    assert np.sum(monthly.co2_avoided) == pytest.approx(99000 * (0.3 + 0.1 - burden - 0.1 * 0.5))
    assert np.sum(monthly.tax_revenue) == pytest.approx(50 * (99000 * (burden + 0.05 * 0.5) + 1000 * 0.4))
    assert np.sum(monthly.tax_revenue_alone) == pytest.approx(50 * 1e5 * 0.4)


@pytest.mark.parametrize(
    ("levers", "kind", "tax"),
    [
        ({}, "discharged", 0), ({"discharge_fine": 9.6}, "discharged", 28.8), ({"discharge_fine": 9.7}, "landfilled", 0),
        ({"discharge_fine": 100, "landfill_tax": 25}, "landfilled", 25),
        ({"discharge_fine": 100, "landfill_tax": 27}, "incinerated", 0),
        ({"discharge_fine": 100, "landfill_tax": 27, "incineration_tax": 2}, "landfilled", 27),
        ({"discharge_fine": 100, "landfill_ban": 1, "incineration_tax": 100}, "incinerated", 80),
    ],
)  # fmt: skip
def test_waste_takes_its_cheapest_route(levers, kind, tax):
    """Tip 39, oven 65, river 10 EUR/t and three units of the fine."""
    values = {f"policy.{name}": size for name, size in levers.items()}
    values |= {"policy.landfill_ban.lag": 0} if "landfill_ban" in levers else {}
    monthly = ran(values, years=1, exchanges=[], companies=[{"name": "T", "x_km": 900}], **OVEN).monthly
    assert np.sum(monthly[kind]) == pytest.approx(1e5)
    assert np.sum(monthly.tax_revenue) == pytest.approx(tax * 1e5)


@pytest.mark.parametrize("later", range(1, 7))
@pytest.mark.parametrize("who", ["seller", "buyer"])
def test_nothing_lent_is_lost_when_a_side_closes_soon_after_signing(who, later):
    """The owners settle what the closed side owes; the other pays on to the end."""
    conversion = {"capex": 1e6, "lead_months": 2}
    broker = [{"date": 2000, "broker": 9}]
    free = {"exchanges": [], "levers": broker, "years": 8}
    signed = int(ran(conversion=conversion, **free).results.exchanges.signed_month.iloc[0])
    month = signed + later
    closes = [{"name": "M" if who == "seller" else "T", "closes": f"{2000 + month // 12}-{month % 12 + 1:02d}"}]
    rows = ran(conversion=conversion, companies=closes, **free).results.deliveries
    for side in ("seller", "buyer"):
        back = sum(rows[f"{item}_{side}"].sum() for item in ("principal", "settled", "lost"))
        assert back == pytest.approx(rows[f"loan_{side}"].sum())
        assert rows[f"lost_{side}"].sum() == 0
    assert rows.capital_seller.sum() + rows.capital_buyer.sum() == pytest.approx(1e6 if later > 1 else 0)


def test_who_leaves_pays_what_the_other_would_have_gained_in_a_year():
    """T is 60 km away, so that a tonne at -11 EUR leaves it 10 - 1 - 6 + 11; T2 opens next door."""
    near = {"name": "T2", "type": "taker", "x_km": 1, "y_km": 0, "opens": "2004-01"}
    contract = {**CONTRACT, "per_year": 100000, "price": -11, "since": 2000, "term_years": 10}
    companies = [{"name": "T", "x_km": 60, "y_km": 0}, near]
    results = ran({"discovery.announcement": 24}, companies=companies, exchanges=[contract], years=6).results
    assert results.exchanges.reason.iloc[0] == "better_use"
    paid = results.deliveries.leaving_seller
    assert paid[paid > 0].tolist() == [pytest.approx(100000 * 14 - 3000)]


@pytest.mark.parametrize("start", [1850, 1999, 2150])
def test_the_year_in_which_a_run_starts_does_not_matter(start):
    def months(year):
        values = {"policy.landfill_tax.size": 60, "policy.landfill_tax.start": year + 1, "market.volatility": 1}
        contract = [{**CONTRACT, "since": year, "price": -5}]
        return Park(pair(values, years=3, start_year=year, exchanges=contract), 1).run().monthly

    here, there = months(2000), months(start)
    for name in set(here.dtype.names) - {"year"}:
        np.testing.assert_array_equal(here[name], there[name], err_msg=name)
