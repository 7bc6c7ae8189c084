"""The debrief: talks opened up, what was left, the same park played again without one person or without any."""

import re

import pytest

from ecopark.experiments.workshop.stores.play.attainable import share_of_attainable
from ecopark.experiments.workshop.stores.play.debrief.again import parks_after, play_without
from ecopark.experiments.workshop.stores.play.debrief.findings import findings_of
from ecopark.experiments.workshop.stores.play.debrief.left import losses_of
from ecopark.experiments.workshop.stores.play.digest import digest_of
from ecopark.experiments.workshop.stores.play.scores import Scores, gains_of
from ecopark.experiments.workshop.view_models.faces.own_debrief import own_debrief
from ecopark.experiments.workshop.view_models.faces.public import public_view
from ecopark.experiments.workshop.view_models.faces.slides import TITLES, slide_view
from ecopark.experiments.workshop.view_models.faces.whitelist import check
from ecopark.experiments.workshop.view_models.workshop_report import workshop_report

from .room import Room

TIMES = {"practice": 10, "predict": 10, "decide": 120, "run": 10, "reveal": 10, "vote": 10, "debrief": 3000}


@pytest.fixture(scope="module")
def played():
    room = Room(None, people=12, minutes=60, kinds=("quick", "slow", "away", "quick"), **TIMES)
    room.lead("next")
    while room.play.pace.phase != "debrief":
        room.pass_time(1000)
    for code in room.codes[:3]:
        assert room.workshop.do("feel", code, mood=4, surprise=2, word="steam")["ok"]
    return room


@pytest.fixture(scope="module")
def found(played):
    return findings_of(played.play)


@pytest.fixture(scope="module")
def scores(played):
    worked = Scores(played.play, share_of_attainable, seeds=3)
    worked.prepare()
    worked.close_round(played.play.pace.round, worked.forks(played.play))
    return worked


def test_played_again_with_everybody_the_park_is_the_same_to_the_bit(played):
    again = play_without(played.play, 0, ())
    assert digest_of([again.park]) == digest_of(played.play.parks)
    assert again.kept == again.done > 50


def test_a_seat_left_to_its_agent_is_a_run_by_hand(played, found):
    """W20: what is said of a person is the difference of two parks that anybody can play."""
    people = [person for person in played.play.seated() if found.without[person.code]["park"] is not None]
    assert people
    person = people[-1]
    other = play_without(played.play, 0, (person.company,))
    assert other.park.state.companies.seat[list(other.park.names).index(person.company)] == 0
    lost = float(gains_of(played.play.parks[0]).sum()) - float(gains_of(other.park).sum())
    assert found.without[person.code]["park"] == lost
    assert found.without[person.code]["kept"] == other.share_kept >= 0.6


def test_the_zone_holds_every_price_that_was_signed(found):
    """W19, first half."""
    signed = [talk for talk in found.talks if talk["end"] == "signed"]
    assert len(signed) > 5
    for talk in signed:
        assert talk["low"] - 1e-6 <= talk["price"] <= talk["high"] + 1e-6
        assert talk["position"] is None or -1e-6 <= talk["position"] <= 1 + 1e-6


def test_what_was_reached_and_what_was_lost_add_up(played):
    """W19, second half: realised and the losses by cause are the attainable."""
    losses = losses_of(played.play.parks[0])
    lost = sum(line["loss"] for line in losses["losses"])
    assert losses["reached"] + lost == pytest.approx(losses["optimum"], abs=1e-6 * losses["optimum"])
    assert losses["share"] == pytest.approx(losses["reached"] / losses["optimum"])


def test_what_was_left_names_a_cause_for_every_pair_and_never_a_running_contract(played, found):
    state = played.play.parks[0].state
    talked = {int(row.opportunity) for row in state.exchanges[: int(state.clock.exchanges[0])]}
    talked |= {talk["opportunity"] for talk in found.talks if talk["end"] in ("signed", "open")}
    never = [line for line in found.left if line["cause"] in ("not tried", "not found")]
    assert never
    assert all(line["gain"] > 0 for line in found.left)
    assert not {line["opportunity"] for line in never} & talked


def test_predictions_and_timeline(played, found):
    assert [line["round"] for line in found.predictions] == [1, 2, 3, 4, 5]
    truth = played.play.truths[5]["running"][0]
    assert found.predictions[-1]["truth"] == truth
    months = [line["month"] for line in found.timeline]
    assert months == sorted(months)
    assert {line["what"] for line in found.timeline} >= {"signed", "ended"}
    assert all(line["reason"] for line in found.timeline if line["what"] == "ended")


def test_agents_alone_have_the_same_years_and_the_vote_two_parks(played, found):
    years = played.play.parks[0].month // 12
    assert len(found.agents[0]["year"]) == len(found.agents[0]["gain_agents"]) == years
    assert len(found.vote) == 1
    assert found.vote[0]["with"]["public_balance"] != found.vote[0]["without"]["public_balance"]


