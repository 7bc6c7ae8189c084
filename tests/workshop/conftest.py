"""What the tests of the browser view share: a scenario, a workshop, and a server with Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from ecopark.abm.input.loading import load_scenario
from ecopark.experiments.workshop.stores.play.environment import NO_SAVES, SAVES_VARIABLE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 60000  # ms: a wait that never ends is a failure, a loaded machine is none
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
THIRD_PARTY = (
    "ignore::DeprecationWarning:solara", "ignore::DeprecationWarning:reacton", "ignore::DeprecationWarning:ipyvue",
    "ignore::DeprecationWarning:ipywidgets", "ignore::DeprecationWarning:traitlets", "ignore::DeprecationWarning:jupyter_client",
)  # fmt: skip


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            for line in THIRD_PARTY:
                item.add_marker(pytest.mark.filterwarnings(line))
            if item.get_closest_marker("browser"):  # a busy machine may be late once, a fault is late each time
                item.add_marker(pytest.mark.flaky(reruns=2, only_rerun=["TimeoutError"]))


@pytest.fixture(scope="session")
def scenario():
    return load_scenario("kalundborg")


@pytest.fixture(scope="session")
def workshop():
    from ecopark.experiments.workshop.server.shared import Workshop

    shop = Workshop("kalundborg")
    shop.warm_up()
    return shop


@pytest.fixture(autouse=True)
def surroundings() -> Iterator[None]:
    """No test hands its environment on to the next one, and none opens the workshops of whoever runs it."""
    with patch.dict(os.environ, {SAVES_VARIABLE: NO_SAVES}):
        yield


@pytest.fixture(scope="session")
def server(tmp_path_factory, workshop):  # the workshop first: it compiles the model for the server, too
    if CHROMIUM is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    with serving(free_port(), tmp_path_factory.mktemp("server")) as address:
        yield address


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(port: int, folder: Path) -> Iterator[str]:
    """Serve Kalundborg until the block ends; workshops keep their journals in the folder."""
    pytest.importorskip("solara_assets", reason="needs the extra `offline`")
    root, address = Path(__file__).parents[2], f"http://127.0.0.1:{port}"
    code = f"from ecopark.experiments.workshop.server.launch import serve; serve('kalundborg', '127.0.0.1', {port}, {str(folder / 'saves')!r})"
    with (folder / "log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, stdout=log, stderr=log
        )
        try:
            wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(10)


def wait_for(address: str, process: subprocess.Popen, seconds: float = 60.0) -> None:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        assert process.poll() is None, "the server stopped"
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer")


@pytest.fixture(scope="session")
def chromium():
    """The one browser of a test process: a second session cannot begin while the loop of the first one runs."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """A person with a browser of their own; what goes wrong in it is collected in `trouble`. new: never here before."""

    def __init__(self, chromium, server, width=1280, height=860, dark=False, new=False, locale="en-GB"):
        self.context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", locale=locale
        )
        self.context.set_default_timeout(PATIENCE)
        if not new:
            self.context.add_init_script("localStorage.setItem('ecopark:way', 'known')")
        self.page = self.context.new_page()
        self.server, self.trouble = server, []
        self.page.on("console", lambda message: self.trouble.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("requestfailed", lambda request: self.trouble.append(f"failed: {request.url}"))
        self.page.on(
            "response",
            lambda answer: self.trouble.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None,
        )

    def open(self, query: str = "", ready: str = "[data-tab=explore]"):
        self.page.goto(f"{self.server}/{query}")
        self.page.wait_for_selector(ready)
        return self.page

    def tab(self, name: str, ready: str):
        self.page.click(f"[data-tab={name}]")
        self.page.wait_for_selector(ready)


@pytest.fixture
def visit(chromium, server):
    visitors = []

    def arrive(**terms):
        visitors.append(Visitor(chromium, server, **terms))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.context.close()


@pytest.fixture
def drawn():
    """Draw an element as the page would, without a browser: return (widgets, context to look into)."""
    import solara

    opened = []

    def draw(element):
        page, context = solara.render(element, handle_error=False)
        opened.append(context)
        return page, context

    yield draw
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def registry() -> Iterator[Any]:
    """Workshops of `harbour`, closed when the tests of a file are over."""
    from ecopark.experiments.workshop.stores.play.registry import Registry
    from ecopark.experiments.workshop.stores.play.warm_up import warm_up

    scenario = load_scenario("harbour")
    assert warm_up(scenario)
    found = Registry(scenario, "harbour")
    yield found
    for workshop in list(found.open_ones.values()):
        workshop.close()


@pytest.fixture(scope="module")
def address(registry: Any) -> Iterator[str]:
    """The place of a server in front of those workshops."""
    from tests.workshop.faces_server import serving

    with serving(registry) as place:
        yield place
