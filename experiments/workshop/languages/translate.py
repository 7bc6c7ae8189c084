"""Sentences in another language: templates by the catalogues, numbers by the language, events of a run by their patterns.

The catalogues are read by the standard library. What no catalogue has stays English: names, and materials of other parks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from ecopark.abm.input.number_formats import plain_number
from ecopark.abm.observation.event_texts import PATTERNS
from ecopark.analysis.exchanges.story_line import Line, Phrase, mark

HERE = Path(__file__).parent
COMMA = ("de", "da")  # languages with a decimal comma
SWAP = str.maketrans(".,", ",.")
SCALES = ("thousand", "million", "billion", "k", "M", "bn")  # as `figure` and `brief` write them
AMOUNT = re.compile(rf"([-+−]?\d[\d,]*(?:\.\d+)?)(?: (?:({'|'.join(SCALES)})(?: |$))?(.*))?")
SENTENCES = (*PATTERNS.values(), mark("ended by the person in the seat of {company}"))
PARTS = (  # of sentences about events: what changed, and by how much
    mark("size {before:,.0f} to {after:,.0f} {unit} a year"), mark("size to {after:,.0f} {unit} a year"), mark("from {before} to {after}"),
    mark("to {after}"), mark("its process or size"), mark("{unit} a year"),
    mark("EUR per {unit}"),
)  # fmt: skip
NAMES = ("company", "partner", "seller", "buyer", "who")  # places that hold the name of a company, which is no word
NUMBER = re.compile(r"\d[\d,]*\d(?:\.\d+)?|\d(?:\.\d+)?")


def languages() -> tuple[str, ...]:
    """Return the languages that a workshop speaks: English, and each that has a catalogue for the faces."""
    return ("en", *sorted(path.stem for path in (HERE.parent / "faces" / "languages").glob("*.json")))


@lru_cache(maxsize=8)
def known_in(language: str) -> Mapping[str, str]:
    """Return translations by English sentence; none for English."""
    found: dict[str, str] = {}
    for folder in (HERE, HERE.parent / "faces" / "languages"):
        path = folder / f"{language}.json"
        if path.is_file():
            found.update(json.loads(path.read_text(encoding="utf-8")))
    return found


class Name(str):
    """The name of a company: as it is in every language."""

    __slots__ = ()


class Translator(Formatter):
    """Puts sentences into a language. language: en, or one that has a catalogue."""

    def __init__(self, language: str = "en"):
        self.language, self.known = language, known_in(language)

    def __call__(self, said: str | Line | Phrase, **places: Any) -> str:
        """Return a sentence in the language, with its places filled."""
        if isinstance(said, str):
            return self.vformat(self.known.get(said, said), (), places)
        return self.vformat(self.known.get(said.template, said.template), (), said.places)

    def plain(self, places: Mapping[str, Any]) -> dict[str, Any]:
        """Return places as plain values: phrases as text."""
        return {name: self(value) if isinstance(value, Phrase) else value for name, value in places.items()}

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        """Return what belongs into a place and its name, the name of a company marked as one."""
        value, first = super().get_field(field_name, args, kwargs)
        return (Name(value) if field_name in NAMES and isinstance(value, str) else value), first

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return what stands in a place: numbers as the language writes them, words in the language, names as they are."""
        if isinstance(value, Phrase):
            return self(value)
        if isinstance(value, Name):
            return format(value)
        if isinstance(value, str):
            return self.word(value)
        return self.number(format(value, format_spec)) if format_spec else format(value)

    def unfilled(self, template: str) -> str:
        """Return a template in the language, its places as they are: the browser fills them."""
        return self.known.get(template, template)

    def number(self, text: str) -> str:
        """Return a number that is written in English as the language writes it."""
        return text.translate(SWAP) if self.language in COMMA else text

    def read(self, typed: Any) -> Any:
        """Return a number that was typed as the language writes it with a decimal point; all else as it is."""
        mark = "," if self.language in COMMA else "."
        return plain_number(typed.strip().replace("−", "-"), mark) if isinstance(typed, str) else typed

    def word(self, text: str) -> str:
        """Return a word or a sentence about an event in the language, as it is where it is not known."""
        if not self.known:
            return text
        if text in self.known:
            return self.known[text]
        if amount := AMOUNT.fullmatch(text):
            size, scale, unit = amount.groups()
            words = (self.known.get(word, word) for word in (scale, unit) if word)
            return " ".join((self.number(size), *words))
        return self._told(SENTENCES, text) or text

    def _told(self, patterns: tuple[str, ...], text: str) -> str | None:
        """Return a sentence that was made of one of the patterns in the language, None where none fits."""
        for pattern, finds in finders(patterns):
            found = finds.fullmatch(text)
            if found is not None and pattern in self.known:
                return self._event(self.known[pattern], found.groupdict())
        return None

    def _event(self, translated: str, said: Mapping[str, str]) -> str:
        """Return a sentence about an event whose places are known as text."""
        bare = re.sub(r"\{(\w+):[^}]*\}", r"{\1}", translated)
        return bare.format(**{name: text if name in NAMES else self._part(text) for name, text in said.items()})

    def _part(self, text: str) -> str:
        """Return a part of a sentence about an event: as a word or an amount, else its numbers as the language writes them."""
        told = self.word(text)
        if told == text:
            told = self._told(PARTS, text) or text
        return told if told != text else NUMBER.sub(lambda found: self.number(found.group()), text)


@lru_cache(maxsize=4)
def finders(patterns: tuple[str, ...]) -> list[tuple[str, re.Pattern[str]]]:
    """Return every pattern with what finds its places in a sentence."""
    return [(pattern, finder(pattern)) for pattern in patterns]


def finder(pattern: str) -> re.Pattern[str]:
    """Return what finds a sentence that was made of a pattern, and its places by their names."""
    parts, seen = [], set()
    for before, name, spec, _ in Formatter().parse(pattern):
        parts.append(re.escape(before))
        if name is not None:
            inner = (
                r"[-+−]?[\d,.]+(?:e[-+]?\d+)?" if spec else ".*" if name == "material" else ".*?"
            )  # "steam from a plant"
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>{inner})")
            seen.add(name)
    return re.compile("".join(parts))
