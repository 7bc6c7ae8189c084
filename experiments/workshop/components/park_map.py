"""The map of the park: its own SVG, so that it needs no library; zoom and hover survive every step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipyvuetify
import solara
import traitlets


class ParkMapWidget(ipyvuetify.VuetifyTemplate):
    """The map in the browser. nodes, sectors, groups: static; frame: what is so this month."""

    template_file = (__file__, str(Path(__file__).with_name("park_map.vue")))

    name = traitlets.Unicode("map").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    empty = traitlets.Unicode("").tag(sync=True)
    nodes = traitlets.List().tag(sync=True)
    sectors = traitlets.List().tag(sync=True)
    groups = traitlets.List().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)
    on_pick = traitlets.Callable(None, allow_none=True)

    def vue_pick(self, what: dict[str, Any]) -> None:
        """Pass on what was clicked: `company NAME`, `exchange ROW`, `talk NUMBER` or nothing."""
        if self.on_pick is not None:
            self.on_pick(what["id"])


@solara.component
def ParkMap(
    base: dict[str, Any], frame: dict[str, Any], on_pick: Callable[[str], None], selected: str = "", name: str = "map"
):
    """Show the map of one future."""
    ParkMapWidget.element(
        name=name, label="map of the park: companies and their exchanges", nodes=base["nodes"], sectors=base["sectors"], groups=base["groups"],
        frame=frame, selected=selected, on_pick=on_pick, empty="No exchanges yet. Press play: companies look for partners, talk, and build.",
    )  # fmt: skip
