"""A facilitator sees the own workshops, closes one and keeps it, deletes one, and opens one more by the same plan."""

import asyncio

import pytest

from ecopark.abm.input.loading import load_scenario
from ecopark.experiments.workshop.stores.play.registry import Registry
from tests.workshop.faces_server import Client, cookie_of, people, run_aside, serving


@pytest.fixture
def registry(tmp_path):
    found = Registry(load_scenario("harbour"), "harbour", tmp_path)
    yield found
    for workshop in list(found.open_ones.values()):
        workshop.close()


async def console_of(address, workshop, key, cookie=""):
    cookie = cookie or await asyncio.to_thread(cookie_of, address, workshop.code)
    console = await Client(address, workshop.code, "console", cookie).connect()
    assert (await console.act("unlock", key=key))["ok"]
    return console


def test_rooms_are_listed_copied_closed_and_deleted_by_who_leads_them(registry):
    async def play(address):
        first, key = registry.open(12, 30, 1, rounds=2)
        other, other_key = registry.open(12, 30, 2)
        console = await console_of(address, first, key)
        stranger = await console_of(address, other, other_key)
        (phone,) = await people(address, first.code, 1)
        assert [row["code"] for row in (await console.act("rooms"))["rooms"]] == [first.code], "nobody else's"
        for act in ("rooms", "close_room", "delete_room", "copy_room"):
            assert not (await phone.act(act))["ok"]
        for act in ("close_room", "delete_room"):
            assert not (await stranger.act(act, code=first.code))["ok"]
        copied = await console.act("copy_room")
        twin = registry.open_ones[copied["code"]]
        assert twin.play.plan == first.play.plan
        assert twin.play.seed != first.play.seed
        second = await console_of(address, twin, copied["key"], console.cookie)
        assert {row["code"] for row in (await second.act("rooms"))["rooms"]} == {first.code, twin.code}
        assert (await second.act("delete_room", code=twin.code))["ok"]
        assert not list(registry.folder.glob(f"{twin.code}*"))
        assert (await console.act("close_room"))["ok"]
        assert first.code not in registry.open_ones
        assert (registry.folder / f"{first.code}.journal").exists(), "closed, and kept"
        assert registry.open_ones[other.code] is other
        for client in (console, stranger, phone, second):
            await client.close()

    with serving(registry) as address:
        run_aside(play(address))
