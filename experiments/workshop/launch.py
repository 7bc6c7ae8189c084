"""The server: Solara's application under uvicorn, on this machine alone unless asked, without telemetry."""

from __future__ import annotations

import logging
import os
import sys
import threading

from experiments.workshop.invitation import HOST_VARIABLE
from experiments.workshop.workshop import SAVES_VARIABLE, SCENARIO_VARIABLE, shared

SETTINGS = {
    "SOLARA_APP": "experiments.workshop.app",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_TITLE": "ecopark",
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
    """Serve until stopped. Raises InputError when the scenario is wrong."""
    prepare(scenario, host, saves)
    sys.setswitchinterval(0.001)  # a page is drawn while replicates are founded: it waits a fifth as long for its turn
    workshop = shared()
    threading.Thread(target=workshop.warm_up, daemon=True, name="warm-up").start()
    import uvicorn

    logging.getLogger("solara").setLevel(logging.ERROR)
    uvicorn.run("solara.server.starlette:app", host=host, port=port, log_level="warning", ws_max_size=64 * 1024 * 1024)
