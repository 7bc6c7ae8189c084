"""Pairs through a third firm: counted in whole runs, and no leg's worth moves with the other's contract."""

import numpy as np

from ecopark.abm.interventions.prospects import joint_gains
from ecopark.abm.park import Park
from ecopark.experiments.benchmarks.negotiation import third_firms
from ecopark.experiments.benchmarks.negotiation.third_firms import coupling, pairs_of
from tests import bench_parks


def test_a_pair_is_two_exchanges_that_meet_in_a_company_and_had_a_zone():
    rows = [  # opportunity, seller, buyer, kind, zone, outcome
        (0, "M", "P", "new", 5.0, "deadline"), (0, "M", "P", "new", 5.0, "signed"), (1, "P", "U", "new", 1.0, "deadline"),
        (2, "P", "V", "switch", 1.0, "signed"), (3, "P", "M", "new", 1.0, "signed"), (4, "P", "W", "new", -1.0, "no_zone"),
        (5, "P", "X", "renewal", 1.0, "signed"),
    ]  # fmt: skip
    names = ("opportunity", "seller", "buyer", "kind", "zone", "outcome")
    talks = dict(zip(names, map(np.array, zip(*rows, strict=True)), strict=True))
    assert sorted(pairs_of(talks)) == [(True, False), (True, True)]


def test_a_company_with_a_process_of_its_own_signs_both_legs_without_binding_them():
    signed = [
        pair
        for seed in range(1, 6)
        for pair in pairs_of(Park(bench_parks.chain(), seed).run().results.columns("talks"))
    ]
    assert len(signed) == 5
    assert sum(first and second for first, second in signed) >= 4


def test_the_worth_of_a_leg_does_not_depend_on_the_other_contract(monkeypatch):
    park = Park(bench_parks.chain(), 1).run()
    assert np.isfinite(joint_gains(park)).all()
    assert coupling(park) == 0.0
    gains = iter((1.0, 1.5))  # were it otherwise, it would be seen
    monkeypatch.setattr(third_firms, "joint_gains", lambda park, legs: np.full(9, next(gains, 1.5)))
    assert coupling(park) == 0.5
