"""Disposal: each by-product takes its cheapest allowed route; a tax costs at most the step to the next one."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import (
    DISCHARGE,
    ENERGY,
    FLARE,
    INCINERATION,
    LANDFILL,
    MATERIAL,
    OUT,
    RECOVERY,
    SPREADING,
    TREATMENT,
    WATER,
)
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.disposal import choose_routes, co2_of, count_disposal, haul_factor, tax_of
from tests.abm.submodels.tables import lever, month, one, params, rows, state, table

TIP = {"kind": LANDFILL, "fee": 34, "haul": 5, "taxed_landfill": 1, "closes": math.inf}
OVEN = {"kind": INCINERATION, "fee": 60, "haul": 5, "taxed_incineration": 0.8, "closes": math.inf, "identity": 1}
AWAY = {"kind": TREATMENT, "fee": 150, "closes": math.inf, "identity": 2}


def park(*outlets, months=1, levers=None, **columns):
    """Return a company with one by-product and some routes."""
    found = table("outlets", *(outlets or (TIP, OVEN)), **columns)
    return state(
        companies=rows("companies", 1, identity=identity_of("a")), streams=rows("streams", 1, direction=OUT),
        materials=rows("materials", 1, outlet_count=len(found)), outlets=found, disposal=np.zeros((1, months)),
        levers=rows("levers", months) if levers is None else levers, history=rows("levers", months),
    )  # fmt: skip


def route(s, spread=0.0, t=0, seed=0, **levers):
    """Choose the route of a month; return the stream."""
    choose_routes(t, params({"market.route_spread": spread}, seed), lever(**levers), s)
    return s.streams[0]


@pytest.mark.parametrize(("landfill", "incineration", "outlet"), [(25, 0, 0), (27, 0, 1), (27, 10, 0), (60, 30, 1)])
def test_the_cheapest_route_under_the_taxes(landfill, incineration, outlet):
    """Landfill 39 + T against incineration 65 + 0.8 T'."""
    stream = route(park(), landfill_tax=landfill, incineration_tax=incineration)
    tax = landfill if outlet == 0 else 0.8 * incineration
    assert (stream.outlet, stream.haul) == (outlet, 5)
    assert stream.disposal_tax == pytest.approx(tax)
    assert stream.disposal_cost == pytest.approx((39, 65)[outlet] + tax)


def test_a_tax_costs_at_most_itself_and_at_most_the_step_to_the_next_route():
    free = route(park()).disposal_cost
    for tax in range(0, 100, 3):
        cost = route(park(), landfill_tax=tax).disposal_cost
        assert free <= cost <= min(free + tax, 65)


def test_each_tax_falls_on_its_own_units():
    outlet = one("outlets", taxed_landfill=0.5, taxed_incineration=0.25, taxed_discharge=2, co2=0.1)
    assert tax_of(lever(landfill_tax=60, discharge_fine=3), outlet) == 60 * 0.5 + 3 * 2
    assert tax_of(lever(incineration_tax=40, carbon_price=20), outlet) == 40 * 0.25 + 20 * 0.1


def test_a_ban_closes_landfills_and_the_first_of_equal_routes_is_taken():
    assert route(park(TIP, OVEN, AWAY), landfill_ban=1).outlet == 1
    assert route(park(TIP, AWAY), landfill_ban=1).outlet == 1
    assert route(park(TIP, OVEN), landfill_ban=0.49).outlet == 0
    assert route(park(OVEN, {**OVEN, "kind": TREATMENT})).outlet == 0


def test_a_route_is_open_in_its_years_alone():
    levers = rows("levers", 40)
    s = park({**TIP, "opens": 12, "closes": 24}, OVEN, months=40, levers=levers)
    taken = []
    for t in range(40):
        choose_routes(t, params({"market.route_spread": 0}), levers[t], s)
        taken.append(int(s.streams.outlet[0]))
    assert taken == [1] * 12 + [0] * 12 + [1] * 16
    assert s.disposal[0].tolist() == [65] * 12 + [39] * 12 + [65] * 16


def test_nothing_is_worked_out_anew_while_no_rule_changes():
    levers = rows("levers", 3, landfill_tax=[10, 10, 50])
    s = park(months=3, levers=levers)
    p = params({"market.route_spread": 0})
    choose_routes(0, p, levers[0], s)
    s.streams.disposal_cost = -1
    choose_routes(1, p, levers[1], s)
    assert s.streams.disposal_cost[0] == -1
    choose_routes(2, p, levers[2], s)
    assert s.streams.disposal_cost[0] == 65


