"""Which type of company a plant is: from its NACE class, its activity in a register, its fuel, words of its name."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from ecopark.abm.input.codes import code_table, nace_class

CONFIDENCE = ("none", "low", "medium", "high")
# The heaviest installation of a site decides (own_park.md 4); the first that fits.
HEAVIEST = ("2.2", "1.3", "2.1", "1.2", "3.1(a)", "3.1(b)", "3.3", "4.", "5.2", "6.1", "2.5", "1.1")
FUELS = {
    "Coal": "coal_chp_fgd", "Lignite": "coal_chp_fgd", "Biomass": "biomass_chp", "Peat": "biomass_chp",
    "OtherSolidFuels": "biomass_chp", "LiquidFuels": "oil_power_station", "NaturalGas": "gas_chp", "OtherGases": "gas_chp",
}  # fmt: skip
OTHER = "other_plant"


@dataclass(frozen=True)
class Kind:
    """A type with the confidence in it, what else it may be, and what decided."""

    type: str
    confidence: str
    alternatives: tuple[str, ...] = ()
    by: str = ""

    @property
    def rank(self) -> int:
        """Return the confidence as a number."""
        return CONFIDENCE.index(self.confidence)


NONE = Kind(OTHER, "none", (), "nothing known")


def _kind(row: dict[str, str], column: str, by: str) -> Kind:
    others = tuple(name for name in row.get("alternatives", "").split(";") if name)
    return Kind(row[column] or OTHER, row["confidence"], others, by)


def by_nace(text: str) -> Kind | None:
    """Return the type of a NACE class; shorter codes only if all classes below agree, else of the first with low confidence."""
    code = nace_class(str(text))
    rows = [row for row in code_table("nace_types") if code and row["nace"].startswith(code[:4])]
    if not rows:
        return None
    types = {row["type"] for row in rows}
    first = _kind(rows[0], "type", "NACE")
    if len(types) == 1:
        worst = min((row["confidence"] for row in rows), key=CONFIDENCE.index)
        return replace(first, confidence=worst)
    others = tuple(
        sorted((types | {name for row in rows for name in row["alternatives"].split(";")}) - {"", first.type})
    )
    return replace(first, confidence="low", alternatives=others)


def by_activity(scheme: str, activity: str) -> Kind | None:
    """Return the type of an activity of E-PRTR (`3(c)(i)`) or an IED installation (`3.1(a)`); the nearest that is listed."""
    text = activity.strip().replace(" ", "")
    while text:
        for row in code_table("ied_types"):
            if row["scheme"] == scheme and row["activity"] == text:
                return _kind(row, "type", "activity" if scheme == "EPRTR" else f"installation {activity.strip()}")
        text = text[: text.rfind("(")] if "(" in text else ""
    return None


def by_naics(text: str) -> Kind | None:
    """Return the type of the longest NAICS prefix that is listed."""
    rows = [row for row in code_table("naics_types") if text.startswith(row["naics_prefix"])]
    if not rows:
        return None
    row = max(rows, key=lambda one: len(one["naics_prefix"]))
    return Kind(row["type"], row["confidence"], (), f"NAICS {row['naics_prefix']}")


def letters(text: str) -> str:
    """Return text in small letters without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


@lru_cache(maxsize=1)
def words() -> dict[str, tuple[str, ...]]:
    """Return the words of each type (name_words.csv)."""
    return {
        row["type"]: tuple(letters(word) for word in row["words"].split(";") if word)
        for row in code_table("name_words")
    }


def with_name(kind: Kind, name: str) -> Kind:
    """Let words of the name decide between the types that are allowed, never alone; what they decide is at least medium."""
    text = letters(name)
    hits = [one for one in (kind.type, *kind.alternatives) if any(word in text for word in words().get(one, ()))]
    if len(hits) != 1 or kind.confidence == "high":
        return kind
    others = tuple(one for one in (kind.type, *kind.alternatives) if one != hits[0])
    if hits[0] == kind.type:
        return replace(kind, confidence=max(kind.confidence, "medium", key=CONFIDENCE.index))
    return Kind(hits[0], "medium", others, "name")


def heaviest(installations: list[str]) -> str | None:
    """Return the installation of a site that decides its type, or None when none of the listed is there."""
    for prefix in HEAVIEST:
        found = sorted(one for one in installations if one.startswith(prefix))
        if found:
            return found[0]
    return None


def main_fuel(fuels: dict[str, float]) -> Kind | None:
    """Return the type of a power station by its main fuel [TJ by kind of fuel]."""
    known = {name: amount for name, amount in fuels.items() if name in FUELS and amount > 0}
    if not known:
        return None
    fuel = max(sorted(known), key=lambda name: known[name])
    return Kind(FUELS[fuel], "high", (), f"fuel {fuel}")


def better(activity: Kind | None, nace: Kind | None) -> Kind:
    """Return the better known of two; where NACE chooses among what the activity allows, both have decided."""
    if activity is None or nace is None:
        return activity or nace or NONE
    if activity.rank >= nace.rank:
        return activity
    return replace(nace, by="activity and NACE" if nace.type in activity.alternatives else "NACE")
