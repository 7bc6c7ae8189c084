"""What each uncertain cell does to the total: the longest bars are those of the whole programme, without solving it for every cell."""

import tomllib

import pytest

from ecopark.experiments.intake.opportunities import total_of
from ecopark.experiments.intake.stakes import judged
from ecopark.experiments.intake.tornado import MOST, _trials, assumed_toml, bars_of


@pytest.mark.parametrize("name", ["irep", "us"])
def test_the_longest_bars_are_those_of_the_whole_programme(imported, name):
    draft = imported[name][0].draft
    park, best = judged(draft, draft.scenario)
    bars = bars_of(park, best.value, {})
    whole = sorted(
        (trial.bar([total_of(one) for one in trial.parks], best.value) for trial in _trials(park, {})),
        key=lambda bar: (-bar.swing, bar.name),
    )
    assert {bar.name for bar in bars[:5]} == {bar.name for bar in whole[:5]}
    by_name = {bar.name: bar for bar in whole}
    for bar in bars[:MOST]:
        assert (bar.total_low, bar.total_high) == pytest.approx(
            (by_name[bar.name].total_low, by_name[bar.name].total_high)
        )
    assert [bar.swing for bar in bars[:MOST]] == sorted((bar.swing for bar in bars[:MOST]), reverse=True)


def test_another_type_is_a_choice_of_the_ready_sweep(imported):
    draft = imported["workbook"][0].draft
    park, best = judged(draft, draft.scenario)
    bars = bars_of(park, best.value, {"Dampværket": ("biomass_chp", "no_such_type")})
    (bar,) = (bar for bar in bars if bar.kind == "type")
    assert bar.options == ("gas_chp", "biomass_chp")
    assert bar.total_low <= best.value <= bar.total_high
    factors = tomllib.loads(assumed_toml("park", bars))["factors"]
    assert factors['companies."Dampværket".type'] == ["gas_chp", "biomass_chp"]
    assert len(factors) <= 12
