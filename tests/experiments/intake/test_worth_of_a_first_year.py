"""What opportunities say that a pair is worth is what the first year of such a contract earns, whatever the rules and own terms."""

import numpy as np
import pytest

from ecopark import Park
from ecopark.experiments.intake.opportunities import opportunities_of, public_value
from tests.pair_park import CONTRACT, POWER, pair

OVEN = {
    "routes": [{"route": "oven", "label": "Oven", "kind": "incineration", "unit": "t", "fee": 60, "haul": 5, "taxed_incineration": 0.8, "co2": 700}],
    "material_routes": [{"material": "slag", "route": "tip"}, {"material": "slag", "route": "oven", "co2": 50}],
}  # fmt: skip


def own(**terms):
    """Return a stream of M with terms of its own, two routes and their taxes."""
    row = {"company": "M", "material": "slag", "direction": "out", "per_year": 100000, **terms}
    return {**OVEN, "streams": [row], "levers": [{"date": 1990, "landfill_tax": 30, "incineration_tax": 7}]}


GIVES_UP = {"forgone": "power", "forgone_units": 0.0625, "forgone_share": 0.8, "co2": 30}
CASES = {
    "no rules": ({}, {}),
    "a good given up, taxed where bought": (GIVES_UP, {"levers": [{"date": 1990, "carbon_price": 30, "virgin_tax": 0.4}]}),
    "a subsidy and a grant": ({"capex": 1e6}, {"levers": [{"date": 1990, "exchange_subsidy": 0.2, "capital_grant": 0.2}]}),
    "a ban": ({}, {**OVEN, "levers": [{"date": 1990, "landfill_ban": 1, "incineration_tax": 20, "carbon_price": 10}]}),
    "CO2 by year": (
        {},
        {
            "emissions": [{"material": "gravel", "year": 1999, "t_per_unit": 0.3}],
            "levers": [{"date": 1990, "carbon_price": 30}],
        },
    ),
    "dear energy": (
        {},
        {"materials": [{"material": "gravel", "price_factor": "energy"}], "levers": [{"date": 1990, "energy_price": 2}]},
    ),
    "an own price": ({}, own(price_now=-3)),
    "an own price, part recovered": ({}, own(price_now=-3, recovered_share=0.4)),
    "part recovered": ({}, own(recovered_share=0.4)),
    "an own price that is dear": ({}, own(price_now=-90)),
    "an own price of the second route": ({}, own(price_now=-10, route="oven")),
    "an own price under a policy": ({}, {**own(price_now=-10), "values": {"policy.landfill_tax": 45}}),
    "something is received": ({}, own(price_now=5, recovered_share=0.2)),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_value_and_public_value_are_those_of_the_first_year(case):
    conversion, rows = CASES[case]
    tables = {name: table for name, table in rows.items() if name != "values"}
    found = opportunities_of(pair(rows.get("values"), conversion, **tables), recruit=False)
    row = next(row for row in found.rows if row.giver == "M")
    contract = {**CONTRACT, "per_year": 100000, "since": 2000}
    values = {"contract.band": 0, "contract.indexation": 0, **rows.get("values", {})}
    run = Park(pair(values, conversion, years=1, exchanges=[contract], **tables), 1).run()
    assert row.value == pytest.approx(float(np.sum(run.monthly.gain)))
    not_landfilled = float(np.sum(run.monthly.landfilled_alone - run.monthly.landfilled))
    expected = 100 * float(np.sum(run.monthly.co2_avoided)) + 10 * not_landfilled
    assert public_value(found.park, row) == pytest.approx(expected)
    assert row.low <= row.value <= row.high


def test_capital_is_what_both_pay():
    tables = {"levers": [{"date": 1990, "capital_grant": 0.2}]}
    (row,) = opportunities_of(pair(conversion={"capex": 1e6}, **tables), recruit=False).rows
    assert row.capital == pytest.approx(0.8e6)


def test_the_power_that_is_given_up_is_not_taxed_as_if_it_were_bought():
    tables = {"levers": [{"date": 1990, "virgin_tax": 0.5}], "materials": [POWER]}
    conversion = {"forgone": "power", "forgone_units": 0.0625}
    (row,) = opportunities_of(pair(conversion=conversion, **tables), recruit=False).rows
    assert row.p_min == pytest.approx(0.5 + 0.0625 * 40 - 25)
