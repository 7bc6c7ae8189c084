"""Who carries the capital: a patient municipality beside a company that wants its money back in two years.

A talk over price alone leaves half of the capital with each side (splits = 1), as a posted price would. With the split
on the table the same two, with the same aims, required gains, deadlines and concession, may leave it with the patient one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from ecopark.abm.entities.codes import BUYER, SELLER
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.interventions.single_talk import hold_talk
from ecopark.abm.park import Park
from ecopark.abm.submodels.negotiation.utility import annuity, best_split
from tests.references import parks
from tests.references.tables import agrees, bargain, joint_gain, talk_of

MUNICIPALITY = {"wacc_seller": 0.03, "limit_seller": 20.0}
COMPANY = {"wacc_buyer": 0.12, "limit_buyer": 2.0}
SIDES = ("seller", "buyer")

# 10,000 t/yr, worth 15 EUR/t to the municipality and 25 to the company; both open at all there is to gain.
HEAT_TO_SHARE: dict[str, Any] = {
    **MUNICIPALITY, **COMPANY, "quantity": 10_000.0, "value_seller": 15.0, "value_buyer": 25.0, "scale": 40.0,
    "standard": 10.0, "terms": 3, "reserve_seller": 5_000.0, "reserve_buyer": 5_000.0,
}  # fmt: skip


def outcome(values: dict[str, Any], splits: int) -> Any:
    """Return the talk after its end, None without a deal; both open at the largest joint gain there is."""
    whole = max(joint_gain(talk_of(**values), share) for share in (0.0, 0.5, 1.0))
    aims = {f"aim_{side}": max(whole, values.get(f"reserve_{side}", 0.0)) for side in SIDES}
    talk = talk_of(**{**values, **aims, "splits": splits})
    return talk if agrees(talk) else None


@pytest.mark.parametrize("first", [SELLER, BUYER])
@pytest.mark.parametrize(("capital", "least"), [(400_000.0, 0.20), (600_000.0, 0.60), (800_000.0, 0.75)])
def test_the_patient_side_carries_the_capital_and_both_gain(capital, least, first):
    """`least`: by how much either side gains more than in the talk about price alone.

    As run, with the municipality first, in EUR a year: 400,000 EUR of capital 144,243 -> 174,054 (municipality) and
    113,971 -> 179,054 (company); 600,000 EUR 84,923 -> 162,331 and 102,399 -> 167,331; 800,000 EUR 65,243 ->
    150,608 and 51,185 -> 155,608.
    """
    values = {**HEAT_TO_SHARE, "capital": capital, "speaker": first}
    price_only, with_split = outcome(values, 1), outcome(values, 5)
    assert float(price_only.share) == 0.5
    assert float(with_split.share) >= 0.75
    for side in SIDES:
        before, after = float(price_only[f"gain_{side}"]), float(with_split[f"gain_{side}"])
        assert after > (1 + least) * before
    # What the company no longer pays in capital it pays in price, and less than it saved.
    assert float(with_split.price) > float(price_only.price)
    saved = (float(with_split.share) - 0.5) * capital * annuity(0.12, 2.0)
    assert 10_000 * (float(with_split.price) - float(price_only.price)) < saved


def test_where_price_alone_finds_no_deal_the_split_does():
    """With 1.2 MEUR half of the capital at two years is more than the company saves: no price helps, a split does."""
    values = {**HEAT_TO_SHARE, "capital": 1_200_000.0}
    assert joint_gain(talk_of(**values)) < 0
    assert outcome(values, 1) is None
    with_split = outcome(values, 5)
    assert float(with_split.share) == 1.0
    assert min(float(with_split.gain_seller), float(with_split.gain_buyer)) > 100_000


@given(
    st.floats(3, 5).map(lambda power: 10**power), st.floats(4.7, 6.3).map(lambda power: 10**power), st.floats(-5, 30),
    st.floats(5, 60), st.tuples(st.floats(0.2, 2), st.floats(0.2, 2)), st.tuples(st.integers(6, 18), st.integers(6, 18)),
    st.sampled_from([SELLER, BUYER]), st.floats(20, 80),
)  # fmt: skip
@settings(max_examples=300)
def test_with_the_split_on_the_table_nobody_is_worse_off(
    quantity, capital, given, saved, exponents, deadlines, first, scale
):
    values = {
        **MUNICIPALITY, **COMPANY, "quantity": quantity, "capital": capital, "value_seller": given, "value_buyer": saved,
        "exponent_seller": exponents[0], "exponent_buyer": exponents[1], "deadline_seller": deadlines[0],
        "deadline_buyer": deadlines[1], "speaker": first, "scale": scale, "standard": 10.0,
    }  # fmt: skip
    price_only, with_split = outcome(values, 1), outcome(values, 5)
    event(f"{price_only is not None} {with_split is not None}")
    if price_only is None:
        return
    assert with_split is not None
    assert float(with_split.share) >= 0.5
    close = 1e-9 * (capital + quantity * 100)
    for side in SIDES:
        assert float(with_split[f"gain_{side}"]) >= float(price_only[f"gain_{side}"]) - close


@given(
    st.tuples(st.floats(0.01, 0.3), st.floats(0.01, 0.3)),
    st.tuples(st.floats(1, 20), st.floats(1, 20)),
    st.floats(1e3, 1e6),
)
def test_equal_gain_puts_all_capital_where_it_weighs_less(waccs, limits, capital):
    talk = talk_of(
        wacc_seller=waccs[0], wacc_buyer=waccs[1], limit_seller=limits[0], limit_buyer=limits[1], capital=capital,
        quantity=1e6, splits=5, terms=3, standard=4.0,
    )  # fmt: skip
    best_split(talk)
    years = float(talk.term)
    burdens = tuple(annuity(wacc, min(years, limit)) for wacc, limit in zip(waccs, limits, strict=True))
    if abs(burdens[0] - burdens[1]) > 1e-6:
        assert float(talk.share) == (1.0 if burdens[0] < burdens[1] else 0.0)
    assert joint_gain(talk, float(talk.share), float(talk.term)) >= joint_gain(talk) - 1e-9 * capital
    assert bargain(talk, "equal_gain") == "accept"


def neighbours(splits: int) -> Scenario:
    """Return the park of three with a patient station, an impatient plasterboard plant and 2.5 MEUR of capital between them."""
    scenario = parks.three({"negotiation.splits": splits})
    own = {"Station": {"wacc": 0.03, "payback": 20.0}, "Boards": {"wacc": 0.12, "payback": 2.0}}
    tables = dict(scenario.tables)
    tables["companies"] = tuple(row.model_copy(update=own.get(row.name, {})) for row in tables["companies"])
    tables["conversions"] = tuple(
        row.model_copy(update={"capex": 2e6}) if row.by_product == "fgd_gypsum" else row
        for row in tables["conversions"]
    )
    return replace(scenario, tables=tables)


def test_in_a_park_the_split_raises_what_two_neighbours_gain_together():
    """With beliefs, risks and required gains of a park: whoever gets more of it, together they gain more by the split."""
    for seed in range(10):
        price_only, with_split = (
            hold_talk(Park(neighbours(splits), seed).advance(1), "Station", "Boards", "fgd_gypsum").offers[-1]
            for splits in (1, 5)
        )
        assert with_split.answer == "accept"
        assert price_only.seller_share == 0.5
        assert with_split.seller_share >= 0.5
        before = price_only.seller_gain + price_only.buyer_gain if price_only.answer == "accept" else 0.0
        assert with_split.seller_gain + with_split.buyer_gain > 1.05 * before
