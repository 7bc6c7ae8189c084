"""Components rendered without a browser: every screen, every panel, and what they pass on."""

import json
import time
from dataclasses import replace

import ipyvuetify
import pytest

from ecopark.abm.input.loading import load_scenario
from ecopark.experiments.workshop.components.beat_bar import BeatBarWidget
from ecopark.experiments.workshop.components.bench import Message
from ecopark.experiments.workshop.components.chart import ChartWidget
from ecopark.experiments.workshop.components.doors import DoorsWidget
from ecopark.experiments.workshop.components.downloads import zip_tables
from ecopark.experiments.workshop.components.face import FaceWidget
from ecopark.experiments.workshop.components.header import Header, HeaderWidget
from ecopark.experiments.workshop.components.levers import LeversWidget
from ecopark.experiments.workshop.components.park_map import ParkMapWidget
from ecopark.experiments.workshop.components.screens import Screen
from ecopark.experiments.workshop.components.sheet import SheetWidget
from ecopark.experiments.workshop.components.story import StoryWidget
from ecopark.experiments.workshop.components.tabs import TabsWidget
from ecopark.experiments.workshop.components.talk import TalkWidget
from ecopark.experiments.workshop.components.transport import TransportWidget
from ecopark.experiments.workshop.server.page import Safe
from ecopark.experiments.workshop.stores.ensemble import Ensemble
from ecopark.experiments.workshop.stores.levers import GROUPS, REST
from ecopark.experiments.workshop.stores.play import process
from ecopark.experiments.workshop.stores.play.registry import Registry
from ecopark.experiments.workshop.stores.session import Session


@pytest.fixture
def session(workshop, request):
    session = Session(workshop, request.node.name)
    session.go("explore")
    return session


@pytest.fixture
def show(drawn):
    return lambda element: drawn(element)[1]


def ready(explorer):
    limit = time.monotonic() + 20
    while explorer.seen.ensemble is None and time.monotonic() < limit:
        time.sleep(0.01)
    return explorer


def one(context, kind):
    return context.find(kind).widget


def test_explore_shows_levers_and_charts(session, show):
    ready(session.explorer)
    context = show(Screen(session, 0))
    names = {chart.name for chart in context.find(ChartWidget).widgets}
    assert names == {"history-links", "gains", "funnel", "ends", "account"}
    groups = json.loads(one(context, LeversWidget).declared)
    assert [group["title"] for group in groups] == [*GROUPS, REST]
    assert all(len(group["levers"]) <= 5 for group in groups[:-1])


def test_what_there_is_of_an_ensemble_is_shown_with_its_amount(session, show):
    seen = ready(session.explorer).seen
    part = Ensemble(seen.ensemble.table[:4], 12, 40)
    session.explorer.seen = replace(seen, part=part, part_of={"policy.broker": 1})
    context = show(Screen(session, 0))
    told = ["Working on your latest settings: 4 of 12 runs until 2000"]
    assert len(context.find(ipyvuetify.Html, class_="eco-progress", children=told).widgets) == 1
    chart = next(chart for chart in context.find(ChartWidget).widgets if chart.name == "history-links")
    assert json.loads(chart.option)["legend"]["data"] == ["baseline", "your settings", "history"]
    session.explorer.seen = replace(seen, baseline=None, ensemble=None, part=part, part_of={})
    context.render(Screen(session, 1))
    assert [chart.name for chart in context.find(ChartWidget).widgets] == ["history-links"], "the first part of all"


def test_a_moved_lever_reaches_the_store_and_its_mistake_comes_back(session, show):
    ready(session.explorer)
    context = show(Screen(session, 0))
    one(context, LeversWidget).vue_change({"name": "policy.broker", "value": "x", "dragged": False})
    assert "policy.broker" in session.explorer.seen.errors
    context.render(Screen(session, 1))
    assert one(context, LeversWidget).errors == dict(session.explorer.seen.errors)


