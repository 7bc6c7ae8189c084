"""A workshop of the application end to end in real Chromium: opened, joined, and found again when the server was away."""

import pytest

from tests.workshop.conftest import Visitor, free_port, serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def open_workshop(visitor):
    """Open a workshop by its card; return the page of its console and its code."""
    page = visitor.open()
    visitor.tab("rooms", "text=Open a room")
    page.get_by_label("people expected").fill("8")
    page.wait_for_timeout(300)
    page.get_by_role("button", name="open a room").click()
    page.wait_for_selector(".ecf-console")
    return page, page.inner_text("[data-room-code]").strip()


def join_workshop(visitor, code, name):
    """Join a workshop by its card; return the page and the company."""
    page = visitor.open()
    visitor.tab("rooms", "text=Join a workshop")
    page.get_by_label("code of the workshop").fill(code.lower())
    page.wait_for_timeout(300)
    page.get_by_role("button", name="join the workshop").click()
    page.wait_for_selector("text=Come in")
    page.fill("#name", name)
    page.click("text=Come in")
    page.wait_for_selector("text=Your card")
    return page, page.locator(".ecf-who strong").inner_text()


def test_a_workshop_and_its_seats_outlast_the_server(chromium, tmp_path):
    """Console and phone in the application, a second phone on the plain page; the server is ended and started again."""
    port = free_port()
    with serving(port, tmp_path) as address:
        host, guest, other = (Visitor(chromium, address) for _ in range(3))
        console, code = open_workshop(host)
        phone, company = join_workshop(guest, code, "Bob")
        console.wait_for_selector("text=Bob")
        plain = other.page
        plain.goto(f"{address}/w/{code}")
        plain.fill("#name", "Cem")
        plain.click("text=Come in")
        plain.wait_for_selector("text=Your card")
        console.get_by_role("button", name="Start").click()
        plain.wait_for_selector("text=practice", state="attached")
        assert host.trouble + guest.trouble + other.trouble == []
        phone.evaluate("window.before = true")
    with serving(port, tmp_path):
        phone.wait_for_function("() => !window.before")
        phone.wait_for_selector(".ecf-who strong")
        assert phone.locator(".ecf-who strong").inner_text() == company
        console.wait_for_selector("text=Bob")
        plain.wait_for_function("() => document.querySelector('.ecf-who strong')")
        for visitor in (host, guest, other):
            visitor.context.close()
