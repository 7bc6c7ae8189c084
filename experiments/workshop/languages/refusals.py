"""Refusals in another language: what the stores answer in English is found by its pattern, part by part.

What was typed stays as it was typed; only what would be allowed is translated.
"""

from __future__ import annotations

import re

from ecopark.analysis.exchanges.story_line import mark

from ..stores.handlers import ANSWERS
from .translate import Translator, finders

ALLOWED = (
    mark("true or false"), mark("a number"), mark("a year"), mark("size or scale, not both"), mark("a declared parameter or policy"),
    mark("a number from {low:g} to {high:g}"), mark("a whole number from {low:g} to {high:g}"), mark("a year from {low:g} to {high:g}"),
    mark("a number from {low:g} to {high:g} {unit}"), mark("a whole number from {low:g} to {high:g} {unit}"),
    mark("a number from {low:g} to {high:g} months a second"), mark("a month from {low:g} to {high:g}"),
    mark("a whole number from {low:g} on"), mark("a number EUR per unit"), mark("one of {names}"),
    mark("the name of a company"), mark("a material or group"), mark("a material or a group of materials"),
    mark("a company in whose seat you are"), mark("a fork first"), mark("a name that is not taken yet"),
    mark("at most {most:g} variants beside each other; remove one first"), mark("a talk that is still open"),
    mark("the other side speaks next"), mark("accept or leave: the other side has said its last word"),
    mark("an offer first: the other side has made none yet"), mark("your company signs for {least:,.0f} EUR a year or more"),
    mark("an exchange that has not ended"), mark("one of the two companies of the exchange"), mark("the number of an exchange"),
    mark("one of {names}, after a question"), mark("the code of a workshop that is open"),
    mark("fewer than {most:g} open; {name} is idle longest"), mark("at most {most:g}: the scenario has {years:g} years"),
)  # fmt: skip
ENGLISH = Translator()


def refusal(translator: Translator, text: str) -> str:
    """Return an answer of a store in a language; several stand after each other. What is not known stays English."""
    if not translator.known or not text:
        return text
    parts = text.split(". ")
    told = [_answer(translator, part) for part in parts]
    if None in told:
        return _answer(translator, text) or text
    return ". ".join(part for part in told if part)


def _answer(translator: Translator, text: str) -> str | None:
    """Return one answer, None where no pattern fits."""
    found = _found(ANSWERS, text)
    if found is None:
        return None
    template, said = found
    if "allowed" in said:
        said["allowed"] = _allowed(translator, said["allowed"])
    return ENGLISH(translator.unfilled(template), **said)


def _allowed(translator: Translator, text: str) -> str:
    """Return what would be allowed: its numbers as the language writes them, its unit in the language."""
    text = text.strip()
    found = _found(ALLOWED, text)
    if found is None:
        return text
    template, said = found
    return re.sub(r"\{(\w+)[^}]*\}", lambda place: translator.word(said[place[1]]), translator.unfilled(template))


def _found(templates: tuple[str, ...], text: str) -> tuple[str, dict[str, str]] | None:
    """Return the first template that fits a text, and what stands in its places."""
    for template, finds in finders(templates):
        found = finds.fullmatch(text)
        if found is not None:
            return template, found.groupdict()
    return None
