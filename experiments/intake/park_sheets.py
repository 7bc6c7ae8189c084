"""The lines of a workbook -> companies, streams, exchanges and distances of a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ecopark.abm.input.codes import waste_code, waste_codes
from ecopark.abm.input.errors import nearest
from ecopark.abm.input.notices import plain

from .draft import GIVEN, INFERRED, SPREAD, Cell, Draft, Facts, Question
from .kinds import NONE, OTHER, Kind, by_nace, letters, words
from .library import library
from .sources import SourceFile
from .units import UnitError, price_to, to_material
from .workbook import Line, mistake, read_sheets

GRADES = {"measured": "V", "accounts": "C", "permit": "S", "estimate": "G", "guess": "A", "": "G"}
DRY_MATTER = {
    "sewage_sludge": 20, "biomass_sludge": 6, "food_sludge": 6, "yeast_slurry": 11, "spent_grain": 23, "fibre_sludge": 30,
    "fish_sludge": 20, "molasses": 80,
}  # fmt: skip
DIRECTIONS = {"gives": "out", "out": "out", "needs": "in", "in": "in"}
YES = ("yes", "ja", "oui", "1", "true")
POWER = ("power_station", "chp", "waste_to_energy")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
UNUSUAL, ABSURD = 20.0, 500.0
SETTINGS = (
    "name", "country", "currency", "price_year", "start_year", "years", "centre_lat", "centre_lon", "landfill_tax", "carbon_price",
    "decimal_mark",
)  # fmt: skip
# EUR per unit of currency, 2020 average (European Central Bank reference rates)
RATES = {"EUR": 1.0, "DKK": 1 / 7.4542, "SEK": 1 / 10.4848, "GBP": 1 / 0.8897, "USD": 1 / 1.1422}
LIBRARY_YEAR = 2020  # of the library's money
# Consumer prices of the euro area, 2020 = 1 (Eurostat HICP, annual average)
DEFLATOR = {
    2010: 0.886, 2011: 0.910, 2012: 0.933, 2013: 0.946, 2014: 0.950, 2015: 0.952, 2016: 0.954, 2017: 0.969, 2018: 0.986, 2019: 0.998,
    2020: 1.0, 2021: 1.026, 2022: 1.112, 2023: 1.172, 2024: 1.200,
}  # fmt: skip


def read(files: Sequence[SourceFile], draft: Draft) -> None:
    """Add a workbook to a draft."""
    sheets = read_sheets(files, draft)
    name = files[0].name
    draft.sources += [{**file.origin(), "register": "workbook", "licence": "of the user"} for file in files]
    money = _park(sheets["park"], draft, name)
    for line in sheets["companies"]:
        _company(line, draft, name)
    companies = dict(draft.companies())
    for line in sheets["streams"]:
        _stream(line, draft, name, companies, money)
    for line in sheets["exchanges"]:
        _exchange(line, draft, name, companies, money)
    for line in sheets["distances"]:
        _distance(line, draft, name, companies)
    if len(sheets["companies"]) < 2:
        draft.wrong("sheet companies", f"{len(sheets['companies'])} companies", "at least two companies")


def _park(lines: list[Line], draft: Draft, source: str) -> float:
    """Read the settings; return EUR per unit of the workbook's money."""
    settings = Settings({line.get("setting"): line for line in lines}, draft)
    settings.refuse_unknown()
    if settings.text("name"):
        draft.header["label"] = settings.text("name")
    for setting, low, high in (("start_year", 1800, 2200), ("years", 1, 500)):
        value = settings.number(setting, low, high)
        if value is not None:
            draft.header[setting] = int(value)
    centre = settings.number("centre_lat", -90, 90), settings.number("centre_lon", -180, 180)
    if None not in centre:
        draft.header["origin"] = list(centre)
    for column in ("landfill_tax", "carbon_price"):
        value = settings.number(column, 0, 10_000)
        if value is not None:
            date = str(draft.header.get("start_year", 2025))
            draft.put("levers", (date,), column, Cell(value, GIVEN, "C", source, "sheet park"))
    return _money(settings, draft)


