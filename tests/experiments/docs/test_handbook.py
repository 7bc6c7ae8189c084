"""The handbook by itself: its commands exist, its links lead somewhere, its words are those of the glossary."""

import ast
import json
import re
import shlex
from pathlib import Path

import click
import pytest

from ecopark.experiments.cli import main_group
from ecopark.experiments.docs import reference
from ecopark.experiments.docs.blocks import blocks_of, steady
from ecopark.experiments.docs.notebooks import notebooks
from ecopark.experiments.docs.run_pages import PageError, run_page
from ecopark.experiments.workshop.languages.glossary import glossary

ROOT = Path(__file__).parents[3]  # the pages of the checkout: an installed package has no README beside it
PAGES = ROOT / "experiments" / "docs" / "pages"
WRITTEN = sorted(PAGES.rglob("*.md"))
DOORS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "experiments" / "studies" / "README.md"]
ALL = [*WRITTEN, *DOORS]
# How a term must not be spelled, and how it is.
WRONG = {
    r"by ?products?\b": "by-product",
    r"hold ?ups?\b": "hold-up",
    r"behavior\w*": "behaviour",
    r"neighbor\w*": "neighbour",
    r"\bcentraliz\w*": "centralis...",
    r"\brosters?\b": "companies",
    r"\blinkages?\b": "link",
    r"\bsymbioses\b": "industrial symbiosis",
    r"\bnegociat\w*": "negotiation",
    r"\bwaste exchange\w*": "exchange of by-products",
    r"\btrade partner\w*": "partner",
}


def named(path):
    return path.relative_to(ROOT).as_posix()


def words_of(text):
    """Return a page without blocks of code, code in a line and addresses of links."""
    for block in blocks_of(text):
        text = text.replace(block.text, "")
    return re.sub(r"`[^`]*`|\]\([^)]*\)", "", text)


def command_lines(path):
    """Yield the words of each line of a page that calls ecopark."""
    for block in blocks_of(path.read_text(encoding="utf-8")):
        if block.language not in ("sh", "console"):
            continue
        whole = block.text.replace("\\\n", " ")
        for line in (one for one in whole.splitlines() if "ecopark " in one):
            for part in re.split(r"&&|\|\||(?<![\w])\|(?!\w)", line):
                words = shlex.split(part, comments=True)
                at = next((n for n, word in enumerate(words) if word.rpartition("/")[2] == "ecopark"), None)
                if at is not None:
                    yield [word for word in words[at + 1 :] if word not in (">", "2>")]


def parse(words):
    """Read a line as the command line does, options and their names alone; raises UsageError."""
    group, path = main_group, ["ecopark"]
    while isinstance(group, click.Group) and words and not words[0].startswith("-"):
        name, *words = words
        found = group.get_command(click.Context(group), name)
        if found is None:
            raise click.UsageError(f"no command {' '.join([*path, name])}")
        group, path = found, [*path, name]
    context = click.Context(group, info_name=" ".join(path))
    group.make_parser(context).parse_args(args=list(words))


@pytest.mark.parametrize("path", ALL, ids=named)
def test_every_command_of_a_page_can_be_typed(path):
    wrong = []
    for words in command_lines(path):
        try:
            parse(words)
        except click.UsageError as error:
            wrong.append(f"ecopark {' '.join(words)}: {error.format_message()}")
    assert wrong == []


def test_a_command_that_is_not_there_is_found():
    with pytest.raises(click.UsageError, match="no command ecopark analize"):
        parse(["analize", "runs/first"])
    with pytest.raises(click.UsageError, match="--agaisnt"):
        parse(["analyse", "runs/first", "--agaisnt", "x"])


@pytest.mark.parametrize("path", ALL, ids=named)
def test_every_block_of_python_is_python(path):
    for block in blocks_of(path.read_text(encoding="utf-8")):
        if block.language == "python":
            ast.parse(block.text)


