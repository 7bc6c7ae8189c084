"""IREP, the French register of emissions and waste (Licence Ouverte): one year's folder, waste by six-digit code and plant.

Public page: https://files.georisques.fr/irep/ (YYYY.zip).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ecopark.abm.input.codes import waste_code, waste_codes
from ecopark.abm.input.errors import InputError, Mistake

from .by_code import Coded, add_coded
from .draft import Cell, Draft, Facts
from .kinds import better, by_activity, by_nace, with_name
from .library import library
from .selection import Selection, refuse_too_many
from .sources import SourceFile, number, tables

PAGE = "https://files.georisques.fr/irep/"
NAMES = (
    "etablissements",
    "emissions",
    "prod_dechets_dangereux",
    "prod_dechets_non_dangereux",
    "prelevements",
    "rejets",
)
PLANT = ("identifiant", "nom_etablissement", "coordonnees_x", "coordonnees_y", "code_epsg", "code_ape", "code_eprtr")
WASTE = ("identifiant", "code_operation_eliminatio_valorisation", "code_dechet", "quantite", "unite")
WATER_IN = (
    ("prelevements_eaux_souterraines", "raw_water"),
    ("prelevements_eaux_surface", "raw_water"),
    ("prelevements_reseau_distribution", "process_water"),
)


def recognises(files: Sequence[SourceFile]) -> bool:
    """Tell whether files are of this register."""
    return "etablissements" in {_stem(file) for file in files}


def _stem(file: SourceFile) -> str:
    return file.name.lower().removesuffix(".csv")


def read(files: Sequence[SourceFile], selection: Selection, year: int | None, closed: bool, draft: Draft) -> None:
    """Add the plants of the choice to a draft. Of several years' folders the latest, or `year`, is read."""
    chosen, latest = _year_of(files, year)
    plants = _plants(chosen, selection, draft)
    refuse_too_many([(plant["lat"], plant["lon"]) for plant in plants.values()], selection)
    draft.header.setdefault("start_year", latest + 1)
    draft.choice["years"] = [latest, latest]
    draft.sources += [
        {**file.origin(), "register": "IREP", "licence": "Licence Ouverte"} for file in chosen if _stem(file) in NAMES
    ]
    co2 = _co2(chosen, plants)
    for key, plant in sorted(plants.items()):
        _add(draft, key, plant, co2.get(key, 0.0), latest)
    _water(chosen, plants, draft, latest)
    _waste(chosen, plants, draft, latest)
    if not plants and not draft.mistakes:
        draft.wrong("choice of place", "no plant left", "a larger radius, or another place")


def _year_of(files: Sequence[SourceFile], year: int | None) -> tuple[list[SourceFile], int]:
    """Return the files of one year and the year: of their folder's name, else of the tables."""
    years: dict[int, list[SourceFile]] = {}
    for file in files:
        folder = (file.member or str(file.path)).replace("\\", "/").split("/")[-2:-1]
        named = folder[0] if folder and folder[0].isdigit() and len(folder[0]) == 4 else file.path.stem
        years.setdefault(int(named) if named.isdigit() and len(named) == 4 else 0, []).append(file)
    if year is not None and year not in years and set(years) != {0}:
        raise InputError(
            [Mistake("--year", year, f"one of {', '.join(map(str, sorted(years)))}, the years of the folders")]
        )
    latest = year if year in years else max(years)
    chosen = years[latest]
    if latest == 0:
        found = [
            row
            for file in chosen
            if _stem(file) == "emissions"
            for piece in tables(file, ("annee_emission",))
            for row in piece["annee_emission"]
        ]
        latest = year or max((int(number(text) or 0) for text in found), default=2023)
    return chosen, latest


def _plants(files: Sequence[SourceFile], selection: Selection, draft: Draft) -> dict[str, dict[str, Any]]:
    """Return the plants inside the choice by their number; the others are left out with their reason."""
    plants: dict[str, dict[str, Any]] = {}
    for file in files:
        if _stem(file) != "etablissements":
            continue
        for piece in tables(file, PLANT, ("libelle_ape",)):
            for row in piece.drop_duplicates("identifiant", keep="last").to_dict("records"):
                name = " ".join(row["nom_etablissement"].split())
                place = place_of(row["coordonnees_x"], row["coordonnees_y"], row["code_epsg"])
                if place is None:
                    draft.left_out.append(
                        (name, "no usable place" + (f" (EPSG {row['code_epsg']})" if row["code_epsg"] else ""))
                    )
                elif not selection.holds(*place):
                    draft.left_out.append((name, "outside"))
                else:
                    plants[row["identifiant"].strip()] = {**row, "name": name, "lat": place[0], "lon": place[1]}
    return plants


def place_of(x: str, y: str, epsg: str) -> tuple[float, float] | None:
    """Return (lat, lon); other systems than 4326 need the extra `geo` (pyproj). None without a usable place."""
    one, other = number(x), number(y)
    if one is None or other is None or (one, other) == (0, 0):
        return None
    if epsg.strip() not in ("", "4326"):
        try:
            from pyproj import Transformer
        except ImportError:
            return None
        try:
            one, other = Transformer.from_crs(int(epsg), 4326, always_xy=True).transform(one, other)
        except Exception:  # pyproj raises its own kinds for a system it does not know
            return None
    return (other, one) if abs(other) <= 90 and abs(one) <= 180 and other == other else None


