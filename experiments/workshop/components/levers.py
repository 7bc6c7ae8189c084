"""The panel of levers: sliders with unit, range and default from the declarations; mistakes are answered in place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ipyvuetify
import traitlets

from ecopark.analysis.exchanges.story_line import mark

from ..languages.tab import t
from ..languages.translate import Translator
from ..stores.levers import REST, Lever

WORDS = {
    "find": mark("find any lever"), "on": mark("on"), "off": mark("off"), "back": mark("back to {value}"), "reset": mark("reset {lever}"),
    "often": mark("often {value}"), "range": mark("{unit} · {low} to {high} · default {value}"),
    "usual": mark("{unit} · {low} to {high} · default {value}, often {often}"), "in": mark("{lever} in {unit}"),
    "from": mark("from"), "until": mark("until"), "start": mark("start"), "end": mark("end"), "from_year": mark("{lever} from year"),
    "until_year": mark("{lever} until year"), "none": mark("No lever is called like that."),
    "hidden": mark("{count} more by their name, meaning or unit: find them above."),
}  # fmt: skip


class LeversWidget(ipyvuetify.VuetifyTemplate):
    """The panel in the browser. values, errors: by dotted name; periods: policies have years.

    declared: [{title, label, levers}] as one text, which a page that is drawn again need not look into. rest: title of the group
    of which only what has been changed, or is searched for, is shown.
    """

    template_file = (__file__, str(Path(__file__).with_name("levers.vue")))

    declared = traitlets.Unicode("[]").tag(sync=True)
    rest = traitlets.Unicode(REST).tag(sync=True)
    words = traitlets.Dict(WORDS).tag(sync=True)
    language = traitlets.Unicode("en").tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    errors = traitlets.Dict().tag(sync=True)
    periods = traitlets.Bool(True).tag(sync=True)
    searchable = traitlets.Bool(True).tag(sync=True)
    on_change = traitlets.Callable(None, allow_none=True)

    def vue_change(self, what: dict[str, Any]) -> None:
        """Pass on what was moved: {name, value (None for reset), dragged}; a number is read as the language writes it."""
        if self.on_change is not None:
            self.on_change(what["name"], Translator(self.language).read(what["value"]), what["dragged"])


def declared(levers: dict[str, Lever]) -> str:
    """Return the levers as the panel's groups, in the order of their declaration, as JSON, in the language of the tab."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for lever in levers.values():
        groups.setdefault(lever.group, []).append(lever.plain(t))
    return json.dumps([{"title": title, "label": t(title), "levers": found} for title, found in groups.items()])
