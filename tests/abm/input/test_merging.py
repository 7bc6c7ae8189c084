"""A scenario's own rows beside the library's: price series and routes are replaced as a whole, old tables are read."""

import pytest

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.joined_rows import routes_of
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.input.scenario import Scenario
from tests.parks import write_folder

PAIR = {
    "companies": [
        {"name": "Power Plant", "type": "coal_chp_fgd", "size": 3_000_000, "x_km": 0, "y_km": 0},
        {"name": "Board Works", "type": "plasterboard_plant", "size": 10_000_000, "x_km": 1, "y_km": 0},
    ]
}
TOML = "start_year = 2025\nyears = 30\n"


def loaded(folder, **tables):
    return load_scenario(write_folder(folder / "park", {**PAIR, **tables}, TOML))


def test_a_price_series_of_the_scenario_replaces_the_librarys_as_a_whole_and_that_is_said(tmp_path):
    prices = [{"series": "heavy_fuel_oil", "year": year, "price": price} for year, price in ((2025, 30), (2054, 60))]
    scenario = loaded(tmp_path, prices=prices)
    found = {row.year: row.price for row in scenario.tables["prices"] if row.series == "heavy_fuel_oil"}
    assert found == {2025: 30, 2054: 60}
    assert len({row.series for row in scenario.tables["prices"]}) > 20
    assert scenario.notices == (
        "prices.csv: heavy_fuel_oil has 2 values from 2025 to 2054, in place of any the library has; the price is a "
        "straight line between them and flat before and after",
    )


def test_one_price_is_told_as_one(tmp_path):
    scenario = loaded(tmp_path, prices=[{"series": "heavy_fuel_oil", "year": 2030, "price": 30}])
    assert scenario.notices == (
        "prices.csv: heavy_fuel_oil has one value, of 2030, in place of any the library has; the price is the same in every year",
    )


def test_nothing_is_said_of_a_series_that_covers_the_run(tmp_path):
    prices = [{"series": "heavy_fuel_oil", "year": year, "price": 30} for year in range(2025, 2055)]
    assert loaded(tmp_path, prices=prices).notices == ()


def test_routes_of_a_material_are_the_scenarios_as_a_whole(tmp_path):
    rows = [{"material": "plastic_scrap", "route": "landfill"}, {"material": "plastic_scrap", "route": "hazardous"}]
    routes = routes_of(loaded(tmp_path, material_routes=rows).tables)
    assert [row.route for row in routes["plastic_scrap"]] == ["landfill", "hazardous"]
    assert [row.route for row in routes["fly_ash"]] == ["ash_landfill", "landfill"]


def test_a_route_per_tonne_is_refused_for_what_is_measured_in_gj(tmp_path):
    air = {"material": "warm_air", "label": "warm air", "unit": "GJ", "group": "energy", "carrier": "pipe"}
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, materials=[{**air, "disposal": "landfill"}])
    (mistake,) = caught.value.mistakes
    assert (mistake.place, mistake.value) == ("materials.csv, warm_air, column disposal", "landfill, per t")
    assert mistake.allowed == "a route per GJ, the unit of warm_air (flare)"


def test_an_old_table_of_disposal_is_read_as_one_route_a_material(tmp_path):
    old = [
        {"route": "tip", "label": "Tip", "unit": "t", "fee": 20, "haul": 4, "tax_base": 1, "landfill": 1},
        {"route": "drain", "label": "Drain", "unit": "m3", "fee": 0.5, "discharge_base": 2},
        {"route": "oven", "label": "Oven", "unit": "t", "fee": 60, "tax_base": 0.8},
    ]
    own = [
        {
            "material": "dross",
            "label": "Dross",
            "unit": "t",
            "group": "material",
            "tonnes_per_unit": 1,
            "disposal": "tip",
        }
    ]
    scenario = loaded(tmp_path, disposal=old, materials=own)
    routes = {row.route: row for row in scenario.tables["routes"]}
    assert [(routes[name].kind, routes[name].taxed_landfill) for name in ("tip", "drain", "oven")] == [
        ("landfill", 1), ("discharge", 0), ("treatment", 0.8),
    ]  # fmt: skip
    assert routes["drain"].taxed_discharge == 2
    assert [row.route for row in routes_of(scenario.tables)["dross"]] == ["tip"]
    (notice,) = scenario.notices
    assert notice.startswith("disposal.csv: read as one route for each material")


def test_a_record_of_an_earlier_version_keeps_its_routes(tmp_path):
    own = [
        {
            "material": "dross",
            "label": "Dross",
            "unit": "t",
            "group": "material",
            "tonnes_per_unit": 1,
            "disposal": "landfill",
        }
    ]
    plain = loaded(tmp_path, materials=own).describe()
    for name in ("routes", "material_routes"):
        del plain["tables"][name]
    plain["tables"]["disposal"] = [
        {"route": "landfill", "label": "Tip", "unit": "t", "fee": 7, "tax_base": 1, "landfill": 1}
    ]
    scenario = Scenario.restore(plain)
    (route,) = scenario.tables["routes"]
    assert (route.kind, route.fee, route.taxed_landfill) == ("landfill", 7, 1)
    assert [row.route for row in routes_of(scenario.tables)["dross"]] == ["landfill"]
