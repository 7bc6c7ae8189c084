"""What a cell of an input table may hold, and what every row of one is. Unknown columns and values are refused.

Money is constant EUR of the base year, quantities are in the material's own unit, distances in km, dates in months from
January of the start year (converted in loading.py).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from .plain_text import plain_text

LARGEST, SMALLEST = 1e9, 1e-9
"""Largest and smallest amount of a cell: products of a run stay finite and no share of it is rounded to nothing."""


def _plain_name(value: str) -> str:
    """Return a name that a spreadsheet takes for text."""
    if value[:1] in tuple("=+-@"):
        raise ValueError("a name that does not begin with = + - or @, which a spreadsheet takes for a formula")
    return plain_text(value)


def _not_tiny(value: float) -> float:
    if value < SMALLEST:
        raise ValueError(f"a number above 0 (at least {SMALLEST:g})")
    return value


Name = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_plain_name)]
Text = Annotated[str, Field(max_length=5000), AfterValidator(plain_text)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, le=LARGEST), AfterValidator(_not_tiny)]
Size = Annotated[float, Field(gt=0, le=LARGEST * 10_000), AfterValidator(_not_tiny)]  # see range_checks.py
Amount = Annotated[float, Field(ge=0, le=LARGEST)]
Money = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]  # EUR per unit, may be an income
Capital = Annotated[float, Field(ge=0, le=1e12)]  # EUR of a plant or a link
UnitPrice = Annotated[float, Field(gt=0, le=1e8), AfterValidator(_not_tiny)]  # EUR per unit
Fluctuation = Annotated[float, Field(ge=0, le=1)]  # standard deviation of a logarithm
Factor = Annotated[float, Field(ge=0.05, le=20)]
Reduction = Annotated[float, Field(ge=0, le=20)]  # a factor that may be nothing
Years = Annotated[float, Field(gt=0, le=200), AfterValidator(_not_tiny)]
Months = Annotated[float, Field(ge=0, le=1200)]
Reach = Annotated[float, Field(gt=0, le=20_000), AfterValidator(_not_tiny)]  # km
Aversion = Annotated[float, Field(ge=0, le=100)]
Season = Annotated[float, Field(ge=0, le=1000)]
Coordinate = Annotated[float, Field(ge=-20_000, le=20_000)]  # km
Year = Annotated[int, Field(ge=1800, le=2200)]
Grade = Literal["V", "C", "S", "G", "A"]
RouteKind = Literal["landfill", "incineration", "treatment", "discharge", "spreading", "flare", "recovery"]
ROUTE_KINDS = get_args(RouteKind)
UNITS = ("t", "GJ", "m3", "MWh")


def _parse_date(value: object) -> float:
    """Return decimal years of `1987`, `1987-04` or `1987-04-15`; the day must exist, the month counts."""
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?", str(value).strip())
    try:
        if found is None:
            raise ValueError
        day = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        raise ValueError("a date is written YYYY, YYYY-MM or YYYY-MM-DD, and the day must exist") from None
    if not 1800 <= day.year <= 2200:
        raise ValueError("a date from 1800 to 2200")
    return day.year + (day.month - 1) / 12


Date = Annotated[
    float,
    BeforeValidator(lambda value: value if isinstance(value, float) else _parse_date(value)),
    Field(ge=1800, lt=2201),
]


class Row(BaseModel):
    """A row of an input table; unknown columns are refused. `key`: columns that name the row."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, str_strip_whitespace=True)
    key: ClassVar[tuple[str, ...]]


class Sourced(Row):
    """A row that says how well its numbers are founded."""

    grade: Grade = "A"
    source: Text = ""
    note: Text = ""
