"""The server: Solara's application under uvicorn, on this machine alone unless asked, without telemetry."""

from __future__ import annotations

import importlib
import logging
import os
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from ecopark.abm.input.loading import load_scenario

from ..stores.play.environment import SAVES_VARIABLE, SCENARIO_VARIABLE

HOST_VARIABLE = "ECOPARK_WORKSHOP_HOST"
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


def prepare(scenario: str, host: str = "127.0.0.1", saves: str | None = None) -> None:
    """Set what Solara reads when it is imported."""
    os.environ.update(SETTINGS)
    os.environ[SCENARIO_VARIABLE], os.environ[HOST_VARIABLE] = scenario, host
    if saves:
        os.environ[SAVES_VARIABLE] = saves


def serve(scenario: str, host: str, port: int, saves: str | None = None) -> None:
    """Serve until stopped. Raises InputError when the scenario is wrong.

    The server answers first; the model is loaded while the browser loads the page.
    """
    prepare(scenario, host, saves)
    sys.setswitchinterval(0.001)  # a page is drawn while replicates are founded: it waits a fifth as long for its turn
    load_scenario(scenario)
    import pandas  # noqa: F401  # reacton asks a half-imported pandas for its DataFrame, and no page is drawn any more
    import uvicorn

    logging.getLogger("solara").setLevel(logging.ERROR)
    config = uvicorn.Config(
        "ecopark.experiments.workshop.server.application:app",
        host=host,
        port=port,
        log_level="warning",
        ws_max_size=64 * 1024 * 1024,
    )
    server = uvicorn.Server(config)
    threading.Thread(target=greet, args=(server, host, port), daemon=True, name="warm-up").start()
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        raise SystemExit(1)


def greet(server: Any, host: str, port: int) -> None:
    """Say where the page is as soon as the server answers, then load the model and the page."""
    while not server.started:
        if server.should_exit:
            return
        time.sleep(0.005)
    name = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host
    print(f"ecopark runs at http://{name}:{port}  (stop with Ctrl+C)", flush=True)
    importlib.import_module("ecopark.experiments.workshop.server.page")
    importlib.import_module("ecopark.experiments.workshop.server.shared").shared().warm_up()
    importlib.import_module("ecopark.experiments.workshop.server.routes")
    found = importlib.import_module("ecopark.experiments.workshop.stores.play.process").registry()
    for line in found.damaged:
        print(f"a workshop could not be read: {line}", flush=True)
