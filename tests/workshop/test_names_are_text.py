"""Names are text everywhere in the page: HTML is made of constant words alone."""

import ast
from pathlib import Path

from ecopark.experiments import workshop

FOLDER = Path(workshop.__file__).parent


def test_html_that_is_not_escaped_is_constant():
    seen = 0
    for path in FOLDER.rglob("*.py"):
        for call in (
            node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
        ):
            for word in call.keywords:
                if word.arg == "unsafe_innerHTML":
                    seen += 1
                    assert isinstance(word.value, ast.Constant), f"{path.name} line {word.value.lineno}"
            assert getattr(call.func, "attr", "") not in ("Markdown", "MarkdownIt"), f"{path.name} line {call.lineno}"
    assert seen or not list(FOLDER.rglob("components/*.py"))


def test_no_template_or_script_writes_html():
    for path in (*FOLDER.rglob("*.vue"), *FOLDER.rglob("*.js"), *FOLDER.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert not [
            word
            for word in ("v-html", "innerHTML =", "outerHTML =", "insertAdjacentHTML", "document.write(", "eval(")
            if word in text
        ], path.name
