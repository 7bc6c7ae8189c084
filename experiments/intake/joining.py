"""Companies that two sources name: joined by their name without case, accents and legal form, within a kilometre.

What one source gives stays beside what the other gives; where both give a cell the later source has it, and that is said.
"""

from __future__ import annotations

from dataclasses import replace

from ecopark.abm.input.notices import plain
from ecopark.abm.input.places import great_circle

from .draft import Cell, Draft, Facts
from .kinds import better

NEAR = 1.0  # km within which two of one name are one plant
LEGAL = (
    "a s", "aps", "asa", "as", "gmbh", "co kg", "kg", "mbh", "ag", "se", "sa", "s a", "sas", "s a s", "sarl", "s a r l", "spa", "s p a", "srl",
    "s r l", "sl", "s l", "ltd", "limited", "plc", "llc", "lp", "inc", "corp", "oy", "oyj", "ab", "nv", "n v", "bv", "b v", "co", "sp z o o",
)  # fmt: skip


def bare(name: str) -> str:
    """Return a name without case, accents, signs and legal form: `Ørsted A/S` and `ørsted` are equal."""
    text = plain(name)
    while True:
        shorter = next((text[: -len(form) - 1] for form in LEGAL if text.endswith(f" {form}")), text)
        if shorter == text:
            return text
        text = shorter


def same_company(draft: Draft, name: str, place: tuple[float, float] | None) -> str | None:
    """Return the company of another source that a name means; one alike but farther than 1 km is another, and that is said."""
    alike = [other for other, _ in draft.companies() if bare(other) == bare(name)]
    for other in alike:
        away = _apart(place, _place(draft, other))
        if away is None or away <= NEAR:
            return other
        draft.said.append(_two(name, other, away))
    return None


def join_registers(draft: Draft) -> None:
    """Join the companies that several registers name, in place: into the one of the register that was read first."""
    by_name: dict[str, list[str]] = {}
    for name in draft.facts:
        by_name.setdefault(bare(name), []).append(name)
    for names in by_name.values():
        for name in names[1:]:
            first = names[0]
            if _register(draft.facts[first]) == _register(draft.facts[name]):
                continue
            away = _apart(_place(draft, first), _place(draft, name))
            if away is not None and away > NEAR:
                draft.said.append(_two(name, first, away))
            else:
                _join(draft, first, name)


def _join(draft: Draft, first: str, other: str) -> None:
    """Give a company all that the other one has, in place."""
    one, two = draft.facts[first], draft.facts.pop(other)
    if one.reported and two.reported:  # one plant reports its waste once: the later register counts
        left = sum(sum(by.values()) for by in one.reported.values())
        draft.reported += left
        draft.end("left out", left)
    draft.facts[first] = replace(
        one, kind=better(one.kind, two.kind), source=f"{one.source}; {two.source}", indicators=(*one.indicators, *two.indicators),
        reported=two.reported or one.reported, size=two.size or one.size,
    )  # fmt: skip
    draft.said.append(f"{other} is {first}, as another register calls it: joined ({two.source})")
    for table, rows in draft.tables.items():
        moved = {key: row for key, row in rows.items() if other in key[:2]}
        for key, row in moved.items():
            del rows[key]
            into = draft.row(table, *(first if part == other else part for part in key))
            for column, cell in row.items():
                if not (table == "companies" and column in ("name", "lat", "lon", "source_id") and column in into):
                    into[column] = replace(cell, value=first) if cell.value == other else cell


def _register(facts: Facts) -> str:
    return facts.source.partition(" ")[0]


def _place(draft: Draft, name: str) -> tuple[float, float] | None:
    row = draft.row("companies", name)
    lat, lon = row.get("lat", Cell(None)).value, row.get("lon", Cell(None)).value
    return None if lat is None or lon is None else (lat, lon)


def _apart(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float | None:
    return None if one is None or other is None else great_circle(one, other)


def _two(name: str, other: str, away: float) -> str:
    return f"{name} and {other} are called alike and stand {away:.1f} km apart: taken as two; if they are one, take one out of companies.csv"
