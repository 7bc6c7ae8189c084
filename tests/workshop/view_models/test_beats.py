"""The story of a run: beats by rule, for any park, in short sentences, with the map of that moment."""

import pytest

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park
from ecopark.experiments.workshop.stores.newcomer import history_of
from ecopark.experiments.workshop.view_models.beats import SEED, beats_of


@pytest.mark.parametrize("name", ["kalundborg", "harbour", "chemelot"])
def test_every_park_has_six_beats_of_at_most_fourteen_words_in_the_order_of_time(name):
    scenario = load_scenario(name)
    beats = beats_of(scenario, history_of(name, scenario))
    assert len(beats.told) == 6
    assert all(len(beat.text.split()) <= 14 and beat.text.endswith(".") for beat in beats.told), beats.told
    months = [beat.month for beat in beats.told]
    assert months == sorted(months)


def test_beats_are_what_happened(scenario):
    beats = beats_of(scenario, history_of("kalundborg", scenario))
    park = Park(scenario, SEED)
    first = next(beat for beat in beats.told if beat.text.startswith("The first exchange"))
    park.advance(first.month)
    assert [link["kind"] for link in first.frame["links"]].count("runs") >= 1
    links = park.run().yearly["links"]
    assert beats.links == list(links)
    steepest = next(place for place, beat in enumerate(beats.told) if "steepest" in beat.text)
    rise = max(later - sooner for sooner, later in zip([0, *links], links, strict=False))
    assert f"{rise:.0f} exchanges more" in beats.told[steepest].text
    assert f"{links[-1]:.0f} exchanges run; in history it was" in beats.told[-1].text, "history stands beside it"
    assert len(beats.chart(0)["series"]) == 2


def test_a_park_in_which_nothing_happens_is_told_all_the_same(scenario):
    quiet = scenario.replace(
        {"search.hours": 0, "discovery.innovation": 0, "negotiation.open": 0, "behaviour.threshold": 1.0}
    )
    beats = beats_of(quiet, {})
    assert beats.told[-1].text.startswith("In 2025, at the end,")
    assert len(beats.chart(len(beats.told) - 1)["series"]) == 1
