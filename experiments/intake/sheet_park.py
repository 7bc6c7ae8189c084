"""Sheet park of a workbook: name, years, centre, money, rules in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .draft import GIVEN, Cell, Draft
from .sheet_lines import Line, mistake

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


class Money(NamedTuple):
    """The money of the sheets. rate: EUR per unit of it."""

    currency: str
    rate: float


def read_settings(lines: list[Line], draft: Draft, source: str) -> Money:
    """Read the settings; return the workbook's money."""
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


def _money(settings: Settings, draft: Draft) -> Money:
    """Return the money of the sheets, and say of what year it is."""
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
    return Money(currency, rate)
