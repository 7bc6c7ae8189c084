"""The line between the devices and a workshop: cuts, repeats, secrets, keys, and what it costs."""

import asyncio
import gzip
import json
import re
import resource
import time
import urllib.error
import urllib.request

import pytest
import websockets

from ecopark.abm.interventions.seats import find_talk
from tests.workshop.faces_server import Client, cookie_of, get, people, run_aside


async def console_of(address, workshop, key):
    cookie = await asyncio.to_thread(cookie_of, address, workshop.code)
    console = await Client(address, workshop.code, "console", cookie).connect()
    assert (await console.act("unlock", key=key))["ok"]
    await console.until(lambda: "seats" in console.mine)
    return console


def test_somebody_has_a_seat_a_card_and_a_goal_at_once(address, opened):
    async def play():
        (one,) = await people(address, opened[0].code, 1)
        assert one.mine["who"]["role"] == "company"
        assert one.mine["briefing"]["secret"]
        assert "gain" in one.mine["goal"]
        assert one.public["phase"] == "lobby"
        await one.close()

    run_aside(play())


def test_a_cut_costs_nothing_and_nothing_is_done_twice(address, opened):
    """W5: what was sent before a cut and is sent again counts once; what was missed comes, and not more."""
    workshop, key = opened

    async def play():
        console = await console_of(address, workshop, key)
        one, two = await people(address, workshop.code, 2)
        await console.act("next")
        await one.until(lambda: one.public["phase"] == "practice")
        await one.act("practise", id="same", decision="counter", price=1.0)
        meeting = workshop.play.practice[one.who]["meeting"]
        await one.cut()
        await console.act("next")
        await two.until(lambda: two.public["phase"] == "predict")
        began = time.monotonic()
        heard = len(one.heard)
        await one.connect()
        await one.act("practise", id="same", decision="counter", price=1.0)
        assert time.monotonic() - began < 2.0
        assert workshop.play.practice[one.who]["meeting"] == meeting
        assert one.public == two.public
        missed = json.loads(next(text for text in one.heard[heard:] if '"t":"frame"' in text))
        assert "code" not in missed["set"], "only what had changed"
        for client in (console, one, two):
            await client.close()

    run_aside(play())


def test_a_server_that_began_anew_sends_everything(address, opened):
    workshop, _ = opened

    async def play():
        (one,) = await people(address, workshop.code, 1)
        await one.cut()
        one.seen["epoch"] = "other"
        one.public.clear()
        await one.connect()
        assert one.public["code"] == workshop.code
        await one.close()

    run_aside(play())


def make_unique(workshop, who, number):
    """Change what a person signs for at least in a talk, and return it: two sides that are equally unwilling require the same."""
    with workshop.lock:
        play = workshop.play
        park = play.parks[play.people[who].park]
        talk = find_talk(park, number)
        name = "reserve_seller" if park.names[int(talk.seller)] == play.people[who].company else "reserve_buyer"
        setattr(talk, name, float(getattr(talk, name)) + 1.2345)
        play.touch(who)
        return float(getattr(talk, name))


def test_no_private_number_of_another_seat_in_any_message(address, opened):
    """W11: every frame passes the whitelist; a phone hears no offer, gain or name of a key that is not its own."""
    workshop, key = opened

    async def play():
        console = await console_of(address, workshop, key)
        projector = await Client(address, workshop.code, "projector").connect()
        clients = await people(address, workshop.code, 6)
        for _ in range(3):
            await console.act("next")
        while not any(client.mine.get("market", {}).get("openings") for client in clients):
            await asyncio.sleep(0.05)  # the own frames follow the phase
        first = next(client for client in clients if client.mine.get("market", {}).get("openings"))
        await first.until(lambda: first.public["phase"] == "decide")
        names = {client.mine["who"]["company"]: client for client in clients}
        opening = next(one for one in first.mine["market"]["openings"])
        talk = (await first.act("open", opportunity=opening["opportunity"]))["talk"]
        secret = make_unique(workshop, first.who, talk)
        await first.until(lambda: any(item.get("least") == secret for item in first.mine["items"]))
        item = next(item for item in first.mine["items"] if item.get("talk") == talk)
        offer = item["suggested"]
        ack = await first.act(
            "answer", talk=talk, decision="counter", price=offer["price"], share=offer["share"], term=offer["term"]
        )
        assert ack["ok"], ack
        await asyncio.sleep(6.0)
        gain, least = f"{offer['gain']:.6f}"[:9], f"{item['least']:.6f}"[:9]
        assert gain in "".join(first.heard)
        assert least in "".join(first.heard), "else it could not be found with others either"
        for client in [projector, *clients]:
            text = "".join(client.heard)
            if client is not first:
                assert gain not in text
                assert least not in text
                assert workshop.identities.people[first.who].word not in text
            if client is not names.get(opening["partner"]) and client is not first:
                assert f'"talk":{talk},' not in text
        assert not re.search(r'"(price|gain|least|word|pin|key|trust|notes|secret)"', "".join(projector.heard))
        for client in [console, projector, *clients]:
            await client.close()

    run_aside(play())


