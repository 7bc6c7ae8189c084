"""The first minute without a browser: questions, a guess before its answer, a negotiation that is opened up."""

import json
import math
import time

import numpy as np
import pytest

from ecopark.abm.interventions.seats import find_talk
from ecopark.experiments.workshop.stores.explorer import Explorer
from ecopark.experiments.workshop.stores.first_talk import DECADE, FirstTalk
from ecopark.experiments.workshop.stores.newcomer import GUESSES, Newcomer, compare_ends, questions_of


@pytest.fixture
def newcomer(workshop):
    return Newcomer(Explorer(workshop.laboratory), workshop.scenario, workshop.source)


def test_the_lever_moves_only_after_the_guess_and_the_answer_is_that_of_the_runs(newcomer):
    newcomer.enter("change")
    newcomer.say_guess("more")
    assert "after a question" in newcomer.message
    newcomer.ask(1)
    assert newcomer.explorer.seen.values == {}
    newcomer.say_guess("fewer")
    assert newcomer.explorer.seen.values == newcomer.questions[1].values
    limit = time.monotonic() + 30
    while not newcomer.outcome() and time.monotonic() < limit:
        time.sleep(0.02)
    seen = newcomer.explorer.seen
    assert newcomer.outcome() == compare_ends(seen.baseline.table, seen.ensemble.table) in GUESSES


def test_a_difference_counts_from_half_an_exchange_on():
    table = np.zeros((2, 3), dtype=[("links", float)])
    for change, said in ((0.4, "about as many"), (0.6, "more"), (-0.6, "fewer")):
        other = table.copy()
        other["links"][:, -1] = change
        assert compare_ends(table, other) == said


def test_a_policy_that_the_park_has_is_doubled(workshop):
    twice = workshop.scenario.replace({"policy.landfill_tax": 30})
    assert questions_of(twice)[0].values == {"policy.landfill_tax": 60.0}
    assert questions_of(twice)[0].size == 60.0


def test_who_watches_comes_to_the_levers_after_the_last_beat(newcomer):
    newcomer.enter("watch")
    newcomer.told.value = type("Story", (), {"told": [1, 2]})()
    newcomer.show(1)
    assert (newcomer.door, newcomer.beat) == ("watch", 1)
    newcomer.show(2)
    assert newcomer.door == "change"
    newcomer.enter("nowhere")
    assert newcomer.door == "change"


def bargain(first):
    """Take what is worth it, else offer what the card suggests."""
    from ecopark.experiments.workshop.view_models.seat import seat_talks

    for _ in range(40):
        if first.opened is not None:
            return
        card = next(
            card for card in seat_talks(first.player.game.park, first.company) if card["number"] == first.number
        )
        assert json.loads(json.dumps(card))["number"] == first.number, "the card travels to the browser"
        if card["theirs"] and card["theirs"]["enough"]:
            first.decide("accept")
        else:
            first.decide("counter", **card["suggested"])
        assert first.player.errors == {}


def test_a_negotiation_is_played_to_its_end_and_opened_up(scenario):
    rung = []
    first = FirstTalk(scenario, lambda: rung.append(True))
    assert find_talk(first.player.game.park, first.number)
    bargain(first)
    opened = first.opened
    assert opened is not None
    assert rung
    assert opened.low <= opened.price <= opened.high
    assert opened.share == pytest.approx(
        (opened.price - opened.low) / (opened.high - opened.low)
        if opened.sells
        else (opened.high - opened.price) / (opened.high - opened.low)
    )
    month = first.player.game.park.month
    game = first.hand_over().game
    game.pause()
    assert game.until == month + DECADE
    assert first.company in game.seats


def test_who_walks_out_sees_the_zone_too(scenario):
    first = FirstTalk(scenario, lambda: None)
    first.decide("counter", price="dear", share=0.5, term=10)
    assert first.opened is None
    assert "price" in str(first.player.errors) or first.player.errors
    first.decide("leave")
    assert math.isnan(first.opened.price)
    assert first.opened.why
    assert first.opened.high > first.opened.low
