"""A chart: ECharts around an option whose colours follow the theme; zoom and legend survive an update."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipyvuetify
import solara
import solara.settings
import traitlets

from ecopark.analysis.exchanges.story_line import mark

from ..languages.tab import t

FAILED, NONE = mark("The drawing library did not load. Reload the page."), mark("none")


class ChartWidget(ipyvuetify.VuetifyTemplate):
    """The chart in the browser. option: of ECharts 5 as JSON. saving: a count; each new one downloads the figure as SVG."""

    template_file = (__file__, str(Path(__file__).with_name("chart.vue")))

    option = traitlets.Unicode("{}").tag(sync=True)
    name = traitlets.Unicode("chart").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    height = traitlets.Int(240).tag(sync=True)
    saving = traitlets.Int(0).tag(sync=True)
    failure = traitlets.Unicode(FAILED).tag(sync=True)
    nothing = traitlets.Unicode(NONE).tag(sync=True)
    cdn = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    on_pick = traitlets.Callable(None, allow_none=True)

    @traitlets.default("cdn")
    def _cdn(self) -> str | None:
        """Return where libraries come from when Solara does not serve them itself."""
        return None if solara.settings.assets.proxy else solara.settings.assets.cdn

    def vue_pick(self, what: dict[str, Any]) -> None:
        """Pass on what was clicked."""
        if self.on_pick is not None:
            self.on_pick(what)


def packed(option: dict[str, Any]) -> str:
    """Return an option as one text: a page that is drawn again would look into every number of a dictionary."""
    return json.dumps(option, allow_nan=False)


@solara.component
def Chart(
    option: str,
    name: str,
    title: str = "",
    note: str = "",
    height: int = 240,
    on_pick: Callable[[dict], None] | None = None,
):
    """Show a titled chart with a button that downloads it. note: what the drawing shows, in words."""
    saving, set_saving = solara.use_state(0)
    download = t("download the figure: {title}", title=title)
    with solara.Div(classes=["eco-card"]):
        with solara.Row(justify="space-between", classes=["eco-card-head"]):
            solara.v.Html(tag="h2", children=[title])
            solara.Button(
                icon_name="mdi-download",
                icon=True,
                small=True,
                on_click=lambda: set_saving(saving + 1),
                attributes={"title": download, "aria-label": download},
            )
        ChartWidget.element(
            option=option, name=name, label=note or title, height=height, saving=saving, on_pick=on_pick, failure=t(FAILED),
            nothing=t(NONE),
        )  # fmt: skip
        if note:
            solara.v.Html(tag="div", class_="eco-note", children=[note])
