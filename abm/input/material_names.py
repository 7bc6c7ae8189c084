"""What people call a material: names, labels and other words for it, however they are spelled."""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections import defaultdict
from functools import lru_cache

from .codes import FOLDER, code_table, meant_by_waste_code

SPELLINGS = (("sulf", "sulph"), ("aluminum", "aluminium"), ("fiber", "fibre"), ("fertilizer", "fertiliser"))
WORDS = {"tire": "tyre"}
FILLERS = {"of", "the", "and", "or", "from", "de", "fresh", "wet", "our"}
LONGEST = 120  # letters of a name that is looked up
LIKE = 0.85  # likeness from which two words are the same, one mistyped


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a name in one spelling: small letters, no accents, apostrophes, plurals or remarks in brackets."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    bare = re.sub(r"\([^)]*\)", " ", re.sub("['\u2019\u2018`\u00b4]", "", bare))
    for other, ours in SPELLINGS:
        bare = bare.replace(other, ours)
    return tuple(_singular(word) for word in re.findall(r"[a-z0-9]+", bare) if word not in FILLERS)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses", "ases")):
        return word[:-2]
    one = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    return WORDS.get(one, one)


@lru_cache(maxsize=1)
def _known() -> dict[tuple[str, ...], frozenset[str]]:
    """Return the materials that each name may mean: by their names, labels and words."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    with (FOLDER.parent / "materials.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[plain_words(row["label"])].add(row["material"])
            found[plain_words(row["material"])].add(row["material"])
    for row in code_table("material_words"):
        for words in row["words"].split(";"):
            found[plain_words(words)].add(row["material"])
    return {words: frozenset(materials) for words, materials in found.items() if words}


@lru_cache(maxsize=1)
def _together() -> dict[str, frozenset[str]]:
    """Return the same by the letters alone, with the words in order and sorted: flyash, ash of fly."""
    found: dict[str, set[str]] = defaultdict(set)
    for words, materials in _known().items():
        for key in ("".join(words), "".join(sorted(words))):
            found[key] |= materials
    return {key: frozenset(materials) for key, materials in found.items()}


@lru_cache(maxsize=4096)
def materials_called(text: str) -> frozenset[str]:
    """Return the materials of the library that a name means, none when it is no name of any.

    A word mistyped by a letter is understood where the rest of the name fits.
    """
    if len(text) > LONGEST:
        return frozenset()
    words = plain_words(text)
    if "_" in text and text in _known().get(words, ()):
        return frozenset({text})
    exact = _known().get(words) or _together().get("".join(words)) or _together().get("".join(sorted(words)))
    if exact or not words:
        return exact or frozenset()
    near = [materials for name, materials in _known().items() if _mistyped(words, name)]
    return frozenset().union(*near)


def _mistyped(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Tell whether two names are word for word the same or mistyped."""
    return len(words) == len(name) and all(_alike(one, other) for one, other in zip(words, name, strict=True))


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 5 or one[0] != other[0]:
        return False
    return sorted(one) == sorted(other) or difflib.SequenceMatcher(None, one, other).ratio() >= LIKE


def meant_material(text: str) -> str | None:
    """Say which material a waste code or a name in other words stands for; None when it is neither."""
    found = materials_called(text)
    return meant_by_waste_code(text) or (" or ".join(sorted(found)) or None)
