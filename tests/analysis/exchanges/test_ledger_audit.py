"""The audit finds what does not follow from the books, and says where."""

from dataclasses import replace

import pytest

from ecopark import Park
from ecopark.analysis.exchanges.ledger_audit import NoBooksError, audit
from ecopark.analysis.run_folder.tables import tables_of
from tests.parks import trio


@pytest.fixture(scope="module")
def tables():
    scenario = trio({"policy.capital_grant": 0.25, "policy.landfill_tax": 10, "policy.broker": 1}, years=6)
    return tables_of(Park(scenario, 2).run().results)


def test_a_run_as_it_is_is_clean(tables):
    found = audit(tables)
    assert found.differences == ()
    assert found.compared > 150


WRONG = {
    "a payment that is not booked": ("accounts", "paid", "accounts paid"),
    "a delivery too much": ("deliveries", "delivered", "exchanges delivered"),
    "a loan that vanishes": ("deliveries", "principal_seller", "yearly gain_sellers"),
    "a gain that is stated": ("yearly", "gain_resource", "yearly gain_resource"),
    "a tax that is stated": ("yearly", "tax_revenue", "yearly tax_revenue"),
    "cash from nowhere": ("companies", "cash", "companies cash"),
    "tonnes from nowhere": ("streams", "tonnes", "yearly disposed"),
}


@pytest.mark.parametrize("case", WRONG)
def test_every_kind_of_mistake_is_found(tables, case):
    table, column, named = WRONG[case]
    frame = getattr(tables, table).copy()
    row = frame.index[frame[column].to_numpy(float) != 0][-1]
    frame.loc[row, column] *= 1.01
    found = audit(replace(tables, **{table: frame}))
    assert named in {f"{one.table} {one.figure}" for one in found.differences}


def test_a_difference_says_where_it_is_and_what_follows(tables):
    yearly = tables.yearly.copy()
    yearly.loc[3, "capex"] += 1000
    (line,) = (str(one) for one in audit(replace(tables, yearly=yearly)).differences)
    assert line.startswith("yearly.capex 2003: ")
    assert "is stated" in line


def test_a_run_without_books_cannot_be_audited(tables):
    with pytest.raises(NoBooksError, match=r"recording\.accounts"):
        audit(replace(tables, accounts=tables.accounts[:0]))
