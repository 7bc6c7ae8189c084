"""What somebody at the browser view waits for: from a lever that is moved to redrawn charts, in real Chromium: m."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .clock import Row, SkippedError

REPLICATES, YEARS = 30, 65
SERVE = (
    "from ecopark.experiments.workshop.stores import laboratory\n"
    f"laboratory.REPLICATES, laboratory.PATIENCE = {REPLICATES}, 60.0\n"
    "from ecopark.experiments.workshop.server.launch import serve\n"
    "serve('kalundborg', '127.0.0.1', {port})"
)
CURVE = "[data-chart='history-links'] svg"
SLIDER = "[data-lever='policy.virgin_tax'] input[type=range]"
# Resolves with the milliseconds from a moved slider to the first change of the curve, and to the last drawing of all
# charts once every replicate has come (no part is being worked on any more, and nothing changed for a quarter of a second).
MOVE = """([slider, curve, place]) => new Promise(resolve => {
  const lever = document.querySelector(slider), began = performance.now();
  let first = null, last = null;
  const observer = new MutationObserver(changes => requestAnimationFrame(() => {
    const now = performance.now() - began;
    if (changes.some(one => document.querySelector(curve)?.contains(one.target))) first ??= now;
    last = now;
  }));
  observer.observe(document.querySelector('.eco-rest'), {childList: true, subtree: true, attributes: true, characterData: true});
  const look = () => {
    const quiet = last !== null && performance.now() - began - last > 250;
    if (first !== null && quiet && document.querySelector('.eco-done')) { observer.disconnect(); resolve([first, last]); }
    else setTimeout(look, 20);
  };
  lever.value = place;
  lever.dispatchEvent(new Event('input'));
  look();
})"""


def lever_to_charts(quick: bool) -> list[Row]:
    """Return m: the wait that nineteen of twenty moves of a lever stay below, to the first curve and to all charts."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None or importlib.util.find_spec("playwright") is None:
        raise SkippedError("needs Chromium (Debian: apt-get install chromium) and playwright (pip install playwright)")
    with _serving() as address:
        waits = _moves(browser, address, 6 if quick else 20)
    first, whole = (_ninety_fifth([wait[place] for wait in waits]) for place in (0, 1))
    size = f"{YEARS} years x {REPLICATES} replicates"
    detail = {"waits_ms": waits}
    return [
        Row("m", f"lever to the first redrawn curve, {size}, 95 of 100", first, 250, False, unit="ms", detail=detail),
        Row("m", f"lever to all charts redrawn, {size}, 95 of 100", whole, 250, False, unit="ms", detail=detail),
    ]


def _ninety_fifth(values: list[float]) -> float:
    """Return the value that 95 of 100 do not exceed."""
    return sorted(values)[-(-95 * len(values) // 100) - 1]


def _moves(browser: str, address: str, count: int) -> list[tuple[float, float]]:
    """Return the waits of some moves of one lever [ms], each to a place where it has not been."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page: Any = chromium.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(60_000)
        page.add_init_script("localStorage.setItem('ecopark:way', 'known')")
        page.goto(address)
        page.wait_for_selector(CURVE)
        page.wait_for_selector(".eco-done")
        page.wait_for_selector(SLIDER, state="attached")
        page.evaluate(MOVE, [SLIDER, CURVE, 290])  # the first move loads what later ones find
        waits = [tuple(page.evaluate(MOVE, [SLIDER, CURVE, 300 + 20 * number])) for number in range(count)]
        chromium.close()
    return waits


@contextmanager
def _serving() -> Iterator[str]:
    """Serve Kalundborg with so many replicates in a process of its own; yield the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    quiet: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([sys.executable, "-P", "-c", SERVE.format(port=port)], **quiet)
    try:
        _wait_for(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str, process: subprocess.Popen[Any]) -> None:
    """Wait for the first answer. Raises SkippedError when the server ends before it: it needs what the browser view needs."""
    limit = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < limit:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SkippedError("the browser view does not start here: see `ecopark app`")
