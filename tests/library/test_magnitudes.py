"""Numbers an engineer would check on paper, from the library's tables alone."""

import pytest

HOURS = 8760


def steam_price(fuel):
    """Boiler rule of the library: EUR/GJ of steam from gas at `fuel` EUR/GJ."""
    return fuel / 0.92 + 0.3


def link_cost(material, flow):
    """EUR/km of a connection that carries `flow` units a year."""
    return material["link_capex"] + material["link_capex_flow"] * flow


def test_steam_series_follows_the_boiler_rule(paths):
    assert steam_price(7) == pytest.approx(7.9, abs=0.05)
    for year in (1990, 2005, 2019, 2022):
        assert paths["boiler_steam"][year] == pytest.approx(steam_price(paths["burner_fuel"][year]), abs=0.01)


def test_steam_from_a_power_station_to_a_neighbour(find):
    """215,000 t x 2.8 GJ at 7 EUR/GJ gas: surplus 5 EUR/GJ, 3 MEUR a year, pipe of 3 km paid back in 1.5 to 3 years."""
    steam, use = find("materials", "extraction_steam"), find("conversions", "extraction_steam", "process_steam")
    flow = 215_000 * 2.8
    power_lost = use["forgone_units"] * 40  # EUR/GJ at 40 EUR/MWh
    surplus = steam_price(7) - use["treatment_cost"] - use["handling_cost"] - power_lost - steam["load_cost"]
    pipe = 3 * link_cost(steam, flow)
    assert power_lost == pytest.approx(0.225 * 40 / 3.6)
    assert surplus == pytest.approx(5, abs=0.5)
    assert surplus * flow == pytest.approx(3e6, rel=0.15)
    assert 4.5e6 <= pipe <= 9e6
    assert 1.5 <= pipe / (surplus * flow) <= 3
    whole = pipe + use["capex"] + use["capex_flow"] * flow
    assert whole / (surplus * flow) < 3


def test_district_heat_of_a_small_town(find):
    """3500 houses x 65 GJ are 0.23 PJ and 20 MW; such a line costs about 500 EUR/m and loses 1 to 3 % a km."""
    heat, house = find("materials", "extraction_heat"), find("processes", "district_heating", "town_heat", "in")
    at_the_houses = 3500 * 65
    assert house["coefficient"] == pytest.approx(65 / 0.8, rel=0.01)
    assert at_the_houses == pytest.approx(0.23e6, rel=0.02)
    assert at_the_houses / 3.6 / 3200 == pytest.approx(20, rel=0.02)
    assert link_cost(heat, at_the_houses) / 1000 == pytest.approx(500, rel=0.05)
    assert 0.01 <= heat["loss_per_km"] <= 0.03


def test_gypsum_of_1993_is_carried_by_the_seller(usual_route, paths):
    """Gate fee 34 and tax 195 DKK (26 EUR): avoided disposal is about three times the price of the rock it replaces."""
    route = usual_route("fgd_gypsum")
    avoided = route["fee"] + route["taxed_landfill"] * 195 / 7.45
    assert paths["gypsum"][1993] == pytest.approx(20, abs=2)
    assert avoided / paths["gypsum"][1993] == pytest.approx(3, abs=0.3)


def test_gypsum_of_a_power_station_fits_a_board_plant(find):
    """14 million m2 of board take 129,000 t; two thirds of it are 80,000 to 90,000 t."""
    need = find("processes", "plasterboard_plant", "gypsum", "in")["coefficient"] * 14e6
    share = find("conversions", "fgd_gypsum", "gypsum")["max_share"]
    assert need == pytest.approx(129_000, rel=0.01)
    assert 80_000 <= need * share <= 90_000


def test_fly_ash_of_a_power_station(find):
    """135,000 t of ash are 3.7 TWh; ash in cement saves 0.7 to 0.87 t CO2 per t."""
    ash = find("processes", "coal_chp", "fly_ash", "out")["coefficient"]
    use, clinker = find("conversions", "fly_ash", "clinker"), find("materials", "clinker")
    assert ash * 3.7e6 == pytest.approx(135_000, rel=0.02)
    assert 0.7 <= (use["ratio"] * clinker["co2_virgin"] - use["co2"]) / 1000 <= 0.87


def test_price_of_spent_grain_halves_near_190_km(find):
    """51 EUR/t delivered, 15 EUR/t of haul at 100 km: half of the net price left near 190 km, none near 400 km."""
    grain, use = find("materials", "spent_grain"), find("conversions", "spent_grain", "feed_protein")
    delivered = use["ratio"] * 350

    def net(km):
        return 51 - grain["load_cost"] - grain["haul_cost"] * km

    assert delivered == pytest.approx(53, abs=2)
    assert 51 - net(100) == pytest.approx(15, abs=0.1)
    assert net(190) == pytest.approx(51 / 2, rel=0.03)
    assert net(400) == pytest.approx(0, abs=0.5)


