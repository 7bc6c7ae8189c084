"""The template workbook: five sheets, lists to choose from, one line of help per column."""

from __future__ import annotations

import io
from pathlib import Path

from .sheet_lines import NEEDED, SHEETS

SETTINGS = (
    ("name", None, "of the park"), ("country", None, "two letters"), ("currency", "EUR", "of all prices"),
    ("price_year", 2024, "prices are of this year"), ("start_year", 2025, "first year of the run"), ("years", 30, "length of the run"),
    ("centre_lat", None, "left empty: mean of the companies"), ("centre_lon", None, None), ("landfill_tax", None, "EUR/t, empty: 0"),
    ("carbon_price", None, "EUR/t, empty: 0"), ("decimal_mark", None, "point or comma, for numbers kept as text; empty: found"),
)  # fmt: skip
HELP = {
    "companies": {
        "name": "as people call it; once", "what_it_does": "in your own words", "type": "ecopark type, if you know it",
        "nace": "NACE Rev. 2, 2 to 4 digits", "size": "main product a year", "size_unit": "t, m3, MWh, hl, pieces; per year",
        "employees": "full-time", "lat": "WGS84 degrees", "lon": "WGS84 degrees", "x_km": "instead of lat, lon", "y_km": "instead of lat, lon",
        "opens": "YYYY or YYYY-MM", "closes": "YYYY or YYYY-MM", "payback_years": "longest accepted", "willingness": "0 to 10",
        "note": "for yourself",
    },
    "streams": {
        "company": "name of sheet companies", "direction": "gives or needs", "stream": "in your own words", "ewc": "6 digits, if waste",
        "material": "ecopark material, if you know it", "quantity": "a year; empty: unknown", "unit": "t, kg, m3, GJ, MWh, kW x h ...",
        "low": "lowest likely", "high": "highest likely", "months": "all, or Sep-Dec", "temperature_c": "heat and water",
        "dry_matter_pct": "sludge, grains", "price_now": "+ the company receives, - it pays", "price_unit": "EUR/t, EUR/MWh ...",
        "route_now": "landfill, incineration, sold, sewer ...", "since": "YYYY", "source": "measured, accounts, permit, estimate, guess",
        "confidential": "yes: name and quantity stay out of reports", "note": "for yourself",
    },
    "exchanges": {
        "giver": "name of sheet companies", "taker": "name of sheet companies", "stream": "as on sheet streams",
        "replaces": "what the taker would buy", "quantity": "a year", "unit": "t/a, GJ/a ...", "since": "YYYY or YYYY-MM",
        "until": "YYYY or YYYY-MM", "price": "+ the giver receives", "price_unit": "EUR/t, EUR/MWh ...", "term_years": "length of the contract",
        "invested_by": "giver, taker, both", "note": "for yourself",
    },
    "distances": {"from": "name", "to": "name", "km": "by road or along the pipe", "way": "road, pipe, both", "note": "for yourself"},
}  # fmt: skip
LISTS = {
    ("streams", "direction"): "gives,needs", ("streams", "source"): "measured,accounts,permit,estimate,guess",
    ("streams", "confidential"): "yes,no", ("exchanges", "invested_by"): "giver,taker,both,other",
    ("distances", "way"): "road,pipe,rail,both",
}  # fmt: skip
ROWS = 2000


def write_template(path: Path) -> None:
    """Write the template workbook; a star marks what is needed."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet = book.create_sheet("park")
    for row in (("setting", "value", "meaning"), *SETTINGS):
        sheet.append(row)
    for name, help_lines in HELP.items():
        _sheet(book, name, help_lines)
    _types(book)
    for sheet in book:
        _look(sheet)
    whole = io.BytesIO()  # a zip file that cannot be written to its end would say so once more when it is let go
    book.save(whole)
    path.write_bytes(whole.getvalue())


def _sheet(book, name: str, help_lines: dict[str, str]) -> None:
    """Add a sheet: header with help, lists to choose from."""
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet = book.create_sheet(name)
    sheet.append([f"{column}*" if column in NEEDED[name] else column for column in SHEETS[name]])
    for number, column in enumerate(SHEETS[name], start=1):
        sheet.cell(1, number).comment = Comment(help_lines[column], "ecopark")
        letter = get_column_letter(number)
        formula = f"types!$A$2:$A${ROWS}" if (name, column) == ("companies", "type") else LISTS.get((name, column))
        if formula:
            choice = DataValidation("list", formula1=formula if "!" in formula else f'"{formula}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{ROWS}")
            sheet.add_data_validation(choice)


def _types(book) -> None:
    """Add the list of types, which an import does not read."""
    from .library import library

    sheet = book.create_sheet("types")
    sheet.append(["type", "what it is", "typical size a year", "unit", "product"])
    for row in sorted(library().types.values(), key=lambda row: row.type):
        sheet.append([row.type, row.label, row.typical_size, row.product_unit, row.product])


def _look(sheet) -> None:
    """Make the header bold and keep it in sight; columns as wide as their names."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = max(12, len(str(cell.value)) + 4)