@dataclass(frozen=True)
class Settings:
    """The lines of sheet park by their setting."""

    lines: dict[str, Line]
    draft: Draft

    def refuse_unknown(self) -> None:
        """Refuse settings that there are not."""
        for setting, line in self.lines.items():
            if setting not in SETTINGS:
                self.draft.mistakes.append(mistake(line, "setting", setting, f"one of {', '.join(SETTINGS)}", SETTINGS))

    def text(self, setting: str) -> str:
        """Return the text of a setting, "" where it is empty."""
        return self.lines[setting].get("value") if setting in self.lines else ""

    def number(self, setting: str, low: float, high: float) -> float | None:
        """Return the number of a setting within its range, None where it is empty or wrong."""
        text = self.text(setting)
        if not text:
            return None
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = float("nan")
        if low <= value <= high:
            return value
        self.draft.wrong(self.lines[setting].place("value"), text, f"a number from {low:g} to {high:g}")
        return None


def _money(settings: Settings, draft: Draft) -> float:
    """Return EUR per unit of the money of the sheets, and say of what year it is."""
    currency = settings.text("currency").upper() or "EUR"
    if currency not in RATES:
        line = settings.lines["currency"]
        draft.mistakes.append(mistake(line, "value", currency, f"one of {', '.join(RATES)}", RATES))
    rate = RATES.get(currency, 1.0)
    if rate != 1.0:
        draft.said.append(f"prices are in {currency}: times {rate:.4g} for EUR (mean rate of {LIBRARY_YEAR})")
    year = settings.number("price_year", min(DEFLATOR), max(DEFLATOR))
    if year is not None:
        draft.header["base_year"] = int(year)
    if year is not None and int(year) != LIBRARY_YEAR:
        draft.said.append(
            f"money is of {int(year)}, as the sheet says; the prices of the library are of {LIBRARY_YEAR}, when the same goods cost "
            f"{1 / DEFLATOR[int(year)]:.2f} times as much"
        )
    return rate


def _company(line: Line, draft: Draft, source: str) -> None:
    name = " ".join(line.get("name").split())
    if not name:
        draft.wrong(line.place("name"), "nothing", "a name")
        return
    if name[0] in "=+-@":
        draft.wrong(line.place("name"), name, "a name that does not begin with = + - @")
        return
    twin = next((other for other, _ in draft.companies() if plain(other) == plain(name)), None)
    if twin is not None:
        draft.wrong(line.place("name"), name, f"each company once ({twin!r} stands above)")
        return
    row = draft.row("companies", name)
    where = f"{source}, {line.sheet} line {line.number}"
    row["name"] = Cell(name, source=where)
    for column, into in (("opens", "opens"), ("closes", "closes"), ("note", "note")):
        if line.get(column):
            row[into] = Cell(_date(line, column, draft) if into != "note" else line.get(column), source=where)
    _place(line, row, where, draft)
    if line.get("nace"):
        row["nace"] = Cell(line.get("nace"), source=where)
    for column, into, factor, low, high in (
        ("payback_years", "payback", 1.0, 1e-9, 100.0),
        ("willingness", "attitude", 0.1, 0.0, 10.0),
    ):
        if line.get(column):
            value = float(line.get(column))
            if not low <= value <= high:
                draft.wrong(line.place(column), value, f"a number from {low:g} to {high:g}")
            row[into] = Cell(value * factor, source=where)
    _kind(line, row, name, where, draft)
    _size(line, row, name, where, draft)


def _date(line: Line, column: str, draft: Draft) -> str:
    """Return a date as the tables write it: YYYY or YYYY-MM."""
    text = line.get(column)
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2})(?:-[0-9]{1,2})?)?", text)
    if not found or not 1800 <= int(found[1]) <= 2200 or not 1 <= int(found[2] or 1) <= 12:
        draft.wrong(line.place(column), text, "YYYY or YYYY-MM")
        return "1900"
    return f"{found[1]}-{int(found[2]):02d}" if found[2] else found[1]


def _place(line: Line, row: dict[str, Cell], where: str, draft: Draft) -> None:
    limits = {"lat": 90.0, "lon": 540.0, "x_km": 20_000.0, "y_km": 20_000.0}
    given = [column for column in limits if line.get(column)]
    for column in given:
        value = float(line.get(column))
        if abs(value) > limits[column]:
            draft.wrong(line.place(column), value, f"at most {limits[column]:g}")
        row[column] = Cell(value, source=where)
    if set(given) not in ({"lat", "lon"}, {"x_km", "y_km"}):
        draft.wrong(line.place("lat"), f"{', '.join(given) or 'nothing'}", "lat and lon, or x_km and y_km")


