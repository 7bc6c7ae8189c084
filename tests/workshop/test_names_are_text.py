"""Names are text everywhere in the page: nothing writes HTML of its own."""

import ast
from pathlib import Path

from ecopark.experiments import workshop

FOLDER = Path(workshop.__file__).parent


def test_no_component_writes_html():
    calls = [
        (path, call)
        for path in FOLDER.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
    ]
    for path, call in calls:
        assert "unsafe_innerHTML" not in {word.arg for word in call.keywords}, f"{path.name} line {call.lineno}"
        assert getattr(call.func, "attr", "") not in ("Markdown", "MarkdownIt"), f"{path.name} line {call.lineno}"
    assert len(calls) > 100, "the modules are looked at"


def test_no_template_or_script_writes_html():
    for path in (*FOLDER.rglob("*.vue"), *FOLDER.rglob("*.js"), *FOLDER.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert not [
            word
            for word in ("v-html", "innerHTML =", "outerHTML =", "insertAdjacentHTML", "document.write(", "eval(")
            if word in text
        ], path.name
