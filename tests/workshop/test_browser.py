"""End to end in real Chromium: one server, browsers in front of it."""

import re
import time

import pytest

from tests.workshop.conftest import Visitor, free_port, serving

Error = pytest.importorskip("playwright.sync_api").Error
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
CURVE = "[data-chart='history-links'] svg"


def curve_of(page):
    return page.inner_html(CURVE)


def wait_for_change(page, before):
    page.wait_for_function("([at, before]) => document.querySelector(at).innerHTML !== before", arg=[CURVE, before])


def go_to(page, year):
    page.fill("input[aria-label='year to go to']", str(year))
    page.press("input[aria-label='year to go to']", "Enter")


def set_lever(page, name, text):
    box = page.locator(f"[data-lever='{name}'] .eco-lever-row .eco-number")
    box.fill(text)
    box.press("Enter")


def month_of(page):
    return page.inner_text("[data-now]")


def test_the_page_opens_whole_and_a_lever_moves_the_curve(visit):
    visitor = visit()
    page = visitor.open(ready=CURVE)
    before = curve_of(page)
    set_lever(page, "policy.carbon_price", "80")
    wait_for_change(page, before)
    page.wait_for_selector("text=With carbon price 80")
    before = curve_of(page)
    page.get_by_role("button", name="undo").click()
    wait_for_change(page, before)
    page.wait_for_selector("text=This is the baseline")
    assert visitor.trouble == []


def test_the_slider_moves_the_curve_and_the_link_carries_it(visit):
    visitor = visit()
    page = visitor.open(ready=CURVE)
    before = curve_of(page)
    page.locator("[data-lever='policy.virgin_tax'] input[type=range]").evaluate(
        "slider => { slider.value = 500; slider.dispatchEvent(new Event('input')); }"
    )
    wait_for_change(page, before)
    page.wait_for_function("() => document.querySelector('[data-link]').dataset.link.includes('policy.virgin_tax')")
    link = page.get_attribute("[data-link]", "data-link")
    other = visit()
    other.open(link.split("/")[-1], ready=CURVE)
    other.page.wait_for_selector("text=With virgin-material tax")
    assert visitor.trouble + other.trouble == []


def test_settings_survive_a_reload(visit):
    page = visit().open(ready=CURVE)
    set_lever(page, "policy.landfill_tax", "90")
    page.wait_for_selector("text=With landfill tax 90")
    page.reload()
    page.wait_for_selector("text=With landfill tax 90")


def test_play_step_click_a_company_and_fork(visit):
    visitor = visit()
    page = visitor.open()
    visitor.tab("live", "[data-map=map] svg")
    assert "No exchanges yet" in page.inner_text("[data-map=map]")
    page.click("button[aria-label='step one month']")
    page.wait_for_function("() => document.querySelector('[data-now]').innerText === 'Feb 1961'")
    page.click("button[aria-label='play']")
    page.wait_for_function("() => document.querySelector('[data-now]').innerText === 'Jun 1961'")
    page.click("button[aria-label='pause']")
    go_to(page, 1992)
    page.wait_for_selector("[data-link^='exchange']", state="attached")
    page.click("[data-company='Asnaes']")
    page.wait_for_selector(".eco-sheet >> text=capacity in use")
    page.click("button[aria-label='fork here']")
    page.wait_for_selector("[data-map=other] svg")
    page.click("[data-panel=levers]")
    page.get_by_role("button", name="close it").click()
    go_to(page, 2000)
    page.wait_for_selector("[data-map=map] [data-company='Asnaes'].closed")
    assert page.locator("[data-map=other] [data-company='Asnaes'].closed").count() == 0
    page.reload()
    page.wait_for_selector("[data-map=other] svg")
    assert month_of(page) == "Jan 2000"
    assert visitor.trouble == []


def test_zoom_survives_a_step(visit):
    visitor = visit()
    page = visitor.open()
    visitor.tab("live", "[data-map=map] svg")
    page.click("button[aria-label='zoom in']")
    view = page.get_attribute("[data-map=map] svg", "viewBox")
    page.click("button[aria-label='step one year']")
    page.wait_for_function("() => document.querySelector('[data-now]').innerText === 'Jan 1962'")
    assert page.get_attribute("[data-map=map] svg", "viewBox") == view != "0 0 1000 640"


