"""The panel of levers: sliders with unit, range and default from the declarations; mistakes are answered in place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ipyvuetify
import traitlets

from ..stores.levers import REST


class LeversWidget(ipyvuetify.VuetifyTemplate):
    """The panel in the browser. values, errors: by dotted name; periods: policies have years.

    declared: [{title, levers}] as one text, which a page that is drawn again need not look into. rest: title of the group
    of which only what has been changed, or is searched for, is shown.
    """

    template_file = (__file__, str(Path(__file__).with_name("levers.vue")))

    declared = traitlets.Unicode("[]").tag(sync=True)
    rest = traitlets.Unicode(REST).tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    errors = traitlets.Dict().tag(sync=True)
    periods = traitlets.Bool(True).tag(sync=True)
    searchable = traitlets.Bool(True).tag(sync=True)
    on_change = traitlets.Callable(None, allow_none=True)

    def vue_change(self, what: dict[str, Any]) -> None:
        """Pass on what was moved: {name, value (None for reset), dragged}."""
        if self.on_change is not None:
            self.on_change(what["name"], what["value"], what["dragged"])


def declared(levers: dict[str, Any]) -> str:
    """Return the levers as the panel's groups, in the order of their declaration, as JSON."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for lever in levers.values():
        groups.setdefault(lever.group, []).append(lever.plain())
    return json.dumps([{"title": title, "levers": found} for title, found in groups.items()])
