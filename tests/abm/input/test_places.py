"""Places: degrees become km, and what is no place is said with its cell."""

import math
import random

import pytest

from ecopark import load_scenario
from ecopark.abm.input.errors import InputError
from ecopark.abm.input.places import great_circle, middle_of, to_km

ROWS = (
    "Power Plant,coal_chp_fgd,3000000",
    "Board Works,plasterboard_plant,10000000",
    "Town Heating,district_heating,4000",
)


def table(tmp_path, header, *places, name="park.csv"):
    path = tmp_path / name
    lines = [f"{row},{place}" for row, place in zip(ROWS, places, strict=True)]
    path.write_text("\n".join([f"name,type,size,{header}", *lines]), encoding="utf-8")
    return path


def mistakes(path):
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    return [str(mistake) for mistake in caught.value.mistakes]


def places(path):
    return {row.name: (row.x_km, row.y_km) for row in load_scenario(path).tables["companies"]}


def test_degrees_become_km_about_the_middle_of_the_park(tmp_path):
    found = places(table(tmp_path, "latitude,longitude", "55.20,6.50", "55.21,6.50", "55.20,6.52"))
    one, north, east = (found[name] for name in ("Power Plant", "Board Works", "Town Heating"))
    assert math.dist(one, north) == pytest.approx(1.11341, abs=2e-4)  # 0.01 degrees of the meridian at 55.2 N
    assert math.dist(one, east) == pytest.approx(1.27362, abs=2e-4)  # 0.02 degrees of the parallel
    assert sum(x for x, _ in found.values()) == pytest.approx(0, abs=1e-3)


def test_distances_are_those_of_the_geodesic():
    """10,000 random pairs within 15, 50 and 150 km of the middle, against Karney's geodesic."""
    geodesic = pytest.importorskip("pyproj").Geod(ellps="WGS84")
    draw = random.Random(1)
    for radius, error in ((15, 4e-5), (50, 14e-5), (150, 55e-5)):
        for _ in range(3400):
            middle = draw.uniform(-65, 65), draw.uniform(-180, 180)
            ends = []
            for _ in range(2):
                lon, lat, _ = geodesic.fwd(middle[1], middle[0], draw.uniform(0, 360), 1000 * draw.uniform(0, radius))
                ends.append((lat, lon))
            true = geodesic.inv(ends[0][1], ends[0][0], ends[1][1], ends[1][0])[2] / 1000
            one, other = (to_km(end, middle) for end in ends)
            assert math.dist(one, other) == pytest.approx(true, rel=error, abs=1e-3)
            assert great_circle(*ends) == pytest.approx(great_circle(*ends[::-1]))


def test_a_park_across_the_date_line_or_turned_once_is_the_same():
    near = [(-17.0, 179.9), (-17.1, 179.99), (-17.05, 180.1)]
    for turned in ([(lat, lon - 360) for lat, lon in near], [(lat, (lon + 180) % 360 - 180) for lat, lon in near]):
        for one, other in zip(near, turned, strict=True):
            assert to_km(one, middle_of(near)) == pytest.approx(to_km(other, middle_of(turned)), abs=1e-9)


def test_no_company_is_put_on_another_without_a_word(tmp_path):
    from ecopark.abm.input.notices import notices_of

    (said,) = mistakes(table(tmp_path, "x_km,y_km", "0,0", ",", "1,1"))
    assert "Board Works" in said
    assert "no place" in said
    (said,) = notices_of(load_scenario(table(tmp_path, "note", "", "", "")))
    assert "0 km apart" in said
    (said,) = notices_of(load_scenario(table(tmp_path, "x_km,y_km", "1,0", "1,0", "2,2")))
    assert "Power Plant and Board Works" in said


WRONG = {
    "half a place": ("x_km,y_km", ("0,0", "1,", "2,2"), "Board Works, column y_km"),
    "half in degrees": ("lat,lon", ("55.2,6.5", ",6.51", "55.21,6.5"), "Board Works, column lat"),
    "degrees as km": ("x_km,y_km", ("11.0931,55.6614", "11.1102,55.6702", "11.0905,55.6801"), "degrees"),
    "lat before lon as km": ("x_km,y_km", ("55.6614,11.0931", "55.6702,11.1102", "55.6801,11.0905"), "degrees"),
    "both forms": ("lat,lon,x_km,y_km", ("55.2,6.5,,", "55.21,6.5,1,1", "55.2,6.51,,"), "either x_km and y_km or lat"),
    "mixed forms": ("lat,lon,x_km,y_km", ("55.2,6.5,,", ",,1,1", "55.2,6.51,,"), "origin = [lat, lon]"),
    "minutes": ("lat,lon", ("55° 40' N,6.5", "55.21,6.5", "55.21,6.52"), "decimal degrees such as 55.67"),
    "swapped": ("lat,lon", ("55.2,6.5", "6.51,55.21", "55.21,6.52"), "swapped"),
    "null island": ("lat,lon", ("55.2,6.5", "0,0", "55.21,6.52"), "stands for a missing one"),
    "beyond the pole": ("lat,lon", ("55.2,6.5", "95,6.5", "55.21,6.52"), "at most 90"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_place_is_refused_with_its_cell(tmp_path, case):
    header, cells, words = WRONG[case]
    found = mistakes(table(tmp_path, header, *cells))
    assert len(found) == 1
    assert words in found[0]


def test_places_along_a_line_need_no_second_coordinate(tmp_path):
    from ecopark.abm.input.notices import notices_of

    path = table(tmp_path, "x_km", "0", "1", "2")
    assert places(path)["Town Heating"] == (2, 0)
    assert any("on a line" in line for line in notices_of(load_scenario(path)))


def test_both_forms_go_together_with_an_origin(tmp_path):
    folder = tmp_path / "park"
    folder.mkdir()
    table(folder, "lat,lon,x_km,y_km", "55.2,6.5,,", ",,1,1", "55.21,6.5,,", name="companies.csv")
    (folder / "scenario.toml").write_text("origin = [55.2, 6.5]\n", encoding="utf-8")
    assert places(folder)["Board Works"] == (1, 1)
    assert places(folder)["Town Heating"] == pytest.approx((0, 1.11341), abs=2e-4)


def test_places_in_km_near_their_own_origin_are_no_degrees(tmp_path):
    places(table(tmp_path, "x_km,y_km", "0.1,0.2", "0.4,0.3", "0.2,0.5"))
    places(table(tmp_path, "x_km,y_km", "12,55", "13,55", "12,56"))  # whole km, a grid of one's own
