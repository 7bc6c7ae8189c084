"""A played park: its log repeats it, rewind, fork, swap, the clock."""

import threading
import time

import numpy as np
import pytest

from ecopark.abm.input.errors import InputError
from ecopark.abm.interventions.seats import advise
from ecopark.abm.park import Park
from ecopark.experiments.workshop.stores.actions import (
    DEEDS,
    carry_out,
    describe_action,
    policies_now,
    replay,
    without_people,
)
from ecopark.experiments.workshop.stores.game import Game


def same_park(one, other):
    """Every table that is in use, byte by byte."""
    for name, table in one.state.tables().items():
        used = (
            int(one.state.clock[0][name])
            if name in ("events", "meetings", "past_talks", "exchanges", "talks")
            else len(table)
        )
        months = one.month if name == "months" else used
        assert table[:months].tobytes() == other.state.tables()[name][:months].tobytes(), name


def played(scenario):
    game = Game(scenario, 1)
    game.go_to(1972)
    game.act("seat", company="Asnaes", taken=True)
    game.act("policy", name="landfill_tax", size=50)
    for _ in range(240):
        game.step()
        for company, number in game.pending():
            if (company, number) not in game.pending():
                continue  # a deal of this round has ended it
            answer, offer = advise(game.park, number, company)
            terms = (
                {"price": offer.price, "share": offer.share, "term": offer.term} if answer in ("offer", "last") else {}
            )
            game.act(
                "decide",
                talk=number,
                company=company,
                decision={"offer": "counter", "last": "counter", "accept": "accept", "walk_out": "leave"}[answer],
                **terms,
            )
    game.act("price", material="energy", factor=1.5)
    game.act("close", company="Gyproc")
    game.step(30)
    return game


@pytest.fixture(scope="module")
def game(scenario):
    return played(scenario)


def test_the_log_replays_to_the_same_park(scenario, game):
    same_park(game.park, replay(scenario, 1, game.main.log, game.park.month))


def test_the_log_is_plain_and_can_be_told(game):
    assert {action["do"] for action in game.main.log} == {"seat", "policy", "decide", "price", "close"}
    assert all(describe_action(action) for action in game.main.log)


def test_without_people_only_levers_and_shocks_stay(game):
    assert [action["do"] for action in without_people(game.main.log)] == ["policy", "price", "close"]


def test_stepping_is_running(scenario):
    game = Game(scenario, 5)
    for _ in range(100):
        game.step()
    same_park(game.park, Park(scenario, 5).advance(100))


def test_rewind_takes_back_what_came_after_and_keeps_the_future_as_a_line(scenario):
    game = Game(scenario, 2)
    game.go_to(1980)
    game.act("close", company="Asnaes")
    game.go_to(1990)
    game.go_to(1975)
    assert game.park.month == 14 * 12
    assert game.main.log == []
    assert game.ghost is not None
    assert game.ghost.yearly["year"][-1] == 1989
    game.go_to(1990)
    same_park(game.park, Park(scenario, 2).advance(29 * 12))


def test_fork_shows_two_futures_and_swap_plays_the_other(scenario):
    game = Game(scenario, 2)
    game.go_to(1985)
    game.fork()
    game.act("close", company="Asnaes")
    game.go_to(1995)
    assert game.other.park.month == game.park.month
    same_park(game.other.park, Park(scenario, 2).advance(game.park.month))
    companies = game.park.yearly["companies"][-1], game.other.park.yearly["companies"][-1]
    assert companies[0] == companies[1] - 1
    game.swap()
    assert game.park.yearly["companies"][-1] == companies[1]
    assert game.main.log == []
    game.join()
    assert game.other is None


def test_agents_take_the_seats_of_the_other_future(scenario):
    game = Game(scenario, 2)
    game.act("seat", company="Asnaes", taken=True)
    game.fork()
    game.go_to(2000)
    assert not game.other.park.state.companies.seat.any()
    assert game.park.state.companies.seat.any()


def test_levers_act_at_once_and_are_listed(scenario):
    game = Game(scenario, 2)
    game.go_to(1985)
    game.act("policy", name="landfill_tax", size=30)
    game.step()
    assert policies_now(game.park) == {"landfill_tax": 30.0}
    assert (
        np.count_nonzero(game.park.state.levers.landfill_tax != Park(scenario, 2).state.levers.landfill_tax)
        == game.horizon - 24 * 12
    )


def test_the_clock_plays_pauses_and_stops_at_the_horizon(scenario):
    game = Game(scenario, 0)
    game.set_speed(120)
    game.play()
    time.sleep(0.5)
    game.pause()
    month = game.park.month
    assert month > 5
    time.sleep(0.2)
    assert game.park.month - month <= 1
    game.go_to(2026)
    game.play()
    assert not game.playing


def test_no_month_passes_after_a_pause(scenario, monkeypatch):
    game = Game(scenario, 1)
    game.set_speed(120)
    entered, go_on = threading.Event(), threading.Event()
    plain = Game.pending

    def slow(self):
        entered.set()
        go_on.wait(0.3)
        return plain(self)

    monkeypatch.setattr(Game, "pending", slow)
    game.play()
    assert entered.wait(5), "the clock is about to run a month"
    game.pause()
    month = game.park.month
    go_on.set()
    time.sleep(0.3)
    assert game.park.month == month


def test_the_clock_waits_for_people(scenario):
    game = Game(scenario, 1)
    game.act("seat", company="Asnaes", taken=True)
    while not game.pending():
        game.step()
    month = game.park.month
    game.set_speed(120)
    game.play()
    time.sleep(0.3)
    assert game.park.month == month
    game.set_waits(False)
    time.sleep(0.3)
    game.pause()
    assert game.park.month > month


@pytest.mark.parametrize(
    "wrong",
    [
        {"do": "dance"},
        {"do": "close"},
        {"do": "close", "company": "Asnes"},
        {"do": "policy", "name": "tax", "size": 1},
        {"do": "policy", "name": "broker", "size": "x"},
    ],
)
def test_wrong_actions_are_refused_and_not_logged(scenario, wrong):
    game = Game(scenario, 0)
    do = wrong.pop("do")
    with pytest.raises(InputError):
        game.act(do, **wrong)
    assert game.main.log == []


@pytest.mark.parametrize(
    ("method", "value"),
    [
        ("go_to", "soon"),
        ("go_to", 1900),
        ("set_speed", 0),
        ("set_speed", "fast"),
        ("restart", -1),
        ("restart", "x"),
        ("rewind", 10),
    ],
)
def test_wrong_input_to_the_controls_is_refused(scenario, method, value):
    with pytest.raises(InputError):
        getattr(Game(scenario, 0), method)(value)


def test_every_deed_is_told(scenario):
    park = Park(scenario, 0)
    terms = {
        "policy": {"name": "broker", "size": 1}, "seat": {"company": "Asnaes", "taken": True}, "decide": {"company": "Asnaes", "decision": "leave"},
        "bid": {"company": "Asnaes", "talk": 1},
        "leave": {"company": "Asnaes"}, "close": {"company": "Asnaes"}, "open": {"company": "Asnaes"}, "resize": {"company": "Asnaes", "factor": 2},
        "price": {"material": "energy", "factor": 2}, "permit": {"company": "Asnaes", "material": "coal_fly_ash"},
    }  # fmt: skip
    assert set(terms) == set(DEEDS)
    for do, with_terms in terms.items():
        assert describe_action({"do": do, **with_terms})
    carry_out(park, {"do": "close", "month": 0, "company": "Asnaes"})
