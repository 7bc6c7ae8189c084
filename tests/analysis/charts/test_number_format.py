"""Numbers and names as people read them."""

import pytest

from ecopark.analysis.charts.number_format import counted, number, plain, short


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"), (0.01234, "0.0123"), (12.34, "12.3"), (1995, "1995"), (9999.4, "9999"), (12345, "12 345"),
        (1.234e6, "1.23 M"), (-6.01e8, "-601 M"), (2.5e9, "2.5 bn"), (4e13, "40,000 bn"), (float("nan"), "–"),
    ],
)  # fmt: skip
def test_numbers_are_short_and_keep_their_size(value, expected):
    assert number(value) == expected


def test_names_are_words_and_fit():
    assert plain("partner_closed") == "partner closed"
    assert short("Waste Water Plant of the town", 16) == "Waste Water Pla…"
    assert short("Asnaes") == "Asnaes"
    assert counted(1, "company", "companies") == "1 company"
    assert counted(0, "company", "companies") == "0 companies"
