"""The store of the first screen: levers, mistakes in place, undo, variants, coalescing."""

import time

import numpy as np
import pytest

from ecopark.experiments.workshop.stores.explorer import Explorer
from ecopark.experiments.workshop.stores.laboratory import Laboratory
from ecopark.experiments.workshop.view_models.sentence import explain, name_settings


def settled(explorer, seconds=20.0):
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        seen = explorer.seen
        if seen.baseline is not None and seen.ensemble is not None and seen.shown == seen.values:
            return seen
        time.sleep(0.01)
    raise AssertionError("the ensemble did not arrive")


@pytest.fixture(scope="module")
def laboratory(scenario):
    return Laboratory(scenario, replicates=3)


@pytest.fixture
def explorer(laboratory):
    store = Explorer(laboratory)
    settled(store)
    return store


def test_a_lever_runs_the_history_again_on_the_same_shocks(explorer):
    explorer.change("policy.landfill_tax", "80")
    seen = settled(explorer)
    assert seen.values == {"policy.landfill_tax": 80.0}
    assert not np.array_equal(seen.ensemble.values("tax_revenue"), seen.baseline.values("tax_revenue"))


def test_a_lever_that_does_nothing_is_said_to_do_nothing(explorer):
    explorer.change("policy.platform", 0.0)
    seen = settled(explorer)
    words = explain(seen.baseline, seen.ensemble, name_settings(seen.values, explorer.levers))
    assert "nothing changes" in words[0]


@pytest.mark.parametrize(
    ("name", "value", "place"),
    [
        ("policy.landfill_tax", "much", "policy.landfill_tax"), ("policy.broker", 1e9, "policy.broker"), ("trust.start", "-1", "trust.start"),
        ("policy.broker.start", "later", "policy.broker.start"), ("close.Asnaes", "soon", "close.Asnaes"), ("price.energy", "0", "price.energy"),
        ("social.contacts", "2.5", "social.contacts"),
    ],
)  # fmt: skip
def test_wrong_input_is_answered_at_its_place_and_changes_nothing(explorer, name, value, place):
    explorer.change(name, value)
    assert "not allowed" in explorer.seen.errors[place]
    assert explorer.seen.values == {}
    explorer.change(place, None)
    assert explorer.seen.errors == {}


def test_undo_redo_and_reset(explorer):
    explorer.change("policy.broker", 1)
    explorer.change("policy.vision", 0.5)
    explorer.undo()
    assert explorer.seen.values == {"policy.broker": 1}
    explorer.redo()
    explorer.reset()
    assert explorer.seen.values == {}
    explorer.undo()
    assert set(explorer.seen.values) == {"policy.broker", "policy.vision"}


def test_a_policy_taken_back_takes_its_years_along(explorer):
    explorer.change("policy.broker", 1)
    explorer.change("policy.broker.start", "1990")
    explorer.change("policy.broker", None)
    assert explorer.seen.values == {}


def test_at_most_four_variants_with_names_of_their_own(explorer):
    for place in range(4):
        explorer.change("policy.broker", place + 1)
        explorer.keep(f"variant {place}")
    explorer.keep("variant 0")
    assert "not taken yet" in explorer.message
    explorer.keep("a fifth")
    assert "at most 4" in explorer.message
    assert len({variant.colour for variant in explorer.seen.variants}) == 4
    explorer.drop("variant 2")
    assert [variant.name for variant in explorer.seen.variants] == ["variant 0", "variant 1", "variant 3"]
    explorer.load(explorer.seen.variants[0].values)
    assert explorer.seen.values == {"policy.broker": 1}


def test_a_wrong_link_keeps_what_is_right(laboratory):
    explorer = Explorer(laboratory, {"policy.broker": 1, "policy.brokr": 2})
    assert explorer.seen.values == {"policy.broker": 1}
    assert "policy.brokr" in explorer.seen.errors


def test_a_lever_that_is_dragged_on_and_on_is_drawn_and_ends_at_its_last_place(laboratory):
    explorer = Explorer(laboratory)
    settled(explorer)
    seen = set()
    for size in range(1, 40):
        explorer.change("policy.landfill_tax", float(size), dragged=True)
        time.sleep(0.02)
        now = explorer.seen
        seen.add((now.part_of if now.part else now.shown).get("policy.landfill_tax", 0.0))
    assert len(seen) > 3, "it is drawn on the way"
    assert settled(explorer).shown == {"policy.landfill_tax": 39.0}
    assert explorer.seen.part is None
    explorer.undo()
    assert settled(explorer).shown == {}, "a drag is one step"