def test_the_first_page_has_three_doors_and_remembers_who_knows_the_way(workshop, show):
    new = Session(workshop, "somebody new")
    context = show(Screen(new, 0))
    doors = one(context, DoorsWidget)
    assert [door["title"] for door in doors.doors] == ["Watch it happen", "Change one thing", "Sit at the table"]
    assert not doors.asked
    doors.vue_enter({"name": "watch"})
    limit, turn = time.monotonic() + 30, 0
    while not context.find(BeatBarWidget).widgets and time.monotonic() < limit:
        time.sleep(0.05)
        turn += 1
        context.render(Screen(new, turn))
    bar = one(context, BeatBarWidget)
    assert (bar.place, bar.count) == (0, 6)
    bar.vue_show({"place": 1})
    context.render(Screen(new, turn + 1))
    assert one(context, BeatBarWidget).place == 1
    new.newcomer.enter("sit")
    context.render(Screen(new, turn + 2))
    one(context, TalkWidget).vue_choose({"decision": "leave"})
    context.render(Screen(new, turn + 3))
    told = "".join(str(text.children) for text in context.find(ipyvuetify.Html).widgets)
    assert "There was no deal" in told
    new.take_the_seat()
    new.player.game.pause()
    assert new.screen == "live"
    assert Session(workshop, "somebody new").player.game is new.player.game, "a reload finds the seat"
    new.go("start")
    context.render(Screen(new, turn + 4))
    assert one(context, DoorsWidget).asked, "who comes back by choice is not sent on"
    one(context, DoorsWidget).vue_knows({})
    assert new.screen == "explore"


def test_live_plays_and_opens_a_company(session, show):
    session.go("live")
    context = show(Screen(session, 0))
    one(context, TransportWidget).vue_press({"do": "go", "year": "1985"})
    one(context, ParkMapWidget).vue_pick({"id": "company Asnaes"})
    context.render(Screen(session, 1))
    assert one(context, TransportWidget).date == "Jan 1985"
    assert one(context, SheetWidget).sheet["title"] == "Asnaes"
    one(context, TransportWidget).vue_press({"do": "fork"})
    context.render(Screen(session, 2))
    assert [chart.name for chart in context.find(ParkMapWidget).widgets] == ["map", "other"]


def test_a_wrong_year_is_answered_at_the_controls(session, show):
    session.go("live")
    context = show(Screen(session, 0))
    one(context, TransportWidget).vue_press({"do": "go", "year": "soon"})
    context.render(Screen(session, 1))
    assert "a year from 1961" in one(context, TransportWidget).error


@pytest.mark.parametrize("panel", ["details", "seat", "levers", "talks", "log"])
def test_every_panel_shows_at_the_start_and_late(session, show, panel):
    session.go("live")
    session.player.look(panel=panel)
    context = show(Screen(session, 0))
    assert one(context, TabsWidget).chosen == panel
    session.player.press({"do": "go", "year": 2026})
    context.render(Screen(session, 1))
    assert one(context, TransportWidget).done


def test_a_seat_weighs_and_decides(session, show):
    session.go("live")
    player = session.player
    player.press({"do": "go", "year": 1968})
    player.sit("Refinery")
    while not player.game.pending():
        player.press({"do": "step", "months": 1})
    context = show(Screen(session, 0))
    talk = one(context, TalkWidget)
    talk.vue_weigh({"price": "x", "share": "0.5", "term": "10"})
    assert "price" in talk.seen["errors"]
    talk.vue_weigh({key: str(value) for key, value in talk.card["suggested"].items()})
    assert talk.seen["enough"]
    talk.vue_choose({"decision": "leave"})
    assert player.game.main.log[-1]["decision"] == "leave"


def test_a_mistake_in_a_seat_stays_at_its_talk(session, show):
    player = session.player
    session.go("live")
    player.press({"do": "go", "year": 1968})
    player.sit("Refinery")
    while not player.game.pending():
        player.press({"do": "step", "months": 1})
    context = show(Screen(session, 0))
    one(context, TalkWidget).vue_choose({"decision": "counter", "price": "1e8", "share": "7", "term": "10"})
    context.render(Screen(session, 1))
    assert "0 to 1" in one(context, TalkWidget).error


def test_the_log_can_show_everything(session, show):
    session.go("live")
    session.player.press({"do": "go", "year": 1990})
    context = show(Screen(session, 0))
    few = len(one(context, StoryWidget).lines)
    one(context, StoryWidget).vue_choose({"everything": True})
    context.render(Screen(session, 1))
    assert {line["kind"] for line in one(context, StoryWidget).lines} & {"identified", "screened", "talks"}
    assert few > 0


