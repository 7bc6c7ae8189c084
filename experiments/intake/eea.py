"""European industrial reporting (E-PRTR, IED, large combustion plants): the CSV set of the EEA, both generations of names.

Needed are F4_2 and one of F1_4 and F6_1; F5_2 (fuels) and F7_1 (capacity of incinerators) help. Public page:
https://industry.eea.europa.eu/download (CC BY 4.0).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ecopark.abm.input.errors import InputError, Mistake

from .draft import Cell, Draft, Facts
from .eea_files import Facilities, Facility, read_air, read_capacity, read_fuels, read_installations, read_waste
from .farms import is_farm, merge_farms
from .kinds import NONE, Kind, by_activity, heaviest, main_fuel, with_name
from .selection import Selection, refuse_too_many
from .sources import SourceFile

PAGE = "https://industry.eea.europa.eu/download"
GONE = ("decommissioned", "disused", "not regulated", "notregulated")
STEEL = 2e6  # t CO2 a year: above that a steel works has a blast furnace
YEARS = 3  # of which the median is taken
NAMED = 50  # facilities outside the choice that are named; the rest is counted


def recognises(files: Sequence[SourceFile]) -> bool:
    """Tell whether files are of this register."""
    return any(_prefix(file) in ("F4_2", "F1_4", "F6_1") for file in files)


def _prefix(file: SourceFile) -> str:
    found = re.match(r"(F[0-9]_[0-9])[ _]", file.name)
    return found[1] if found and file.name.lower().endswith(".csv") else ""


def read(files: Sequence[SourceFile], selection: Selection, year: int | None, closed: bool, draft: Draft) -> None:
    """Add the facilities of the choice to a draft."""
    by_prefix: dict[str, list[SourceFile]] = {}
    for file in files:
        by_prefix.setdefault(_prefix(file), []).append(file)
    if "F4_2" not in by_prefix or not {"F1_4", "F6_1"} & set(by_prefix):
        wanted = f"F4_2 (waste transfers) and F1_4 (air releases) or F6_1 (installations), from {PAGE}"
        raise InputError([Mistake("EEA register", ", ".join(sorted(file.name for file in files)), wanted)])
    facilities = Facilities()
    for prefix, reader in (
        ("F4_2", read_waste),
        ("F1_4", read_air),
        ("F6_1", read_installations),
        ("F7_1", read_capacity),
    ):
        for file in by_prefix.get(prefix, ()):
            reader(file, selection, facilities)
    for file in by_prefix.get("F5_2", ()):
        read_fuels(file, selection, facilities, year)
    latest = year or facilities.latest
    chosen = _choose(facilities, latest, closed, draft)
    refuse_too_many([(one.lat or 0.0, one.lon or 0.0) for one in chosen], selection)
    draft.header.setdefault("start_year", latest + 1)
    draft.choice["years"] = [latest - YEARS + 1, latest]
    draft.sources += [
        {**file.origin(), "register": "EEA industrial reporting", "licence": "CC BY 4.0"}
        for file in files
        if _prefix(file)
    ]
    farms = [one for one in chosen if is_farm(one.activity)]
    for one in sorted((one for one in chosen if not is_farm(one.activity)), key=lambda one: one.key):
        _add(draft, one, latest)
    merge_farms(draft, farms, lambda farm: _medians(farm, latest))
    if not draft.rows("companies") and not draft.mistakes:
        draft.wrong("choice of place", "no facility left", "a larger radius, or another place or year")


def _choose(facilities: Facilities, latest: int, closed: bool, draft: Draft) -> list[Facility]:
    """Return the facilities that stay; the others are left out with their reason, farms without their names."""
    chosen = []
    for one in sorted(facilities.values(), key=lambda one: one.key):
        reason = _why_left_out(one, latest, closed)
        if reason is None:
            chosen.append(one)
            continue
        draft.left_out.append(("a farm" if is_farm(one.activity) else one.name or one.key, reason))
        if one.placed:
            tonnes = sum(sum(by.values()) for by in _medians(one, latest).values())
            draft.reported += tonnes
            draft.end("left out", tonnes)
    outside = [name or key for key, name in sorted(facilities.outside.items()) if key not in facilities]
    draft.left_out += [(name, "outside") for name in outside[:NAMED]]
    if len(outside) > NAMED:
        draft.left_out.append((f"{len(outside) - NAMED:,} more facilities", "outside"))
    return chosen


def _why_left_out(one: Facility, latest: int, closed: bool) -> str | None:
    if not one.placed:
        return "no place"
    statuses = set(one.installations.values())
    if statuses and all(status in GONE for status in statuses) and not closed:
        return sorted(statuses)[0]
    if one.year <= latest - YEARS and not closed:
        return f"last report {one.year}"
    return None


def _median(years: dict[int, float], latest: int) -> float | None:
    """Return the median over the reported years of the window."""
    values = sorted(value for year, value in years.items() if latest - YEARS < year <= latest)
    if not values:
        return None
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def _medians(one: Facility, latest: int) -> dict[str, dict[str, float]]:
    """Return the reported waste [t a year] by class and treatment."""
    found: dict[str, dict[str, float]] = {}
    for (waste, treatment), years in sorted(one.waste.items()):
        tonnes = _median(years, latest)
        if tonnes is not None:
            found.setdefault(waste, {})[treatment] = tonnes
    return found


def _kind(one: Facility, co2: float) -> Kind:
    """Return the type of a facility, by the first of the rules that decides."""
    installations = [text.partition("|")[0] for text in one.installations]
    listed = heaviest(installations)
    power = one.activity.replace(" ", "").startswith("1(c)")
    if listed == "1.1" and not power and one.activity:
        listed = None  # a boiler house does not say what the plant makes
    activity = by_activity("EPRTR", one.activity)
    kind = (by_activity("IED", listed) if listed else None) or activity or NONE
    if listed == "1.1" or (power and listed is None):
        kind = main_fuel(one.fuels) or kind
    if kind.type == "arc_furnace_steel" and (co2 > STEEL or {"1.3", "2.1"} & set(installations)):
        return Kind("blast_furnace_steel", "high", (), "rule steel")
    return with_name(kind, one.name)


def _add(draft: Draft, one: Facility, latest: int) -> None:
    """Add a facility as a company with its streams."""
    co2 = _median(one.co2, latest) or (one.co2[max(one.co2)] if one.co2 else 0.0)
    kind = _kind(one, co2)
    source = f"EEA {one.key}, {latest - YEARS + 1} to {latest}"
    name = draft.unused_name(one.name or one.key, one.key)
    row = draft.row("companies", name)
    fuel, n2o = 1000 * sum(one.fuels.values()), _median(one.n2o, latest)
    known = (("capacity_t_h", one.capacity), ("fuel", fuel), ("co2", co2), ("n2o", n2o))
    row["name"] = Cell(name, source=source)
    row["lat"], row["lon"] = Cell(one.lat, source=source), Cell(one.lon, source=source)
    row["source_id"] = Cell(one.key, source=source)
    indicators = tuple((indicator, amount, source) for indicator, amount in known if amount)
    draft.facts[name] = Facts(kind, source, indicators, _medians(one, latest))
    if one.secret:
        draft.unknown.append(
            (name, f"{one.secret} confidential transfer{'s' if one.secret > 1 else ''} of waste: quantity unknown")
        )
