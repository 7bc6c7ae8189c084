"""The pages of a park of one's own: bring files, see mistakes, answer questions, look at opportunities, start."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from ecopark.experiments.intake.draft import Draft, Question
from ecopark.experiments.intake.map import map_svg, places_of
from ecopark.experiments.intake.page import amount, money, page, table
from ecopark.experiments.intake.report import company_rows, known_line, mass_rows

FIELDS = (
    ("near", "about a place: latitude, longitude", "55.20,6.50"), ("radius", "within so many km", "10"),
    ("bbox", "or within a box: west, south, east, north", ""), ("year", "year of the data; empty: the latest", ""),
    ("only", "confidences of types to keep; empty: all", ""), ("name", "name of the park", "my_park"),
)  # fmt: skip
LOOK = """<style>
form{background:var(--paper);border:1px solid var(--faint);border-radius:8px;padding:12px 16px;margin:12px 0}
label{display:block;margin:8px 0;font-size:.9375rem}label span{display:block;color:var(--muted);font-size:.8125rem}
input,select{font:inherit;padding:5px 8px;border:1px solid var(--muted);border-radius:6px;background:var(--paper);color:var(--ink);max-width:100%}
button,.button{font:inherit;font-weight:600;padding:8px 16px;border:0;border-radius:6px;background:var(--accent);color:var(--paper);cursor:pointer;
text-decoration:none;display:inline-block;margin:4px 8px 4px 0}
.steps{display:flex;flex-wrap:wrap;gap:4px 20px;padding:0;margin:0 0 12px;list-style:none;color:var(--muted);font-size:.9375rem}
.steps .here{color:var(--ink);font-weight:600}.row{display:grid;grid-template-columns:repeat(auto-fill,minmax(240px,1fr));gap:0 20px}
.actions{margin:0 0 12px}.actions form{display:inline;border:0;padding:0;background:none}.wrong{border-left-color:#c0392b}
</style>"""
STEPS = ("bring files", "answer questions", "opportunities", "run")
QUESTIONS_SHOWN = 40


def start_page(root: str, mistakes: Sequence[str] = (), typed: Mapping[str, str] | None = None) -> str:
    """Return the first page: the form, above it what is wrong with what was brought."""
    given = typed or {}
    fields = "".join(
        f"<label><span>{escape(words)}</span>"
        f'<input name="{name}" value="{escape(given.get(name, ""), quote=True)}" placeholder="{escape(example, quote=True)}"></label>'
        for name, words, example in FIELDS
    )
    form = (
        f'<form method="post" action="{root}/own" enctype="multipart/form-data">'
        '<label><span>a workbook (xlsx, ods), or the files or the zip of a register (csv); a .geojson or .kml chooses the place; at most 10 MB'
        '</span><input type="file" name="files" multiple required></label>'
        f'<div class="row">{fields}</div><button>Import</button></form>'
    )  # fmt: skip
    about = (
        "<p>From the data that you have to a park: companies, streams, and what they could give each other, before any run. Read are the European "
        "industrial registry, IREP of France, ECHO of the United States and the Waste Data Interrogator of England, beside a workbook of your own. "
        f'Nothing is downloaded and nothing leaves this machine. <a href="{root}/own/template.xlsx">An empty workbook</a> to fill in.</p>'
    )
    return page("A park of your own", [LOOK, _steps(0), _wrong(mistakes), about, form])


def _steps(here: int) -> str:
    """Return the four steps, the present one marked."""
    marked = (
        f"<li{' class=here' if place == here else ''}>{place + 1}. {name}</li>" for place, name in enumerate(STEPS)
    )
    return f'<ol class="steps">{"".join(marked)}</ol>'


def _wrong(mistakes: Sequence[str]) -> str:
    """Return what is wrong, all at once, as the command prints it."""
    if not mistakes:
        return ""
    many = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
    rows = "".join(f"<li>{escape(one)}</li>" for one in mistakes)
    return f'<div class="notice wrong" role="alert"><b>{many} in the input; nothing was kept.</b><ul>{rows}</ul></div>'


def park_page(here: str, draft: Draft, mistakes: Sequence[str] = (), tried: Mapping[str, str] | None = None) -> str:
    """Return the page of a park that was imported: map, questions, what was left out. here: its address."""
    parts = [
        LOOK, _steps(1), _wrong(mistakes), f"<p>{escape(known_line(draft))}.</p>", _actions(here),
        map_svg(places_of(draft.scenario), [], draft.choice.get("outlines", ())), _questions(here, draft, tried or {}),
        table(("company", "type", "decided by", "confidence", "size", "how known"), company_rows(draft), "Companies"),
        table(("name", "reason"), draft.left_out, "Left out"),
        table(("company", "what", "t a year", "why"), [(a, b, f"{c:,.6g}", d) for a, b, c, d in draft.not_modelled], "Not modelled"),
        table(("ended in", "t"), mass_rows(draft), "Reported waste: every tonne ends in one place"),
        table(("",), [(one,) for one in draft.said], "Said"),
    ]  # fmt: skip
    return page(str(draft.header.get("label") or "A park of your own"), parts)


def _actions(here: str) -> str:
    """Return the ways on from a park."""
    return (
        f'<div class="actions"><a class="button" href="{here}/opportunities">Opportunities</a>{run_button(here)}'
        f'<a href="{here}/park.zip">Take the park home</a> (then <code>ecopark run</code>, <code>ecopark sweep assumed.toml</code>)</div>'
    )


def run_button(here: str) -> str:
    """Return the button that starts a run."""
    return f'<form method="post" action="{here}/run"><button>Run 30 years</button></form>'


def _questions(here: str, draft: Draft, tried: Mapping[str, str]) -> str:
    """Return the questions as a form, what is worth most first. tried: answers that were refused."""
    questions = draft.questions
    if not questions:
        return "<p>There is nothing left to ask.</p>"
    lines = "".join(
        f"<label>{escape(one.asked)} <span>{escape(_proposed(one, draft.stakes.get(one.key, 0.0)))}</span>{_field(number, one, tried)}</label>"
        for number, one in enumerate(questions[:QUESTIONS_SHOWN])
    )
    return (
        f'<h2>Questions, by the money that changes with the answer</h2><form method="post" action="{here}/answers">{lines}'
        "<button>Answer and import again</button></form>"
    )


def _proposed(one: Question, stake: float) -> str:
    """Say what is taken as long as nobody answers, what else may be meant, and how much money changes with the answer."""
    taken = amount(float(one.proposed)) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", one.proposed) else one.proposed
    others = f", or {one.alternatives.replace(';', ', ')}" if one.alternatives else ""
    return f"taken: {taken}{others}" + (
        f"; up to {money(stake)} EUR a year change with the answer" if stake >= 1 else ""
    )


def _field(number: int, one: Question, tried: Mapping[str, str]) -> str:
    """Return the input of an answer: a choice among types, else a number."""
    name, given = field_of(number), tried.get(field_of(number), "")
    kinds = [kind for kind in one.alternatives.split(";") if kind] if one.column == "type" else []
    if kinds:
        options = "".join(
            f"<option{' selected' if kind == given else ''}>{escape(kind)}</option>"
            for kind in ("", one.proposed, *kinds)
        )
        return f'<select name="{name}">{options}</select>'
    return f'<input name="{name}" value="{escape(given, quote=True)}" autocomplete="off">'


def field_of(number: int) -> str:
    """Return the name of the input of a question."""
    return f"answer{number}"


def answers_of(questions: Sequence[Question], said: Mapping[str, str]) -> dict[tuple[str, str, str], str]:
    """Return the answers that a form gives, by question."""
    given = {one.key: said.get(field_of(number), "").strip() for number, one in enumerate(questions)}
    return {key: text for key, text in given.items() if text}


def framed(here: str, html: str) -> str:
    """Return the page of opportunities with the way back and on."""
    bar = f'{LOOK}{_steps(2)}<div class="actions"><a class="button" href="{here}">Back to the park</a>{run_button(here)}</div>'
    return html.replace("<main>", f"<main>{bar}", 1)


def run_frame(here: str, html: str) -> str:
    """Return the report of a run with the way back."""
    bar = f'{LOOK}{_steps(3)}<p class="actions"><a class="button" href="{here}">Back to the park</a></p>'
    return html.replace("<main>", f"<main>{bar}", 1)
