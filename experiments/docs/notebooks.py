"""The notebooks: kept without output, run in tests and, where it is asked for, when the site is built."""

from __future__ import annotations

import base64
import os
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "notebooks"
EXECUTE = "ECOPARK_DOCS_EXECUTE"


def notebooks() -> list[Path]:
    """Return the notebooks in the order in which they are read."""
    return sorted(FOLDER.glob("*.ipynb"))


def executed(path: Path, folder: Path) -> Any:
    """Return a notebook after all its cells were run in a folder; raises CellExecutionError for the first that fails."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(folder)}}).execute()
    return notebook


def notebook_pages() -> dict[str, str | bytes]:
    """Return the notebooks as pages with their pictures; run when the variable ECOPARK_DOCS_EXECUTE is 1."""
    found: dict[str, str | bytes] = {}
    for path in notebooks():
        found |= _as_page(path)
    return found


def _as_page(path: Path) -> dict[str, str | bytes]:
    import nbformat

    if os.environ.get(EXECUTE) == "1":
        with tempfile.TemporaryDirectory() as folder:
            notebook = executed(path, Path(folder))
    else:
        notebook = nbformat.read(path, as_version=4)
    pictures: dict[str, str | bytes] = {}
    parts = []
    for cell in notebook.cells:
        parts.append(cell.source if cell.cell_type == "markdown" else f"```python\n{cell.source}\n```")
        for output in cell.get("outputs", []):
            parts += _shown(output, path.stem, pictures)
    return {f"notebooks/{path.stem}.md": "\n\n".join(parts) + "\n", **pictures}


def _shown(output: Any, name: str, pictures: dict[str, str | bytes]) -> list[str]:
    """Return what a cell has printed or drawn as Markdown; pictures go into files of their own."""
    data = output.get("data", {})
    if "image/png" in data:
        file = f"{name}_{len(pictures) + 1}.png"
        pictures[f"notebooks/{file}"] = base64.b64decode(data["image/png"])
        return [f"![Drawn by the cell above]({file})"]
    if "text/html" in data:
        return ["".join(data["text/html"])]
    text = "".join(data.get("text/plain", output.get("text", "")))
    return [f"```text\n{text.rstrip()}\n```"] if text.strip() and output.get("name") != "stderr" else []
