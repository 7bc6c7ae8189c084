"""End to end in real Chromium: one server, browsers in front of it."""

import re

import pytest

from ecopark.experiments.workshop.view_models.anchor import anchor_of
from tests.workshop.browsing import APART, CURVE, FRAMES, curve_of, fit, go_to, month_of, set_lever, wait_for_change

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


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


def test_what_is_being_typed_survives_a_redraw(visit):
    page = visit().open(ready=CURVE)
    box = page.locator("[data-lever='policy.landfill_tax'] .eco-lever-row .eco-number")
    box.fill("70")
    page.locator("[data-lever='policy.virgin_tax'] input[type=range]").evaluate(
        "slider => { slider.value = 500; slider.dispatchEvent(new Event('input')); }"
    )
    page.wait_for_selector("text=With virgin-material tax")
    assert box.input_value() == "70"
    box.press("Enter")
    page.wait_for_selector("text=landfill tax 70")


def test_settings_survive_a_reload(visit):
    page = visit().open(ready=CURVE)
    set_lever(page, "policy.landfill_tax", "90")
    page.wait_for_selector("text=With landfill tax 90")
    page.reload()
    page.wait_for_selector("text=With landfill tax 90")


def test_play_step_click_a_company_and_fork(visit, scenario):
    anchor = anchor_of(scenario)  # what `close it` closes unless another company is chosen
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
    page.wait_for_selector(f"[data-map=map] [data-company='{anchor}'].closed")
    assert page.locator(f"[data-map=other] [data-company='{anchor}'].closed").count() == 0
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
    visitor.tab("rooms", "text=Join a workshop")
    page.get_by_role("button", name="join the workshop").click()
    page.wait_for_selector("text=the code of a workshop that is open")
    page.get_by_label("people expected").fill("crowds")
    page.wait_for_timeout(300)
    page.get_by_role("button", name="open a room").click()
    page.wait_for_selector("text=crowds is not allowed")
    assert visitor.trouble == []


def test_dark_from_the_first_frame(visit):
    visitor = visit(dark=True)
    visitor.page.add_init_script(FRAMES)
    page = visitor.open(ready=CURVE)
    shades = [max(map(int, re.findall(r"\d+", colour)[:3])) for colour in page.evaluate("window.colours")]
    assert max(shades) < 80, "no frame is light"
    assert visitor.trouble == []


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
