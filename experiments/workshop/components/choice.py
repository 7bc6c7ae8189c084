"""One of several: the browser's own list, which keys and screen readers know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ipyvuetify
import solara
import traitlets


class ChoiceWidget(ipyvuetify.VuetifyTemplate):
    """The list in the browser. chosen: place among the values."""

    template_file = (__file__, str(Path(__file__).with_name("choice.vue")))

    label = traitlets.Unicode("").tag(sync=True)
    values = traitlets.List().tag(sync=True)
    chosen = traitlets.Int(0).tag(sync=True)
    on_choose = traitlets.Callable(None, allow_none=True)

    def vue_choose(self, place: int) -> None:
        """Pass on which value was chosen."""
        self.on_choose(place)


@solara.component
def Choice(label: str, values: Sequence[Any], value: Any, on_value: Callable[[Any], Any], names: Sequence[str] = ()):
    """Show a list of values to choose one from. names: what stands for each of them, themselves without."""
    known = list(values)

    def choose(place: int) -> None:
        if 0 <= place < len(known):
            on_value(known[place])

    ChoiceWidget.element(
        label=label,
        values=list(names) or [str(one) for one in known],
        chosen=known.index(value) if value in known else -1,
        on_choose=choose,
    )