def test_a_park_of_ones_own_is_compared_with_agents_alone(session, show):
    session.go("live")
    session.player.sit("Refinery")
    session.player.press({"do": "step", "months": 24})
    context = show(Screen(session, 0))
    session.player.compare()
    limit, turn = time.monotonic() + 30, 0
    while "Who gained" not in [sheet.sheet["title"] for sheet in context.find(SheetWidget).widgets]:
        assert time.monotonic() < limit, "the comparison never came"
        time.sleep(0.05)
        turn += 1
        context.render(Screen(session, turn))
    session.player.press({"do": "step", "months": 1})
    context.render(Screen(session, turn + 1))
    assert "Who gained" not in [sheet.sheet["title"] for sheet in context.find(SheetWidget).widgets], "time goes on"


@pytest.fixture
def workshops(monkeypatch):
    """The workshops of this process, kept nowhere."""
    found = Registry(load_scenario("harbour"), "harbour")
    monkeypatch.setattr(process, "_REGISTRY", [found])
    yield found
    for opened in list(found.open_ones.values()):
        opened.close()


def test_a_workshop_from_its_card_to_its_faces(workshop, workshops, show):
    host, guest = Session(workshop, "host"), Session(workshop, "guest")
    host.go("rooms")
    context = show(Screen(host, 0))
    assert context.find(FaceWidget).widgets == []
    host.visit.open("crowds", 30, "harbour")
    assert set(host.visit.errors) == {"people"}
    assert host.visit.errors["people"].startswith("crowds is not allowed")
    host.visit.open("8", 30, "harbour")
    context.render(Screen(host, 1))
    face = one(context, FaceWidget)
    assert (face.face, face.code) == ("console", host.visit.code)
    assert workshops.find(host.visit.code).identities.is_link(face.secret)
    guest.go("rooms")
    guest.visit.join("ZZZZZZ")
    assert set(guest.visit.errors) == {"code"}
    guest.visit.join(f" {host.visit.code.lower()} ")
    face = one(show(Screen(guest, 0)), FaceWidget)
    assert (face.face, face.secret) == ("phone", "")
    back = Session(workshop, "guest")
    assert back.screen == "rooms", "a reload comes back to the workshop"
    assert back.visit.code == host.visit.code
    guest.visit.leave()
    assert guest.visit.code == ""
    assert host.visit.code in workshops.open_ones


def test_the_help_of_the_view_is_the_glossary_of_the_handbook(session, show):
    from ecopark.experiments.docs.reference import glossary_page

    words = one(show(Header(session, session.screen)), HeaderWidget).words
    page = glossary_page()
    assert len(words) == page.count("### ")
    assert all(f"### {word['term']}\n\n{word['meaning']}\n" in page for word in words)


def test_a_term_stands_in_the_language_of_the_tab_with_the_english_one():
    from ecopark.experiments.workshop.languages.glossary import words

    assert "Nebenprodukt (by-product)" in {one["term"] for one in words("de")}
    assert "by-product" in {one["term"] for one in words()}
    assert len(words("da")) == len(words())


def test_the_header_changes_the_screen(session, show):
    context = show(Header(session, session.screen))
    one(context, HeaderWidget).vue_go("live")
    assert session.screen == "live"
    one(context, HeaderWidget).vue_go("nowhere")
    assert session.screen == "live"


def test_a_part_that_fails_says_so_and_can_be_shown_again(session, show, monkeypatch):
    monkeypatch.setattr("ecopark.experiments.workshop.components.live.Table", None)
    session.go("live")
    context = show(Safe(session, 0))
    assert any("failed" in str(text.children) for text in context.find(ipyvuetify.Html).widgets if text.children)


def test_a_failing_handler_leaves_a_message(session, monkeypatch):
    monkeypatch.setattr(session.player.game, "play", lambda: 1 / 0)
    session.player.press({"do": "play"})
    assert "ZeroDivisionError" in session.player.message


def test_a_message_can_be_closed(show):
    closed = []
    context = show(Message("something", lambda: closed.append(True)))
    context.find(ipyvuetify.Btn).widget.click()
    assert closed == [True]


def test_all_tables_can_be_downloaded(session):
    session.player.press({"do": "go", "year": 1970})
    assert zip_tables(session.player.game)[:2] == b"PK"
