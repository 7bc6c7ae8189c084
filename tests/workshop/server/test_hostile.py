"""What a hostile or a broken device sends: it is let go or answered in words; nobody else notices, and the server says no traceback."""

import asyncio
import json
import logging
import urllib.error
import urllib.request

import pytest

from tests.workshop.faces_server import Client, cookie_of, people, run_aside


@pytest.fixture
def workshop(opened):
    return opened[0]


@pytest.fixture(autouse=True)
def no_traceback(caplog):
    yield
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


BROKEN = [
    b"\x00\xff\x00", "", "null", "[]", "{", '"text"', "1e999", "NaN", '{"t":"act"}', '{"t":"seen","public":NaN}', "[" * 15_000,
    '{"a":' * 5_000, "x" * 30_000, '{"t":"act","id":' + "9" * 6000 + "}", "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
]  # fmt: skip


def test_broken_messages_harm_nobody_else(address, workshop):
    async def play():
        (well,) = await people(address, workshop.code, 1)
        for message in BROKEN:
            (ill,) = await people(address, workshop.code, 1)
            await ill.socket.send(message)
            await asyncio.wait([ill.reader], timeout=0.3)  # let go, or not
            await ill.close()
            assert workshop.identities.who_has(ill.cookie.split("=")[1]), "the seat is kept"
            workshop.do("leave", ill.who)
        assert (await well.act("looked"))["ok"]
        await well.close()

    run_aside(play())


def test_fields_of_every_kind_are_answered_in_words(address, workshop):
    async def play():
        (one,) = await people(address, workshop.code, 1)
        for message in (
            {"t": "act", "id": {"a": 1}, "act": "looked"}, {"t": "act", "id": None, "act": "looked", "terms": None},
            {"t": "act", "act": {"x": 1}}, {"t": "act", "act": "looked", "terms": [1]}, {"t": "act", "act": "constructor"},
            {"t": "act", "act": "looked", "terms": {"who": "other"}}, {"t": "act", "act": "looked", "terms": {"1 2": 3}},
            {"t": "act", "act": "join", "terms": {"name": {"a": 1}, "consent": "maybe", "language": 7}}, {"t": "seen", "public": "x", "mine": [], "epoch": 3},
            {"t": "seen", "public": 10**300, "mine": -5}, {"t": {"a": 1}}, {"t": "beat", "now": "late"}, {},
        ):  # fmt: skip
            await one.socket.send(json.dumps(message))
        for act in [
            "month",
            "phase",
            "floor",
            "away",
            "close_call",
            "deliver",
            "missed",
            "par",
            "ballot",
            "agent",
            "next",
            "set",
        ]:
            ack = await one.act(act)
            assert not ack["ok"], act
            assert "failed" not in ack
        assert workshop.play.pace.phase == "lobby"
        assert (await one.act("looked"))["ok"]
        await one.close()

    run_aside(play())


def test_two_tabs_of_one_device_are_one_person_and_an_act_counts_once(address, workshop):
    async def play():
        (one,) = await people(address, workshop.code, 1)
        twin = await Client(address, workshop.code, cookie=one.cookie).connect()
        assert twin.who == one.who
        workshop.do("next", "facilitator")
        await twin.until(lambda: twin.public["phase"] == "practice")
        await asyncio.gather(*(tab.act("practise", id="both", decision="counter", price=1.0) for tab in (one, twin)))
        assert workshop.play.practice[one.who]["meeting"] == 1
        await one.cut()
        assert (await twin.act("looked"))["ok"], "the other tab goes on"
        await asyncio.sleep(0.1)
        assert workshop.presence.light(one.who, workshop.now()) == "here"
        await twin.close()

    run_aside(play())


def test_a_seat_that_is_taken_over_is_on_both_devices_and_on_no_third(address, workshop):
    async def play():
        one, two, three = await people(address, workshop.code, 3)
        word, left = workshop.identities.people[one.who].word, two.who
        assert (await two.act("return", word=word))["who"] == one.who
        await two.until(lambda: two.mine["who"]["word"] == word)
        heard = len(three.heard)
        for device in (one, two):
            assert (await device.act("rename", name=f"Anna {id(device) % 97}"))["ok"]
        await one.until(lambda: one.mine["who"]["name"] == two.mine["who"]["name"])
        assert word not in "".join(three.heard[heard:])
        assert left in workshop.play.people, "the seat that was left stays in play"
        for device in (one, two, three):
            await device.close()

    run_aside(play())


def test_a_reload_in_the_middle_of_an_act_sends_it_once(address, workshop):
    """The page goes while the acknowledgement is on its way; the next page sends what lies in its storage again."""

    async def play():
        (one,) = await people(address, workshop.code, 1)
        for _ in range(3):
            workshop.do("next", "facilitator")
        await one.until(lambda: one.public["phase"] == "decide")
        await one.until(lambda: one.mine["market"]["openings"])
        opening = one.mine["market"]["openings"][0]["opportunity"]
        sent = {"t": "act", "id": "reload", "act": "open", "terms": {"opportunity": opening}}
        await one.socket.send(json.dumps(sent))
        await one.cut()
        await one.connect()
        ack = await one.act("open", id="reload", opportunity=opening)
        assert ack["ok"], ack
        await one.until(lambda: one.mine["items"])
        assert sum(item.get("talk") == ack["talk"] for item in one.mine["items"]) == 1
        await one.close()

    run_aside(play())


@pytest.mark.parametrize(
    "path",
    [
        "/w/%00/park.json",
        "/w/" + "A" * 3000,
        "/w/..%2f..%2fetc/park.json",
        "/w/ABCDEF/%2e%2e/console",
        "/w/ABCDEF/wait?public=" + "9" * 400,
    ],
)
def test_odd_addresses_are_answered_without_a_traceback(address, path):
    request = urllib.request.Request(f"http://{address}{path}")
    assert status_of(request) in (200, 400, 404)


def status_of(request):
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_odd_posts_are_refused(address, workshop):
    cookie = cookie_of(address, workshop.code)
    for body in (b"", b"\xff\xfe", b"[]", b"{", b"[" * 15_000, b'{"t":"act","act":"join","terms":{"name":1e999}}'):
        request = urllib.request.Request(
            f"http://{address}/w/{workshop.code}/act?face=phone", data=body, headers={"Cookie": cookie}
        )
        assert status_of(request) == 400, body[:20]
