"""W16: the map of a large park in real Chromium: hexagons, so that it is there at once and can be drawn again at once."""

from __future__ import annotations

import time

import numpy as np
import pytest

from ecopark.abm.input.loading import load_scenario
from ecopark.experiments.workshop.stores.play.registry import Registry
from ecopark.experiments.workshop.view_models.layout import lay_out
from tests.workshop.faces_server import serving

DRAW = """async ([names, x, y, links]) => {
  const { parkMap } = await import("/faces/map.js"), { hexagons } = await import("/faces/hexagons.js");
  const canvas = document.createElement("canvas");
  canvas.style.cssText = "position: fixed; inset: 0; width: 1280px; height: 760px";
  document.body.append(canvas);
  const base = { names, x, y, sector: names.map(() => 0), sectors: [["plant", "#445566"]], groups: [["a", "#aa5500"], ["b", "#cc3322"], ["c", "#2288cc"]] };
  const times = [0, 1, 2].map(() => {
    const began = performance.now();
    parkMap(canvas, base, { links, closed: [] }, { own: names[0] });
    canvas.getContext("2d").getImageData(0, 0, 1, 1);
    return performance.now() - began;
  });
  const { cells } = hexagons(x, y, 20);
  return { times, count: cells.reduce((sum, cell) => sum + cell.count, 0), cells: cells.length };
}"""


@pytest.mark.parametrize("count", [26, 300, 3000])
def test_companies_stand_apart_and_are_laid_out_in_time(count):
    x, y = np.random.default_rng(1).normal(size=(2, count))
    began = time.process_time()
    places = lay_out(x, y)
    assert time.process_time() - began < 2.0
    assert places.min() >= 0
    assert len({(round(left), round(top)) for left, top in places}) > 0.95 * count


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_three_thousand_companies_are_drawn_within_a_second(chromium):
    rng = np.random.default_rng(2)
    places = np.round(lay_out(*rng.normal(size=(2, 3000))), 1)
    ends = rng.integers(0, 3000, size=(6000, 2)).tolist()
    links = [[one, other, number % 3, 1, 2.0, number] for number, (one, other) in enumerate(ends)]
    with serving(Registry(load_scenario("harbour"), "harbour")) as address:
        page = chromium.new_page()
        page.goto(f"http://{address}/w/")
        names = [f"Company {number}" for number in range(3000)]
        drawn = page.evaluate(DRAW, [names, places[:, 0].tolist(), places[:, 1].tolist(), links])
        page.close()
    assert drawn["count"] == 3000, "every company stands in one hexagon"
    assert drawn["cells"] < 1500
    assert min(drawn["times"]) < 200  # ms; 20 on a free machine
    assert drawn["times"][0] < 1000