def test_wrong_input_is_answered_in_place_everywhere(visit):
    visitor = visit()
    page = visitor.open(ready=CURVE)
    set_lever(page, "policy.broker", "lots")
    page.wait_for_selector("[data-lever='policy.broker'] [role=alert]")
    set_lever(page, "policy.vision", "7")
    page.wait_for_selector("[data-lever='policy.vision'] [role=alert] >> text=0 to 1")
    visitor.tab("live", "[data-map=map] svg")
    go_to(page, "soon")
    page.wait_for_selector(".eco-transport [role=alert]")
    page.click("[data-panel=levers]")
    page.get_by_label("times").fill("zero")
    page.wait_for_timeout(300)
    page.get_by_role("button", name="apply").click()
    page.wait_for_selector("text=zero is not allowed")
    visitor.tab("rooms", "text=Join a room")
    page.get_by_role("button", name="join").click()
    page.wait_for_selector("text=the code of a room")
    page.get_by_role("button", name="open a room").click()
    page.wait_for_selector("text=your name")
    assert visitor.trouble == []


def open_room(visitor, name):
    page = visitor.open()
    visitor.tab("rooms", "text=Open a room")
    page.get_by_label("your name").nth(1).fill(name)
    page.wait_for_timeout(300)
    page.get_by_role("button", name="open a room").click()
    page.wait_for_selector("[data-room-code]")
    return page, page.inner_text("[data-room-code]")


def join_room(visitor, code, name):
    page = visitor.open(f"?room={code}", ready="text=Join a room")
    page.get_by_label("your name").nth(0).fill(name)
    page.wait_for_timeout(300)
    page.get_by_role("button", name="join").click()
    page.wait_for_selector("[data-map=map] svg")
    return page


def bargain(page, is_done, seconds=90):
    """Accept what can be accepted and offer what the agent would, talk after talk."""
    limit = time.monotonic() + seconds
    while not is_done() and time.monotonic() < limit:
        card = page.locator(".eco-talk.turn").first
        accept = card.get_by_role("button", name="accept theirs")
        try:  # a card may go while it is read: its talk is over
            (accept if accept.is_enabled(timeout=500) else card.get_by_role("button", name="offer this")).click(
                timeout=500
            )
        except Error:
            page.wait_for_timeout(100)


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
    bargain(other, lambda: lead.locator("[data-map=map] [data-link^='exchange']").count())
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


def test_dark_from_the_first_frame(visit):
    visitor = visit(dark=True)
    visitor.page.add_init_script(FRAMES)
    page = visitor.open(ready=CURVE)
    shades = [max(map(int, re.findall(r"\d+", colour)[:3])) for colour in page.evaluate("window.colours")]
    assert max(shades) < 80, "no frame is light"
    assert visitor.trouble == []


# Collects the colours of the middle of the window, frame by frame.
FRAMES = """window.colours = []; const look = () => {
  let part = document.elementFromPoint(innerWidth / 2, innerHeight - 40) || document.documentElement;
  while (part.parentElement && getComputedStyle(part).backgroundColor === 'rgba(0, 0, 0, 0)') part = part.parentElement;
  const painted = getComputedStyle(part).backgroundColor;
  const colour = painted === 'rgba(0, 0, 0, 0)' ? 'rgb(255, 255, 255)' : painted;
  if (!window.colours.includes(colour)) window.colours.push(colour);
  requestAnimationFrame(look);
}; document.addEventListener('readystatechange', look, {once: true});"""


def test_dark_follows_the_device_and_the_button(visit):
    visitor = visit(dark=True)
    page = visitor.open(ready=CURVE)
    page.wait_for_selector(".theme--dark .eco-page")
    dark = page.evaluate("getComputedStyle(document.querySelector('.eco-page')).backgroundColor")
    page.click("[data-theme-toggle]")
    page.wait_for_function(
        "dark => getComputedStyle(document.querySelector('.eco-page')).backgroundColor !== dark", arg=dark
    )
    assert visitor.trouble == []


# True when the map has names and no two of them overlap.
APART = """() => {
  const boxes = [...document.querySelectorAll('.eco-tag')].map(tag => tag.getBoundingClientRect());
  const clash = (a, b) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
  return boxes.length > 0 && !boxes.some((a, place) => boxes.slice(0, place).some(b => clash(a, b)));
}"""


def fit(page, width):
    """Make the window so wide and wait until nothing is wider."""
    page.set_viewport_size({"width": width, "height": 844})
    page.wait_for_function(
        "width => window.innerWidth === width && document.documentElement.scrollWidth <= width", arg=width
    )


def test_nothing_is_wider_than_the_screen_and_labels_do_not_overlap(visit):
    visitor = visit(width=390, height=844)
    asked = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    page = visitor.open(ready=CURVE)
    for width in (1920, 1280, 768, 390):
        fit(page, width)
    visitor.tab("live", "[data-map=map] svg")
    go_to(page, 1995)
    page.wait_for_selector("[data-link^='exchange']", state="attached")
    for width in (390, 768, 1280, 1920):
        fit(page, width)
        page.wait_for_function(APART)
    elsewhere = [url for url in asked if not re.match(rf"({re.escape(visitor.server)}|data:|blob:|ws:)", url)]
    assert elsewhere == []
    assert visitor.trouble == []
