"""The map of the park: its own SVG, so that it needs no library; zoom and hover survive every step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipyvuetify
import solara
import traitlets

from ecopark.analysis.exchanges.story_line import mark

from ..languages.tab import here, t, texts

WORDS = {
    "nearer": mark("zoom in"), "farther": mark("zoom out"), "whole": mark("show the whole map"), "shut": mark("{sector}, not open"),
}  # fmt: skip


class ParkMapWidget(ipyvuetify.VuetifyTemplate):
    """The map in the browser. nodes, sectors, groups: static; frame: what is so this month."""

    template_file = (__file__, str(Path(__file__).with_name("park_map.vue")))

    name = traitlets.Unicode("map").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    empty = traitlets.Unicode("").tag(sync=True)
    nodes = traitlets.List().tag(sync=True)
    sectors = traitlets.List().tag(sync=True)
    groups = traitlets.List().tag(sync=True)
    talks = traitlets.Unicode("in talks").tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
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
        name=name, label=t("map of the park: companies and their exchanges"), nodes=base["nodes"], sectors=_named(base["sectors"]),
        groups=_named(base["groups"]), frame=_told(frame), words=texts(WORDS), selected=selected, on_pick=on_pick,
        empty=t("No exchanges yet: companies look for partners, talk, and build."), talks=t("in talks"),
    )  # fmt: skip


def _named(groups: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return entries of the legend with their names in the language of the tab."""
    return [{**group, "name": group["label"], "label": t(group["label"])} for group in groups]


def _told(frame: dict[str, Any]) -> dict[str, Any]:
    """Return a frame with what its links are about in the language of the tab."""
    say = here()
    links = [
        {
            **{key: value for key, value in link.items() if key != "said"},
            "text": say(link["said"][0], **link["said"][1]),
        }
        for link in frame["links"]
    ]
    return {**frame, "links": links}
