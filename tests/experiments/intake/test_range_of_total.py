"""I11: the range of the total holds the truth when a tenth of the sizes are wrong by a factor of two."""

import random

import pytest

from ecopark.experiments.intake.opportunities import range_of, total_of
from ecopark.experiments.intake.stakes import judged, resized
from ecopark.experiments.intake.worth import rows_of

DRAWS = 100


def mistaken(park, draw):
    """Return the park as somebody would have it who has a tenth of the sizes wrong by two, too large or too small."""
    for name in draw.sample(sorted(park.plants), max(1, round(len(park.plants) / 10))):
        park = resized(park, name, draw.choice((0.5, 2.0)))
    return park


@pytest.mark.parametrize("name", ["irep", "us"])
def test_the_range_holds_the_total_of_the_true_sizes(imported, name):
    from ecopark.experiments.intake.best import best_of

    draft = imported[name][0].draft
    park, _ = judged(draft, draft.scenario)
    true, draw = total_of(park, one_pass=True), random.Random(11)
    held = 0
    for _ in range(DRAWS):
        seen = mistaken(park, draw)
        low, high = range_of(seen, best_of(seen, rows_of(seen), one_pass=True))
        held += low <= true <= high
    assert held >= 80, held


def test_the_total_lies_between_its_ends_and_these_apart_where_cells_are_uncertain(imported):
    from ecopark.experiments.intake.opportunities import opportunities_of

    for name in ("irep", "us", "workbook"):
        draft = imported[name][0].draft
        found = opportunities_of(draft.scenario, recruit=False)
        assert 0 <= found.low < found.best.value < found.high
