"""Every parameter of the model once: default, unit, range, meaning, source, grade.

The loader, the browser's sliders, the table in ODD.md, the factors of a sweep and the error messages read what stands here; the
groups are declared in the files of parameters beside this one.
Grades: V verbatim, C computed, S second-hand, G general knowledge, A design assumption (to be varied in sensitivity runs).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .company_parameters import Behaviour, Discovery, Screening, Search, Social, Trust
from .deal_parameters import Contract, Investment, Negotiation, Review, Strategy
from .parameter_fields import Group
from .park_parameters import Governance, Market, Production, Recording, Synthetic, Turnover

GROUPS: dict[str, type[Group]] = {
    "market": Market, "production": Production, "contract": Contract, "behaviour": Behaviour, "trust": Trust,
    "social": Social, "discovery": Discovery, "search": Search, "screening": Screening, "negotiation": Negotiation,
    "strategy": Strategy,
    "investment": Investment, "review": Review, "turnover": Turnover, "governance": Governance,
    "synthetic": Synthetic, "recording": Recording,
}  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """A declared parameter, for whoever shows, sweeps or checks it.

    kind: int, float, bool or str. low, high: range of numbers, else None. options: allowed names of a choice.
    """

    name: str
    default: Any
    unit: str
    low: float | None
    high: float | None
    meaning: str
    source: str
    grade: str
    kind: str
    options: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """Say in words what is allowed."""
        if self.options:
            return f"one of {', '.join(self.options)}"
        if self.kind == "bool":
            return "true or false"
        return (
            f"a{' whole' if self.kind == 'int' else ''} number from {self.low:,.10g} to {self.high:,.10g} {self.unit}"
        )


def _declared(group: str, name: str, field: Any) -> Parameter:
    notes = field.json_schema_extra
    bounds = {type(rule).__name__: rule for rule in field.metadata}
    low = getattr(bounds.get("Ge"), "ge", None)
    high = getattr(bounds.get("Le"), "le", None)
    kind = field.annotation if isinstance(field.annotation, str) else field.annotation.__name__
    return Parameter(
        f"{group}.{name}",
        field.default,
        notes["unit"],
        low,
        high,
        field.description,
        notes["source"],
        notes["grade"],
        kind,
        tuple(notes["options"]),
    )


PARAMETERS: dict[str, Parameter] = {
    f"{group}.{name}": _declared(group, name, field)
    for group, model in GROUPS.items()
    for name, field in model.model_fields.items()
    if field.json_schema_extra is not None
}
