"""One talk of a seat: accept, counter-offer or walk out, with the own gain of each choice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipyvuetify
import solara
import traitlets

from ecopark.analysis.exchanges.story_line import mark

from ..languages.refusals import refusal
from ..languages.tab import here, refused, t
from ..stores.solo import Solo
from ..view_models.seat import preview

WORDS = {
    "capital": mark("capital"), "they": mark("They"), "you": mark("You"), "none": mark("have made no offer yet"),
    "waits": mark("The other side speaks next."),
    "demand": mark("They demand a new price for the running contract. If you walk out, it goes on as it is."),
    "last": mark("This is their last word: accept or walk out."), "price": mark("price"), "share": mark("seller bears"),
    "part": mark("of the capital, 0 to 1"), "term": mark("term"), "years": mark("years, 1 to 30"),
    "less": mark("less than your company needs"), "accept": mark("accept theirs"), "offer": mark("offer this"),
    "leave": mark("walk out"), "bid": mark("bid"), "none_named": mark("no bid"),
    "held": mark("Accepted. Others may name their best price before it is signed."),
    "called": mark("What you talk about is about to be signed away, or others may top what you accepted. Name the best price you would sign at."),
    "second": mark("The best price wins, at what the second best would have given: to name your limit costs you nothing."), "use": mark("use it"),
}  # fmt: skip


class TalkWidget(ipyvuetify.VuetifyTemplate):
    """The card in the browser. seen: the own gain of the terms in the fields."""

    template_file = (__file__, str(Path(__file__).with_name("talk.vue")))

    card = traitlets.Dict().tag(sync=True)
    seen = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    error = traitlets.Unicode("").tag(sync=True)
    on_choose = traitlets.Callable(None, allow_none=True)
    on_weigh = traitlets.Callable(None, allow_none=True)

    def vue_choose(self, what: dict[str, Any]) -> None:
        """Pass on what was decided."""
        self.on_choose(what)

    def vue_weigh(self, what: dict[str, Any]) -> None:
        """Pass on which terms are being typed."""
        self.on_weigh(what)


@solara.component
def Talk(game: Solo, card: dict[str, Any], error: str, on_decide: Callable[..., None]):
    """Show a talk of one of the own companies. on_decide: called with the decision and the terms."""
    seen, set_seen = solara.use_state({})
    number, company, translator = card["number"], card["company"], here()

    def read(terms: dict[str, Any]) -> dict[str, Any]:
        return {name: translator.read(text) for name, text in terms.items()}

    def weigh(terms: dict[str, Any]) -> None:
        found = game.read(preview, game.park, number, company, t=translator, **read(terms))
        wrong = {field: refusal(translator, text) for field, text in found["errors"].items()}
        set_seen({**found, "errors": wrong})

    TalkWidget.element(
        card=card, seen=seen, error=refused(error), words={name: t(word) for name, word in WORDS.items()}, on_weigh=weigh,
        on_choose=lambda what: on_decide(**read(what)),
    )  # fmt: skip