def _kind(line: Line, row: dict[str, Cell], name: str, where: str, draft: Draft) -> None:
    """Set the type: as given, else by NACE, else by words in what it does."""
    given = line.get("type")
    if given:
        if given not in library().types:
            draft.mistakes.append(mistake(line, "type", given, "a type of the library", library().types))
            given = OTHER
        row["type"] = Cell(given, GIVEN, "C", where, "as given")
        draft.facts[name] = Facts(Kind(given, "high", (), "given"), where)
        return
    nace = by_nace(line.get("nace")) if line.get("nace") else None
    if line.get("nace") and nace is None:
        draft.wrong(line.place("nace"), line.get("nace"), "a NACE Rev. 2 class of two to four digits")
    kind = nace or by_words(line.get("what_it_does") or name) or NONE
    draft.facts[name] = Facts(kind, where)


def by_words(text: str) -> Kind | None:
    """Return the type that words name: of its label, its name or the list of words; with several, the others too."""
    text = letters(text)
    hits = [kind for kind, known in words().items() if kind in library().types and any(word in text for word in known)]
    for kind, row in library().types.items():
        if kind not in hits and (letters(row.label) in text or kind.replace("_", " ") in text):
            hits.append(kind)
    if not hits:
        return None
    return Kind(hits[0], "medium" if len(hits) == 1 else "low", tuple(hits[1:]), "words in what_it_does")


def _size(line: Line, row: dict[str, Cell], name: str, where: str, draft: Draft) -> None:
    if not line.get("size"):
        return
    kind = row["type"].value if "type" in row else draft.facts[name].kind.type
    product = library().types.get(kind)
    if product is None or kind == OTHER:
        return
    amount = float(line.get("size"))
    if line.get("size_unit"):
        try:
            amount, said = to_material(amount, line.get("size_unit"), product.product_unit)
        except UnitError as error:
            draft.wrong(line.place("size_unit"), line.get("size_unit"), str(error))
            return
        draft.said += [f"{name}: {said}"] if said else []
    if not amount > 0:
        draft.wrong(line.place("size"), line.get("size"), "a number above 0")
        return
    times = amount / product.typical_size
    usual = f"{product.typical_size:,.10g} {product.product_unit} of {product.product} a year"
    if not 1 / ABSURD <= times <= ABSURD:
        draft.wrong(
            line.place("size"), f"{amount:,.10g} {product.product_unit}", f"about {usual} for {kind} (thousands?)"
        )
    elif not 1 / UNUSUAL <= times <= UNUSUAL:
        asked = f"Is {amount:,.6g} {product.product_unit} right? Typical of {kind}: {usual}"
        draft.questions.append(Question(name, "size", asked, f"{amount:.10g}"))
    row["size"] = Cell(amount, GIVEN, "C", where, f"{line.get('size')} {line.get('size_unit')}".strip())


def _known(line: Line, column: str, companies: dict[str, Any], draft: Draft) -> str | None:
    name = " ".join(line.get(column).split())
    if name in companies:
        return name
    twin = next((other for other in companies if plain(other) == plain(name)), None) if name else None
    if twin is None:
        draft.mistakes.append(mistake(line, column, name or "nothing", "a name of sheet companies", companies))
    return twin


def _stream(line: Line, draft: Draft, source: str, companies: dict[str, Any], money: float) -> None:
    """Add a stream: material by name, waste code or temperature; quantity in the unit of the material."""
    name = _known(line, "company", companies, draft)
    direction = DIRECTIONS.get(line.get("direction").lower())
    if direction is None:
        draft.wrong(line.place("direction"), line.get("direction") or "nothing", "gives or needs")
    grade = GRADES.get(line.get("source").lower())
    if grade is None:
        known = [word for word in GRADES if word]
        draft.mistakes.append(mistake(line, "source", line.get("source"), f"one of {', '.join(known)}", known))
    code = _code(line, draft)
    if name is None or direction is None or grade is None:
        return
    kind = draft.facts[name].kind.type if name in draft.facts else OTHER
    material = _material(line, direction, code, kind, draft)
    if material is None:
        return
    row = draft.row("streams", name, material, direction)
    if "company" in row:
        draft.wrong(line.place("stream"), material, f"{material} of {name} once (it stands above)")
        return
    where = f"{source}, {line.sheet} line {line.number}"
    row["company"] = Cell(name, source=where)
    draft.words[name, letters(line.get("stream"))] = material
    _quantity(line, row, material, grade, where, draft)
    if code:
        row["ewc"] = Cell(code, source=where)
    _terms(line, row, Terms(material, direction, grade, where, money), draft)


