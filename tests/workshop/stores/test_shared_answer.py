"""Slow answers: worked out once for everybody, never broken off, never an old one."""

import threading
import time

import pytest

from ecopark.experiments.workshop.stores.shared_answer import Answer


@pytest.fixture
def rung():
    return threading.Semaphore(0)


@pytest.fixture
def answer(rung):
    return Answer(rung.release)


def test_twenty_who_ask_the_same_have_it_worked_out_once(answer, rung):
    gate, worked = threading.Event(), []

    def work():
        worked.append(threading.current_thread())
        gate.wait(5)
        return 7

    for _ in range(20):
        answer.ask("a", work)
    assert answer.value is None
    gate.set()
    assert rung.acquire(timeout=5)
    assert (answer.value, len(worked)) == (7, 1)


def test_another_question_does_not_break_the_first_off_but_only_the_newest_is_told(answer, rung):
    gate, ended = threading.Event(), threading.Event()

    def slow():
        gate.wait(5)
        ended.set()
        return "old"

    answer.ask(1, slow)
    answer.ask(2, lambda: "new")
    assert rung.acquire(timeout=5)
    gate.set()
    assert ended.wait(5), "it runs to its end: half of an import would stay broken"
    time.sleep(0.05)
    assert answer.value == "new"


def test_a_failure_is_told_and_can_be_tried_again(answer, rung):
    answer.ask("a", lambda: 1 / 0)
    assert rung.acquire(timeout=5)
    assert isinstance(answer.error, ZeroDivisionError)
    answer.forget()
    answer.ask("a", lambda: 3)
    assert rung.acquire(timeout=5)
    assert rung.acquire(timeout=5)
    assert (answer.value, answer.error) == (3, None)
