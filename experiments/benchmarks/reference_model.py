"""The park against the object-per-company Mesa twin of the same rules: a, b, f."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.park import Park

from .clock import Row, ratio, side_by_side
from .source_tree import make_tests_importable

MONTHS = 600
SEED = 1


def twin_model() -> Any:
    """Return the class of the twin. Raises SkippedError outside a source checkout."""
    make_tests_importable()
    from tests.references.model import TwinModel

    return TwinModel


def region(companies: int, **values: Any) -> Scenario:
    """Return a generated park with room for fifty years."""
    return load_scenario("synthetic", {"synthetic.companies": companies, "horizon.years": MONTHS // 12, **values})


def whole_runs(quick: bool) -> list[Row]:
    """Return a: a whole run of 30 and of 300 companies against the twin."""
    return [_whole_run(30, 3 if quick else 5, 60), _whole_run(300, 1 if quick else 2, 120)]


def _whole_run(companies: int, repeats: int, least: float) -> Row:
    twin, scenario = twin_model(), region(companies)
    Park(scenario, SEED).advance(12)
    found: list[tuple[Any, Any]] = []

    def slow() -> None:
        found.append((twin(scenario, SEED).run(MONTHS).history[-1].gain, None))

    def fast() -> None:
        found.append((Park(scenario, SEED).run().monthly.gain[-1], None))

    theirs, ours = side_by_side([slow, fast], repeats)
    what = f"whole run, {MONTHS} months, {companies} companies: twin / park"
    detail = {"twin_s": median(theirs), "park_s": median(ours), "same_gain": found[0] == found[1]}
    return Row("a", what, ratio(theirs, ours), least, True, detail=detail)


def steps(quick: bool) -> list[Row]:
    """Return b: month by month through Mesa against the twin, without and with a table of the DataCollector."""
    from ecopark.abm.model import ParkModel

    twin, scenario = twin_model(), region(30)
    ParkModel(scenario, rng=SEED).step()

    def walk(make: Callable[[], Any], collect: bool) -> Callable[[], None]:
        def work() -> None:
            model = make()
            for _ in range(MONTHS):
                model.step()
            if collect:
                collector = model.collector if hasattr(model, "collector") else model.datacollector
                assert len(collector.get_model_vars_dataframe()) == MONTHS

        return work

    rows = []
    for collect, target in ((False, 30), (True, 25)):
        slow = walk(lambda collect=collect: twin(scenario, SEED, collect=collect), collect)
        fast = walk(lambda: ParkModel(scenario, rng=SEED), collect)
        theirs, ours = side_by_side([slow, fast], 3 if quick else 5)
        what = f"{MONTHS} x step() through Mesa, 30 companies, {'with' if collect else 'without'} a DataCollector table"
        detail = {"twin_s": median(theirs), "park_s": median(ours)}
        rows.append(Row("b", f"{what}: twin / park", ratio(theirs, ours), target, True, detail=detail))
    return rows


def sweep_runs(quick: bool) -> list[Row]:
    """Return f: a run of a sweep with its set-up (another point, another seed) and result against the twin."""
    from ..sweeps.execution.park_model import load, prepare, simulate

    twin = twin_model()
    base = load("synthetic", {"synthetic.companies": 30}, MONTHS // 12)
    simulate(base, SEED)
    point = iter(range(10_000))

    def slow() -> None:
        number = next(point)
        run = twin(prepare(base, {"policy.landfill_tax": number}), number).run(MONTHS)
        assert sum(month.gain for month in run.history) != 0.0

    def fast() -> None:
        number = next(point)
        assert len(simulate(prepare(base, {"policy.landfill_tax": number}), number)) == MONTHS // 12

    theirs, ours = side_by_side([slow, fast], 3 if quick else 7)
    detail = {"twin_s": median(theirs), "park_s": median(ours)}
    what = f"run of a sweep with set-up and result, 30 companies, {MONTHS} months: twin / park"
    return [Row("f", what, ratio(theirs, ours), 80, True, detail=detail)]
