"""What a contract of the first day costs: the even split of all that a unit is worth, under rules that are older than any policy.

The park is `tests/pair_park.py`: a tonne is worth 24.5 EUR to M and 8 to T.
"""

import pytest

from ecopark import InputError, Park
from tests.pair_park import CONTRACT, pair

FIRST_DAY = {"exchanges": [CONTRACT], "years": 2}
STEAM = {"forgone": "power", "forgone_units": 0.0625}
HAUL = 10 * 9e-5  # t CO2 per tonne by truck
CASES = {
    "nothing else": ({}, {}, (8 - 24.5) / 2),
    "a good that is given up": (STEAM, {}, (8 - (24.5 - 2.5)) / 2),
    "its carbon and that of the way": (
        STEAM,
        {"levers": [{"date": 1990, "carbon_price": 50}]},
        ((10 + 50 * 0.02 - 2 - 50 * HAUL) - (24.5 - 2.5 - 0.0625 * 0.5 * 50)) / 2,
    ),
    "a landfill tax of history": ({}, {"levers": [{"date": 1990, "landfill_tax": 30}]}, (8 - 54.5) / 2),
    "an own price of disposal": (
        {},
        {"streams": [{"company": "M", "material": "slag", "direction": "out", "per_year": 100000, "price_now": -3}]},
        (8 - 2.5) / 2,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_without_a_price_both_sides_gain_the_same(case):
    conversion, tables, price = CASES[case]
    first = Park(pair(conversion=conversion, **{**FIRST_DAY, **tables}), 1).run(years=1).results.deliveries.iloc[0]
    assert first.price == pytest.approx(price)
    assert first.gain_seller == pytest.approx(first.gain_buyer)


@pytest.mark.parametrize(("policy", "size"), [("virgin_tax", 0.5), ("carbon_price", 40), ("landfill_tax", 60)])
@pytest.mark.parametrize("price", [None, -5])
def test_a_policy_of_the_first_month_is_one_of_the_second_from_then_on(policy, size, price):
    """R2: what both have of a contract does not depend on whether a policy began in month 0 or in month 1."""
    months = {}
    for start in (2000, 2000 + 1 / 12):
        values = {f"policy.{policy}.size": size, f"policy.{policy}.start": start}
        run = Park(pair(values, exchanges=[{**CONTRACT, "price": price}]), 1).run(years=1)
        months[start] = run.monthly[["gain_sellers", "gain_buyers", "result_alone"]].copy()
    early, late = months.values()
    for name in early.dtype.names:
        assert early[name][1:] == pytest.approx(late[name][1:]), name


def test_a_contract_ends_in_the_month_it_is_said_to_end():
    """Nobody is willing to renew, so that it runs on for half a year at its old terms."""
    for until, end in (("2000-04", 9), ("2001-07", 24), ("2002", 30)):
        values = {"behaviour.planned_behaviour": True, "behaviour.threshold": 1, "behaviour.threshold_sd": 0}
        run = Park(
            pair(values, exchanges=[{**CONTRACT, "since": 1995, "until": until, "term_years": None}], years=3), 1
        ).run(years=3)
        assert run.results.exchanges.end_month.iloc[0] == end, until


def test_a_contract_that_would_end_before_it_begins_is_refused():
    with pytest.raises(InputError, match=r"column until: '2001'.*a date from 2003 on"):
        pair(exchanges=[{**CONTRACT, "since": 2003, "until": 2001, "term_years": None}])
