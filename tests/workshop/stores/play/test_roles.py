"""The broker: three introductions a round, that lie on the phones of both; what runs by them is the broker's gain."""

from ecopark.abm.interventions.introductions import matches
from ecopark.experiments.workshop.stores.play.debrief.again import play_without
from ecopark.experiments.workshop.stores.play.digest import digest_of
from ecopark.experiments.workshop.stores.play.scores import Scores
from ecopark.experiments.workshop.view_models.faces.phone import phone_view
from ecopark.experiments.workshop.view_models.faces.whitelist import check

from .room import Room


def test_a_broker_brings_two_together_three_times_a_round():
    room = Room(None, people=15, kinds=("away",))
    play = room.play
    broker = next(person for person in play.people.values() if person.role == "broker")
    room.lead("next")
    room.lead("next")
    assert not room.workshop.do("introduce", broker.code, opportunity=0)["ok"]
    room.lead("next")
    assert play.pace.phase == "decide"
    view = phone_view(play, broker, None, Scores(play))
    check("phone", view)
    shown = view["market"]["matches"]
    assert [one["opportunity"] for one in shown] == [one.opportunity for one in matches(play.parks[0])]
    assert len(shown) >= 4
    for place, one in enumerate(shown[:3]):
        ack = room.workshop.do("introduce", broker.code, opportunity=one["opportunity"])
        assert ack == {"ok": True, "left": 2 - place}
    first = shown[0]
    for company, partner in ((first["seller"], first["buyer"]), (first["buyer"], first["seller"])):
        seated = play.at(0, company)
        if seated is not None:
            waits = [item.terms for item in play.items.values() if item.who == seated.code]
            assert (first["opportunity"], partner) in {(terms["opportunity"], terms["partner"]) for terms in waits}
    assert not room.workshop.do("introduce", broker.code, opportunity=shown[3]["opportunity"])["ok"]
    assert shown[0]["opportunity"] not in [one.opportunity for one in matches(play.parks[0])]
    someone = next(person for person in play.people.values() if person.role == "company")
    assert not room.workshop.do("introduce", someone.code, opportunity=shown[3]["opportunity"])["ok"]
    again = play_without(play, 0, ())
    assert digest_of([again.park]) == digest_of(play.parks)
    assert Scores(play).own(play, broker)["gain"] == 0.0
