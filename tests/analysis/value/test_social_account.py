"""The social account: resources and the environment at shadow prices, transfers left out."""

import pandas as pd
import pytest

from ecopark.abm.park import Park
from ecopark.analysis.run_folder.tables import tables_of
from ecopark.analysis.value.social_account import RANGES, ShadowPrices, social_account
from tests.references import parks

YEARLY = pd.DataFrame(
    {"year": [2000, 2001], "gain_resource": [1000.0, 0.0], "co2_avoided": [3.0, 0.0], "landfilled": [5.0, 0.0],
     "landfilled_alone": [25.0, 0.0], "discharge_load": [10.0, 0.0], "discharge_load_alone": [60.0, 0.0],
     "programme_cost": [100.0, 100.0]}
)  # fmt: skip


def test_the_account_on_paper():
    """1,000 + 3 t x 100 + 20 t x 10 + 50 kg x 1 - 1.2 x 100 = 1,430 EUR; then a programme without any exchange."""
    account = social_account(YEARLY)
    assert account["social"].tolist() == pytest.approx([1430, -120])
    assert account["discounted"].tolist() == pytest.approx([1430, -120 / 1.03])
    dear = social_account(YEARLY, ShadowPrices(co2=300, landfill=0, discharge=0, public_funds=0, discount=0))
    assert dear["social"].tolist() == pytest.approx([1000 + 900 - 100, -100])


@pytest.mark.parametrize("name", RANGES)
def test_a_price_outside_its_range_is_refused(name):
    with pytest.raises(ValueError, match=f"{name} is .* allowed"):
        ShadowPrices(**{name: RANGES[name][1] * 1.01})


def test_a_transfer_is_in_no_social_account():
    """A subsidy too small to change a deal moves money alone."""
    accounts = [
        social_account(tables_of(Park(parks.thirty(terms), 3).advance(60).results).yearly)
        for terms in ({}, {"policy.exchange_subsidy.size": 1e-9})
    ]
    assert accounts[0]["social"].to_numpy() == pytest.approx(accounts[1]["social"].to_numpy(), rel=1e-6)
    assert accounts[0]["social"].sum() > 0
