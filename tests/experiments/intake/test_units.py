"""Units and numbers as people write them."""

import pytest

from ecopark.experiments.intake.units import UnitError, parse_unit, price_to, split_number, to_material

READ = {
    ("36", "kt/a", "t"): 36000, ("11", "Mio m2/a", "m2"): 11e6, ("900000", "hl/a", "hl"): 900000, ("0.8", "Mt/a", "t"): 800000,
    ("310", "TJ/a", "GJ"): 310000, ("90", "GWh/a", "GJ"): 324000, ("85", "GWh/a", "MWh"): 85000, ("5", "m³/Jahr", "m3"): 5,
    ("2", "Tonnen/Jahr", "t"): 2, ("3", "t/month", "t"): 36, ("1", "t/d", "t"): 365, ("1", "kg/h", "t"): 8.76, ("14", "ha", "ha"): 14,
    ("3800", "houses", "house"): 3800, ("1000", "Nm3/a", "GJ"): 35.9, ("2", "t per month", "t"): 24, ("1", "lb/a", "t"): 0.00045359237,
    ("5", "tonnes/an", "t"): 5, ("1", "hl/a", "m3"): 0.1, ("7", "ktpa", "t"): 7000, ("7", "metric tonnes per year", "t"): 7,
    ("7", "k t/a", "t"): 7000, ("1", "kWh/a", "GJ"): 0.0036,
}  # fmt: skip


@pytest.mark.parametrize(("amount", "unit", "wanted"), READ)
def test_a_quantity_comes_in_the_unit_of_its_material(amount, unit, wanted):
    found, _ = to_material(float(amount), unit, wanted)
    assert found == pytest.approx(READ[amount, unit, wanted], rel=1e-9)


@pytest.mark.parametrize(
    ("unit", "word"),
    [("ton/a", "short ton"), ("tons", "short ton"), ("MW", "power without hours"), ("mt/a", "Mt"), ("mWh", "MWh"), ("k€", "money"),
     ("m3/a", "volume"), ("xyz", "not a unit"), ("t/fortnight", "per year"), ("", "a unit, for example"),
     ("$\\frac{1$", "not a unit"), ("tpy", "short ton"), ("TPD", "short ton"), ("°C", "not a unit")],
)  # fmt: skip
def test_what_could_mean_two_things_or_another_kind_is_refused(unit, word):
    with pytest.raises(UnitError, match=word):
        to_material(1, unit, "t")


def test_what_is_converted_by_a_factor_that_is_assumed_is_said():
    assert "35.9 MJ" in parse_unit("Nm3/a").said
    assert "8,760" in parse_unit("kg/h").said


def test_prices_are_per_unit_of_the_material():
    assert price_to(-38, "EUR/MWh", "GJ") == pytest.approx(-38 / 3.6)
    assert price_to(12, "EUR/t", "t") == 12
    assert price_to(1, "kEUR/GWh", "GJ") == pytest.approx(1 / 3.6)
    with pytest.raises(UnitError, match="per unit"):
        price_to(1, "EUR", "t")


def test_a_unit_inside_the_number_is_taken_out():
    assert split_number("36 kt/a") == ("36", "kt/a")
    assert split_number("27.500 t") == ("27.500", "t")
    assert split_number("25 000") == ("25 000", "")
    assert split_number("-8,5") == ("-8,5", "")
    assert split_number("about ten") == ("about ten", "")
