"""Planning: the planner judges with both sides' true numbers."""

import numpy as np
import pytest

from ecopark.abm.entities.codes import ENDED, IDENTIFIED, IN, IN_TALKS, LATENT, OPERATING, OUT, SCREENED
from ecopark.abm.submodels.planner import is_planning_due, judge_opportunities
from tests.abm.submodels.tables import lever, one, params, rows, state, table

PLANNED = {"governance.mode": "planned"}


@pytest.mark.parametrize(
    ("mode", "month", "planned", "due"),
    [
        ("planned", 0, np.nan, True),
        ("planned", 12, 0, True),
        ("planned", 12, 12, False),
        ("planned", 13, 0, False),
        ("self_organised", 0, np.nan, False),
        ("facilitated", 12, np.nan, False),
    ],
)
def test_planner_assigns_each_january_once(mode, month, planned, due):
    clock = one("clock", month=month, planned=planned)
    assert is_planning_due(params({"governance.mode": mode}), clock) == due


def judge(stage=LATENT, levers=None, **way):
    companies = table("companies", {"wacc": 0.0}, {"wacc": 0.2}, prospect=1, coming_capacity=100)
    streams = table(
        "streams",
        {"direction": OUT, "coming": 1, "permit": 1, "disposal_cost": 20},
        {"direction": IN, "coming": 2, "company": 1, "material": 1},
    )
    materials = table("materials", {}, {"cost": 30})
    terms = {"arriving": 1, "ratio": 0.5, "share": 1, "fit_supply": 1, "fit_demand": 1, "term": 10, "handling": 1}
    ways = table("opportunities", {"buyer": 1, "demand": 1, "stage": stage, "capital_fixed": 50_000, **terms, **way})
    p = params(
        {**PLANNED, "contract.dependable": 1, "contract.monitoring_cost": 100, "contract.transaction_cost": 10_000}
    )
    quantities, gains = judge_opportunities(
        12, p, levers or lever(), state(companies=companies, streams=streams, materials=materials, ways=ways)
    )
    return quantities[0], gains[0]


def test_gain_is_value_less_monitoring_and_capital_at_the_patient_sides_rate():
    quantity, gain = judge()
    assert quantity == 1200
    assert gain == pytest.approx(1200 * (19 + 15) - 200 - (50_000 + 10_000) / 10)


def test_grants_lower_the_capital_the_planner_counts():
    assert judge(levers=lever(capital_grant=0.5))[1] - judge()[1] == pytest.approx(2500)


@pytest.mark.parametrize("stage", [LATENT, IDENTIFIED, SCREENED, ENDED])
def test_what_could_start_is_judged(stage):
    assert judge(stage)[0] > 0


@pytest.mark.parametrize("way", [{"stage": IN_TALKS}, {"stage": OPERATING}, {"known": 13}, {"allowed": 13}])
def test_what_runs_or_cannot_start_is_not(way):
    assert judge(**way) == (0, 0)


def test_nothing_is_judged_where_nothing_is():
    p, nothing = params(PLANNED), rows("opportunities", 0)
    quantities, gains = judge_opportunities(
        0,
        p,
        lever(),
        state(companies=rows("companies", 1), streams=rows("streams", 1), materials=rows("materials", 1), ways=nothing),
    )
    assert len(quantities) == len(gains) == 0
