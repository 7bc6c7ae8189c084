"""The region of mistrust: exchanges break over people, and courts or culture each mend their own part."""

from __future__ import annotations

import numpy as np

from ecopark import Park, load_scenario

OVER_PEOPLE = ("trust_lost", "held_up", "not_renewed")


def ends(values: dict | None = None, seeds: int = 6) -> dict[str, float]:
    scenario = load_scenario("mistrust", values)
    runs = [Park(scenario, seed).run().results.summary()["ends"] for seed in range(seeds)]
    return {reason: float(np.mean([run[reason] for run in runs])) for reason in runs[0]}


def test_exchanges_break_over_people():
    counts = ends()
    assert all(counts[reason] > 0 for reason in OVER_PEOPLE), counts


def test_courts_end_hold_ups():
    assert ends({"policy.enforcement": 1.0})["held_up"] == 0


def test_a_better_culture_keeps_trust():
    assert ends({"trust.culture": 0.6})["trust_lost"] < 0.5 * ends()["trust_lost"]