def test_every_slide_is_there_for_the_projector_and_no_person_is_named(played, found, scores):
    class Done:
        said = ""

    Done.found = found
    for number in TITLES:
        played.lead("set", name="slide", value=number)
        view = public_view(played.play, played.workshop.presence, scores, 0, "ABCDEF", Done)
        check("projector", view)
        slide = view["debrief"]
        assert slide["ready"]
        assert slide["title"] == TITLES[number]
        text = str(slide)
        assert not [code for code in played.codes if code in text]
        assert not [one for one in played.workshop.identities.people.values() if one.name in text]
    played.lead("set", name="slide", value=4)
    assert slide_view(played.play, scores, None)["ready"] is False


def test_a_phone_sees_its_own_talks_alone(played, found):
    person = next(person for person in played.play.seated() if found.without[person.code]["park"] is not None)
    own = own_debrief(played.play, person, found)
    mine = [talk for talk in found.talks if person.company in (talk["seller"], talk["buyer"])]
    assert len(own["mine_talks"]) == min(12, len(mine))
    assert {talk["partner"] for talk in own["mine_talks"]} <= {talk["seller"] for talk in mine} | {
        talk["buyer"] for talk in mine
    }
    shares = [
        (one["mine"], one["sells"], talk["position"]) for one, talk in zip(own["mine_talks"], mine[-12:], strict=True)
    ]
    for mine_share, sells, place in shares:
        assert mine_share is None or mine_share == round(100 * (1 - place if sells else place))


def test_the_report_names_people_only_when_asked(played, found, scores):
    names = {code: one.name for code, one in played.workshop.identities.people.items()}
    plain, named = (workshop_report(played.play, "ABCDEF", scores, found, chosen) for chosen in (None, names))
    assert not [name for name in names.values() if name in plain]
    assert [name for name in names.values() if name in named]
    assert not [code for code in played.codes if code in plain + named]
    for part in (
        "Every talk opened up",
        "Left on the table",
        "Share of the attainable",
        "The same park without people",
    ):
        assert part in plain
    assert "http" not in plain.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(
    ("language", "title", "column"), [("de", "Wer wo saß", "Verkäufer"), ("da", "Hvem der sad hvor", "sælger")]
)
def test_the_report_speaks_the_language_that_is_asked_for(played, found, scores, language, title, column):
    said = workshop_report(played.play, "ABCDEF", scores, found, None, language)
    assert f'lang="{language}"' in said
    assert title in said
    assert f">{column}<" in said
    english = workshop_report(played.play, "ABCDEF", scores, found)
    figures = [re.findall(r"<td class=number>[^<]*\d([.,])\d{1,2}<", page) for page in (said, english)]
    assert set(figures[0]) == {","}, "decimal commas in every table"
    assert set(figures[1]) == {"."}
    for part in re.findall(r"<(?:h2|th[^>]*)>([^<]+)</", english):
        kept = part in ("P", "Median", "median", "park", "Park") or re.fullmatch(r"park [ABC], %", part)
        assert kept or f">{part}<" not in said, part


def messages_of(value):
    """Return everything in a view that is shaped as a sentence with its places."""
    if isinstance(value, dict):
        return [message for one in value.values() for message in messages_of(one)]
    if not isinstance(value, list | tuple):
        return []
    if len(value) == 2 and isinstance(value[1], dict) and not isinstance(value[0], dict):
        return [value]
    return [message for one in value for message in messages_of(one)]


def test_every_message_of_a_slide_is_a_sentence_with_its_places(played, found, scores):
    for number in TITLES:
        played.lead("set", name="slide", value=number)
        slide = slide_view(played.play, scores, found)
        for sentence, places in messages_of(slide):
            assert isinstance(sentence, str), (number, sentence)
            assert set(re.findall(r"\{(\w+)\}", sentence)) <= set(places), (number, sentence)
        assert all(isinstance(line[0], str) for line in slide.get("lines", []))


def test_what_people_take_home_is_on_the_wall_only_when_the_facilitator_says_so(played, found, scores):
    play, code = played.play, played.codes[0]
    said = ["=Prices\x07 are talks", None, "x" * 500]
    assert played.workshop.do("take_home", code, answers=said)["ok"]
    assert play.home[code] == ["=Prices are talks", "", "x" * 120]
    for wrong in ("text", ["one"], [1, 2, 3, 4], None):
        assert not played.workshop.do("take_home", code, answers=wrong)["ok"]
    played.lead("set", name="slide", value=10)
    assert "Prices" not in str(slide_view(play, scores, found))
    played.lead("set", name="wall", value=True)
    assert "Prices" in str(slide_view(play, scores, found))
    played.lead("set", name="wall", value=False)


def test_a_ranking_is_shown_only_when_the_facilitator_asks_for_it(played, found, scores):
    def ranking():
        return public_view(played.play, played.workshop.presence, scores, 0)["ranking"]

    assert ranking() == []
    played.lead("set", name="ranking", value=True)
    shown = ranking()
    assert 1 <= len(shown) <= 5
    assert [row["score"] for row in shown] == sorted((row["score"] for row in shown), reverse=True)
    assert {row["name"] for row in shown} <= {person.company for person in played.play.seated()}
    played.lead("set", name="ranking", value=False)


def test_the_parks_after_every_round_come_back_to_the_bit(played):
    play = played.play
    assert sorted(play.digests) == list(range(1, play.plan.rounds + 1))
    for number, digest in play.digests.items():
        assert digest_of(parks_after(play, play.course, number)) == digest
