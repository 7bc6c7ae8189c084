"""Quantities as people write them -> the unit of a material: own table first, then pint, then the dimension is checked.

pint alone reads kt as knot, ton as short ton, MT as megatesla and k€ as a Boltzmann constant, and knows no Nm3, m³/Jahr or EUR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

UNIT_BEGINS = r"[^\W\d_]|[%°€$£]"
ABOUT = r"(?i)^(?:[<>~≈≤≥]|(?:ca|approx|circa|about|env|environ|etwa|rund|max|min)\b\.?)\s*(?=[+-]?[0-9])"
"""What stands before a number that is not exact; it is read as the number, and that is said."""
HOURS, DAYS, WEEKS, MONTHS = 8760.0, 365.0, 52.0, 12.0
GAS_HEAT = 0.0359  # GJ/Nm3 lower heating value of natural gas
# unit as written -> (dimension, factor to t, GJ, m3, pieces ...); capital letters count only where they are written here
UNITS: dict[str, tuple[str, float]] = {
    "t": ("mass", 1), "to": ("mass", 1), "tonne": ("mass", 1), "tonnes": ("mass", 1), "tonnen": ("mass", 1), "tons métriques": ("mass", 1),
    "metric ton": ("mass", 1), "metric tons": ("mass", 1), "metric tonne": ("mass", 1), "metric tonnes": ("mass", 1),
    "kg": ("mass", 1e-3), "g": ("mass", 1e-6), "mg": ("mass", 1e-9), "kt": ("mass", 1e3), "mt": ("mass", 1e6), "dt": ("mass", 0.1),
    "m3": ("volume", 1), "cbm": ("volume", 1), "l": ("volume", 1e-3), "liter": ("volume", 1e-3), "litre": ("volume", 1e-3),
    "hl": ("volume", 0.1), "km3": ("volume", 1e9), "nm3": ("gas", GAS_HEAT), "sm3": ("gas", GAS_HEAT * 273.15 / 288.15),
    "j": ("energy", 1e-9), "kj": ("energy", 1e-6), "mj": ("energy", 1e-3), "gj": ("energy", 1), "tj": ("energy", 1e3), "pj": ("energy", 1e6),
    "wh": ("energy", 3.6e-6), "kwh": ("energy", 3.6e-3), "mwh": ("energy", 3.6), "gwh": ("energy", 3.6e3), "twh": ("energy", 3.6e6),
    "w": ("power", 3.6e-6), "kw": ("power", 3.6e-3), "mw": ("power", 3.6), "gw": ("power", 3.6e3),
    "m2": ("area", 1), "ha": ("area", 1e4), "km2": ("area", 1e6),
    "piece": ("count", 1), "pieces": ("count", 1), "stück": ("count", 1), "stk": ("count", 1), "pcs": ("count", 1), "animals": ("count", 1),
    "cars": ("count", 1), "houses": ("count", 1), "dwellings": ("count", 1), "households": ("count", 1),
    "eur": ("money", 1), "€": ("money", 1), "dkk": ("money", 1), "sek": ("money", 1), "gbp": ("money", 1), "usd": ("money", 1), "$": ("money", 1), "£": ("money", 1),
}  # fmt: skip
SCALES = {"k": 1e3, "tsd": 1e3, "thousand": 1e3, "mio": 1e6, "million": 1e6, "millions": 1e6, "mrd": 1e9, "1000": 1e3}
PERIODS = {
    "a": 1.0, "yr": 1.0, "y": 1.0, "year": 1.0, "jahr": 1.0, "an": 1.0, "år": 1.0, "ano": 1.0, "annum": 1.0, "jaar": 1.0,
    "month": MONTHS, "monat": MONTHS, "mois": MONTHS, "måned": MONTHS, "mth": MONTHS,
    "week": WEEKS, "woche": WEEKS, "d": DAYS, "day": DAYS, "tag": DAYS, "jour": DAYS, "dag": DAYS, "h": HOURS, "hour": HOURS, "std": HOURS,
}  # fmt: skip
DIMENSIONS = {"t": "mass", "GJ": "energy", "MWh": "energy", "m3": "volume", "m2": "area", "ha": "area", "hl": "volume"}


class UnitError(ValueError):
    """A unit that cannot be read, or is of another kind; the text says what would be right."""


@dataclass(frozen=True)
class Unit:
    """A unit: dimension, factor to its base (t, GJ, m3, m2, pieces, EUR), per year or not, and what must be said of it."""

    dimension: str
    factor: float
    periodic: bool
    said: str = ""


def tidy(text: str) -> str:
    """Return a unit without blanks, dots and raised figures."""
    text = text.strip().replace("³", "3").replace("²", "2").replace("^", "").replace("·", "").replace("µ", "u")
    return re.sub(r"\s+", " ", text)


@lru_cache(maxsize=1024)
def parse_unit(text: str) -> Unit:
    """Return what a unit such as `kt/a`, `Mio m2/a`, `m³/Jahr`, `Nm3/h` or `EUR/t` means; raises UnitError."""
    clean = tidy(text)
    if not clean:
        raise UnitError("a unit, for example t/a, MWh/a, m3/a")
    clean = re.sub(r"^(k|M)?tpa$", r"\1t/a", clean)
    if re.fullmatch(r"(?i)[km]?tp[ydhm]", clean):
        raise UnitError(f"{text!r}: t (1,000 kg) or short ton (0.907 t)? write t/a, or t/a after times 0.907")
    head, _, period = clean.partition("/")
    found = re.fullmatch(r"(.*?)[ ]?(?:per|pro|par|om) (\w+)", clean) if not period else None
    if found:
        head, period = found[1], found[2]
    dimension, factor = _base(head.strip())
    per = period.strip().lower().rstrip(".")
    if per and per not in PERIODS:
        raise UnitError(f"{text!r}: a quantity is per year, month, week, day or hour")
    times = PERIODS.get(per, 1.0)
    if dimension == "power":
        if per:
            raise UnitError(f"{text!r}: power per time is no quantity; write MWh/a")
        raise UnitError(f"{text!r}: power without hours; write the energy of a year, for example MWh/a")
    said = f"{text}: at 35.9 MJ per Nm3, lower heating value" if dimension == "gas" else ""
    if per in ("h", "hour", "std"):
        said = f"{said}; " * bool(said) + f"{text}: times {HOURS:,.0f} hours a year"
    return Unit("energy" if dimension == "gas" else dimension, factor * times, bool(per), said)


def _base(text: str) -> tuple[str, float]:
    """Return dimension and factor of a unit without its period."""
    if re.fullmatch(r"(?i)tons?|short tons?|st", text):
        raise UnitError(f"{text!r}: t (1,000 kg) or short ton (0.907 t)? write t, or t after times 0.907")
    known = UNITS.get(text.lower()) if text not in ("MT", "mT", "mt") else UNITS["mt"] if text != "mT" else None
    if text == "Mt" or text == "MT":
        return "mass", 1e6
    if text in ("mt", "mT"):
        raise UnitError(f"{text!r}: Mt (a million t) or t? write Mt or t")
    if text == "mJ" or text == "mW" or text == "mWh":
        raise UnitError(f"{text!r}: milli or mega? write {text[0].upper()}{text[1:]}")
    if known is not None:
        return known
    scale = re.fullmatch(r"(?i)(k|tsd\.?|thousand|mio\.?|millions?|mrd\.?|1000)[ ]?(\S.*)", text)
    if scale:
        dimension, factor = _base(scale[2])
        return dimension, factor * SCALES[scale[1].lower().rstrip(".")]
    return _by_pint(text)


def _by_pint(text: str) -> tuple[str, float]:
    """Return dimension and factor of what only pint knows."""
    registry = _registry()
    try:
        unit = registry.Unit(text)
        for target, dimension in (
            ("tonne", "mass"),
            ("gigajoule", "energy"),
            ("meter ** 3", "volume"),
            ("meter ** 2", "area"),
        ):
            if unit.is_compatible_with(target):
                return dimension, float(registry.Quantity(1, unit).to(target).magnitude)
    except Exception:  # pint reads a unit as Python's tokenizer does, and each of its readers raises its own kinds
        pass
    raise UnitError(f"{text!r}: not a unit of mass, energy, volume, area or pieces; for example t/a, MWh/a, m3/a")


@lru_cache(maxsize=1)
def _registry():
    import pint

    return pint.UnitRegistry(cache_folder=None)


def to_material(amount: float, text: str, unit: str) -> tuple[float, str]:
    """Return a quantity in the unit of a material (or of a product) a year, and what must be said.

    Raises UnitError when the dimension is another one.
    """
    given = parse_unit(text)
    wanted = DIMENSIONS.get(unit, "count")
    if given.dimension != wanted:
        raise UnitError(f"{text!r} is a unit of {given.dimension}; expected {unit} a year or another unit of {wanted}")
    base = UNITS[unit.lower()][1] if unit.lower() in UNITS else 1.0
    return amount * given.factor / base, given.said


def price_to(amount: float, text: str, unit: str) -> float:
    """Return a price such as `EUR/MWh` in money per unit of a material; raises UnitError."""
    money, _, per = tidy(text).partition("/")
    if not per:
        raise UnitError(f"{text!r}: a price is per unit, for example EUR/{unit}")
    dimension, factor = _base(money.strip())
    if dimension != "money":
        raise UnitError(f"{text!r}: a price is money per unit, for example EUR/{unit}")
    one, _ = to_material(1.0, per.strip(), unit)
    return amount * factor / one


def currency_of(text: str) -> str:
    """Return the currency of a price such as `EUR/t`, `kDKK/t` or `$/t`; "" where it names none."""
    money = tidy(text).partition("/")[0].strip().upper()
    signs = {"€": "EUR", "$": "USD", "£": "GBP"}
    known = (code for code, (dimension, _) in UNITS.items() if dimension == "money")
    found = next((code.upper() for code in known if money.endswith(code.upper())), "")
    return signs.get(found, found)


def split_number(text: str) -> tuple[str, str]:
    """Return the number and the unit that stand in one cell: `36 kt/a` -> (`36`, `kt/a`); a range or a date stays whole."""
    text = re.sub(ABOUT, "", text.strip().replace("\u2212", "-"))  # the minus of typesetters
    found = re.fullmatch(rf"([+-]?[0-9][0-9 '’.,\u00a0\u202f]*(?:[eE][+-]?[0-9]+)?)\s*((?:{UNIT_BEGINS}).*)?", text)
    if not found:
        return text, ""
    return found[1].strip(), (found[2] or "").strip()
