"""NegMAS: its negotiators as guests in a run, and talks it can read."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from ecopark.abm.interventions.single_talk import hold_talk
from ecopark.abm.park import Park
from ecopark.abm.strategies import StrategyError
from ecopark.experiments.bridges.negmas_export import LEVELS, domain_of, export, scenario_of
from ecopark.experiments.bridges.negmas_guest import guest
from tests import bench_parks

pytest.importorskip("negmas")


@pytest.mark.parametrize("name", ["BoulwareTBNegotiator", "ConcederTBNegotiator", "MiCRONegotiator"])
def test_a_guest_bargains_for_a_company_in_a_run(name):
    seller = sorted(row.name for row in bench_parks.pair().tables["companies"])[0]
    values = {f'strategy.company."{seller}"': f"negmas:{name}"}
    talks = Park(bench_parks.pair().replace(values), 1).advance(120).results.talks
    assert len(talks) > 0
    assert f"negmas:{name}" in {*talks.strategy_seller, *talks.strategy_buyer}
    deals = talks[talks.outcome == "signed"]
    for side in ("seller", "buyer"):
        assert (deals[f"{side}_gain"] >= deals[f"reserve_{side}"] - 1e-6 * deals.stake).all()


def test_a_run_with_a_guest_is_repeated():
    values = {"strategy.role.seller": "negmas:BoulwareTBNegotiator"}
    gains = [Park(bench_parks.pair().replace(values), 1).advance(60).monthly.gain.tobytes() for _ in range(2)]
    assert gains[0] == gains[1]


def test_a_negotiator_that_is_none_is_said():
    with pytest.raises(StrategyError) as found:
        guest("BoulwareTBNegotiato")
    assert found.value.meant == "BoulwareTBNegotiator"
    with pytest.raises(StrategyError):
        guest("no.such.package.Negotiator")


def test_twenty_talks_are_read_back_as_they_were(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from negmas.inout import Scenario
    rng = np.random.default_rng(1)
    for number in range(20):
        worth, least = rng.normal(0, 1e5, (2, 6)), rng.uniform(0, 1e4, 2)
        domain = domain_of(worth.tolist(), least.tolist(), [f"package {k}" for k in range(6)])
        folder = tmp_path / str(number)
        assert len(export(domain, folder)) == 3
        read = {ufun.name: ufun for ufun in Scenario.load(folder).ufuns}
        for side, sign in ((0, 1.0), (1, -1.0)):
            ufun = read[("seller", "buyer")[side]]
            assert float(ufun.reserved_value) == pytest.approx(least[side], rel=1e-12)
            for level in (0, 17, LEVELS - 1):
                for place, name in enumerate(domain.names):
                    true = sign * domain.transfers[level] + worth[side, place]
                    assert float(ufun((level, name))) == pytest.approx(true, rel=1e-12, abs=1e-9)


def test_a_talk_of_a_park_is_exported_with_its_zone():
    park = Park(bench_parks.pair(), 1).advance(12)
    table = park.results.columns("opportunities")
    talk = hold_talk(park, table["seller"][0], table["buyer"][0])
    worth = [[getattr(one, side) for one in talk.packages] for side in ("seller", "buyer")]
    domain = domain_of(worth, (talk.seller_reserve, talk.buyer_reserve), [str(k) for k in range(len(talk.packages))])
    scenario = scenario_of(domain)
    best = max(
        sum(float(ufun((level, name))) - float(ufun.reserved_value) for ufun in scenario.ufuns)
        for level in range(LEVELS)
        for name in domain.names
    )
    assert best == pytest.approx(talk.zone, rel=1e-9)