@dataclass(frozen=True)
class Terms:
    """What the cells of a stream beside its quantity are about."""

    material: str
    direction: str
    grade: str
    where: str
    money: float


def _terms(line: Line, row: dict[str, Cell], terms: Terms, draft: Draft) -> None:
    """Add temperature, dry matter, price, route, season, note of a stream, and whether it is confidential."""
    for column in ("temperature_c", "dry_matter_pct"):
        if line.get(column):
            row[column] = Cell(float(line.get(column)), source=terms.where)
    secret = line.get("confidential").lower() in YES
    if line.get("price_now"):
        price = _price(line, "price_now", terms.material, terms.money, draft)
        row["price_now"] = Cell(price, GIVEN, terms.grade, terms.where, "sheet streams")
        if secret:
            draft.said.append(
                f"{line.get('company')}, {terms.material}: confidential, so its price is kept out of reports"
            )
    if terms.direction == "out" and line.get("route_now"):
        _route(line, row, terms.material, terms.where, draft)
    row["confidential"] = Cell(secret, source=terms.where)
    if line.get("note"):
        row["note"] = Cell(line.get("note"), source=terms.where)
    _season(line, row, terms.where, draft)


def _code(line: Line, draft: Draft) -> str | None:
    """Return the six digits of a waste code, its star compared with the list."""
    text = line.get("ewc")
    if not text:
        return None
    code = waste_code(text)
    if code is None:
        draft.wrong(line.place("ewc"), text, "six digits of the European list of waste, such as 10 01 02")
        return None
    known = waste_codes().get(code)
    spaced = f"{code[:2]} {code[2:4]} {code[4:]}"
    if known is not None and "*" in text and known["hazardous"] == "no":
        draft.said.append(f"{text} has an asterisk, the list has none: read as {spaced}")
    return code


def _material(line: Line, direction: str, code: str | None, kind: str, draft: Draft) -> str | None:
    """Return the material of a stream: as given, by waste code, by temperature, by its label."""
    given, materials = line.get("material"), library().materials
    if given:
        if given in materials:
            return given
        draft.mistakes.append(mistake(line, "material", given, "a material of the library", materials))
        return None
    if code is not None:
        found = waste_codes().get(code, {}).get("material", "")
        if found in materials:
            return found
        meant = f"{found}, which the library lacks" if found else "none"
        draft.not_modelled.append(
            (line.get("company"), f"{line.get('stream')} ({code})", _tonnes(line), f"its waste code stands for {meant}")
        )
        return None
    if direction == "out" and line.get("temperature_c"):
        return _by_temperature(float(line.get("temperature_c")), kind)
    label = letters(line.get("stream")).replace(" ", "_")
    if label in materials:
        return label
    near = nearest(label, materials)
    draft.wrong(line.place("stream"), line.get("stream"), "a material, a waste code or, of heat, its temperature", near)
    return None


def _tonnes(line: Line) -> float:
    try:
        return to_material(float(line.get("quantity") or 0), line.get("unit"), "t")[0]
    except (UnitError, ValueError):
        return 0.0


def _by_temperature(degrees: float, kind: str) -> str:
    """Return the heat of a temperature [C]; between 40 and 120 C a power station's is extraction_heat."""
    if degrees < 20:
        return "effluent_heat"
    if degrees <= 40:
        return "warm_water"
    if degrees <= 120:
        return "extraction_heat" if any(word in kind for word in POWER) else "low_heat"
    return "waste_heat_steam"


