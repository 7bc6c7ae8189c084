"""The story that opens a workshop: at most six beats of one park, the same each time, without anything that is private."""

from ecopark.abm.input.loading import load_scenario
from ecopark.experiments.workshop.stores.play.registry import Registry
from ecopark.experiments.workshop.view_models.faces.opening import opening_of, opening_view
from ecopark.experiments.workshop.view_models.faces.public import public_view
from ecopark.experiments.workshop.view_models.faces.whitelist import check


def test_beats_go_forward_in_time_and_a_year_is_no_amount():
    told = opening_of(load_scenario("harbour"))
    assert 3 <= len(told) <= 6
    dates = [(beat.year, beat.month) for beat in told]
    assert dates == sorted(dates)
    assert told[0].running >= 1, "the first exchange runs when it is told"
    assert told[-1].text[1]["last"] == "2049"
    assert opening_view(load_scenario("harbour"), 6)["n"] == len(told)


def test_the_story_stands_on_the_projector_in_the_lobby_alone():
    workshop, _ = Registry(load_scenario("harbour"), "harbour").open(12, 30, 1)

    class Scores:
        def park(self, play, place):
            return {"share": None, "goal": None, "before": None, "co2": 0.0}

    def story():
        view = public_view(workshop.play, workshop.presence, Scores(), 0)
        check("projector", view)
        return view.get("story")

    assert story() is None
    assert workshop.do("set", "facilitator", name="story", value=2)["ok"]
    assert story()["n"] == 2
    assert not workshop.do("set", "facilitator", name="story", value=7)["ok"]
    assert workshop.do("next", "facilitator")["ok"]
    assert story() is None
    workshop.close()
