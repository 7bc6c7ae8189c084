"""The screens in real Chromium: axe-core finds nothing, best practices included, in light and in dark."""

import pytest

from tests.workshop.browsing import CURVE
from tests.workshop.test_faces import violations

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SCREENS = ("start", "explore", "live", "rooms")


def test_axe_finds_nothing_on_any_screen(visit):
    """W12: Start, Explore, Live and Workshops."""
    page = visit().open(ready=CURVE)
    found = {}
    for theme in ("light", "dark"):
        for screen in SCREENS:
            page.click(f"[data-tab='{screen}']")
            page.wait_for_selector(f"[data-tab='{screen}'][aria-selected='true']")
            page.wait_for_timeout(600)  # colours and cards fade in: axe would measure them half-way
            if wrong := violations(page):
                found[f"{screen} {theme}"] = wrong
        page.click("[data-theme-toggle]")
    assert found == {}, found


def test_a_page_may_be_made_larger(visit):
    page = visit().open(ready=CURVE)
    assert page.get_attribute("meta[name=viewport]", "content") == "width=device-width, initial-scale=1"
