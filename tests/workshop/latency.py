"""How long people wait: `python -m tests.workshop.latency` prints the figures of the closing note as a table.

Start to page, lever to redraw, step to redraw at about 18, 30 and 300 companies, in Chromium, from the event in the page
to the changed drawing.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.workshop.conftest import ARGUMENTS, CHROMIUM, wait_for

ROOT = Path(__file__).parents[2]
CURVE, MAP, DATE = "[data-chart='history-links'] svg", "[data-map=map] svg", "[data-now]"
SENTENCE = "[data-sentence] .eco-lead"
# Resolves with the milliseconds between an action in the page and the next change of a drawing.
TIMER = """([at, act]) => new Promise(resolve => {
  const began = performance.now();
  const drawing = document.querySelector(at);
  new MutationObserver((_, observer) => { observer.disconnect(); requestAnimationFrame(() => resolve(performance.now() - began)); })
    .observe(drawing, {childList: true, subtree: true, attributes: true, characterData: true});
  eval(act);
})"""


@contextmanager
def serving(source: str, port: int) -> Iterator[float]:
    """Serve a scenario; yield the seconds until the first answer."""
    code = f"from ecopark.experiments.workshop.server.launch import serve; serve({source!r}, '127.0.0.1', {port})"
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}", process)
        yield time.monotonic() - began
    finally:
        process.terminate()
        process.wait(10)


def synthetic(folder: Path, companies: int) -> str:
    """Write a scenario of generated companies and return its folder."""
    folder.mkdir(exist_ok=True)
    (folder / "scenario.toml").write_text(
        f'name = "synthetic{companies}"\nlabel = "{companies} companies"\nyears = 30\n[synthetic]\ncompanies = {companies}\n'
    )
    return str(folder)


def in_chromium(port: int, began: float) -> dict[str, list[float]]:
    """Return the waits of one page [ms]."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        opened = time.monotonic()
        page.goto(f"http://127.0.0.1:{port}")
        page.wait_for_selector(CURVE, timeout=60000)
        waits = {"server answers": [1000 * began], "page is drawn": [1000 * (time.monotonic() - opened)]}
        page.wait_for_timeout(2000)
        waits["lever to redraw"] = [pulled(page, place, CURVE) for place in range(300, 720, 40)]
        waits["lever to all replicates"] = [pulled(page, place, SENTENCE) for place in range(310, 730, 40)]
        page.click("[data-tab=live]")
        page.wait_for_selector(MAP)
        for _ in range(20):
            page.click("button[aria-label='step one year']")
        page.wait_for_timeout(1000)
        waits["step to redraw"] = [stepped(page) for _ in range(12)]
        browser.close()
    return waits


def pulled(page: Any, place: int, at: str) -> float:
    """Move the slider of the virgin-material tax and wait for the curve, or for the sentence, which needs all replicates."""
    act = f"const s = document.querySelector(\"[data-lever='policy.virgin_tax'] input[type=range]\"); s.value = {place}; s.dispatchEvent(new Event('input'))"
    wait = page.evaluate(TIMER, [at, act])
    page.wait_for_selector(".eco-done")
    page.wait_for_timeout(400)
    return float(wait)


def stepped(page: Any) -> float:
    """Press the button of one month and wait for the date, which is drawn together with the map."""
    wait = page.evaluate(TIMER, [DATE, "document.querySelector(\"button[aria-label='step one month']\").click()"])
    page.wait_for_timeout(300)
    return float(wait)


def report(title: str, waits: dict[str, list[float]]) -> None:
    """Print median and largest of each wait."""
    for name, values in waits.items():
        print(f"| {title} | {name} | {statistics.median(values):.0f} | {max(values):.0f} | {len(values)} |", flush=True)


def main() -> None:
    """Measure everything."""
    print("| scenario | wait | median ms | largest ms | times |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        sources = {
            "kalundborg, 18 companies": "kalundborg",
            "30 companies": synthetic(Path(folder) / "a", 30),
            "300 companies": synthetic(Path(folder) / "b", 300),
        }
        for port, (title, source) in enumerate(sources.items(), 8871):
            with serving(source, port) as began:
                report(title, in_chromium(port, began))


if __name__ == "__main__":
    main()