def _quantity(line: Line, row: dict[str, Cell], material: str, grade: str, where: str, draft: Draft) -> None:
    if not line.get("quantity"):
        draft.unknown.append((line.get("company"), f"{material}: quantity unknown"))
        return
    unit = library().materials[material].unit
    values = {}
    for column in ("quantity", "low", "high"):
        if line.get(column):
            try:
                values[column], said = to_material(float(line.get(column)), line.get("unit"), unit)
            except UnitError as error:
                draft.wrong(line.place("unit"), line.get("unit") or "nothing", str(error))
                return
            draft.said += [f"{line.get('company')}, {material}: {said}"] if said and column == "quantity" else []
    rule = f"{line.get('quantity')} {line.get('unit')}".strip()
    dry, usual = line.get("dry_matter_pct"), DRY_MATTER.get(material)
    if dry and usual and float(dry) > 0:
        factor = float(dry) / usual
        values = {column: value * factor for column, value in values.items()}
        rule += f" at {float(dry):g} % dry matter, {usual} % in the library"
    amount = values["quantity"]
    if amount < 0:
        draft.wrong(line.place("quantity"), line.get("quantity"), "a number of at least 0")
    low, high = (amount * factor for factor in SPREAD[grade])
    low, high = values.get("low", low), values.get("high", high)
    if not low <= amount <= high:
        draft.wrong(line.place("low"), f"{low:g} to {high:g}", f"a range that holds {amount:g}")
    row["per_year"] = Cell(amount, GIVEN, grade, where, rule, low, high)


def _price(line: Line, column: str, material: str, money: float, draft: Draft) -> float:
    unit = library().materials[material].unit
    try:
        return price_to(float(line.get(column)), line.get("price_unit") or f"EUR/{unit}", unit) * money
    except UnitError as error:
        draft.wrong(line.place("price_unit"), line.get("price_unit"), str(error))
        return 0.0


def _route(line: Line, row: dict[str, Cell], material: str, where: str, draft: Draft) -> None:
    """Set the share that is recovered already: what is sold, burnt for energy, spread or recycled counts, the rest not."""
    text = letters(line.get("route_now"))
    recovered = any(
        word in text
        for word in (
            "sold",
            "recover",
            "recycl",
            "rendering",
            "biogas",
            "compost",
            "spread",
            "reuse",
            "verwert",
            "verkauf",
        )
    )
    disposed = any(word in text for word in ("landfill", "inciner", "sewer", "deponi", "discharge", "dump"))
    if recovered or disposed:
        row["recovered_share"] = Cell(
            1.0 if recovered else 0.0, INFERRED, "C", where, f"route now: {line.get('route_now')}", 0.0, 1.0
        )
    else:
        draft.said.append(
            f"{line.place('route_now')}: {line.get('route_now')!r} is kept as a note; it names no kind of route"
        )


def _season(line: Line, row: dict[str, Cell], where: str, draft: Draft) -> None:
    """Set the profile whose months are the nearest to a range such as Mar-Oct; none for all the year."""
    text = line.get("months").lower().strip()
    if text in ("", "all", "jan-dec"):
        return
    found = re.fullmatch(r"([a-z]{3})[a-z]*\s*[-–]\s*([a-z]{3})[a-z]*", text)
    if not found or found[1] not in MONTHS or found[2] not in MONTHS:
        draft.wrong(line.place("months"), line.get("months"), "all, or a range such as Sep-Dec")
        return
    first, last = MONTHS.index(found[1]), MONTHS.index(found[2])
    on = [(month - first) % 12 <= (last - first) % 12 for month in range(12)]
    row["note"] = Cell(f"months {line.get('months')}", source=where)
    name = f"months_{found[1]}_{found[2]}"
    row["profile"] = Cell(name, GIVEN, "C", where, f"{sum(on)} months alike")
    profile = draft.row("profiles", name)
    for month, active in zip(MONTHS, on, strict=True):
        profile[month] = Cell(12.0 / sum(on) if active else 0.0, GIVEN, "C", where, "months alike")


