"""The files of the European industrial reporting, row by row -> facilities with waste, air, installations, fuels, capacity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ecopark.abm.input.places import great_circle

from .kinds import letters
from .selection import Selection
from .sources import SourceFile, number, tables

FACILITY = ("FacilityInspireId", "reportingYear", "Longitude", "Latitude")
ABOUT = ("facilityName", "EPRTRAnnexIMainActivity", "city")
NEAR = 0.3  # km: a combustion plant belongs to the facility that stands there


@dataclass
class Facility:
    """What the files say of one facility."""

    key: str
    name: str = ""
    activity: str = ""
    year: int = 0
    lat: float | None = None
    lon: float | None = None
    waste: dict[tuple[str, str], dict[int, float]] = field(default_factory=dict)
    secret: int = 0
    co2: dict[int, float] = field(default_factory=dict)
    n2o: dict[int, float] = field(default_factory=dict)
    installations: dict[str, str] = field(default_factory=dict)
    fuels: dict[str, float] = field(default_factory=dict)
    capacity: float = 0.0

    @property
    def placed(self) -> bool:
        """Tell whether it has a place."""
        return self.lat is not None and self.lon is not None and (self.lat, self.lon) != (0, 0)


class Facilities(dict[str, Facility]):
    """The facilities that may be chosen, by their number; of those outside only the name. latest: year of any row."""

    def __init__(self) -> None:
        super().__init__()
        self.outside: dict[str, str] = {}
        self.latest = 0


def _rows(
    file: SourceFile, needed: Sequence[str], wanted: Sequence[str], selection: Selection, facilities: Facilities
) -> Any:
    """Yield (facility, row) of the rows whose facility may be chosen; those outside are known by name alone."""
    cache: dict[str, bool] = {}
    for piece in tables(file, needed, (*ABOUT, *wanted)):
        place = piece["Longitude"] + " " + piece["Latitude"]
        for text in set(place.unique()) - set(cache):
            x, y = (number(part) for part in text.split(" ", 1))
            cache[text] = y is None or x is None or (x, y) == (0, 0) or selection.holds(y, x)
        inside = place.map(cache).astype(bool)  # of no rows at all, too
        far = piece[~inside]
        names = far["facilityName"].mask(far["EPRTRAnnexIMainActivity"].str.startswith("7(a"), "a farm")
        facilities.outside.update(zip(far[needed[0]], names, strict=True))
        years = piece["reportingYear"].drop_duplicates().map(number).dropna()
        facilities.latest = max([facilities.latest, *(int(year) for year in years if 1900 < year < 2200)])
        for row in piece[inside].drop_duplicates().to_dict("records"):
            facility = _facility(facilities, row[needed[0]], row)
            if facility is not None:
                yield facility, row


def _facility(facilities: Facilities, key: str, row: dict[str, str]) -> Facility | None:
    """Return the facility of a row, brought up to date by the later year."""
    year, lon, lat = int(number(row["reportingYear"]) or 0), number(row["Longitude"]), number(row["Latitude"])
    if not key:
        return None
    facility = facilities.setdefault(key, Facility(key))
    if year >= facility.year or not facility.placed:
        if row.get("facilityName"):
            facility.name = " ".join(row["facilityName"].split())
        facility.activity = row.get("EPRTRAnnexIMainActivity") or facility.activity
        if lon is not None and lat is not None:
            facility.lon, facility.lat = lon, lat
    facility.year = max(facility.year, year)
    return facility


def read_waste(file: SourceFile, selection: Selection, facilities: Facilities) -> None:
    """Read what was transferred (F4_2), each row once; what is confidential is counted, not taken for 0."""
    needed = (*FACILITY, "wasteTransfers", "wasteClassification", "wasteTreatment")
    seen: set[tuple] = set()
    for facility, row in _rows(file, needed, ("confidentialityReason",), selection, facilities):
        key = tuple(row.values())
        if key in seen:
            continue
        seen.add(key)
        tonnes, waste = number(row["wasteTransfers"]), row["wasteClassification"].strip().upper()
        if waste == "CONFIDENTIAL" or tonnes is None or row["confidentialityReason"].strip() or tonnes < 0:
            facility.secret += 1
            continue
        years = facility.waste.setdefault((waste, row["wasteTreatment"].strip().upper()[:1] or "D"), {})
        year = int(number(row["reportingYear"]) or 0)
        years[year] = years.get(year, 0.0) + tonnes


def read_air(file: SourceFile, selection: Selection, facilities: Facilities) -> None:
    """Read CO2 and N2O to air (F1_4) [t]."""
    for facility, row in _rows(file, (*FACILITY, "Pollutant", "Releases"), (), selection, facilities):
        amount, year, gas = number(row["Releases"]), int(number(row["reportingYear"]) or 0), row["Pollutant"]
        if amount is None or amount <= 0:
            continue
        if "(CO2)" in gas and ("excl" not in gas.lower() or year not in facility.co2):
            facility.co2[year] = amount / 1000
        if "(N2O)" in gas:
            facility.n2o[year] = amount / 1000


def read_installations(file: SourceFile, selection: Selection, facilities: Facilities) -> None:
    """Read the activities and statuses of installations (F6_1)."""
    needed = ("parent_facilityInspireId", "reportingYear", "Longitude", "Latitude", "IEDAnnexIMainActivity")
    wanted = ("installationStatus", "installationName", "InstallationInspireId")
    for facility, row in _rows(file, needed, wanted, selection, facilities):
        facility.name = facility.name or " ".join(row["installationName"].split())
        facility.installations[f"{row['IEDAnnexIMainActivity'].strip()}|{row['InstallationInspireId']}"] = (
            row["installationStatus"].strip().lower() or "functional"
        )


def read_capacity(file: SourceFile, selection: Selection, facilities: Facilities) -> None:
    """Read the capacity of incinerators (F7_1) [t/h]."""
    needed = ("Parent_FacilityInspireId", "reportingYear", "Longitude", "Latitude", "totalNominalCapacityAnyWaste")
    parts: dict[tuple[str, str], float] = {}
    for facility, row in _rows(file, needed, ("InstallationPartInspireId",), selection, facilities):
        parts[facility.key, row["InstallationPartInspireId"]] = number(row["totalNominalCapacityAnyWaste"]) or 0.0
    for (key, _), capacity in sorted(parts.items()):
        facilities[key].capacity += capacity


def read_fuels(file: SourceFile, selection: Selection, facilities: Facilities, year: int | None) -> None:
    """Give each combustion plant to the nearest facility within 300 m; of several there the one whose name is most alike."""
    needed = ("LCPInspireId", "reportingYear", "Longitude", "Latitude", "featureType", "unit", "featureValue")
    burnt: dict[str, dict[str, Any]] = {}
    for piece in tables(file, needed, ("installationPartName",)):
        for row in piece.drop_duplicates().to_dict("records"):
            lat, lon, value = (number(row[name]) for name in ("Latitude", "Longitude", "featureValue"))
            at = int(number(row["reportingYear"]) or 0)
            if lat is None or lon is None or value is None or value < 0 or row["unit"].strip() != "TJ":
                continue
            if not 1 <= at <= (year or at) or not selection.holds(lat, lon):
                continue
            plant = burnt.setdefault(row["LCPInspireId"], {"year": 0})
            if at > plant["year"]:
                plant.clear()
                plant.update({"year": at, "place": (lat, lon), "name": row["installationPartName"], "fuels": {}})
            if at == plant["year"]:
                plant["fuels"][row["featureType"].strip()] = value
    placed = [one for one in facilities.values() if one.placed]
    for plant in (burnt[key] for key in sorted(burnt)):
        near = [(great_circle(plant["place"], (one.lat, one.lon)), one) for one in placed]  # type: ignore[arg-type]
        near = [pair for pair in near if pair[0] <= NEAR]
        if not near:
            continue
        _, facility = min(near, key=lambda pair: (not _alike(pair[1].name, plant["name"]), pair[0], pair[1].key))
        for fuel, amount in plant["fuels"].items():
            facility.fuels[fuel] = facility.fuels.get(fuel, 0.0) + amount


def _alike(one: str, other: str) -> bool:
    return bool(set(re.findall(r"\w{4,}", letters(one))) & set(re.findall(r"\w{4,}", letters(other))))
