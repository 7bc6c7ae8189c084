"""Given distances stand in place of the straight line, both ways, for what goes that way."""

import numpy as np
import pytest

from ecopark import Park, load_scenario
from ecopark.abm.initialization.found import ground_of
from ecopark.abm.input.errors import InputError

COMPANIES = "name,type,size,x_km,y_km\nPlant,coal_chp_fgd,3000000,0,0\nTown,district_heating,4000,3,4\nBoards,plasterboard_plant,1e7,0,1\n"


def park(tmp_path, distances=""):
    (tmp_path / "scenario.toml").write_text("", encoding="utf-8")
    (tmp_path / "companies.csv").write_text(COMPANIES, encoding="utf-8")
    if distances:
        (tmp_path / "distances.csv").write_text("from,to,km,way\n" + distances, encoding="utf-8")
    return load_scenario(tmp_path)


def ways(scenario):
    """Return {(seller, buyer, by-product): km}."""
    ground = ground_of(scenario)
    names, table = list(ground.names), ground.opportunities
    goods = [row.by_product for row in scenario.tables["conversions"]]
    return {
        (names[row.seller], names[row.buyer], goods[row.conversion]): float(row.distance) for row in table
    }  # fmt: skip


def test_the_given_way_holds_in_both_directions_for_its_carrier_alone(tmp_path):
    straight = ways(park(tmp_path))
    piped = ways(park(tmp_path, "Town,Plant,8,pipe\n"))
    assert straight["Plant", "Town", "extraction_heat"] == 5
    assert piped["Plant", "Town", "extraction_heat"] == 8
    changed = {key for key in straight if piped.get(key) != straight[key]}
    assert changed
    assert all({key[0], key[1]} == {"Plant", "Town"} for key in changed)
    assert ways(park(tmp_path, "Boards,Plant,2,pipe\n"))["Plant", "Boards", "fgd_gypsum"] == 1  # it goes by road


def test_what_is_out_of_reach_by_its_way_is_no_opportunity_and_the_park_runs(tmp_path):
    scenario = park(tmp_path, "Plant,Town,80,both\n")
    assert not [key for key in ways(scenario) if {"Plant", "Town"} == set(key[:2])]
    ground = ground_of(scenario)
    for row in np.flatnonzero(ground.streams.direction == 0):
        stream = ground.streams[row]
        own = ground.opportunities.supply[
            stream.opportunity_first : stream.opportunity_first + stream.opportunity_count
        ]
        assert (own == row).all()
    assert Park(scenario, 1).run(years=2).month == 24


def test_a_way_is_no_shorter_than_the_straight_line(tmp_path):
    with pytest.raises(InputError, match=r"straight line of 5\.00 km"):
        park(tmp_path, "Plant,Town,4,road\n")
    park(tmp_path, "Plant,Town,4.95,road\n")
    with pytest.raises(InputError, match=r"distances\.csv"):
        park(tmp_path, "Plant,Twon,7,road\n")
