"""What an import says: a summary, questions.csv, import.md and import.html."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from .draft import ASSUMED, GIVEN, INFERRED, Draft
from .page import amount, page, table
from .write import QUESTIONS, csv_text, provenance_rows, whole_tables

MOST = 40  # lines of one list on a page


def known_line(draft: Draft, share: float | None = None) -> str:
    """Return the line that every report of such a park bears: how many numbers are given, inferred, assumed."""
    counts = dict.fromkeys((GIVEN, INFERRED, ASSUMED), 0)
    for row in provenance_rows(whole_tables(draft)):
        if isinstance(row["value"], float | int) and not isinstance(row["value"], bool):
            counts[row["status"]] += 1
    total = sum(counts.values())
    rests = "" if share is None else f"; {share:.0%} of the possible value rests on assumptions"
    return f"{counts[GIVEN]} of {total} numbers given, {counts[INFERRED]} inferred, {counts[ASSUMED]} assumed{rests}"


def company_rows(draft: Draft) -> list[tuple[str, ...]]:
    """Return name, type, what decided, confidence, size and how it is known, of every company."""
    rows = []
    for name, row in sorted(draft.companies()):
        size = row.get("size")
        large = "" if size is None else amount(size.value)
        how = "" if size is None else f"{size.status}: {size.rule}"
        rows.append(
            (
                name,
                row["type"].value,
                row["type"].rule,
                row["confidence"].value if "confidence" in row else "",
                large,
                how,
            )
        )
    return rows


def mass_rows(draft: Draft) -> list[tuple[str, str]]:
    """Return where the reported tonnes ended, and their sum against the register's."""
    if not draft.reported:
        return []
    rows = [(where, f"{tonnes:,.1f} t") for where, tonnes in sorted(draft.mass.items())]
    rows.append(("sum", f"{sum(draft.mass.values()):,.1f} t of {draft.reported:,.1f} t reported"))
    return rows


def summary(draft: Draft) -> str:
    """Return what an import found, for the terminal."""
    companies = company_rows(draft)
    width = max((len(row[0]) for row in companies), default=0)
    lines = [
        f"{len(companies)} companies, {len(draft.rows('streams'))} streams of their own, {len(draft.rows('exchanges'))} exchanges"
    ]
    lines += [
        f"  {name:<{width}}  {kind} ({confidence}, {by}) {size} {how}".rstrip()
        for name, kind, by, confidence, size, how in companies[:MOST]
    ]
    blocks: list[tuple[str, list[str]]] = [
        ("Left out", [f"{name}: {reason}" for name, reason in draft.left_out]),
        ("Not modelled", [f"{name}: {what}, {tonnes:,.6g} t; {why}" for name, what, tonnes, why in draft.not_modelled]),
        ("Reported waste", [f"{where}: {tonnes}" for where, tonnes in mass_rows(draft)]),
        ("Said", draft.said),
        ("Questions (questions.csv, by money)", [f"{one.asked} [{one.proposed}]" for one in draft.questions]),
    ]
    for title, rows in blocks:
        if rows:
            lines += ["", title, *(f"  {row}" for row in rows[:MOST])]
            lines += [f"  ... and {len(rows) - MOST} more"] if len(rows) > MOST else []
    lines += ["", "Distances are straight lines; no factor for roads is applied.", known_line(draft)]
    return "\n".join(lines)


