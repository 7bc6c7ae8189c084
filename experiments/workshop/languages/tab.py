"""The language of a tab of the application: the first of the browser's languages that there is a catalogue for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .refusals import refusal
from .translate import Translator, known_in

ENGLISH = "en"


def language_of(accepted: str) -> str:
    """Return the language for what a browser accepts, as `da, en-GB;q=0.8`; English where none fits."""
    wanted = []
    for place, one in enumerate(accepted.split(",")):
        tag, _, weight = one.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1.0), place, tag.partition("-")[0].lower()))
        except ValueError:
            continue
    for _, _, language in sorted(wanted):
        if language == ENGLISH or (language.isalpha() and known_in(language)):
            return language
    return ENGLISH


def here() -> Translator:
    """Return what puts sentences into the language of the tab that is drawn; into English outside of one."""
    import solara.lab  # a part of the view: the catalogues are read without it

    headers = solara.lab.headers.value or {}
    return Translator(language_of(",".join(headers.get("accept-language", []))))


def t(said: str, **places: Any) -> str:
    """Return a sentence in the language of the tab that is drawn."""
    return here()(said, **places)


def refused(text: str) -> str:
    """Return why something was refused, in the language of the tab that is drawn."""
    return refusal(here(), text)


def all_refused(errors: Mapping[str, str]) -> dict[str, str]:
    """Return what was refused by its place, in the language of the tab that is drawn."""
    return {place: refused(text) for place, text in errors.items()}


def texts(words: Mapping[str, str]) -> dict[str, str]:
    """Return words and templates by name, in the language of the tab that is drawn; places are left to the browser."""
    translator = here()
    return {name: translator.unfilled(word) for name, word in words.items()}