def _co2(files: Sequence[SourceFile], plants: dict[str, Any]) -> dict[str, float]:
    """Return t CO2 a year: of the rows that begin with CO2 the total, else the largest."""
    found: dict[str, dict[str, float]] = {}
    for file in files:
        if _stem(file) == "emissions":
            for piece in tables(file, ("identifiant", "milieu", "polluant", "quantite")):
                for row in piece.to_dict("records"):
                    amount = number(row["quantite"])
                    if (
                        row["identifiant"].strip() in plants
                        and row["polluant"].strip().upper().startswith("CO2")
                        and amount
                    ):
                        found.setdefault(row["identifiant"].strip(), {})[row["polluant"].lower()] = amount / 1000
    return {
        key: next((amount for gas, amount in sorted(gases.items()) if "total" in gas), max(gases.values()))
        for key, gases in found.items()
    }


def _add(draft: Draft, key: str, plant: dict[str, Any], co2: float, year: int) -> None:
    """Add a plant as a company."""
    source = f"IREP {year}, {key}"
    plant["company"] = name = draft.unused_name(plant["name"], key)
    row = draft.row("companies", name)
    row["name"], row["source_id"] = Cell(name, source=source), Cell(key, source=source)
    row["lat"], row["lon"] = Cell(plant["lat"], source=source), Cell(plant["lon"], source=source)
    if plant["code_ape"]:
        row["nace"] = Cell(plant["code_ape"], source=source)
    kind = better(by_activity("EPRTR", plant["code_eprtr"]), by_nace(plant["code_ape"][:4]))
    indicators = (("co2", co2, source),) if co2 else ()
    draft.facts[name] = Facts(
        with_name(kind, name) if kind.confidence != "high" and not kind.by.startswith("activity and") else kind,
        source,
        indicators,
    )


def _water(files: Sequence[SourceFile], plants: dict[str, Any], draft: Draft, year: int) -> None:
    """Add water taken (not from the sea) and waste water let out to a network, as given streams [m3 a year]."""
    for file in files:
        if _stem(file) == "prelevements":
            for piece in tables(file, ("identifiant",), tuple(name for name, _ in WATER_IN)):
                for row in piece.to_dict("records"):
                    _take(draft, plants.get(row["identifiant"].strip()), row, year)
        if _stem(file) == "rejets":
            for piece in tables(file, ("identifiant",), ("rejet_raccorde_m3_par_an",)):
                for row in piece.to_dict("records"):
                    plant, amount = plants.get(row["identifiant"].strip()), number(row["rejet_raccorde_m3_par_an"])
                    if plant is not None and amount:
                        stream = draft.row("streams", plant["company"], "waste_water", "out")
                        stream["per_year"] = Cell(
                            amount, "given", "C", f"rejets {year}", "let out to a network", amount, amount
                        )


def _take(draft: Draft, plant: dict[str, Any] | None, row: dict[str, str], year: int) -> None:
    sums: dict[str, float] = {}
    for column, material in WATER_IN:
        amount = number(row[column])
        if plant is not None and amount:
            sums[material] = sums.get(material, 0.0) + amount
    for material, amount in sums.items():
        assert plant is not None
        stream = draft.row("streams", plant["company"], material, "in")
        stream["per_year"] = Cell(amount, "given", "C", f"prelevements {year}", "water taken", amount, amount)


def _waste(files: Sequence[SourceFile], plants: dict[str, Any], draft: Draft, year: int) -> None:
    """Add the waste by code; codes that stand for no material are not modelled, with their tonnes."""
    found: dict[str, dict[str, Coded]] = {}
    for file in files:
        if not _stem(file).startswith("prod_dechets"):
            continue
        for piece in tables(file, WASTE):
            for row in piece.drop_duplicates().to_dict("records"):
                tonnes, plant = number(row["quantite"]), plants.get(row["identifiant"].strip())
                if tonnes is None or tonnes < 0 or plant is None:
                    continue
                _book(draft, plant["company"], row, tonnes, found)
    for name, materials in sorted(found.items()):
        add_coded(draft, name, materials, f"IREP {year}")


def _book(draft: Draft, name: str, row: dict[str, str], tonnes: float, found: dict[str, dict[str, Coded]]) -> None:
    draft.reported += tonnes
    code = waste_code(row["code_dechet"]) or row["code_dechet"].strip()
    material = waste_codes().get(code, {}).get("material", "")
    if material not in library().materials:
        draft.end("not modelled", tonnes)
        why = (
            f"its code stands for {material}, which the library lacks"
            if material
            else "its code stands for no material"
        )
        draft.not_modelled.append((name, code, tonnes, why))
        return
    draft.end("stream", tonnes)
    coded = found.setdefault(name, {}).setdefault(material, Coded())
    coded.codes.add(code)
    if row["code_operation_eliminatio_valorisation"].strip().upper().startswith("R"):
        coded.recovered += tonnes
    else:
        coded.disposed += tonnes
