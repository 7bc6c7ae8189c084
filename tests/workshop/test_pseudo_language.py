"""W15: a pseudo language, two fifths longer, on every face in every state: nothing overflows, no sentence stays English."""

from __future__ import annotations

import json
import re

import pytest

from ecopark.experiments.workshop.languages.catalogue import shown

from .test_faces import Table
from .test_keyboard import CUT

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
ACCENTS = str.maketrans("aeiouAEIOUcnsy", "áéîöüÁÉÎÖÜçñšý")
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Text that no bracket holds: numbers, names of companies and people, codes and addresses are no sentences.
BARE = r"""known => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, part = node.parentElement, text = node.textContent.trim();
    if (!part.offsetParent || part.closest("[data-until], .ecf-seconds, .ecf-bigcode, .ecf-link-text, .ecf-address, select#language, .ecf-languages")) continue;
    if (/ 20\d\d$/.test(text)) continue;  // a date
    if (!/[A-Za-z]{3}/.test(text) || /[\[\]]/.test(text)) continue;
    if (!known.some((name) => name && text.includes(name))) found.push(text);
  }
  return found;
}"""


def pseudo(sentence):
    """Return a sentence in brackets, with accents, two fifths longer; its places are kept."""
    parts = re.split(r"(\{\w+\})", sentence)
    body = "".join(part if part.startswith("{") else part.translate(ACCENTS) for part in parts)
    return f"[{body}{' ~~~' * round(len(sentence) / 10)}]"


@pytest.fixture
def table(registry, address, chromium):
    catalogue = json.dumps({sentence: pseudo(sentence) for sentence in shown()})
    opened = Table(registry, address, chromium, False, "de", 320)
    for page in (opened.phone, opened.projector, opened.console):
        page.context.route(
            "**/faces/languages/de.json", lambda route: route.fulfill(body=catalogue, content_type="application/json")
        )
        page.reload()
    opened.phone.wait_for_selector("text=[")
    yield opened
    opened.close()


def test_every_state_is_in_the_language_and_fits(table):
    phone, play = table.phone, table.workshop.play
    assert table.workshop.do("set", "facilitator", name="language", value="de")["ok"]
    phone.fill("#name", "Ada")
    phone.locator("form >> nth=0 >> button").click()
    phone.wait_for_function("() => document.querySelector('.ecf-who strong')?.innerText")
    known = [*play.parks[0].names, "Ada", table.workshop.code, "EUR", "English", "Deutsch", "Dansk", "http", "journal"]
    known += [identity.word for identity in table.workshop.identities.people.values()]
    trouble = {}

    def look(state):
        for width, page in ((320, phone), (360, phone), (768, phone), (1366, table.console), (1920, table.projector)):
            if page is phone:
                page.set_viewport_size({"width": width, "height": 640})
            bare, cut, wide = page.evaluate(BARE, known), page.evaluate(CUT), page.evaluate(WIDE)
            if bare or wide > 1 or (cut and page is phone):
                trouble[f"{state} {width}"] = (bare[:5], cut[:5], wide)

    for phase in ("lobby", "practice", "predict", "decide", "vote", "run", "reveal", "debrief", "ended"):
        table.go(phase)
        look(phase)
        if phase == "decide":
            tabs = phone.locator("nav button")
            for place in (1, 2, 3, 4):
                tabs.nth(place).click()
                look(f"decide tab {place}")
            tabs.nth(2).click()
            phone.locator(".ecf-propose").first.click()
            phone.wait_for_selector("#price")
            look("first offer")
            phone.locator(".ecf-bar .good").click()
            phone.wait_for_selector(".ecf-bar .good", state="detached")
            look("draft")
            phone.wait_for_selector(".ecf-bar .good", timeout=30_000)
            look("offer")
            tabs.nth(0).click()
        if phase == "debrief":
            for number in range(1, 11):
                assert table.workshop.do("set", "facilitator", name="slide", value=number)["ok"]
                table.projector.wait_for_function(
                    f"() => document.querySelector('h1').innerText.startsWith('{number} ·')"
                )
                look(f"slide {number}")
    assert trouble == {}, json.dumps(trouble, indent=1, ensure_ascii=False)
    assert table.trouble == []
