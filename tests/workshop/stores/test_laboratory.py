"""The laboratory: the newest request only, replicates once for all who ask, parts before the whole, what is given up."""

import threading
import time

import numpy as np
import pytest

from ecopark.abm.input.loading import load_scenario
from ecopark.experiments.workshop.stores.laboratory import Laboratory
from ecopark.experiments.workshop.stores.newest_request import Coalescer, OutdatedError


def test_only_the_newest_waiting_request_is_computed():
    gate, done, computed = threading.Event(), threading.Event(), []

    def compute(request, is_wanted):
        gate.wait(5)
        computed.append(request)
        return request

    def deliver(request, result, error):
        if request == 9:
            done.set()

    worker = Coalescer(compute, deliver)
    worker.ask(0)
    time.sleep(0.05)
    for request in range(1, 10):
        worker.ask(request)
    gate.set()
    assert done.wait(5)
    assert computed == [0, 9]


def test_a_failing_run_is_delivered_as_an_error():
    arrived = threading.Event()
    kept = []
    worker = Coalescer(lambda request, _: 1 / request, lambda *answer: (kept.append(answer), arrived.set()))
    worker.ask(0)
    assert arrived.wait(5)
    assert isinstance(kept[0][2], ZeroDivisionError)


def test_who_asks_for_what_is_being_run_waits_for_it(scenario, monkeypatch):
    from ecopark.experiments.workshop.stores import laboratory as module

    runs = []
    laboratory = Laboratory(scenario, 3)
    assert laboratory.replicates == 3
    plain = module.run_history
    monkeypatch.setattr(module, "run_history", lambda *terms: (runs.append(terms[2]), plain(*terms))[1])
    threads = [threading.Thread(target=laboratory.run, args=({"policy.broker": 1},)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(runs) == [0, 1, 2]


def test_the_first_run_decides_how_many_replicates_there_are(scenario):
    assert Laboratory(scenario).replicates == 12


def test_a_run_that_failed_is_tried_again(scenario, monkeypatch):
    from ecopark.experiments.workshop.stores import laboratory as module

    plain = module.run_history
    monkeypatch.setattr(module, "run_history", lambda *terms: 1 / 0)
    laboratory = Laboratory(scenario, 2)
    with pytest.raises(ZeroDivisionError):
        laboratory.run({})
    monkeypatch.setattr(module, "run_history", plain)
    assert laboratory.run({}).table.shape == (2, 65)


def synthetic(tmp_path, companies=12, years=8):
    (tmp_path / "scenario.toml").write_text(
        f'name = "small"\nlabel = "small"\nyears = {years}\n[synthetic]\ncompanies = {companies}\n'
    )
    return load_scenario(str(tmp_path))


def test_the_first_replicates_are_told_before_all_have_run(scenario):
    laboratory, parts = Laboratory(scenario, 9), []
    assert laboratory.replicates == 9
    whole = laboratory.run({"policy.broker": 2}, on_part=parts.append)
    first = parts[0]
    assert (len(first.table), first.planned, first.years_done) == (laboratory._first, 9, 65)
    rows = [whole.table[place].tobytes() for place in range(9)]
    assert all(row.tobytes() in rows for row in first.table), "a part is made of the runs of the whole"


def test_a_long_history_is_told_while_it_runs(tmp_path, monkeypatch):
    from ecopark.experiments.workshop.stores import ensemble

    monkeypatch.setattr(ensemble, "FIRST_PAUSE", 0.0)
    job = ensemble.Job(synthetic(tmp_path), 4, 2)
    parts = []
    job.watch(lambda: True, parts.append)
    tables = [ensemble.run_history(synthetic(tmp_path), {}, seed) for seed in range(2)]
    job.note(0, tables[0][:3])
    assert parts == [], "one replicate is no band"
    job.note(1, tables[1][:2])
    assert (parts[0].table.shape, parts[0].years_done) == ((2, 8), 2)
    links = parts[0].values("links")
    assert np.array_equal(links[:, :2], np.stack([table["links"][:2] for table in tables]))
    assert np.isnan(links[:, 2:]).all()
    assert list(parts[0].years) == list(tables[0]["year"])


def test_what_nobody_waits_for_is_given_up(scenario, monkeypatch):
    from ecopark.experiments.workshop.stores import laboratory as module

    runs, seen = [], threading.Event()
    laboratory = Laboratory(scenario, 12)
    assert laboratory.replicates == 12
    plain = module.run_history
    monkeypatch.setattr(module, "run_history", lambda *terms: (runs.append(terms[2]), plain(*terms))[1])
    with pytest.raises(OutdatedError):
        laboratory.run({"policy.broker": 3}, lambda: not seen.is_set(), lambda part: seen.set())
    assert laboratory._first <= len(runs) < 12, "the first part is always shown, the rest is not run"
    assert laboratory.run({"policy.broker": 3}).table.shape[0] == 12, (
        "what was given up is run when somebody asks again"
    )


def test_what_somebody_else_waits_for_is_run_to_its_end(scenario):
    laboratory, kept = Laboratory(scenario, 12), []
    assert laboratory.replicates == 12
    other = threading.Thread(target=lambda: kept.append(laboratory.run({"policy.broker": 4})))

    def is_wanted():
        """Until somebody else wants it, too."""
        return len(laboratory._kept[repr([("policy.broker", 4)])]._watchers) < 2

    laboratory.run({"policy.broker": 4}, is_wanted, lambda part: other.start() if other.ident is None else None)
    other.join(20)
    assert len(kept[0].table) == 12
