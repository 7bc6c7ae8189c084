"""Returning manufacturers: the logit and its parts against closed forms, and the scenario's direction of effect."""

import math

import numpy as np
import pytest

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park
from ecopark.abm.submodels.relocation import gumbel

OFF = {
    "turnover.promise": 0,
    "discovery.by_search": False,
    "discovery.by_contact": False,
    "discovery.by_innovation": False,
}


def decided(seeds, **values):
    """All events of choosing, staying and leaving of some runs."""
    import pandas as pd

    scenario = load_scenario("reshoring", {"recording.meetings": False, **values})
    tables = [Park(scenario, seed).run().results.events.assign(seed=seed) for seed in seeds]
    events = pd.concat(tables)
    return events[events["kind"].isin(["chose", "stayed", "left", "opened"])]


@pytest.fixture(scope="module")
def offered():
    return decided(range(8))


@pytest.fixture(scope="module")
def refused():
    return decided(range(8), **OFF)


def test_the_gumbel_draw_has_its_quantiles():
    assert gumbel(math.exp(-1)) == pytest.approx(0.0)
    assert gumbel(0.5) == pytest.approx(-math.log(math.log(2)))


def test_every_candidate_chooses_once_and_a_way_its_site_offers(offered):
    chosen = offered[offered["kind"] == "chose"]
    assert (chosen.groupby("seed")["company"].nunique() == 20).all()
    assert not chosen.duplicated(["seed", "company"]).any()
    tables = load_scenario("reshoring").tables
    ways = {f"{mode.strip()} at {site.site}" for site in tables["sites"] for mode in site.modes.split(";")}
    assert set(chosen["reason"]) <= ways
    assert len(set(chosen["reason"])) >= 6


def test_only_those_who_chose_the_park_open_and_after_the_building_time(offered):
    months = {row.mode: row.months for row in load_scenario("reshoring").tables["modes"]}
    chosen = offered[offered["kind"] == "chose"].set_index(["seed", "company"])
    opened = offered[offered["kind"] == "opened"]
    assert len(opened) > 0
    for row in opened.itertuples():
        choice = chosen.loc[(row.seed, row.company)]
        mode, _, site = choice["reason"].partition(" at ")
        assert site == "park"
        assert row.month - choice["month"] == max(1, months[mode])


def test_exchanges_on_offer_draw_returners_to_the_park(offered, refused):
    def share(events):
        return events.loc[events["kind"] == "chose", "reason"].str.endswith("at park").mean()

    assert share(offered) > share(refused)


def test_the_wave_asks_each_returner_in_the_park_once(offered):
    asked = offered[offered["kind"].isin(["stayed", "left"])]
    assert set(asked["year"]) == {2040}
    assert set(asked["kind"]) == {"stayed", "left"}
    assert not asked.duplicated(["seed", "company"]).any()


def test_without_ways_back_nothing_is_chosen():
    scenario = load_scenario("synthetic", {"synthetic.companies": 10})
    assert len(Park(scenario, 1).state.options) == 0


def test_certain_choice_takes_the_best_account():
    """With next to nothing unseen, two seeds choose alike for most companies (payback limits and shocks differ)."""
    sure = {**OFF, "turnover.unseen": 0.001, "market.volatility": 0}
    chosen = [decided([seed], **sure).query("kind == 'chose'").set_index("company")["reason"] for seed in (1, 2)]
    same = np.mean([chosen[0][name] == chosen[1][name] for name in chosen[0].index])
    assert same >= 0.75
    assert len(set(chosen[0])) < 6
