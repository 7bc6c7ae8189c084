"""Who may come in: a PIN that nobody guesses by trying, keys that nobody guesses at all, futures that nobody knows."""

from __future__ import annotations

import time

from ecopark.abm.input.loading import load_scenario
from ecopark.experiments.workshop.server import doors
from ecopark.experiments.workshop.server.doors import MOST_TRIES, WINDOW, Pin, is_device, new_device
from ecopark.experiments.workshop.stores.play.registry import Registry


def test_after_ten_wrong_tries_of_anybody_none_is_heard_until_the_pause_is_over(monkeypatch):
    pin = Pin()
    wrong = f"{(int(pin.digits) + 1) % 10**8:08d}"
    for _ in range(MOST_TRIES - 1):
        assert not pin.fits(wrong)
    assert pin.fits(f" {pin.digits[:4]} {pin.digits[4:]} ")
    assert not pin.fits(wrong)
    assert pin.tries.locked
    assert not pin.fits(pin.digits), "the right one neither"
    now = time.monotonic()
    monkeypatch.setattr(doors.time, "monotonic", lambda: now + WINDOW + 1)
    assert pin.fits(pin.digits)


def test_pins_and_keys_are_drawn():
    assert len({Pin().digits for _ in range(20)}) == 20
    assert all(len(Pin().digits) == 8 for _ in range(20))
    keys = {new_device() for _ in range(20)}
    assert len(keys) == 20
    assert all(is_device(key) for key in keys)
    assert not is_device("x" * 19)
    assert not is_device("<script>alert(1)</script>")


def test_seeds_of_workshops_are_drawn():
    registry = Registry(load_scenario("harbour"), "harbour")
    seeds = {registry.open(people=6)[0].play.seed for _ in range(3)}
    assert len(seeds) == 3
    assert 0 not in seeds
