import numpy as np
import pytest

from ecopark import Park, load_scenario
from ecopark.abm.entities.codes import OPERATING
from ecopark.experiments.replications.declaration import declared
from ecopark.experiments.replications.hold_up2026 import park_question as park_hold_up
from ecopark.experiments.replications.raimbault2020 import park_question as park_network
from ecopark.experiments.replications.result import Beside
from ecopark.experiments.replications.three_models import Setting, change, in_words, relative, run_settings

NAMES = ("question", "lever", "unit")


def row(published, park, error, **more):
    return Beside("q", "lever", "%", published, 0.0, park, error, 4, **more)


@pytest.mark.parametrize(
    ("answer", "agrees"),
    [
        (row(5.0, 3.0, 1.0), "yes"),
        (row(-5.0, 3.0, 1.0), "no"),
        (row(5.0, 3.0, 2.0), "unclear"),
        (row(-5.0, -3.0, 1.0), "yes"),
        (row(0.5, 1.0, 1.0, nothing=True, margin=5.0), "yes"),
        (row(0.5, -9.0, 1.0, nothing=True, margin=5.0), "no"),
        (row(0.5, 4.0, 1.0, nothing=True, margin=5.0), "unclear"),
        (row(0.0, 2.0, 0.1, nothing=True), "no"),
    ],
)
def test_the_park_agrees_in_direction_or_in_no_effect(answer, agrees):
    assert answer.agrees == agrees


def test_answers_are_counted():
    told = in_words([row(5.0, 3.0, 1.0), row(-5.0, 3.0, 1.0), row(5.0, 3.0, 2.0)])
    assert "as published in 1 of 3 questions, otherwise in 1; 1 of its answers" in told


def test_changes_are_paired_and_relative_to_the_control():
    control = np.array([10.0, 20.0, 30.0])
    assert relative(1.5 * control, control)[0] == pytest.approx(50.0)
    assert relative(control + 2, control) == pytest.approx((10.0, 0.0))
    assert change(3.0, 2.0) == pytest.approx(50.0)


def test_settings_run_in_the_same_regions():
    same = {"synthetic.companies": 8, "horizon.years": 3}
    found = run_settings({"a": Setting(same), "b": Setting(same)}, park_network.measure, 3, 1)
    assert all(np.array_equal(found["a"][name], found["b"][name]) for name in found["a"])
    assert len(set(found["a"][park_network.WASTE])) > 1


def test_indicators_of_a_founded_and_a_grown_park():
    scenario = load_scenario("synthetic", {"synthetic.companies": 20, "synthetic.layout": 3, "horizon.years": 12})
    park = Park(scenario, 3)
    start = park_network.measure(park)
    assert start == {park_network.WASTE: 1.0, park_network.FLOWS: 0.0, park_network.COMPONENTS: 20.0}
    grown = park_network.measure(park.run())
    running = int((park.state.exchanges.stage == OPERATING).sum())
    assert 0 < grown[park_network.WASTE] < 1
    assert grown[park_network.FLOWS] == running / int((park.state.companies.status == 1).sum())
    assert grown[park_network.COMPONENTS] < 20


def test_free_connections_let_more_take_part_and_dear_ones_fewer():
    settings = {name: park_hold_up.SETTINGS[name] for name in ("cost 0", "base", "cost 10")}
    found = {
        name: values[park_hold_up.PARTICIPATION].mean()
        for name, values in run_settings(settings, park_hold_up.measure, 6, 1).items()
    }
    assert found["cost 0"] > found["base"] > found["cost 10"]


@pytest.mark.parametrize("module", [park_network, park_hold_up])
def test_every_question_has_its_settings_and_published_numbers(module):
    for question in module.QUESTIONS:
        assert {question[1], question[2]} <= set(module.SETTINGS)
    cases = {(number.case, number.quantity) for one in declared().values() for number in one.published}
    for pair in park_network.CASES.values():
        assert {(case, indicator) for case in pair for indicator in (park_network.WASTE, park_network.FLOWS)} <= cases


def test_every_replication_sets_three_answers_side_by_side(monkeypatch):
    from ecopark.experiments.replications.ghali2017 import replication as r3

    for name in ("QUICK_RUNS", "QUICK_READING_RUNS", "QUICK_PARK_RUNS"):
        monkeypatch.setattr(r3, name, 2)
    found = declared()["R3"].replicate(True, 1)
    assert [one.published for one in found.beside] == [0.0, 0.0]
    assert [one.replicated for one in found.beside] == [0.0, 0.0]
    assert found.beside[1].agrees == "no"
    assert found.describe()["beside"][1]["agrees"] == "no"
