"""Run every block of the pages and compare what is printed; `--write` puts it into the pages anew.

python -m ecopark.experiments.docs.run_pages                 # all pages: what is printed has to be what stands there
python -m ecopark.experiments.docs.run_pages --write         # the same, and the pages are renewed
python -m ecopark.experiments.docs.run_pages tutorials/own_park.md
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .blocks import Block, blocks_of, steady

PAGES = Path(__file__).parent / "pages"
WIDTH = "80"


class PageError(AssertionError):
    """A block of a page that fails, or that prints something else than the page says."""


def run_page(path: Path, folder: Path, write: bool = False) -> str:
    """Run the blocks of a page in a folder and return the page, with what they print when `write` is asked for.

    Raises PageError for the first block that fails and, unless `write`, for the first that prints something else.
    """
    page = path.read_text(encoding="utf-8")
    printed, changed, names = "", [], {"__name__": "__page__"}
    for block in blocks_of(page):
        where = f"{path.name} line {block.first}"
        if block.is_file:
            target = folder / block.title
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text + "\n", encoding="utf-8")
        elif block.language in ("sh", "python"):
            printed = _run(block, folder, names, where).replace(f"{folder}{os.sep}", "")
        elif block.is_print:
            there = block.part_of(printed)
            if write:
                changed.append((block, there))
            elif steady(there) != steady(block.text):
                raise PageError(f"{where}: the page says\n{block.text}\nand this is printed:\n{there}")
    return _renewed(page, changed)


def _run(block: Block, folder: Path, names: dict[str, Any], where: str) -> str:
    return _shell(block, folder, where) if block.language == "sh" else _python(block, folder, names, where)


def _shell(block: Block, folder: Path, where: str) -> str:
    """Run the lines of a block in a shell that finds this installation first."""
    here = str(Path(sys.executable).parent)
    surroundings = {**os.environ, "PATH": f"{here}{os.pathsep}{os.environ['PATH']}", "COLUMNS": WIDTH, "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block.text],
        cwd=folder, env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise PageError(
            f"{where}: exit code {done.returncode}\n{block.text}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    return done.stdout


def _python(block: Block, folder: Path, names: dict[str, Any], where: str) -> str:
    """Run a block of Python with the names of the blocks before it."""
    out = io.StringIO()
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(out):
            exec(compile(block.text, where, "exec"), names)
    except Exception as error:
        raise PageError(f"{where}: {type(error).__name__}: {error}\n{block.text}") from error
    return out.getvalue()


def _renewed(page: str, changed: list[tuple[Block, str]]) -> str:
    lines = page.splitlines()
    for block, text in reversed(changed):
        lines[block.first : block.last] = [f"{block.indent}{line}".rstrip() for line in text.splitlines()]
    return "\n".join(lines) + "\n"


def pages() -> Iterator[Path]:
    """Yield the pages that hold something to run."""
    for path in sorted(PAGES.rglob("*.md")):
        if any(block.language in ("sh", "python") for block in blocks_of(path.read_text(encoding="utf-8"))):
            yield path


def main(arguments: list[str]) -> int:
    """Run the named pages, or all; return the exit code."""
    write = "--write" in arguments
    wanted = [name for name in arguments if not name.startswith("--")]
    failed = 0
    for path in pages():
        name = path.relative_to(PAGES).as_posix()
        if wanted and name not in wanted:
            continue
        try:
            with tempfile.TemporaryDirectory() as folder:
                text = run_page(path, Path(folder), write)
            path.write_text(text, encoding="utf-8")
            print(f"{name}: as it stands there" if not write else f"{name}: written")
        except PageError as error:
            failed += 1
            print(f"{name}: {error}", file=sys.stderr)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
