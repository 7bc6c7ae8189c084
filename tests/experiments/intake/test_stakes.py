"""What questions are worth: the few at the top are settled by the whole programme, the others by one pass."""

import pytest

from ecopark.experiments.intake.best import best_of
from ecopark.experiments.intake.stakes import FIRST, judged, stakes_of
from ecopark.experiments.intake.worth import rows_of


@pytest.mark.parametrize("name", ["irep", "us", "workbook"])
def test_the_same_questions_are_at_the_top_as_when_each_is_solved(imported, name):
    draft = imported[name][0].draft
    park, best = judged(draft, draft.scenario)
    quick = stakes_of(draft, park, best)
    whole = stakes_of(draft, park, best, first=len(draft.questions))
    top = sorted(whole, key=lambda key: (-whole[key], key))[:FIRST]
    assert sorted(quick, key=lambda key: (-quick[key], key))[:FIRST] == top
    assert [quick[key] for key in top] == pytest.approx([whole[key] for key in top])


def test_the_european_sample_asks_for_what_is_worth_most(imported):
    """The five at the top and their money as they were when all 22 answers were solved to the end."""
    draft = imported["eea"][0].draft
    assert [one.company for one in draft.questions[:FIRST]] == [
        "Klintholm Polymer",
        "Klint Biotek",
        "Daka Eksempel",
        "Hedens Bryggeri",
        "Mejeri Klint",
    ]


def test_one_pass_never_beats_the_best_network(imported):
    for name in ("irep", "us", "workbook"):
        draft = imported[name][0].draft
        park, best = judged(draft, draft.scenario)
        passed = best_of(park, rows_of(park), one_pass=True)
        assert passed.net <= best.net * 1.003
        assert passed.net == pytest.approx(best.net, rel=0.05)
