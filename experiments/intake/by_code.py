"""Waste by code of a plant: given streams, summed by material, with the share that is recovered already."""

from __future__ import annotations

from dataclasses import dataclass, field

from .draft import INFERRED, Cell, Draft
from .library import library


@dataclass
class Coded:
    """Reported amounts of one plant and material [unit of the material a year]: recovered and disposed of, with their codes."""

    recovered: float = 0.0
    disposed: float = 0.0
    codes: set[str] = field(default_factory=set)


def add_coded(draft: Draft, name: str, found: dict[str, Coded], source: str) -> None:
    """Write the coded waste of a plant as given streams; it replaces what the type would infer."""
    for material, coded in sorted(found.items()):
        row = draft.row("streams", name, material, "out")
        total = coded.recovered + coded.disposed
        other = row.get("per_year")
        if other is not None and other.source.startswith("rejets"):
            total += other.value  # water let out to a network, and the washings that leave by the tanker
        codes = ", ".join(
            f"{code[:2]} {code[2:4]} {code[4:]}" if code.isdigit() else code for code in sorted(coded.codes)
        )
        row["per_year"] = Cell(
            total, "given", "C", f"{source}, {codes}", "sum of the codes of a material", total, total
        )
        share = coded.recovered / (coded.recovered + coded.disposed) if coded.recovered + coded.disposed else None
        if share is not None:
            row["recovered_share"] = Cell(share, INFERRED, "C", f"{source}, {codes}", "R / (R + D)", 0.0, 1.0)
        if len(coded.codes) == 1 and next(iter(coded.codes)).isdigit():
            row["ewc"] = Cell(next(iter(coded.codes)), source=source)


def say_inferred(draft: Draft) -> None:
    """Say which by-products of a type no source names: a register of waste does not hold what is sold as a by-product."""
    only_sheets = all(one["register"] == "workbook" for one in draft.sources)
    why = "the workbook names none of them" if only_sheets else "the register holds waste, not by-products"
    for name, row in sorted(draft.companies()):
        kind = row["type"].value if "type" in row else ""
        own = {key[1] for key in draft.rows("streams") if key[0] == name and key[2] == "out"}
        if not own:
            continue
        rest = [
            one.material
            for one in library().processes.get(kind, ())
            if one.direction == "out" and one.material not in own
        ]
        if rest:
            draft.said.append(f"{name}: {', '.join(rest)} stay inferred from its type ({why})")
