"""A sheet of facts and tables: a company, an exchange, a debrief."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipyvuetify
import solara
import traitlets

from ..languages.tab import t


class SheetWidget(ipyvuetify.VuetifyTemplate):
    """The sheet in the browser. sheet: {title, subtitle, facts, note, tables}."""

    template_file = (__file__, str(Path(__file__).with_name("sheet.vue")))

    sheet = traitlets.Dict().tag(sync=True)
    closable = traitlets.Bool(True).tag(sync=True)
    closing = traitlets.Unicode("close").tag(sync=True)
    on_pick = traitlets.Callable(None, allow_none=True)

    def vue_pick(self, what: dict[str, Any]) -> None:
        """Pass on which row was clicked."""
        if self.on_pick is not None:
            self.on_pick(what["id"])


@solara.component
def Sheet(sheet: dict[str, Any], on_pick: Callable[[str], None] | None = None, closable: bool = True):
    """Show a sheet; rows that stand for something can be clicked."""
    SheetWidget.element(sheet=sheet, on_pick=on_pick, closable=closable, closing=t("close"))
