"""Screening: quantities, values, rough estimates, what passes and who comes first."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import (
    BUYER,
    BY_BROKER,
    ENDED,
    EV_SCREENED,
    EV_SHELVED,
    IDENTIFIED,
    IN,
    LATENT,
    OUT,
    SCREENED,
    SELLER,
)
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.capacity import possible_quantity
from ecopark.abm.submodels.screening import (
    belief_error,
    capital_charge,
    capital_of,
    estimate_joint_gain,
    is_worth_it,
    passes,
    public_value,
    scout_latent,
    screen,
    subsidy_of,
    value_buyer,
    value_seller,
)
from ecopark.abm.submodels.standing import note_standing
from tests.abm.submodels.tables import Tables, lever, one, params, rows, table

SEEN = {"negotiation.error_none": 0, "contract.monitoring_cost": 1000, "contract.dependable": 0.9}
WAY = {
    "buyer": 1, "demand": 1, "arriving": 0.9, "ratio": 0.8, "share": 0.5, "fit_supply": 1, "fit_demand": 1, "term": 4,
    "treatment": 3, "load": 2, "handling": 1.5, "burden": 0.01, "capital_fixed": 40_000, "capital_flow": 5,
}  # fmt: skip


class Site(Tables):
    """A seller of 6,000 t waste a year and a buyer of 12,000 t goods."""

    def __init__(self, stage=IDENTIFIED, **way):
        self.companies = rows(
            "companies", 2, prospect=1, coming_capacity=100, payback=2, wacc=0.1, attitude=0.5, threshold=0.3, hours=100
        )
        self.streams = table(
            "streams",
            {"direction": OUT, "coming": 5, "permit": 1, "disposal_cost": 34},
            {"direction": IN, "coming": 10, "company": 1, "material": 1},
        )
        self.materials = table("materials", {}, {"cost": 33, "expected": 33})
        self.ways = table(
            "opportunities", {"stage": stage, "screened": math.nan, "back": 1, "studied": 1, **WAY, **way}
        )
        self.pairs = table("pairs", {"other": 1}, {"owner": 1}, trust=0.5)

    @property
    def way(self):
        return self.ways[0]

    def possible(self, p=None):
        return possible_quantity(p or params(SEEN), self, self.way)

    def estimate(self, side=SELLER, t=0, values=None, levers=None, trust=0.5, quantity=1000.0):
        p = params({**SEEN, **(values or {})})
        company = self.companies[side]
        return estimate_joint_gain(t, p, levers or lever(), company, trust, side, self, self.way, quantity)

    def screen(self, t, values=None, levers=None):
        clock, self.events = one("clock", month=t), rows("events", 9)
        p = params({**SEEN, **(values or {})})
        screen(t, p, clock, levers or lever(), note_standing(self), self)
        return self.events.kind[: int(clock.events)].tolist()


def test_possible_quantity_is_the_dependable_part_of_the_smaller_side():
    assert Site().possible() == pytest.approx(0.9 * 6000)
    assert Site(share=0.25).possible() == pytest.approx(0.9 * 0.25 * 12000 / 0.72)
    assert Site(fit_supply=0.5).possible() == pytest.approx(0.9 * 3000)
    assert Site(fit_demand=0.1).possible() == pytest.approx(0.9 * 0.1 * 0.5 * 12000 / 0.72)


def test_values_are_what_public_prices_and_own_costs_say():
    site = Site()
    assert value_seller(lever(), site, site.way) == pytest.approx(34 - 1.5)
    assert value_buyer(lever(), site, site.way) == pytest.approx(0.72 * 33 - 3 - 2)
    assert public_value(site, site.way) == pytest.approx(34 + 0.72 * 33)
    site.streams.disposal_cost[0] = -4
    assert public_value(site, site.way) == pytest.approx(4 + 0.72 * 33)


def test_subsidy_is_shared_and_carbon_is_the_buyers():
    site, plain = Site(), lever()
    subsidised, priced = lever(exchange_subsidy=0.2), lever(carbon_price=50)
    assert subsidy_of(subsidised, site, site.way) == pytest.approx(0.2 * 0.72 * 33)
    for value in (value_seller, value_buyer):
        gain = value(subsidised, site, site.way) - value(plain, site, site.way)
        assert gain == pytest.approx(0.1 * 0.72 * 33)
    carbon = value_buyer(priced, site, site.way) - value_buyer(plain, site, site.way)
    assert carbon == pytest.approx(-0.5)


def annuity(rate, years):
    return rate / (1 - (1 + rate) ** -years)


def test_capital_costs_half_by_own_limit_and_half_over_the_standard_term():
    site, p = Site(), params(SEEN)
    assert capital_of(site, site.way, 1000.0) == 45_000
    charge = 0.5 * (annuity(0.1, 2) + annuity(0.1, 4)) * 45_000
    assert capital_charge(p, lever(), site.companies[0], site, site.way, 1000.0) == pytest.approx(charge)
    granted = capital_charge(p, lever(capital_grant=0.25), site.companies[0], site, site.way, 1000.0)
    assert granted == pytest.approx(0.75 * charge)


def test_estimate_without_error_is_the_joint_gain_at_own_cost_of_capital():
    site = Site()
    charge = 0.5 * (annuity(0.1, 2) + annuity(0.1, 4)) * 45_000
    expected = 1000 * (32.5 + 0.72 * 33 - 5) - charge - 2000
    assert site.estimate() == pytest.approx(expected)
    site.companies.wacc[1] = 0.05
    assert site.estimate(BUYER) > site.estimate(SELLER)


@pytest.mark.parametrize(("regime", "spread"), [("none", 0.3), ("quantities", 0.2), ("costs", 0.05)])
def test_beliefs_err_by_regime_and_less_with_trust(regime, spread):
    p = params({"discovery.information": regime})
    assert belief_error(p, 0.0) == pytest.approx(spread)
    assert belief_error(p, 0.6) == pytest.approx(0.4 * spread)
    assert belief_error(p, 1.0) == 0


def test_beliefs_differ_by_side_and_are_formed_anew_every_five_years():
    site = Site(identity=identity_of("x"))
    unsure = {"negotiation.error_none": 0.3}
    gains = [site.estimate(SELLER, t, unsure) for t in range(180)]
    changes = [t for t in range(1, 180) if gains[t] != gains[t - 1]]
    assert len(changes) == 3
    assert np.diff(changes).tolist() == [60, 60]
    assert changes[0] == 60 - int(identity_of("x") % np.uint64(60))
    assert site.estimate(BUYER, 0, unsure) != gains[0]


def test_error_of_beliefs_has_the_spread_of_public_value():
    errors = []
    for number in range(400):
        site = Site(identity=identity_of(f"way {number}"))
        errors.append(site.estimate(values={"negotiation.error_none": 0.3}, trust=0.5) - site.estimate())
    assert np.std(errors) == pytest.approx(0.15 * (34 + 0.72 * 33) * 1000, rel=0.1)


@pytest.mark.parametrize(("payback", "worth"), [(2, False), (3.1, True), (10, True)])
def test_gain_over_the_life_counted_on_must_exceed_the_cost_of_arranging(payback, worth):
    p = params({"contract.transaction_cost": 60_000, "screening.margin": 1})
    company = one("companies", payback=payback)
    kinds = table("opportunities", {"term": 4}, {"term": 2})
    four, two = kinds
    assert is_worth_it(p, company, kinds, four, 20_000.0) == worth
    assert not is_worth_it(p, company, kinds, two, 20_000.0)
    twice = params({"contract.transaction_cost": 60_000, "screening.margin": 5})
    assert not is_worth_it(twice, company, kinds, four, 20_000.0)


REFUSALS = {
    "willing": (None, True),
    "seller unwilling": (lambda site: site.companies.attitude.__setitem__(0, 0.0), False),
    "buyer mistrusts": (lambda site: site.pairs.trust.__setitem__(1, 0.1), False),
    "seller blacklisted the buyer": (lambda site: site.pairs.refuses.__setitem__(0, 99), False),
    "not worth it to the buyer": (lambda site: site.companies.payback.__setitem__(1, 0.1), False),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_both_sides_have_to_want_the_talk(case):
    act, wanted = REFUSALS[case]
    site = Site(quantity=5000)
    if act:
        act(site)
    p = params({**SEEN, "behaviour.weight_norm": 0})
    passed = passes(6, p, lever(), site, site.way, site.way)
    assert passed == wanted
    both = site.estimate(SELLER, quantity=5000.0) + site.estimate(BUYER, quantity=5000.0)
    assert site.way.score == pytest.approx(both / 2)


def test_passing_opportunity_is_screened_and_looked_at_again_after_the_review_time():
    site = Site(look=3)
    assert site.screen(2) == []
    assert site.screen(3, {"screening.review": 12}) == [EV_SCREENED]
    assert (site.way.stage, site.way.screened, site.way.look) == (SCREENED, 3, 15)
    assert site.way.quantity == pytest.approx(5400)
    assert site.screen(14) == []
    assert site.screen(15) == []  # it still passes
    assert (site.way.stage, site.way.screened) == (SCREENED, 3)


def test_what_was_never_studied_takes_hours_of_both_sides_once():
    site = Site(look=3, studied=0)
    site.companies.hours = [20, 0]
    assert site.screen(3) == []
    assert (site.way.look, site.companies.hours.tolist()) == (3, [20, 0])
    site.companies.hours = [20, 16]
    assert site.screen(4) == [EV_SCREENED]
    assert (site.way.studied, site.companies.hours.tolist()) == (1, [4, 0])
    assert site.screen(16) == []  # the later look costs nothing
    assert site.companies.hours.tolist() == [4, 0]


def test_what_a_broker_brought_takes_half_the_study():
    site = Site(look=3, studied=0, channel=BY_BROKER)
    site.companies.hours = 8
    assert site.screen(3, {"screening.hours": 16}) == [EV_SCREENED]
    assert site.companies.hours.tolist() == [0, 0]


def test_the_best_judged_is_studied_first():
    site = Site()
    site.ways = table("opportunities", *({**WAY, "score": score} for score in (3, 9, 5)), stage=IDENTIFIED, screened=math.nan,
                      back=1)  # fmt: skip
    site.ways.identity = [identity_of(f"way {number}") for number in range(3)]
    site.companies.hours = 16
    site.screen(0, {"screening.hours": 16})
    assert site.ways.studied.tolist() == [0, 1, 0]


def test_what_no_longer_passes_is_shelved_and_may_come_back():
    site = Site(stage=SCREENED, look=3)
    site.companies.attitude = 0
    assert site.screen(3) == [EV_SHELVED]
    assert site.way.stage == IDENTIFIED
    site.companies.attitude = 0.5
    assert site.screen(14) == []
    assert site.screen(15) == [EV_SCREENED]


def test_ended_exchange_may_be_taken_up_again():
    site = Site(stage=ENDED, look=40)
    assert site.screen(39) == []
    assert site.screen(40) == [EV_SCREENED]
    hopeless = Site(stage=ENDED, look=40)
    hopeless.companies.attitude = 0
    assert hopeless.screen(40) == [EV_SHELVED]
    assert hopeless.way.stage == IDENTIFIED


def test_planner_screens_what_it_assigned_whatever_the_two_want():
    for assigned, stage in ((0, IDENTIFIED), (1, SCREENED)):
        site = Site(assigned=assigned)
        site.companies.attitude = 0
        site.screen(0, {"governance.mode": "planned"})
        assert site.way.stage == stage


def test_latent_and_dead_opportunities_are_not_screened():
    latent, dead = Site(stage=LATENT), Site()
    dead.streams.coming[0] = 0
    assert latent.screen(0) == dead.screen(0) == []


def test_scout_scores_latent_opportunities_once_a_year():
    site, p = Site(stage=LATENT), params(SEEN)
    standing = note_standing(site)
    scout_latent(11, p, lever(), standing, site)
    assert site.way.score == 0
    scout_latent(12, p, lever(), standing, site)
    quantity = 5400
    assert site.way.score == pytest.approx(
        quantity * (32.5 + 0.72 * 33 - 5) - annuity(0.1, 4) * (40_000 + 5 * quantity)
    )
    site.streams.disposal_cost[0] = -500
    scout_latent(24, p, lever(), standing, site)
    assert site.way.score == 0
