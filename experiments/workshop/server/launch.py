"""The server: Solara's application under uvicorn, on this machine alone unless asked, without telemetry."""

from __future__ import annotations

import importlib
import logging
import os
import sys
import threading
import time
import warnings
from contextlib import suppress
from typing import Any

from ecopark.abm.input.loading import load_scenario

from ..stores.play.environment import HOST_VARIABLE, SAVES_VARIABLE, SCENARIO_VARIABLE
from .addresses import LOOPBACK, own_address
from .assets import missing_assets
from .guard import Access, guard

SETTINGS = {
    "SOLARA_APP": "ecopark.experiments.workshop.server.app",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_TITLE": "ecopark",
    "SOLARA_THEME_FORCE_REFRESH": "True",
    "SOLARA_ASSETS_EXTRA_LOCATIONS": "ecopark.experiments.workshop.assets",
    "SOLARA_KERNEL_CULL_TIMEOUT": "10m",
    "SOLARA_SERVER_HTTP_GZIP": "True",
    "OPENBLAS_NUM_THREADS": "1",
}
MOST_MESSAGE = 16 * 2**20  # bytes of a message of a websocket


def prepare(scenario: str, host: str = "127.0.0.1", saves: str | None = None, root_path: str = "") -> None:
    """Set what Solara reads when it is imported; a prefix that is set is never taken from a request."""
    os.environ.update(SETTINGS)
    os.environ["SOLARA_ROOT_PATH"] = root_path
    os.environ[SCENARIO_VARIABLE], os.environ[HOST_VARIABLE] = scenario, host
    if saves:
        os.environ[SAVES_VARIABLE] = saves


def serve(
    scenario: str,
    host: str,
    port: int,
    saves: str | None = None,
    names: tuple[str, ...] = (),
    root_path: str = "",
    proxies: tuple[str, ...] = (),
) -> None:
    """Serve until stopped. Raises InputError when the scenario is wrong.

    names, root_path, proxies: as in `guard.Access`. The server answers first; the model is loaded while the browser loads
    the page.
    """
    root_path = root_path.rstrip("/")
    prepare(scenario, host, saves, root_path)
    sys.setswitchinterval(0.001)  # a page is drawn while replicates are founded: it waits a fifth as long for its turn
    load_scenario(scenario)
    _load_no_more_code()
    import pandas  # noqa: F401  # reacton asks a half-imported pandas for its DataFrame, and no page is drawn any more
    import uvicorn

    logging.getLogger("solara").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", message="Cookies with samesite=none")  # the guard sets its own terms
    exposed = host not in LOOPBACK or bool(names)
    app = guard(_application(), Access(port, exposed, names, root_path, proxies))
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        ws_max_size=MOST_MESSAGE,
        proxy_headers=False,
        server_header=False,
    )
    server = uvicorn.Server(config)
    threading.Thread(target=greet, args=(server, host, port, scenario), daemon=True, name="warm-up").start()
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        raise SystemExit(1)


def _application() -> Any:
    """Return the application, imported when the first request or the start of the server comes."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        whole = importlib.import_module("ecopark.experiments.workshop.server.application").app
        await whole(scope, receive, send)

    return app


def greet(server: Any, host: str, port: int, scenario: str) -> None:
    """Say where the page is as soon as the server answers, then load the model and the page."""
    while not server.started:
        if server.should_exit:
            return
        time.sleep(0.005)
    for line in greeting(host, port):
        print(line, flush=True)
    importlib.import_module("ecopark.experiments.workshop.server.page")
    importlib.import_module("ecopark.experiments.workshop.server.shared").shared().warm_up()
    found = importlib.import_module("ecopark.experiments.workshop.stores.play.process").registry()
    for line in found.damaged:
        print(f"a workshop could not be read: {line}", flush=True)
    importlib.import_module("ecopark.experiments.workshop.server.routes")
    importlib.import_module("ecopark.experiments.workshop.stores.play.warm_up").warm_up(load_scenario(scenario))


def greeting(host: str, port: int) -> list[str]:
    """Return what is said at the start: the address, who can open it, and what is missing."""
    everywhere = host in ("0.0.0.0", "::")
    name = "localhost" if host in LOOPBACK or everywhere else host
    lines = [f"ecopark runs at http://{name}:{port}  (stop with Ctrl+C)"]
    if host not in LOOPBACK:
        lines += [
            f"Other devices open it at http://{own_address() if everywhere else host}:{port}. Everybody in the network can.",
            "Traffic is plain HTTP, not encrypted: for TLS put a proxy in front (--proxy ADDRESS --name NAME).",
        ]
    if missing := missing_assets():
        lines.append(
            f'The page needs internet for {len(missing)} of its scripts; without it: pip install "ecopark[offline]" '
            "(seats of a workshop, /w, need nothing)"
        )
    return lines


def _load_no_more_code() -> None:
    """Keep code out that a workshop or a save would name. Raises InputError when a strategy cannot be repeated in a workshop."""
    from ecopark.abm.input.errors import InputError, Mistake
    from ecopark.abm.strategies.outside.register import StrategyError, load_no_more_code

    try:
        load_no_more_code()
    except StrategyError as error:
        raise InputError([Mistake("strategy", "state of its own", error.allowed)]) from None
