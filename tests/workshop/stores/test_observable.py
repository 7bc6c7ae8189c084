"""Stores ring, waiters draw: at once, at most ten times a second, each for itself."""

import threading
import time

from ecopark.experiments.workshop.stores.observable import Bell, Store, Waiter


def test_changes_are_drawn_at_once_and_at_most_ten_times_a_second():
    store, drawn = Store(), []
    waiter = Waiter([store], lambda: drawn.append(time.monotonic()))
    began = time.monotonic()
    while time.monotonic() - began < 1.0:
        store.ring()
        time.sleep(0.002)
    waiter.close()
    assert 5 <= len(drawn) <= 11
    assert drawn[0] - began < 0.1


def test_a_tab_that_cannot_be_drawn_does_not_stop_the_others():
    store, drawn = Store(), threading.Event()
    broken = Waiter([store], lambda: 1 / 0)
    well = Waiter([store], drawn.set)
    store.ring()
    assert drawn.wait(2)
    broken.close()
    well.close()


def test_a_bell_nobody_holds_is_forgotten():
    store = Store()
    store.listen(Bell())
    assert len(list(store._bells)) == 0
