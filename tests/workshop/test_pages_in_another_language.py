"""Every page of the application in a pseudo language: what is shown without its brackets was never translated."""

import json
import re
import time

import pytest
from ipyvuetify import Icon
from ipywidgets import Widget

from ecopark.abm.input.loading import scenario_names
from ecopark.experiments.workshop.components.header import Header
from ecopark.experiments.workshop.components.screens import Screen
from ecopark.experiments.workshop.languages import catalogue, tab, translate
from ecopark.experiments.workshop.languages.glossary import glossary
from ecopark.experiments.workshop.stores.session import Session

pytest.importorskip("babel")
NAMES = {*scenario_names(), "EUR", "Mio", "zero", "soon", "harbour"}
TRAITS = {  # of widgets, that people read
    "children", "label", "placeholder", "hint", "date", "words", "texts", "tabs", "sheet", "card", "seen", "lines", "groups", "sectors",
    "talks", "error", "errors", "empty", "frame", "declared", "option", "nothing", "also", "copied", "copy", "closing", "failure", "items",
    "holding", "attributes", "doors", "title", "known", "own",
}  # fmt: skip
KEYS = {  # within them
    "label", "title", "subtitle", "facts", "note", "tables", "head", "rows", "cells", "meaning", "unit", "options", "levers", "text", "when",
    "links", "headline", "material", "quantity", "capital", "per", "signs", "carried", "advice", "theirs", "mine", "gain", "series", "name",
    "legend", "data", "xAxis", "yAxis", "aria-label", "empty",
}  # fmt: skip
KEPT = {f"{kind}Widget.name" for kind in ("Header", "Levers", "ParkMap", "Tabs", "Doors")} | {
    "LeversWidget.title"
}  # keys, not words
WITHIN = {"words", "texts", "errors"}  # every key of these


@pytest.fixture
def pseudo(monkeypatch):
    """Speak a language in which every sentence stands in brackets, longer by two fifths."""
    known = {sentence: f"⟦{sentence}{'~' * (2 * len(sentence) // 5)}⟧" for sentence in catalogue.sentences()}
    monkeypatch.setattr(translate, "known_in", lambda language: known)
    monkeypatch.setattr(tab, "language_of", lambda accepted: "qps")


@pytest.fixture
def session(workshop, request):
    session = Session(workshop, request.node.name)
    session.explorer.load({"policy.carbon_price": 80, "close.Asnaes": 1990, "price.energy": 2})
    limit = time.monotonic() + 30
    while (session.explorer.seen.ensemble is None or not session.explorer.seen.shown) and time.monotonic() < limit:
        time.sleep(0.02)
    return session


def strings(value, place):
    """Yield (place, text) of all texts that people read."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key in KEYS or place in WITHIN:
                yield from strings(part, key)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part, place)


def parts(widget):
    """Yield a widget and all that stands in it."""
    yield widget
    slots = [slot.get("children") for slot in getattr(widget, "v_slots", [])]
    for part in [*getattr(widget, "children", []), *slots]:
        for one in part if isinstance(part, list | tuple) else [part]:
            if isinstance(one, Widget):
                yield from parts(one)


def shown(page):
    """Yield (place, text) of all that the widgets of a page show; series of a chart that are named with _ only hold a band."""
    for widget in parts(page):
        if isinstance(widget, Icon):
            continue
        for place in sorted(TRAITS & set(widget.trait_names())):
            value = getattr(widget, place)
            if place in ("declared", "option"):
                value = json.loads(value)
            yield from ((f"{type(widget).__name__}.{where}", text) for where, text in strings(value, place))


def untranslated(page, names, least=5):
    """Return what is shown without the brackets of the pseudo language, but for names and numbers."""
    found, count = set(), 0
    for place, text in shown(page):
        count += "⟦" in text
        bare = text
        while bare != (bare := re.sub(r"⟦[^⟦⟧]*⟧", "", bare)):
            pass
        for name in sorted(names, key=len, reverse=True):
            bare = bare.replace(name, "")
        if re.search(r"[A-Za-z]{3}", bare) and not text.startswith(("mdi-", "_")) and place not in KEPT:
            found.add((place, text))
    assert count >= least, "a page that shows nothing hides nothing"
    return found


@pytest.fixture
def show(drawn):
    return lambda element: drawn(element)[0]


def test_explore_says_everything_in_the_language_of_the_tab(session, show, pseudo):
    session.go("explore")
    session.explorer.change("trust.start", "7")
    session.explorer.keep("mine")
    names = {*NAMES, *session.player.game.park.names, "mine"}
    assert untranslated(show(Screen(session, 0)), names, least=40) == set()


@pytest.mark.parametrize("panel", ["details", "seat", "levers", "talks", "log"])
def test_live_says_everything_in_the_language_of_the_tab(session, show, pseudo, panel):
    session.go("live")
    player = session.player
    player.press({"do": "go", "year": 1968})
    player.sit("Refinery")
    while not player.game.pending():
        player.press({"do": "step", "months": 1})
    player.press({"do": "fork"})
    player.press({"do": "go", "year": 1990})
    player.pick("company Novo Nordisk")
    player.strike("price", material="energy", factor="zero")
    player.press({"do": "go", "year": "soon"})
    player.look(panel=panel, everything=True)
    names = {*NAMES, *player.game.park.names}
    assert untranslated(show(Screen(session, 0)), names, least=40) == set()


def test_the_sheet_of_an_exchange_and_the_debrief_speak_the_language(session, show, pseudo):
    session.go("live")
    player = session.player
    player.press({"do": "go", "year": 1995})
    player.pick("exchange 0")
    player.compare()
    names = {*NAMES, *player.game.park.names}
    show(Screen(session, 0))
    limit = time.monotonic() + 60
    while player.game.debriefing.value is None and time.monotonic() < limit:
        time.sleep(0.05)
    assert untranslated(show(Screen(session, 1)), names, least=40) == set()


def test_the_start_workshops_and_the_header_speak_the_language(session, show, pseudo):
    for screen in ("start", "rooms"):
        session.newcomer.enter("")
        session.go(screen)
        assert untranslated(show(Screen(session, 0)), {*NAMES, session.workshop.scenario.label}) == set()
    terms = {row["term"] for row in glossary()}  # of which each language has its own
    assert untranslated(show(Header(session, "start")), {*NAMES, *terms, session.workshop.scenario.label}) == set()