def markdown(draft: Draft, name: str) -> str:
    """Return import.md."""
    parts = [f"# {draft.header.get('label', name)}: what was imported", "", known_line(draft) + ".", ""]
    parts += ["Distances are straight lines; no factor for roads is applied.", ""]
    parts += _table(("company", "type", "decided by", "confidence", "size", "how known"), company_rows(draft))
    sections: list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]] = [
        ("Left out", ("name", "reason"), [(one, why) for one, why in draft.left_out]),
        (
            "Not modelled",
            ("company", "what", "t a year", "why"),
            [(a, b, f"{c:,.6g}", d) for a, b, c, d in draft.not_modelled],
        ),
        ("Reported waste", ("ended in", "t"), mass_rows(draft)),
        (
            "Questions",
            ("company", "question", "proposed", "or"),
            [(q.company, q.asked, q.proposed, q.alternatives) for q in draft.questions],
        ),
        (
            "Sources",
            ("file", "register", "licence"),
            [(s["file"], s.get("register", ""), s.get("licence", "")) for s in draft.sources],
        ),
    ]
    for title, head, rows in sections:
        if rows:
            parts += ["", f"## {title}", "", *_table(head, rows)]
    if draft.said:
        parts += ["", "## Said", "", *(f"- {one}" for one in draft.said)]
    return "\n".join(parts) + "\n"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return [
        *lines,
        *("| " + " | ".join(str(cell).replace("|", "/").replace("<", "&lt;") for cell in row) + " |" for row in rows),
    ]


def html(draft: Draft, name: str, places: list[Any], outlines: Any = ()) -> str:
    """Return import.html: map, companies, what was left out, questions."""
    from .map import map_svg

    label = str(draft.header.get("label", name))
    parts = [f"<p>{escape(known_line(draft))}.</p>", map_svg(places, [], outlines)]
    parts += [
        table(("company", "type", "decided by", "confidence", "size", "how known"), company_rows(draft), "Companies")
    ]
    questions = [(q.company, q.asked, q.proposed, q.alternatives) for q in draft.questions]
    parts.append(
        table(
            ("company", "question", "proposed", "or"),
            questions,
            "Questions: answer them in questions.csv, then import the park again",
        )
    )
    parts.append(table(("name", "reason"), [(one, why) for one, why in draft.left_out], "Left out"))
    parts.append(
        table(
            ("company", "what", "t a year", "why"),
            [(a, b, f"{c:,.6g}", d) for a, b, c, d in draft.not_modelled],
            "Not modelled",
        )
    )
    parts.append(table(("ended in", "t"), mass_rows(draft), "Reported waste: every tonne ends in one place"))
    parts.append(table(("",), [(one,) for one in draft.said], "Said"))
    parts.append(
        table(
            ("file", "register", "licence"),
            [(s["file"], s.get("register", ""), s.get("licence", "")) for s in draft.sources],
            "Sources",
        )
    )
    return page(f"{label}: what was imported", parts)


def questions_csv(draft: Draft, stakes: Mapping[tuple[str, str, str], float]) -> str:
    """Return questions.csv, what is worth most first."""
    ordered = sorted(draft.questions, key=lambda one: (-stakes.get(one.key, 0.0), one.key))
    rows = [
        {
            "company": one.company, "column": one.column, "material": one.material, "asked": one.asked, "proposed": one.proposed,
            "alternatives": one.alternatives, "at_stake": float(round(stakes.get(one.key, 0.0))), "answer": "",
        }
        for one in ordered
    ]  # fmt: skip
    return csv_text(QUESTIONS, rows)


def add_reports(draft: Draft, files: dict[str, str], name: str) -> dict[str, str]:
    """Return the files of a park with its questions and reports."""
    from .map import places_of
    from .stakes import judged, stakes_of
    from .tornado import assumed_toml, quick_bars

    park, best = judged(draft, draft.scenario)
    draft.stakes = stakes = stakes_of(draft, park, best) if draft.questions else {}
    draft.questions.sort(key=lambda one: (-stakes.get(one.key, 0.0), one.key))
    types = {
        one.company: tuple(filter(None, one.alternatives.split(";"))) for one in draft.questions if one.column == "type"
    }
    bars = quick_bars(park, best, types)
    return {
        **files,
        "questions.csv": questions_csv(draft, stakes),
        **({"assumed.toml": assumed_toml(name, bars)} if bars else {}),
        "import.md": markdown(draft, name),
        "import.html": html(draft, name, places_of(draft.scenario), draft.choice.get("outlines", ())),
    }
