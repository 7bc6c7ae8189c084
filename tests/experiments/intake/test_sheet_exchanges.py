"""Exchanges of a workbook: contracts where the library has a conversion, else recovered already, said and asked."""

import pytest

from ecopark.abm.input.errors import InputError
from ecopark.experiments.intake.importing import import_park, write_park
from tests.experiments.intake.test_wrong_input import edited

SLUDGE, SAND = ("Renseanlæg", "sewage_sludge", "out"), ("Jernstøberiet", "foundry_sand", "out")


def test_what_no_conversion_can_express_counts_as_recovered_and_is_asked(imported):
    """1,100 t at 25 % dry matter are 1,375 of the library's 20 %, a quarter of 4,400 t; of the sand 5,000 of 12,800 t."""
    draft = imported["workbook"][0].draft
    streams = draft.rows("streams")
    assert streams[SLUDGE]["recovered_share"].value == pytest.approx(0.25)
    assert streams[SAND]["recovered_share"].value == pytest.approx(5000 / 12800)
    asked = {one.key: one.asked for one in draft.questions}
    assert "fertiliser_p" in asked["Renseanlæg", "recovered_share", "sewage_sludge"]  # the conversions that exist
    assert "aggregate" in asked["Jernstøberiet", "recovered_share", "foundry_sand"]
    assert not any("Klint Cement" in key for key in draft.rows("exchanges"))


def test_an_answer_settles_it_and_the_question_is_not_asked_again(imported, tmp_path):
    park, _ = imported["workbook"]
    folder = tmp_path / "park"
    write_park(park, folder)
    questions = folder / "questions.csv"
    lines = [
        line + ("0.9" if line.startswith("Renseanlæg") else "") for line in questions.read_text("utf-8").split("\n")
    ]
    questions.write_text("\n".join(lines), encoding="utf-8")
    for _ in range(2):
        again = import_park([folder], folder)
        write_park(again, folder)
        asked = {one.key for one in again.draft.questions}
        assert again.draft.rows("streams")[SLUDGE]["recovered_share"].value == 0.9
        assert ("Renseanlæg", "recovered_share", "sewage_sludge") not in asked
        assert ("Jernstøberiet", "recovered_share", "foundry_sand") in asked
    questions.write_text(
        "company,column,material,answer\nRenseanlæg,recovered_share,sewage_sludge,3\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match="a share from 0 to 1"):
        import_park([folder], folder)


def test_a_price_counts_the_tonnes_that_the_quantity_counts(imported):
    """46 EUR for a tonne of 25 % dry matter are 36.8 for one of 20 %."""
    row = imported["workbook"][0].draft.rows("streams")[SLUDGE]
    assert row["price_now"].value == pytest.approx(-36.8)
    assert row["price_now"].value * row["per_year"].value == pytest.approx(-46 * 4400)


def test_a_stream_that_the_giver_has_not_is_refused_with_the_nearest(tmp_path):
    with pytest.raises(InputError) as caught:
        import_park([edited(tmp_path, exchanges_C3="hot wtaer")], tmp_path / "p")
    assert "did you mean 'hot water'" in str(caught.value)


def test_a_register_name_that_a_spreadsheet_would_compute_is_written_as_text(tmp_path):
    from ecopark.experiments.intake.draft import Draft

    draft = Draft()
    for name, key, written in (
        ("@Home Recycling", "1", "Home Recycling"), ("=1+1", "2", "1+1"), ("-5", "3", "5"), ("---", "4", "4"), ("+", "=", "no name"),
        ("home recycling", "1", "home recycling (1)"), ("Home recycling", "1", "Home recycling (1) 2"),
    ):  # fmt: skip
        assert draft.unused_name(name, key) == written
        draft.row("companies", written)
    assert sum("formula" in line for line in draft.said) == 5
