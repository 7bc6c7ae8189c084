"""Contracts of exchanges.csv run from the first month at their price and quantity; what cannot be is refused with its reason."""

import pytest

from ecopark import Park, load_scenario
from ecopark.abm.initialization.found import found
from ecopark.abm.input.errors import InputError

COMPANIES = "name,type,size,x_km,y_km\nPlant,coal_chp_fgd,3000000,0,0\nTown,district_heating,4000,3,4\nBoards,plasterboard_plant,1e7,0,1\n"
HEAD = "giver,taker,material,input,per_year,since,until,price,term_years,invested_by\n"
QUIET = "start_year = 2025\nyears = 10\n[turnover]\nhazard = 0.0\n[market]\nvolatility = 0.0\n[production]\nvolatility = 0.0\noutages = 0.0\n"


def park(tmp_path, *rows):
    (tmp_path / "scenario.toml").write_text(QUIET, encoding="utf-8")
    (tmp_path / "companies.csv").write_text(COMPANIES, encoding="utf-8")
    (tmp_path / "exchanges.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return load_scenario(tmp_path)


def first(scenario):
    state = found(scenario, 1, 120)
    return state.exchanges[0], state


HEAT = "Plant,Town,extraction_heat,town_heat,100000,2009,,4.1,15,both"


def test_a_contract_is_signed_with_its_capital_sunk_and_its_quantity_promised(tmp_path):
    exchange, state = first(park(tmp_path, HEAT))
    assert (exchange.price, exchange.quantity, exchange.capital) == (4.1, 100000, 0)
    assert (exchange.signed, exchange.start, exchange.term, exchange.term_start) == (
        -192,
        -192,
        15,
        -12,
    )  # the second term runs
    assert (exchange.share, int(state.clock.exchanges[0])) == (0.5, 1)
    assert state.streams[exchange.supply].contracted == 100000
    link = state.opportunities[exchange.opportunity]
    assert state.streams[exchange.demand].contracted == pytest.approx(100000 * link.arriving * link.ratio)


def test_its_assets_are_as_old_as_it_is(tmp_path):
    exchange, state = first(park(tmp_path, HEAT.replace("2009", "1970")))
    assets = state.assets[: int(state.clock.assets[0])]
    assert len(assets) == 2  # the pipe and the exchanger of the town
    for asset in assets:
        life = asset.ends - asset.begins
        assert (asset.begins + 660) % life == 0  # since January 1970, 660 months ago, renewed in whole lives
        assert asset.begins <= 0 < asset.ends
    assert exchange.wears == min(assets.ends)
    assert (exchange.link_capital, exchange.equipment_capital, exchange.upkeep > 0) == (0, 0, True)


def test_it_delivers_from_the_first_month_at_its_price(tmp_path):
    run = Park(park(tmp_path, HEAT), 1).run(years=2)
    exchange = run.state.exchanges[0]
    assert exchange.price == 4.1
    assert exchange.delivered > 150000  # GJ in two years, of 200,000 promised
    assert run.monthly["links"][0] >= 1


def test_since_after_the_start_is_in_building_until_then(tmp_path):
    scenario = park(tmp_path, "Plant,Town,extraction_heat,town_heat,100000,2026-06,,4.1,15,giver")
    exchange, _ = first(scenario)
    assert (exchange.ready, exchange.share, exchange.stage) == (17, 1.0, 5)
    run = Park(scenario, 1).run(years=3)
    assert run.state.exchanges[0].start == 17


def test_without_a_price_a_unit_is_split_evenly_and_until_ends_the_term(tmp_path):
    exchange, _ = first(park(tmp_path, "Plant,Town,extraction_heat,town_heat,100000,2019,2029,,,taker"))
    assert (exchange.term, exchange.term_start, exchange.share) == (10, -72, 0)
    assert exchange.expected_seller == pytest.approx(exchange.expected_buyer)
    assert exchange.price > 0


REFUSED = {
    "no conversion": ("Plant,Town,fly_ash,town_heat,1,2009,,,,", "fly_ash can replace: .*clinker"),
    "no such stream": ("Town,Boards,fgd_gypsum,gypsum,1,2009,,,,", "a by-product of Town"),
    "no such need": ("Plant,Boards,extraction_heat,town_heat,1,2009,,,,", "an input of Boards"),
    "unknown company": ("Plant,Twon,extraction_heat,town_heat,1,2009,,,,", "a name of companies"),
    "to itself": ("Plant,Plant,extraction_heat,town_heat,1,2009,,,,", "another company|an input of Plant"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_with_what_exists(tmp_path, case):
    row, words = REFUSED[case]
    with pytest.raises(InputError, match=words):
        park(tmp_path, row)