def test_wet_sludge_does_not_travel(find, usual_route):
    """200 EUR/t dry matter at 6 % are 12 EUR/t; haul eats them within 60 to 80 km."""
    sludge = find("materials", "food_sludge")
    fee = usual_route("food_sludge")["fee"]
    assert fee == pytest.approx(200 * 0.06)
    assert 60 <= (fee - sludge["load_cost"]) / sludge["haul_cost"] <= 80
    assert find("routes", "sludge_disposal")["fee"] == pytest.approx(200 * 0.2)


def test_oil_crises_and_gas_shock_are_in_the_paths(paths):
    oil, gas, steam = paths["heavy_fuel_oil"], paths["natural_gas"], paths["boiler_steam"]
    assert oil[1974] > 2.5 * oil[1972]
    assert oil[1980] > 1.5 * oil[1978]
    assert oil[1986] < 0.7 * oil[1985]
    assert oil[2008] > 1.15 * oil[2007] > 1.15 * oil[2009]
    assert gas[2022] > 5 * gas[2019]
    assert steam[1974] > 2.5 * steam[1972]
    assert paths["nitrogen"][1974] > 3 * paths["nitrogen"][1972]


def test_real_oil_price_matches_the_published_mean(paths):
    """Mean of Brent 1990 to 2023 is 73.1 USD of 2023, that is 54.4 EUR of 2020 or 9.54 EUR/GJ of crude oil."""
    crude = [(paths["heavy_fuel_oil"][year] - 1.0) / 0.75 for year in range(1990, 2024)]
    assert sum(crude) / len(crude) == pytest.approx(73.14 * 258.811 / 304.702 * 0.8755 / 5.7, rel=0.005)


def test_straw_ethanol_plant_is_that_of_inbicon(find):
    """30,000 t straw give 4,270 t ethanol, 13,000 t lignin and 11,100 t C5 molasses."""
    ethanol = 30_000 / find("processes", "straw_ethanol", "straw_feedstock", "in")["coefficient"]
    lignin = find("processes", "straw_ethanol", "lignin", "out")["coefficient"]
    molasses = find("processes", "straw_ethanol", "c5_molasses", "out")["coefficient"]
    assert ethanol == pytest.approx(4_270, rel=0.01)
    assert ethanol * lignin == pytest.approx(13_000, rel=0.01)
    assert ethanol * molasses == pytest.approx(11_100, rel=0.01)


def test_heat_pump_on_effluent_obeys_its_own_physics(find):
    """Ratio COP/(COP-1) at COP 4; Kalundborg: 10 MW for 65 MDKK are about what the library takes."""
    pump = find("conversions", "effluent_heat", "town_heat")
    assert pump["ratio"] == pytest.approx(4 / 3, abs=0.01)
    power = (pump["ratio"] - 1) * 60 / 3.6
    assert pump["treatment_cost"] == pytest.approx(power, rel=0.02)
    heat = 10 * HOURS * 3.6 * 0.9
    assert pump["capex"] + pump["capex_flow"] * heat / pump["ratio"] == pytest.approx(65e6 / 7.45, rel=0.2)


def test_mass_is_not_made_from_nothing(find):
    """Acid, biogas and ash obey their stoichiometry."""
    sulphur = find("processes", "acid_works", "sulphur", "in")["coefficient"]
    assert sulphur == pytest.approx(32.06 / 98.08 / 0.99, abs=0.005)
    assert find("processes", "biogas_plant", "biomethane", "out")["coefficient"] <= 1.59
    coal = find("processes", "coal_chp", "coal", "in")["coefficient"] * 10
    ash = sum(find("processes", "coal_chp", name, "out")["coefficient"] for name in ("fly_ash", "bottom_ash"))
    assert ash / coal == pytest.approx(0.12, rel=0.02)
    heat = find("processes", "coal_chp", "warm_water", "out")["coefficient"]
    assert 3.6 + heat < coal * 25


def test_digester_feed_counts_methane(find):
    """A tonne of feed gives 44 m3 of methane: 6 % of dry matter give 17 m3, 11 % about 40 m3."""
    assert find("conversions", "biomass_sludge", "digester_feed")["ratio"] == pytest.approx(17 / 44, abs=0.05)
    assert find("conversions", "yeast_slurry", "digester_feed")["ratio"] == pytest.approx(40 / 44, abs=0.05)


def test_truck_and_pipe_cost_what_the_sources_say(find):
    slag = find("materials", "steel_slag")
    assert slag["load_cost"] + 100 * slag["haul_cost"] == pytest.approx(15)
    gas = find("materials", "refinery_gas")
    megawatt = 7000 * 3.6
    assert gas["link_capex_flow"] * megawatt == pytest.approx(10_800, rel=0.02)
    carbon = find("materials", "fermentation_co2")
    assert carbon["link_capex_flow"] * 7500 == pytest.approx(15_000, rel=0.02)
