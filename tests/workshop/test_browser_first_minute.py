"""The first visit in real Chromium: three doors, a story, a lever with a prediction, a negotiation (W24)."""

import time

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
CURVE = "[data-chart='history-links'] svg"


class Clicker:
    """Somebody who knows only the words on the page. clicks: how many it took."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, text):
        self.page.get_by_text(text, exact=True).first.click()
        self.clicks += 1


def test_a_first_visit_reaches_a_changed_lever_with_a_prediction(visit):
    """W24: at most 60 s and five clicks, by visible words alone."""
    visitor = visit(new=True)
    page = visitor.open(ready="text=Change one thing")
    assert page.locator("[data-lever]").count() == 0, "no wall of levers"
    began, somebody = time.monotonic(), Clicker(page)
    somebody.click("Change one thing")
    somebody.click("What if a tonne of CO₂ had cost 50 EUR?")
    page.wait_for_selector("text=First guess")
    assert page.locator("text=It is:").count() == 0, "the prediction comes before the answer"
    somebody.click("more")
    page.wait_for_selector("text=You said: more. It is:")
    somebody.click("all levers")
    page.wait_for_selector("[data-lever='policy.carbon_price'].changed")
    assert time.monotonic() - began < 60
    assert somebody.clicks <= 5
    assert visitor.trouble == []


def test_the_story_goes_on_by_itself_and_can_be_stopped_and_taken_back(visit):
    visitor = visit(new=True)
    page = visitor.open(ready="text=Watch it happen")
    page.click("text=Watch it happen")
    page.wait_for_selector("text=1 of 6")
    page.wait_for_selector("text=2 of 6")
    page.get_by_role("button", name="stop").click()
    page.get_by_role("button", name="back", exact=True).click()
    page.wait_for_selector("text=1 of 6")
    assert page.inner_text("[data-beat]").startswith("The first exchange")
    assert page.locator("[data-map=map] [data-link^='exchange']").count() >= 1
    for place in range(2, 7):
        page.get_by_role("button", name="skip").click()
        page.wait_for_selector(f"text={place} of 6")
    page.get_by_role("button", name="now change one thing").click()
    page.wait_for_selector("text=What if the landfill tax")
    assert visitor.trouble == []


def test_still_pictures_for_who_wants_less_motion(visit):
    visitor = visit(new=True)
    visitor.page.emulate_media(reduced_motion="reduce")
    page = visitor.open(ready="text=Watch it happen")
    page.click("text=Watch it happen")
    page.wait_for_selector("text=1 of 6")
    page.get_by_role("button", name="go on").wait_for()
    page.wait_for_timeout(6000)
    assert page.locator("text=1 of 6").count() == 1


def test_who_knows_the_way_is_not_asked_again(visit):
    visitor = visit(new=True)
    page = visitor.open(ready="text=I know my way")
    page.click("text=I know my way")
    page.wait_for_selector(CURVE)
    visitor.context.clear_cookies()  # another session, the same browser
    page.goto(visitor.server)
    page.wait_for_selector(CURVE)
    visitor.tab("start", "text=Sit at the table")


def test_a_negotiation_shows_the_zone_at_its_end_and_goes_on_for_ten_years(visit):
    visitor = visit(new=True)
    page = visitor.open(ready="text=Sit at the table")
    page.click("text=Sit at the table")
    page.wait_for_selector(".eco-talk.turn")
    assert page.locator("[data-zone]").count() == 0
    page.get_by_role("button", name="walk out").click()
    page.wait_for_selector("[data-zone] >> text=There was no deal")
    page.get_by_role("button", name="play ten years in this seat").click()
    page.wait_for_selector(".eco-seat")
    page.wait_for_selector("button[aria-label='pause']")
    assert visitor.trouble == []


def test_a_german_tab_shows_decimal_commas_takes_them_and_explains_its_words(visit):
    visitor = visit(new=True, locale="de-DE")
    page = visitor.open(ready="text=Mitverhandeln")
    page.click("[data-words-toggle]")
    page.wait_for_selector("[data-words] >> text=Nebenprodukt (by-product)")
    page.wait_for_selector("[data-words-close]:focus")
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-words-toggle]:focus")
    page.click("text=Mitverhandeln")
    page.wait_for_selector(".eco-talk.turn [data-own-gain]")
    price = page.locator(".eco-terms input").first
    assert "." not in price.input_value()
    price.fill("1,5")
    page.wait_for_timeout(500)
    assert page.locator(".eco-wrong").count() == 0
    price.fill("1,5,2")
    page.wait_for_selector(".eco-wrong")
    assert visitor.trouble == []
