"""A row of tabs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipyvuetify
import solara
import traitlets


class TabsWidget(ipyvuetify.VuetifyTemplate):
    """The tabs in the browser. tabs: [{name, label, count}]."""

    template_file = (__file__, str(Path(__file__).with_name("tabs.vue")))

    tabs = traitlets.List().tag(sync=True)
    chosen = traitlets.Unicode("").tag(sync=True)
    on_choose = traitlets.Callable(None, allow_none=True)

    def vue_choose(self, name: str) -> None:
        """Pass on which tab was chosen."""
        self.on_choose(name)


@solara.component
def Tabs(tabs: list[dict[str, Any]], chosen: str, on_choose: Callable[[str], None]):
    """Show a row of tabs."""
    TabsWidget.element(tabs=tabs, chosen=chosen, on_choose=on_choose)
