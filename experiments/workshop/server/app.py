"""What Solara serves. The page itself is imported when it is first drawn, so that the server answers before the model is in."""

from __future__ import annotations

import importlib

import solara


@solara.component
def Page():
    """One tab of a browser."""
    page = importlib.import_module("ecopark.experiments.workshop.server.page")
    page.Tab(solara.use_router().search or "")


@solara.component
def Layout(children=[]):  # noqa: B006
    """Use the whole window; the header is the page's own."""
    solara.Div(children=children)