def _exchange(line: Line, draft: Draft, source: str, companies: dict[str, Any], money: float) -> None:
    """Add a contract in force: its stream is the giver's, the input what the taker would buy."""
    giver, taker = _known(line, "giver", companies, draft), _known(line, "taker", companies, draft)
    since = _date(line, "since", draft) if line.get("since") else None
    if since is None:
        draft.wrong(line.place("since"), "nothing", "YYYY or YYYY-MM")
    if giver is None or taker is None or since is None:
        return
    where = f"{source}, {line.sheet} line {line.number}"
    material = _stream_of(line, giver, draft)
    pair = None if material is None else _input_of(draft, taker, material)
    if material is None or pair is None:
        _say_why_not(line, giver, taker, material, draft)
        return
    row = draft.row("exchanges", giver, taker, material, pair)
    row["giver"], row["since"] = Cell(giver, source=where), Cell(since, source=where)
    row["unit"] = Cell(library().materials[material].unit, source=where)
    _contract_quantity(line, row, giver, material, where, draft)
    if line.get("until"):
        row["until"] = Cell(_date(line, "until", draft), source=where)
    if line.get("price"):
        row["price"] = Cell(_price(line, "price", material, money, draft), GIVEN, "C", where, "sheet exchanges")
    if line.get("term_years"):
        row["term_years"] = Cell(round(float(line.get("term_years"))), source=where)
    invested = line.get("invested_by").lower()
    if invested not in ("", "giver", "taker", "both", "other"):
        draft.wrong(line.place("invested_by"), invested, "giver, taker, both or other")
    elif invested not in ("", "other"):
        row["invested_by"] = Cell(invested, source=where)
    if line.get("note"):
        row["note"] = Cell(line.get("note"), source=where)


def _contract_quantity(line: Line, row: dict[str, Cell], giver: str, material: str, where: str, draft: Draft) -> None:
    """Set the quantity of a contract; without one, all of the giver's stream."""
    stream = draft.rows("streams").get((giver, material, "out"), {}).get("per_year")
    amount = stream.value if stream is not None else None
    if line.get("quantity"):
        try:
            amount, _ = to_material(float(line.get("quantity")), line.get("unit"), library().materials[material].unit)
        except UnitError as error:
            draft.wrong(line.place("unit"), line.get("unit") or "nothing", str(error))
            return
    if amount is None or amount <= 0:
        draft.wrong(line.place("quantity"), line.get("quantity") or "nothing", "a number above 0")
        return
    rule = f"{line.get('quantity')} {line.get('unit')}".strip() or "all of the stream"
    row["per_year"] = Cell(amount, GIVEN, "C", where, rule)


def _stream_of(line: Line, giver: str, draft: Draft) -> str | None:
    """Return the material of a giver's stream that a sheet calls by the same word as the sheet streams, or by its name."""
    text = letters(line.get("stream"))
    if text.replace(" ", "_") in library().materials:
        return text.replace(" ", "_")
    return draft.words.get((giver, text))


def _input_of(draft: Draft, taker: str, material: str) -> str | None:
    """Return the input of a taker that a by-product can replace: one it has, by its type or its streams."""
    kind = draft.row("companies", taker).get("type")
    kind_name = kind.value if kind is not None else draft.facts[taker].kind.type
    needs = {row.material for row in library().processes.get(kind_name, ()) if row.direction == "in"}
    needs |= {key[1] for key in draft.rows("streams") if key[0] == taker and key[2] == "in"}
    return next((row.input for row in library().ways.get(material, ()) if row.input in needs), None)


def _say_why_not(line: Line, giver: str, taker: str, material: str | None, draft: Draft) -> None:
    """Say why an exchange of the sheet is not entered, with the conversions that exist."""
    if material is None:
        reason = f"{giver} has no stream called {line.get('stream')!r} on sheet streams"
    else:
        ways = ", ".join(row.input for row in library().ways.get(material, ())) or "none"
        reason = f"{material} replaces {ways} in the library, and {taker} needs none of it"
    draft.said.append(f"exchange {giver} -> {taker}, {line.get('stream')}: not entered; {reason}")


def _distance(line: Line, draft: Draft, source: str, companies: dict[str, Any]) -> None:
    one, other = _known(line, "from", companies, draft), _known(line, "to", companies, draft)
    way = line.get("way").lower() or "both"
    if way not in ("road", "pipe", "rail", "both"):
        draft.mistakes.append(mistake(line, "way", way, "road, pipe, rail or both", ("road", "pipe", "rail", "both")))
    if one is None or other is None or not line.get("km"):
        return
    where = f"{source}, {line.sheet} line {line.number}"
    row = draft.row("distances", one, other, way)
    row["km"] = Cell(float(line.get("km")), source=where)
    if float(line.get("km")) <= 0:
        draft.wrong(line.place("km"), line.get("km"), "a number above 0")
    if line.get("note"):
        row["note"] = Cell(line.get("note"), source=where)
