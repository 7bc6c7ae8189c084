"""Types, sizes and streams of companies from the facts of a register, what is given first; what must be asked."""

from __future__ import annotations

from .draft import ASSUMED, GIVEN, INFERRED, Cell, Draft, Facts, Question
from .floors import check_floors
from .kinds import OTHER, Kind
from .library import library
from .sizes import Indicator, size_of

GRADES = {"high": "C", "medium": "C", "low": "G", "none": "A"}


def infer(draft: Draft) -> None:
    """Fill type, size, confidence and streams of every company that facts are known of; given cells stay."""
    for name, facts in sorted(draft.facts.items()):
        _set_kind(draft, name, facts)
        _set_size(draft, name, facts)
        if facts.reported:
            draft.reported += sum(sum(by.values()) for by in facts.reported.values())
            check_floors(draft, name, facts.reported, facts.source)
    _drop_unknown_types(draft)


def _set_kind(draft: Draft, name: str, facts: Facts) -> None:
    """Set the type; a given one is certain, one of low confidence is asked."""
    kind: Kind = facts.kind
    row = draft.row("companies", name)
    given = row.get("type")
    if given is not None and given.status == GIVEN:
        row["confidence"] = Cell("high", GIVEN, given.grade, given.source, given.rule)
        return
    status = INFERRED if kind.confidence != "none" else ASSUMED
    confidence = "low" if kind.confidence == "none" else kind.confidence
    row["type"] = Cell(kind.type, status, GRADES[kind.confidence], facts.source, kind.by)
    row["confidence"] = Cell(confidence, status, GRADES[kind.confidence], facts.source, kind.by)
    if confidence == "low":
        asked = f"What does {name} make? ({kind.by}: confidence {kind.confidence})"
        draft.questions.append(Question(name, "type", asked, kind.type, ";".join(kind.alternatives)))


def _set_size(draft: Draft, name: str, facts: Facts) -> None:
    """Set the size; an assumed one, and one that two indicators dispute, is asked."""
    row = draft.row("companies", name)
    kind = row["type"].value
    if kind == OTHER or kind not in library().types:
        row.pop("size", None) if row.get("size") is None or row["size"].status != GIVEN else None
        return
    given = row.get("size")
    if given is not None and given.status == GIVEN:
        return
    size, disputed = size_of(kind, [Indicator(*one) for one in facts.indicators])
    if facts.size is not None and kind == facts.kind.type:
        size = facts.size
    row["size"] = size
    if size.status == ASSUMED or disputed:
        product = library().types[kind]
        asked = f"How large is {name} ({product.product_unit} of {product.product} a year)?" + (
            f" {disputed}" if disputed else ""
        )
        draft.questions.append(Question(name, "size", asked, f"{size.value:.10g}"))


def _drop_unknown_types(draft: Draft) -> None:
    """Say of every company whose type the library lacks; it stays as a plant of its own streams."""
    for name, row in draft.companies():
        cell = row.get("type")
        if cell is not None and cell.value not in library().types:
            draft.said.append(
                f"{name}: the library has no type {cell.value} yet; entered as {OTHER}, with the streams given alone"
            )
            row["type"] = Cell(
                OTHER, cell.status, cell.grade, cell.source, f"{cell.rule}: {cell.value}, not in the library"
            )
            row.pop("size", None)
