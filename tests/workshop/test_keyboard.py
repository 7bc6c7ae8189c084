"""W13: a whole round by the keyboard alone, what a screen reader is told, less motion, 320 px and wide spacing."""

from __future__ import annotations

import re
import time

import pytest

from .test_faces import WIDE, Table

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
MOST_TABS = 120
FOCUS = """() => {
  const part = document.activeElement, style = getComputedStyle(part), box = part.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 24));
  return {
    name: (part.getAttribute("aria-label") || part.innerText || (part.labels && part.labels[0] && part.labels[0].innerText) || part.id || "").trim(),
    tag: part.tagName, ring: parseFloat(style.outlineWidth) >= 2.9 && style.outlineStyle !== "none",
    free: part === document.body || !top || part.contains(top) || top.contains(part), hidden: box.bottom < 0,
  };
}"""
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"
CUT = """() => [...document.querySelectorAll("button, .ecf-who strong, h1, h2, label, .ecf-goal")].filter((part) =>
  part.offsetParent && getComputedStyle(part).position !== "absolute" && part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline"
).map((part) => part.innerText)"""


@pytest.fixture
def table(registry, address, chromium):
    opened = Table(registry, address, chromium, dark=False)
    yield opened
    opened.close()


def tab_to(page, name, back=False):
    """Press Tab until something whose name begins so has the focus: it is ringed and nothing covers it."""
    seen = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        found = page.evaluate(FOCUS)
        seen.append(found["name"][:30])
        if re.match(name, found["name"]):
            assert found["ring"], found
            assert found["free"], f"covered: {found}"
            return found
    raise AssertionError(f"{name} is not reached by Tab: {seen}")


def test_a_whole_round_by_the_keyboard_alone(table):
    phone, keys = table.phone, table.phone.keyboard
    phone.wait_for_selector("text=Come in")
    tab_to(phone, "Your name")
    keys.type("Ada")
    tab_to(phone, "My moves may be used")
    keys.press("Space")
    tab_to(phone, "Come in")
    keys.press("Enter")
    phone.wait_for_selector("text=Your card")
    person = next(iter(table.workshop.play.people.values()))
    assert person.consent
    table.go("practice")
    tab_to(phone, "Walk away")
    keys.press("Enter")
    phone.wait_for_selector("text=Practice: no deal")
    table.go("predict")
    tab_to(phone, "How many exchanges")
    keys.type("3")
    tab_to(phone, "Yes")
    keys.press("Space")
    tab_to(phone, "Predict")
    keys.press("Enter")
    phone.wait_for_selector("text=Your prediction is in")
    assert table.workshop.play.predictions[1][person.code]["running"] == 3
    table.go("decide")
    tab_to(phone, "Market")
    keys.press("Enter")
    tab_to(phone, "Propose a talk", back=True)
    keys.press("Enter")
    phone.wait_for_selector("#price")
    tab_to(phone, "Your price")
    before = phone.locator("#price").input_value()
    tab_to(phone, "more")
    keys.press("Enter")
    assert phone.locator("#price").input_value() != before
    tab_to(phone, "Send")
    keys.press("Enter")
    phone.wait_for_selector("text=Undo")
    phone.wait_for_selector(".ecf-bar >> text=/Accept|Answer/", timeout=30_000)
    tab_to(phone, "Walk away")
    keys.press("Enter")
    phone.wait_for_selector("text=End the talk")
    keys.press("Escape")
    phone.wait_for_selector("text=End the talk", state="detached")
    tab_to(phone, "Park")
    keys.press("Enter")
    phone.wait_for_selector("canvas")
    keys.press("t")
    phone.wait_for_selector("table")
    table.go("vote")
    table.workshop.do("next", "facilitator")
    tab_to(phone, "Now", back=True)
    keys.press("Enter")
    phone.wait_for_selector("text=A tie changes nothing.")
    tab_to(phone, "Landfill tax", back=True)
    keys.press("Space")
    tab_to(phone, "Vote$")
    keys.press("Enter")
    phone.wait_for_selector("text=Your vote is in.")
    assert table.workshop.play.votes[person.code] == [1]
    table.go("reveal")
    phone.wait_for_selector("text=How it came out")
    assert table.trouble == []


