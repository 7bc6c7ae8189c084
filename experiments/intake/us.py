"""United States: the ECHO exporter (places, NAICS, numbers), the greenhouse gas summary (CO2), the RCRA Biennial Report (waste).

Public pages: https://echo.epa.gov/tools/data-downloads, https://www.epa.gov/ghgreporting, https://rcrapublic.epa.gov/rcrainfoweb.
The Biennial Report holds hazardous waste alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ecopark.abm.input.codes import code_table
from ecopark.abm.input.errors import InputError, Mistake

from .by_code import Coded, add_coded
from .draft import Cell, Draft, Facts
from .kinds import NONE, Kind, by_naics, with_name
from .library import library
from .selection import Selection, refuse_too_many
from .sources import SourceFile, number, sheet_frame, tables

PAGE = "https://echo.epa.gov/tools/data-downloads"
SHORT_TON = 0.90718474  # t
RECOVERED = ("H010", "H020", "H039", "H050", "H061")
ECHO = ("REGISTRY_ID", "FAC_NAME", "FAC_LAT", "FAC_LONG", "FAC_NAICS_CODES")
GASES = ("Facility Id", "Primary NAICS Code", "Total reported direct emissions")
BIENNIAL = ("HANDLER ID", "FORM CODE", "MANAGEMENT METHOD", "GENERATION TONS")
STEEL = 2e6  # t CO2 a year


def recognises(files: Sequence[SourceFile]) -> bool:
    """Tell whether files are of these registers."""
    return any(file.name.lower().startswith("echo_exporter") for file in files)


def read(files: Sequence[SourceFile], selection: Selection, year: int | None, closed: bool, draft: Draft) -> None:
    """Add the plants of the choice to a draft; the ECHO exporter is the spine."""
    echo = [file for file in files if file.name.lower().startswith("echo_exporter")]
    if not echo:
        raise InputError([Mistake("US registers", "no ECHO_EXPORTER.csv", f"the ECHO exporter, from {PAGE}")])
    plants = _plants(echo, selection, closed, draft)
    refuse_too_many([(plant["lat"], plant["lon"]) for plant in plants], selection)
    gases, waste = _of(files, r"(?i)ghgp?.*\.xlsx$"), _of(files, r"(?i)br_reporting.*\.csv$")
    years = [int(found) for file in (*gases, *waste) for found in re.findall(r"(?:19|20)[0-9]{2}", file.name)]
    latest = year or max(years, default=2023)
    draft.header.setdefault("start_year", latest + 1)
    draft.choice["years"] = [latest, latest]
    draft.sources += [
        {**file.origin(), "register": "US EPA", "licence": "public domain"} for file in (*echo, *gases, *waste)
    ]
    co2 = _co2(gases)
    for plant in plants:
        _add(draft, plant, co2, latest)
    _waste(waste, plants, draft, latest)
    if waste:
        draft.said.append("the Biennial Report holds hazardous waste alone: other by-products follow from the types")
    if not plants and not draft.mistakes:
        draft.wrong("choice of place", "no plant left", "a larger radius, or another place")


def _of(files: Sequence[SourceFile], pattern: str) -> list[SourceFile]:
    return [file for file in files if re.search(pattern, file.name)]


def _plants(files: Sequence[SourceFile], selection: Selection, closed: bool, draft: Draft) -> list[dict[str, Any]]:
    """Return the plants inside the choice that some program knows or whose NAICS has a type, in the order of their numbers."""
    plants, outside = [], 0
    for file in files:
        for piece in tables(file, ECHO, ("RCRA_IDS", "GHG_IDS", "FAC_ACTIVE_FLAG")):
            for row in piece.drop_duplicates("REGISTRY_ID", keep="last").to_dict("records"):
                lat, lon = number(row["FAC_LAT"]), number(row["FAC_LONG"])
                reason = None
                if lat is None or lon is None or (lat, lon) == (0, 0):
                    reason = "no place"
                elif not selection.holds(lat, lon):
                    reason = "outside"
                elif row["FAC_ACTIVE_FLAG"].strip().upper() == "N" and not closed:
                    reason = "not active"
                outside += reason == "outside"
                if reason is None:
                    plants.append({**row, "lat": lat, "lon": lon, "name": " ".join(row["FAC_NAME"].split())})
                elif reason != "outside" or outside <= 50:
                    draft.left_out.append((" ".join(row["FAC_NAME"].split()), reason))
    if outside > 50:
        draft.left_out.append((f"{outside - 50:,} more facilities", "outside"))
    return sorted(plants, key=lambda plant: plant["REGISTRY_ID"])


def _co2(files: Sequence[SourceFile]) -> dict[str, float]:
    """Return t CO2 a year by facility number: without that of wood where it is told apart, else all reported emissions."""
    found = {}
    for file in files:
        frame = sheet_frame(file, GASES, ("CO2 emissions (non-biogenic)",))
        for row in frame.to_dict("records"):
            amount = number(row["CO2 emissions (non-biogenic)"]) or number(row["Total reported direct emissions"])
            if amount:
                found[str(row["Facility Id"]).strip()] = amount
    return found


def _add(draft: Draft, plant: dict[str, Any], co2: dict[str, float], year: int) -> None:
    source = f"US EPA {year}, {plant['REGISTRY_ID']}"
    plant["company"] = name = draft.unused_name(plant["name"], plant["REGISTRY_ID"])
    row = draft.row("companies", name)
    row["name"], row["source_id"] = Cell(name, source=source), Cell(plant["REGISTRY_ID"].strip(), source=source)
    row["lat"], row["lon"] = Cell(plant["lat"], source=source), Cell(plant["lon"], source=source)
    emitted = sum(co2.get(one.strip(), 0.0) for one in re.split(r"[ ,;]+", plant["GHG_IDS"]) if one.strip())
    kinds = [kind for text in re.split(r"[ ,;]+", plant["FAC_NAICS_CODES"]) if (kind := by_naics(text.strip()))]
    kind = max(kinds, key=lambda one: one.rank, default=NONE)
    if kind.type == "arc_furnace_steel" and emitted > STEEL:
        kind = Kind("blast_furnace_steel", "high", (), "rule steel")
    indicators = (("co2", emitted, source),) if emitted else ()
    draft.facts[name] = Facts(with_name(kind, name), source, indicators)


def _waste(files: Sequence[SourceFile], plants: Sequence[dict[str, Any]], draft: Draft, year: int) -> None:
    """Add hazardous waste by form code [short tons -> t]; dust of steel works is eaf_dust."""
    forms = {row["form_code"]: row["material"] for row in code_table("rcra_materials")}
    owners = {one.strip(): plant for plant in plants for one in re.split(r"[ ,;]+", plant["RCRA_IDS"]) if one.strip()}
    found: dict[str, dict[str, Coded]] = {}
    for file in files:
        for piece in tables(file, BIENNIAL, ("PRIMARY NAICS",)):
            for row in piece.to_dict("records"):
                plant, tons = owners.get(row["HANDLER ID"].strip()), number(row["GENERATION TONS"])
                if plant is None or tons is None or tons < 0:
                    continue
                tonnes, form = tons * SHORT_TON, row["FORM CODE"].strip().upper()
                material = (
                    "eaf_dust" if form == "W304" and row["PRIMARY NAICS"].startswith("3311") else forms.get(form, "")
                )
                draft.reported += tonnes
                if material not in library().materials:
                    draft.end("not modelled", tonnes)
                    draft.not_modelled.append(
                        (plant["company"], form, tonnes, f"its form code stands for {material or 'no material'}")
                    )
                    continue
                draft.end("stream", tonnes)
                coded = found.setdefault(plant["company"], {}).setdefault(material, Coded())
                coded.codes.add(form)
                if row["MANAGEMENT METHOD"].strip().upper() in RECOVERED:
                    coded.recovered += tonnes
                else:
                    coded.disposed += tonnes
    for name, materials in sorted(found.items()):
        add_coded(draft, name, materials, f"Biennial Report {year}")