def test_an_own_price_stands_in_place_of_fee_and_haul_on_its_route():
    """The tip asks 39 of others and 10 of this company; at a tax of 60 it burns, at 65 + nothing."""
    own = {"own_route": 1, "own_fee": 10}
    for tax, cost, outlet in ((0, 10, 0), (40, 50, 0), (60, 65, 1)):
        s = park()
        s.streams.own_route, s.streams.own_fee = own["own_route"], own["own_fee"]
        stream = route(s, landfill_tax=tax)
        assert (stream.outlet, stream.disposal_cost) == (outlet, cost)


def test_an_own_price_without_a_route_is_for_the_cheapest_of_the_first_month():
    s = park()
    s.streams.own_route, s.streams.own_fee = -1, 62
    stream = route(s)
    assert (stream.own_route, stream.outlet, stream.disposal_cost, stream.haul) == (1, 0, 62, 0)


def test_a_policy_of_the_first_month_does_not_say_for_which_route_an_own_price_is():
    """What is paid today is paid to the tip: at a tax of 40 it is 50 there, as when the tax comes a month later."""
    s = park()
    s.streams.own_route, s.streams.own_fee = -1, 10
    stream = route(s, landfill_tax=40)
    assert (stream.own_route, stream.outlet, stream.disposal_cost) == (1, 0, 50)


def test_what_somebody_takes_already_is_neither_taxed_nor_waste():
    """Of 100 t, 40 are sold at 15 EUR/t; the rest is tipped at 39 EUR and a tax of 20."""
    s = park()
    s.streams.recovered, s.streams.own_fee = 0.4, -15
    stream = route(s, landfill_tax=20)
    assert stream.disposal_tax == pytest.approx(0.6 * 20)
    assert stream.disposal_cost == pytest.approx(0.6 * (39 + 20) - 0.4 * 15)
    now = month()
    stream.disposed = stream.amount = 100
    count_disposal(now, s.outlets, stream, one("materials", group=MATERIAL, weight=1))
    assert (now.disposed, now.landfilled_alone) == (60, 60)


def test_what_has_no_route_costs_nothing_and_is_no_waste():
    s = park()
    s.materials.outlet_count = 0
    stream = route(s, landfill_tax=60)
    assert (stream.outlet, stream.disposal_cost, stream.disposal_tax) == (-1, 0, 0)
    now = month()
    count_disposal(now, s.outlets, stream, one("materials", group=MATERIAL, weight=1))
    assert (now.disposed, co2_of(s.outlets, stream)) == (0, 0)


def test_a_companys_haul_has_mean_one_and_is_drawn_once_for_a_route():
    p, tip = params({"market.route_spread": 0.2}), one("outlets", **TIP)
    companies = rows("companies", 5_000, identity=[identity_of(f"company {number}") for number in range(5_000)])
    factors = np.array([haul_factor(p, company, tip) for company in companies])
    assert factors.mean() == pytest.approx(1, abs=0.012)
    assert factors.std() == pytest.approx(0.2, abs=0.012)
    assert haul_factor(p, companies[7], tip) == factors[7]
    assert haul_factor(p, companies[7], one("outlets", **OVEN)) != factors[7]
    assert haul_factor(params({"market.route_spread": 0}), companies[7], tip) == 1


KINDS = {
    LANDFILL: ("landfilled", "landfilled_alone"), INCINERATION: ("incinerated", "incinerated_alone"),
    TREATMENT: ("treated", "treated_alone"), DISCHARGE: ("discharged", "discharged_alone"),
    SPREADING: ("spread", "spread_alone"),
}  # fmt: skip


@pytest.mark.parametrize("kind", range(7))
@pytest.mark.parametrize("group", [MATERIAL, ENERGY, WATER])
def test_water_and_energy_are_never_waste(kind, group):
    now, stream = month(), one("streams", disposed=3, amount=10)
    count_disposal(now, rows("outlets", 1, kind=kind), stream, one("materials", group=group, weight=2))
    counted = {name: float(now[name]) for name in now.dtype.names if now[name] != 0}
    if group == MATERIAL and kind in KINDS:
        name, alone = KINDS[kind]
        assert counted == {"disposed": 6, "disposed_alone": 20, name: 6, alone: 20}
    elif group == WATER and kind == DISCHARGE:
        assert counted == {"water_discharged": 6, "water_discharged_alone": 20}
    else:
        assert kind in (FLARE, RECOVERY) or group != MATERIAL
        assert counted == {}
