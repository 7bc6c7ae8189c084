"""Park against its twin of objects: the same bits in every column of every table, on small parks."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.abm.entities import accounts
from ecopark.abm.input.parameter_fields import MODES, PROTOCOLS
from ecopark.abm.input.parameters import PARAMETERS
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.numerics import randomness
from ecopark.abm.park import Park
from ecopark.abm.policies import POLICIES
from tests.references import draws, parks
from tests.references.comparing import differences
from tests.references.model import TwinModel

WORD = st.integers(0, 2**64 - 1)
ROOT = Path(__file__).parents[2]


def compared(scenario: Scenario, seed: int, months: int) -> tuple[TwinModel, list[str]]:
    """Run both and return the twin with what differs."""
    twin = TwinModel(scenario, seed).run(months)
    return twin, differences(twin, Park(scenario, seed).advance(months))


@pytest.mark.parametrize("seed", range(6))
def test_three_companies_for_ten_years(seed):
    twin, unequal = compared(parks.three(), seed, 120)
    assert unequal == []
    assert twin.talks_held > 0


@pytest.mark.parametrize("seed", [0, 1, 2**64 - 1])
def test_thirty_companies_for_ten_years(seed):
    twin, unequal = compared(parks.thirty(), seed, 120)
    assert unequal == []
    assert len(twin.exchanges) > 10
    assert any(exchange.reason for exchange in twin.exchanges)


def test_kalundborg_for_sixty_five_years():
    twin, unequal = compared(parks.kalundborg(), 7, 65 * 12)
    assert unequal == []
    assert len(twin.exchanges) > 10


def test_a_by_product_with_a_price_and_a_taker_of_its_own():
    own = {"streams.Gyproc.board_scrap.per_year": 4_000, "streams.Gyproc.board_scrap.price_now": -20,
           "streams.Gyproc.board_scrap.recovered_share": 0.3}  # fmt: skip
    twin, unequal = compared(parks.kalundborg(own), 7, 60 * 12)
    assert unequal == []
    assert any(stream.recovered and stream.own_route > 0 for stream in twin.supplies)


def test_manufacturers_who_come_back():
    twin, unequal = compared(parks.shipped("reshoring"), 1, 26 * 12)
    assert unequal == []
    assert {"chose", "stayed", "left"} <= {event.kind for event in twin.events}


@pytest.mark.parametrize("name", ["chemelot", "byproduct_synergy"])
def test_other_shipped_scenarios_for_ten_years(name):
    assert compared(parks.shipped(name), 3, 120)[1] == []


@pytest.mark.parametrize("mode", MODES)
def test_modes_of_governance(mode):
    twin, unequal = compared(parks.thirty({"governance.mode": mode, "governance.facilitator": 1.5}), 3, 60)
    assert unequal == []
    assert len(twin.exchanges) > 0


def test_members_who_pay_for_broker_and_platform():
    terms = {
        "policy.broker.size": 1.0,
        "policy.broker.fee": 5000,
        "policy.platform.size": 0.6,
        "policy.platform.fee": 100,
    }
    twin, unequal = compared(parks.thirty(terms), 3, 60)
    assert unequal == []
    assert sum(book[accounts.FEE][0] for book in twin.books[-1]) > 0


@pytest.mark.parametrize(("corridor", "grant", "seed"), [(3.0, 0.0, 0), (1.0, 0.3, 2)])
def test_shared_pipes(corridor, grant, seed):
    values = {"investment.shared_pipes": True, "investment.corridor": corridor, "policy.capital_grant.size": grant}
    twin, unequal = compared(parks.thirty(values), seed, 240)
    assert unequal == []
    assert sum(asset.main is not None for asset in twin.assets) >= 5


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_protocols(protocol):
    twin, unequal = compared(parks.thirty({"negotiation.protocol": protocol, "negotiation.meetings": 2}), 4, 60)
    assert unequal == []
    assert twin.talks_held > 0


@pytest.mark.parametrize("name", POLICIES)
def test_policies(name):
    values = {
        f"policy.{name}.size": POLICIES[name].default,
        f"policy.{name}.start": 2001,
        "governance.mode": "facilitated",
    }
    assert compared(parks.thirty(values), 5, 48)[1] == []


def test_plain_python_gives_the_same_bits():
    code = (
        "from ecopark.abm.park import Park\n"
        "from tests.references import parks\n"
        "from tests.references.comparing import differences\n"
        "from tests.references.model import TwinModel\n"
        "from tests.parks import terrace\n"
        "shared = terrace({'investment.shared_pipes': True})\n"
        "for scenario, months in ((parks.three(), 120), (parks.kalundborg(), 60), (shared, 120)):\n"
        "    assert differences(TwinModel(scenario, 3).run(months), Park(scenario, 3).advance(months)) == []\n"
        "print('equal')\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT, env={**os.environ, "ECOPARK_COMPILE": "0", "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "equal"


def test_a_single_bit_is_noticed():
    twin = TwinModel(parks.three(), 1).run(24)
    park = Park(parks.three(), 1).advance(24)
    assert differences(twin, park) == []
    twin.opportunities[0].there.trust = np.nextafter(twin.opportunities[0].there.trust, 1)
    assert [line.split("[")[0] for line in differences(twin, park)] == ["pairs.trust"]
    assert differences(TwinModel(parks.three(), 2).run(24), park) != []


def test_the_data_collector_holds_the_recorded_months():
    twin = TwinModel(parks.three(), 1, collect=True).run(24)
    frame = twin.collector.get_model_vars_dataframe()
    park = Park(parks.three(), 1).advance(24)
    assert len(frame) == 24
    for name in ("links", "result", "gain", "trust"):
        np.testing.assert_array_equal(frame[name], park.monthly[name])


@given(WORD, st.sampled_from(sorted(draws.NUMBER_OF)), st.integers(0, 10**7), WORD)
def test_draws_are_the_same_bits(seed, process, month, identity):
    number = np.uint64(draws.NUMBER_OF[process])
    assert number == getattr(randomness, process.upper())
    with np.errstate(over="ignore"):
        uniform = randomness.uniform(np.uint64(seed), number, month, np.uint64(identity))
        normal = randomness.normal(np.uint64(seed), number, month, np.uint64(identity))
        joined = randomness.join(np.uint64(seed), np.uint64(identity))
    ours = draws.Draws(seed)
    assert (ours.uniform(process, month, identity), ours.normal(process, month, identity)) == (uniform, normal)
    assert draws.join(seed, identity) == joined


@given(st.one_of(st.floats(1e-300, 1e-3), st.floats(1e-3, 1 - 1e-3), st.floats(1e-16, 1e-3).map(lambda tail: 1 - tail)))
def test_quantiles_are_the_same_bits_in_the_middle_and_in_both_tails(probability):
    assert draws.normal_quantile(probability) == randomness.normal_quantile(probability)


def random_values(rng: random.Random, start: float) -> dict[str, object]:
    """Return other values for about a quarter of all parameters, a mode and some policies."""
    kept = ("synthetic", "recording", "discovery.partners", "social")
    values: dict[str, object] = {}
    for name, parameter in PARAMETERS.items():
        if name.startswith(kept) or rng.random() < 0.75:
            continue
        if parameter.options:
            values[name] = rng.choice(parameter.options)
        elif parameter.kind == "bool":
            values[name] = rng.random() < 0.5
        elif parameter.kind == "int":
            values[name] = rng.randint(int(parameter.low), min(int(parameter.high), 3 * int(parameter.default) + 3))
        else:
            values[name] = rng.uniform(parameter.low, min(parameter.high, max(3 * parameter.default, 0.1)))
    for name, policy in POLICIES.items():
        if rng.random() < 0.25:
            values[f"policy.{name}.size"] = rng.uniform(policy.low, policy.high)
            values[f"policy.{name}.start"] = start + rng.uniform(0, 5)
    return values


@pytest.mark.heavy
@pytest.mark.parametrize("number", range(200))
def test_any_parameters_any_policies(number):
    rng = random.Random(number)
    scenario = rng.choice([parks.three, parks.thirty, parks.thirty, parks.kalundborg])()
    values = random_values(rng, scenario.start_year)
    assert compared(scenario.replace(values), rng.getrandbits(64), rng.choice([60, 120, 240]))[1] == [], values
