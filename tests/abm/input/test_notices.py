"""What is accepted but said: sizes by a factor of 1,000, dates outside the run, names that are alike, turnover."""

import pytest

from ecopark import load_scenario
from ecopark.abm.input.errors import InputError
from ecopark.abm.input.notices import notices_of

HEAD = "name,type,size,x_km,y_km,opens,closes"
PLANT, BOARD = "Power Plant,coal_chp_fgd,3000000,0,0,,", "Board Works,plasterboard_plant,10000000,1,1,,"


def park(tmp_path, *rows, toml="[turnover]\nhazard = 0.0\n", **tables):
    folder = tmp_path / "park"
    folder.mkdir(exist_ok=True)
    (folder / "companies.csv").write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    (folder / "scenario.toml").write_text(toml, encoding="utf-8")
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def said(*args, **kwargs):
    return notices_of(load_scenario(park(*args, **kwargs)))


def test_a_usual_park_needs_no_word(tmp_path):
    assert said(tmp_path, PLANT, BOARD) == []


SAID = {
    "size in thousands": (["Power Plant,coal_chp_fgd,3000,0,0,,", BOARD], {}, ["size 3,000 MWh is 1/1,500 of", "4,500,000 MWh"]),
    "size in kilograms": ([PLANT, "Brewery,brewery,8e8,1,1,,"], {}, ["Brewery: size", "times the typical size"]),
    "closed before": (["Power Plant,coal_chp_fgd,3000000,0,0,,2020", BOARD], {}, ["closes in 2020", "never open"]),
    "opens after": (["Power Plant,coal_chp_fgd,3000000,0,0,2099-04,", BOARD], {}, ["opens in 2099-04", "never opens"]),
    "event after": (
        [PLANT, BOARD], {"events": "date,kind,company,value\n2105,size,Power Plant,1500000"}, ["2105", "2025 to 2054"]
    ),
    "levers after": ([PLANT, BOARD], {"levers": "date,landfill_tax\n2090,60"}, ["levers.csv", "2090"]),
    "quantity in kg": (
        [PLANT, BOARD], {"streams": "company,material,direction,per_year\nPower Plant,fly_ash,out,3e8"}, ["fly_ash", "times"]
    ),
    "names but for signs": (["Züri Power,coal_chp_fgd,3000000,0,0,,", "Zuri-Power,brewery,800000,1,1,,"], {}, ["alike"]),
    "exchange after": (
        [PLANT, BOARD],
        {"exchanges": "giver,taker,material,input,per_year,since\nPower Plant,Board Works,fgd_gypsum,gypsum,1000,2090"},
        ["Power Plant -> Board Works", "2090", "2054"],
    ),
    "metres": ([PLANT, "Board Works,plasterboard_plant,10000000,12000,1000,,"], {}, ["metres"]),
}  # fmt: skip


@pytest.mark.parametrize("case", SAID)
def test_a_likely_slip_is_said(tmp_path, case):
    rows, tables, words = SAID[case]
    found = said(tmp_path, *rows, **tables)
    assert len(found) == 1, found
    assert all(word in found[0] for word in words), found


def test_turnover_is_said(tmp_path):
    found = said(tmp_path, PLANT, BOARD, toml="[turnover]\nhazard = 1.0\n")
    assert any("close by chance" in line for line in found)


def test_a_table_alone_is_the_folder_that_new_makes(tmp_path):
    """Nobody closes by chance in either."""
    alone = tmp_path / "companies.csv"
    alone.write_text("\n".join([HEAD, PLANT, BOARD]), encoding="utf-8")
    one, other = load_scenario(alone), load_scenario(park(tmp_path, PLANT, BOARD))
    assert one["turnover.hazard"] == other["turnover.hazard"] == 0
    assert one.tables == other.tables


def test_many_of_one_kind_are_counted(tmp_path):
    rows = [f"Plant {number},brewery,1,{number},{number},," for number in range(30)]
    found = said(tmp_path, *rows)
    assert len(found) == 13
    assert found[-1] == "... and 18 more of that kind"


def test_names_that_differ_by_case_are_one_company_twice(tmp_path):
    with pytest.raises(InputError, match="differs by case alone"):
        load_scenario(park(tmp_path, PLANT, BOARD, "board works,plasterboard_plant,10000000,1,1,,"))
