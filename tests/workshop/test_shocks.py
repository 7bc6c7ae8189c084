"""Shocks: entries in the calendar of one park."""

import pytest

from ecopark.abm.entities.codes import CLOSED, OPEN
from ecopark.abm.input.errors import InputError
from ecopark.abm.interventions.shocks import close_company, open_company, resize_company, shock_price, withdraw_permit
from ecopark.abm.park import Park


def row(park, name):
    return list(park.names).index(name)


def test_a_company_closes_now_and_opens_again(scenario):
    park = Park(scenario, 0).advance(120)
    close_company(park, "Asnaes")
    park.advance(1)
    assert park.state.companies.status[row(park, "Asnaes")] == CLOSED
    open_company(park, "Asnaes")
    park.advance(1)
    assert park.state.companies.status[row(park, "Asnaes")] == OPEN


def test_a_closure_at_a_year_waits_for_it_and_spares_earlier_forks(scenario):
    park = Park(scenario, 0).advance(120)
    twin = park.fork()
    close_company(park, "Asnaes", 1980)
    park.advance(12 * 9)
    assert park.state.companies.status[row(park, "Asnaes")] == OPEN
    park.advance(1)
    assert park.state.companies.status[row(park, "Asnaes")] == CLOSED
    twin.advance(12 * 12)
    assert twin.state.companies.status[row(twin, "Asnaes")] == OPEN


def test_a_shock_that_is_none_changes_nothing(scenario):
    park = Park(scenario, 0)
    shock_price(park, "energy", 1.0, 1970)
    assert (park.run().yearly["links"] == Park(scenario, 0).run().yearly["links"]).all()


def test_a_price_shock_multiplies_the_price_of_its_group(scenario):
    park = Park(scenario, 0).advance(24)
    names = [material.material for material in scenario.tables["materials"]]
    group = [material.group for material in scenario.tables["materials"]]
    twin = park.fork().advance(1)
    shock_price(park, "energy", 3.0)
    park.advance(1)
    for place, name in enumerate(names):
        before, after = float(twin.state.materials.price[place]), float(park.state.materials.price[place])
        if before == before and before > 0:
            assert after == pytest.approx(before * (3.0 if group[place] == "energy" else 1.0)), name


def test_size_and_permit(scenario):
    park = Park(scenario, 0).advance(120)
    size = float(park.state.companies.capacity[row(park, "Asnaes")])
    resize_company(park, "Asnaes", 0.5)
    here = park.state.companies[row(park, "Asnaes")]
    given = park.state.streams[here.stream_first]
    material = scenario.tables["materials"][int(given.material)].material
    withdraw_permit(park, "Asnaes", material)
    park.advance(1)
    assert float(park.state.companies.capacity[row(park, "Asnaes")]) == pytest.approx(size / 2)
    assert float(park.state.companies.coming_capacity[row(park, "Asnaes")]) == pytest.approx(size / 2)
    assert park.state.streams.permit[here.stream_first] == 0


@pytest.mark.parametrize(
    ("shock", "terms"),
    [
        (close_company, ("Asnes",)), (close_company, ("Asnaes", "soon")), (shock_price, ("enrgy", 2)), (shock_price, ("energy", 0)),
        (resize_company, ("Asnaes", "big")), (withdraw_permit, ("Asnaes", "gold")),
    ],
)  # fmt: skip
def test_wrong_shocks_are_refused(scenario, shock, terms):
    park = Park(scenario, 0)
    with pytest.raises(InputError):
        shock(park, *terms)