def test_keys_pins_and_words_of_others_open_nothing(address, opened):
    workshop, key = opened

    async def play():
        cookie = await asyncio.to_thread(cookie_of, address, workshop.code)
        stranger = await Client(address, workshop.code, "console", cookie).connect()
        assert not (await stranger.act("unlock", key="A" * 22))["ok"]
        assert not (await stranger.act("next"))["ok"]
        for _ in range(12):
            assert not (await stranger.act("unlock", pin="00000000"))["ok"]
        from ecopark.experiments.workshop.server.workshops import hub_of

        assert not (await stranger.act("unlock", pin=hub_of(workshop.code).pin.digits))["ok"], "the PIN is locked now"
        assert "seats" not in stranger.mine
        assert (await stranger.act("unlock", key=key))["ok"], "the link is no PIN"
        one, two = await people(address, workshop.code, 2)
        assert not (await two.act("practise", decision="accept", who=one.who))["ok"]
        assert not (await two.act("return", word="LIME 00"))["ok"]
        word = workshop.identities.people[one.who].word
        ack = await two.act("return", word=f"  {word.lower()} ")
        assert ack["who"] == one.who
        await two.until(lambda: two.mine["who"]["word"] == word)
        for client in (stranger, one, two):
            await client.close()

    run_aside(play())


def test_pages_of_other_places_are_refused(address, opened):
    workshop, _ = opened

    async def play():
        client = Client(address, workshop.code)
        with pytest.raises(websockets.InvalidStatus) as refused:
            await client.connect(Origin="http://evil.example")
        assert refused.value.response.status_code == 403

    run_aside(play())
    request = urllib.request.Request(
        f"http://{address}/w/{workshop.code}/act", data=b"{}", headers={"Origin": "http://evil.example"}
    )
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(request, timeout=10)
    with error.value as refusal:
        assert refusal.code == 403
    with get(address, f"/w/{workshop.code}") as answer:
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "unsafe" not in answer.headers["content-security-policy"]
    for path in ("/faces/../server/doors.py", "/faces/%2e%2e/server/doors.py", "/faces/nothing.js"):
        with pytest.raises(urllib.error.HTTPError) as error:
            get(address, path)
        with error.value as refusal:
            assert refusal.code == 404


def test_names_are_text_and_nobody_has_the_name_of_another(address, opened):
    workshop, _ = opened

    async def play():
        clients = await people(address, workshop.code, 2)
        for client in clients:
            assert (await client.act("rename", name="<script>alert(1)</script>\x00\n" + "x" * 50))["ok"]
        names = [workshop.identities.people[client.who].name for client in clients]
        assert len(set(names)) == 2
        assert all(len(name) <= 24 and "\n" not in name and "\x00" not in name for name in names)
        for client in clients:
            await client.close()

    run_aside(play())


def test_without_sockets_the_page_waits_and_posts(address, opened):
    workshop, _ = opened
    cookie = cookie_of(address, workshop.code)
    with get(address, f"/w/{workshop.code}/wait?face=phone", cookie) as answer:
        frames = json.load(answer)
    assert frames[0]["set"]["code"] == workshop.code
    message = {"t": "act", "id": "1", "act": "join", "terms": {"name": "Post"}}
    request = urllib.request.Request(
        f"http://{address}/w/{workshop.code}/act?face=phone",
        data=json.dumps(message).encode(),
        headers={"Cookie": cookie},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert json.load(answer)["ok"]
    assert workshop.identities.who_has(cookie.split("=")[1])


def test_the_page_of_a_phone_is_light(address, opened):
    """W4: everything a phone loads, compressed."""
    workshop, _ = opened
    with get(address, "/faces/phone.js") as answer:
        modules = set(re.findall(r'from "\./(\w+\.js)"', gzip.decompress(answer.read()).decode()))
    assert len(modules) > 6
    modules |= {"start.js", "phone.js", "face.css"}
    pages = [f"/w/{workshop.code}", f"/w/{workshop.code}/park.json", *(f"/faces/{name}" for name in modules)]
    total = 0
    for page in pages:
        with get(address, page) as answer:
            total += len(answer.read())
    assert total < 60_000


@pytest.mark.heavy
def test_sixty_phones_cost_little_and_hear_at_once(address, registry):
    """W2, W3: CPU of the server a month for 61 faces and a console, and the time from an act to its acknowledgement."""
    workshop, key = registry.open(60, 30, 3, practice=3000, predict=3000, decide=3000, run=20, reveal=3000)

    async def play():
        console = await console_of(address, workshop, key)
        projector = await Client(address, workshop.code, "projector").connect()
        began = time.monotonic()
        clients = await people(address, workshop.code, 60)
        joined = time.monotonic() - began
        await console.act("next")
        await console.act("next")
        await asyncio.gather(*(client.act("predict", values={"running": 5}) for client in clients))
        await console.act("next")
        await asyncio.sleep(1.0)
        sent = []
        for client in clients[:30]:
            client.acks.clear()
            await client.act("looked")
            sent.append(client.acks[0])
        before = resource.getrusage(resource.RUSAGE_SELF)
        await console.act("next")
        await console.until(lambda: console.public["phase"] == "reveal", 60)
        after = resource.getrusage(resource.RUSAGE_SELF)
        cost = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / 24
        for client in [console, projector, *clients]:
            await client.close()
        return joined, sorted(sent)[int(0.95 * len(sent))], cost

    joined, acknowledged, cost = run_aside(play())
    print(
        f"join of 60: {joined:.1f} s; p95 acknowledged {1000 * acknowledged:.0f} ms; a month {1000 * cost:.0f} ms CPU (clients included)"
    )
    assert joined < 10.0
    assert acknowledged < 0.150
    assert cost < 0.100, "server and 62 clients in one process"