def test_tab_goes_round_and_is_caught_nowhere(table):
    table.join()
    table.go("decide")
    for page in (table.phone, table.console):
        names = []
        for _ in range(MOST_TABS):
            page.keyboard.press("Tab")
            found = page.evaluate(FOCUS)
            if found["tag"] == "BODY" or (names and found["name"] == names[0] and len(names) > 8):
                break
            names.append(found["name"])
        else:
            raise AssertionError(f"Tab does not leave the page: {names[-12:]}")
        assert len(names) > 5


def test_the_facilitator_leads_by_keys(table):
    table.console.wait_for_selector("text=Start")
    table.console.keyboard.press("Escape")
    tab_to(table.console, "Start")
    table.console.keyboard.press("Enter")
    table.console.wait_for_selector("h2 >> text=Practice")
    table.console.evaluate("() => document.activeElement.blur()")
    table.console.keyboard.press("Space")
    table.projector.wait_for_selector("h1 >> text=Pause")
    table.console.keyboard.press("Space")
    table.projector.wait_for_selector("h1 >> text=Practice")
    table.projector.keyboard.press("t")
    table.projector.wait_for_selector("table")
    table.projector.keyboard.press("t")
    table.projector.wait_for_selector("table", state="detached")
    assert table.trouble == []


def test_a_screen_reader_is_told_where_one_is_what_waits_and_what_came_of_an_act(table):
    """The tree of the page: one heading of the first level, landmarks, names of all that can be pressed, news as status."""
    table.join()
    phone = table.phone
    for phase, told in (
        ("lobby", "Tell nobody"),
        ("predict", "How many exchanges run"),
        ("decide", "Nothing waits for you"),
        ("reveal", "How it came out"),
    ):
        table.go(phase)
        tree = phone.locator("body").aria_snapshot()
        assert len(re.findall(r"heading .*\[level=1\]", tree)) == 1, tree
        for part in (
            "banner",
            "main",
            "contentinfo",
            'navigation "Pages"',
            *(("timer",) if phase != "lobby" else ()),
        ):
            assert part in tree, (phase, part)
        assert told in tree, (phase, tree)
        assert not re.search(r"^\s*- button$", tree, re.MULTILINE), f"a button without a name in {phase}"
    table.go("predict")
    phone.fill("#running", "2")
    phone.click(".ecf-bar >> text=Predict")
    phone.wait_for_function("() => document.querySelector('[role=status]').innerText.includes('Your prediction is in')")
    tree = table.projector.locator("body").aria_snapshot()
    assert "Map of the park" in tree
    assert re.search(r"heading .*Predict.* \[level=1\]", tree), tree


def test_who_wants_less_motion_sees_four_stills_of_a_run(registry, address, chromium):
    table = Table(registry, address, chromium, dark=False)
    table.projector.emulate_media(reduced_motion="reduce")
    table.go("run")
    titles = set()
    while table.workshop.play.pace.phase == "run":
        titles.add(table.projector.locator("h1").inner_text())
        time.sleep(0.05)
    dates = {title for title in titles if re.search(r"20\d\d", title)}
    assert 2 <= len(dates) <= 5, dates
    moving = "() => [...document.querySelectorAll('*')].some((part) => parseFloat(getComputedStyle(part).transitionDuration) > 0)"
    for page in (table.projector, table.phone, table.console):
        page.emulate_media(reduced_motion="reduce")
        assert not page.evaluate(moving)
    table.close()


@pytest.mark.parametrize("language", ["en", "de", "da"])
def test_with_wide_spacing_at_320_px_nothing_is_cut_off_or_scrolls_sideways(registry, address, chromium, language):
    table = Table(registry, address, chromium, False, language, 320)
    table.join()
    table.phone.evaluate(
        "text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); document.adoptedStyleSheets = [sheet]; }",
        SPACING,
    )
    for phase in ("lobby", "practice", "predict", "decide", "vote", "reveal", "debrief"):
        table.go(phase)
        assert table.phone.evaluate(WIDE), f"scrolls sideways in {phase}"
        assert table.phone.evaluate(CUT) == [], phase
    table.close()