MADE = {"reference/commands.md", "reference/parameters.md", "reference/data_dictionary.md", "reference/odd.md",
        "reference/python.md", "reference/glossary.md", "reference/abm.md", "reference/analysis.md",
        "reference/experiments.md", "project/changelog.md"}  # fmt: skip


@pytest.mark.parametrize("path", ALL, ids=named)
def test_every_link_inside_leads_to_a_page(path):
    made = MADE | {f"notebooks/{one.stem}.md" for one in notebooks()}
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        place = target.partition("#")[0]
        if not place or re.match(r"[a-z]+:", place):
            continue
        there = (path.parent / place).resolve()
        if not there.exists() and not (PAGES in there.parents and there.relative_to(PAGES).as_posix() in made):
            dead.append(target)
    assert dead == []


def test_every_page_is_in_the_contents_and_every_line_of_them_is_a_page():
    contents = set(re.findall(r"- (\S+\.md)$", (PAGES.parent / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE))
    written = {path.relative_to(PAGES).as_posix() for path in WRITTEN}
    assert contents == written | MADE | {f"notebooks/{one.stem}.md" for one in notebooks()}


@pytest.mark.parametrize("path", ALL, ids=named)
def test_terms_are_spelled_in_one_way(path):
    text = words_of(path.read_text(encoding="utf-8"))
    found = {hit: right for wrong, right in WRONG.items() for hit in re.findall(wrong, text, re.IGNORECASE)}
    assert found == {}


def test_the_glossary_has_forty_terms_or_more_each_with_a_sentence_and_two_languages():
    rows = glossary()
    assert len(rows) >= 40
    assert len({row["term"] for row in rows}) == len(rows)
    assert all(all(row.values()) and row["en"].endswith(".") for row in rows)


def test_the_page_of_commands_has_every_command_with_its_help():
    page = reference.commands_page()
    for path, command in reference.commands().items():
        assert f"## {' '.join(path)}\n" in page
        assert (command.help or "").splitlines()[0].strip()[:40] in page.replace("\n  ", " ")


def test_the_page_of_functions_has_every_public_name():
    import ecopark

    page = reference.public_page()
    assert all(f"## ecopark.{name}\n" in page for name in ecopark.__all__)


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_notebooks_are_kept_without_output(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells)
    assert cells[0]["cell_type"] == "markdown"


PAGE = """```csv title="a.csv"
x
```
```sh
cat a.csv; echo took 12.3 s
```
```text title="prints, last 1 lines"
took 4 s
```
    ```python
    value = 2
    print(value + 1)
    ```
```text title="prints"
4
```
"""


def test_a_page_that_says_what_is_not_printed_is_refused_and_can_be_renewed(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(PAGE)
    with pytest.raises(PageError, match=r"(?s)page.md line 14: the page says\n4\nand this is printed:\n3"):
        run_page(page, tmp_path)
    page.write_text(run_page(page, tmp_path, write=True))
    assert page.read_text() == PAGE.replace("\n4\n", "\n3\n").replace("took 4 s", "took 12.3 s")
    run_page(page, tmp_path)


def test_a_command_that_fails_fails_the_page(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("```sh\nfalse\n```\n")
    with pytest.raises(PageError, match="exit code 1"):
        run_page(page, tmp_path)


def test_durations_and_sizes_do_not_count():
    assert steady("a: 12 runs, 8.1 runs/s, done after 2 s ") == steady("a: 12 runs, 7 runs/s, done after 31 s")
    assert steady("a: 12 runs") != steady("a: 13 runs")


def test_a_block_loses_the_indent_of_its_fence_and_keeps_its_own():
    text = '    ```text title="prints"\n     links\n       7.0\n    ```\n'
    (block,) = blocks_of(text)
    assert block.text == " links\n   7.0"


def test_the_picture_of_the_handbook_is_that_of_the_readme():
    assert (PAGES / "kalundborg.png").read_bytes() == (ROOT / ".readme" / "kalundborg.png").read_bytes()
