"""Rooms end to end in real Chromium: browsers that bargain, lose their connection, lose their server."""

import time

import pytest

from tests.workshop.browsing import bargain, go_to, join_room, month_of, open_room
from tests.workshop.conftest import Visitor, free_port, serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_two_browsers_bargain_in_one_room_and_a_reload_keeps_the_seat(visit):
    host, guest = visit(), visit(width=390, height=844)
    lead, code = open_room(host, "Ann")
    other = join_room(guest, code, "Bob")
    assert other.locator("button[aria-label='play']").count() == 0
    go_to(lead, 1964)
    other.wait_for_function("() => document.querySelector('[data-now]').innerText === 'Jan 1964'")
    other.click("[data-company='Refinery']")
    other.get_by_role("button", name="take the seat").click()
    lead.wait_for_selector("text=Bob: Refinery")
    lead.locator("select[aria-label='months per second']").select_option("24")
    lead.click("button[aria-label='play']")
    other.wait_for_selector(".eco-talk.turn")
    bargain(other, lambda: lead.locator("[data-map=map] [data-link^='exchange']").count(), seconds=180)
    lead.wait_for_selector("[data-map=map] [data-link^='exchange']", state="attached")
    other.wait_for_selector("[data-map=map] [data-link^='exchange']", state="attached")
    lead.click("[data-company='Refinery']")
    lead.wait_for_selector("text=private to this company")
    other.reload()
    other.wait_for_selector(".eco-seat >> text=Refinery")
    lead.get_by_role("button", name="end the round").click()
    other.wait_for_selector("text=What the agents would have done")
    assert host.trouble + guest.trouble == []


def test_a_lost_connection_comes_back_to_the_present(visit):
    host, guest = visit(), visit()
    lead, code = open_room(host, "Ann")
    other = join_room(guest, code, "Bob")
    guest.context.set_offline(True)
    go_to(lead, 1970)
    guest.context.set_offline(False)
    other.reload()
    other.wait_for_function("() => document.querySelector('[data-now]')?.innerText === 'Jan 1970'")


def test_a_page_whose_server_is_started_again_comes_back_to_its_seat(chromium, tmp_path):
    port = free_port()
    with serving(port, tmp_path) as address:
        visitor = Visitor(chromium, address)
        page, code = open_room(visitor, "Ann")
        go_to(page, 1964)
        page.click("[data-company='Refinery']")
        page.get_by_role("button", name="take the seat").click()
        page.wait_for_selector(".eco-seat >> text=Refinery")
        page.evaluate("window.before = true")
        saved = tmp_path / "saves" / f"room-{code}.json"
        limit = time.monotonic() + 30
        while '"Refinery"' not in saved.read_text() and time.monotonic() < limit:
            page.wait_for_timeout(200)
    with serving(port, tmp_path):
        page.wait_for_function("() => !window.before")
        page.wait_for_selector(".eco-seat >> text=Refinery")
        assert month_of(page) == "Jan 1964"
        visitor.context.close()
