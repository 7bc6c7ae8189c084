"""How a parameter is declared: a number, a choice or a switch, with unit, range, meaning, source and grade."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

PROTOCOLS = tuple(
    sorted(
        path.stem for path in (Path(__file__).parents[1] / "submodels" / "negotiation" / "protocols").glob("[a-z]*.py")
    )
)
STRATEGIES = tuple(
    sorted(path.stem for path in (Path(__file__).parents[1] / "strategies").glob("[a-z]*.py") if path.stem != "view")
)
ROLES = ("seller", "buyer")
INFORMATION = ("none", "quantities", "costs")
MODES = ("self_organised", "facilitated", "planned")
DAMAGES = ("expectation", "liquidated", "none")


class Group(BaseModel):
    """A group of parameters; unknown names are refused and values cannot change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def number(default: float, unit: str, low: float, high: float, meaning: str, source: str = "", grade: str = "A") -> Any:
    """Declare a number with its unit, range, meaning, source and grade."""
    return Field(default, ge=low, le=high, description=meaning, json_schema_extra=notes(unit, source, grade, ()))


def choice(default: str, options: tuple[str, ...], meaning: str, source: str = "") -> Any:
    """Declare a choice between names."""
    return Field(
        default,
        pattern=f"^({'|'.join(options)})$",
        description=meaning,
        json_schema_extra=notes("name", source, "A", options),
    )


def switch(default: bool, meaning: str) -> Any:
    """Declare something that is on or off."""
    return Field(default, description=meaning, json_schema_extra=notes("on/off", "", "A", ()))


def notes(unit: str, source: str, grade: str, options: tuple[str, ...]) -> dict:
    """Return what a declaration says beside its range."""
    return {"unit": unit, "source": source, "grade": grade, "options": list(options)}
