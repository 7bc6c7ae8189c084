"""Whatever a device sends, every act answers in words, a refused one changes no park, every face can be drawn, and all comes back."""

import inspect
import json
import logging

import pytest

from ecopark.experiments.workshop.stores.play.acts import ACTS, FACILITATOR, PERSON
from ecopark.experiments.workshop.stores.play.digest import digest_of
from ecopark.experiments.workshop.stores.play.people import FACILITATOR as LEADER
from ecopark.experiments.workshop.stores.play.registry import Registry
from ecopark.experiments.workshop.stores.play.scores import Scores
from ecopark.experiments.workshop.stores.play.workshop import plain
from ecopark.experiments.workshop.view_models.faces.console import console_view
from ecopark.experiments.workshop.view_models.faces.phone import phone_view
from ecopark.experiments.workshop.view_models.faces.public import public_view
from ecopark.experiments.workshop.view_models.faces.whitelist import check

from .room import Room

ODD = (
    None, True, False, 0, -1, 2**63, 10**400, 1e308, -0.0, "", "x", "1,5", "x" * 5000, "\x00", "__proto__", [], [1], [[]], {}, {"a": 1},
    {"landfill_tax": 1e300}, {"constructor": 1},
)  # fmt: skip
MOVING = ("next", "leave", "extra_round")  # what ends the room under test


def terms_of(kind, **changes):
    given = {
        one.name: "x" if one.default is inspect.Parameter.empty else one.default
        for one in list(inspect.signature(kind.do).parameters.values())[3:]
    }
    return {**given, **changes}


def odd_terms(kind):
    """Yield the terms of an act with every odd value in every place, one place lacking, one too many."""
    whole = terms_of(kind)
    for name in whole:
        yield from ({**whole, name: odd} for odd in ODD)
        yield {one: value for one, value in whole.items() if one != name}
    yield {**whole, "now": 1}
    yield {**whole, "unknown": 1}


def try_all(room):
    """Try every act of people and of the facilitator with odd terms; what was refused has changed nothing."""
    for name, kind in ACTS.items():
        if kind.by not in (PERSON, FACILITATOR) or name in MOVING:
            continue
        who = room.codes[0] if kind.by == PERSON else LEADER
        before, accepted = digest_of(room.play.parks), False
        for terms in odd_terms(kind):
            ack = room.workshop.do(name, who, **terms)
            assert not ack.get("failed"), (name, terms, ack)
            assert ack["ok"] or all(isinstance(sentence, str) for sentence, _ in ack["why"]), (name, terms)
            accepted = accepted or ack["ok"]
        assert accepted or digest_of(room.play.parks) == before, name


def draw_all(room, scores):
    """Draw every face; each is what its device may receive, and travels as JSON."""
    play, workshop = room.play, room.workshop
    views = [
        ("projector", public_view(play, workshop.presence, scores, workshop.now())),
        ("console", console_view(workshop, scores)),
    ]
    views += [
        ("phone", phone_view(play, one, workshop.identities.people.get(one.code), scores))
        for one in play.people.values()
        if not one.gone
    ]
    for face, view in views:
        check(face, view)
        json.dumps(plain(view), allow_nan=False)


@pytest.fixture
def quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_no_act_fails_whatever_it_is_given(tmp_path, quiet):
    room = Room(tmp_path, people=8, rounds=2, shock=1, policy=1)
    scores = Scores(room.play, seeds=1)
    seen = set()
    while room.play.pace.phase != "ended":
        if room.play.pace.phase not in seen:
            seen.add(room.play.pace.phase)
            try_all(room)
            draw_all(room, scores)
        room.lead("resume")
        assert room.lead("next")["ok"]
    assert {"lobby", "decide", "vote", "run", "reveal", "debrief"} <= seen
    again = Registry(room.registry.scenario, "harbour", tmp_path, clock=lambda: room.ms)
    again.restore_all()
    assert again.damaged == []
    assert digest_of(again.open_ones[room.workshop.code].play.parks) == digest_of(room.play.parks)
