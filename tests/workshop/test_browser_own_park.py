"""A park of one's own in real Chromium: files, mistakes, questions, opportunities on a map."""

import openpyxl
import pytest

from tests.experiments.intake.conftest import SAMPLES
from tests.workshop.conftest import PATIENCE
from tests.workshop.own_park_server import serving_own_parks

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_from_a_workbook_with_mistakes_to_opportunities_on_a_map(chromium, tmp_path):
    book = openpyxl.load_workbook(SAMPLES / "park_sample.xlsx")
    book["companies"]["H4"] = 95
    book.save(tmp_path / "park.xlsx")
    with serving_own_parks() as address:
        page = chromium.new_page(viewport={"width": 390, "height": 844})
        trouble = []
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda line: trouble.append(line.text) if "Content Security" in line.text else None)
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}/own")
        page.get_by_label("name of the park").fill("klint")
        page.set_input_files("input[type=file]", str(tmp_path / "park.xlsx"))
        page.get_by_role("button", name="Import").click()
        assert "line 4, column lat" in page.get_by_role("alert").inner_text()
        assert page.get_by_label("name of the park").input_value() == "klint"
        page.set_input_files("input[type=file]", str(SAMPLES / "park_sample.xlsx"))
        page.get_by_role("button", name="Import").click()
        page.wait_for_selector("text=Questions, by the money")
        assert page.locator("svg circle").count() == 13
        choice = page.locator("select").first
        choice.select_option("biomass_chp")
        page.get_by_role("button", name="Answer and import again").click()
        page.wait_for_selector("td:text-is('answered')", state="attached")
        page.get_by_role("link", name="Opportunities").click()
        page.wait_for_selector("text=best total")
        assert page.locator("svg path[stroke-opacity]").count() > 3
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert trouble == []
        page.close()


def test_the_first_page_leads_to_a_park_of_ones_own(chromium, server):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.set_default_timeout(PATIENCE)
    page.goto(server)
    page.get_by_role("link", name="A park of your own").click()
    page.wait_for_selector("input[type=file]")
    assert page.url == f"{server}/own"
    page.close()
