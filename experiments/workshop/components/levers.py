"""The panel of levers: sliders with unit, range and default from the declarations; mistakes are answered in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipyvuetify
import traitlets


class LeversWidget(ipyvuetify.VuetifyTemplate):
    """The panel in the browser. groups: [{title, levers}]; values, errors: by dotted name; periods: policies have years."""

    template_file = (__file__, str(Path(__file__).with_name("levers.vue")))

    groups = traitlets.List().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    errors = traitlets.Dict().tag(sync=True)
    periods = traitlets.Bool(True).tag(sync=True)
    searchable = traitlets.Bool(True).tag(sync=True)
    on_change = traitlets.Callable(None, allow_none=True)

    def vue_change(self, what: dict[str, Any]) -> None:
        """Pass on what was moved: {name, value (None for reset), dragged}."""
        if self.on_change is not None:
            self.on_change(what["name"], what["value"], what["dragged"])


def grouped(levers: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the levers as the panel's groups, in the order of their declaration."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for lever in levers.values():
        groups.setdefault(lever.group, []).append(lever.plain())
    return [{"title": title, "levers": found} for title, found in groups.items()]
