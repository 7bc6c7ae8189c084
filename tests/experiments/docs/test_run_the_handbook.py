"""Every block of every page is run, every notebook too, and the site is built strictly: `pytest -m handbook`."""

import subprocess
import sys

import pytest

from ecopark.experiments.docs.notebooks import executed, notebooks
from ecopark.experiments.docs.run_pages import PAGES, pages, run_page

pytestmark = [pytest.mark.handbook, pytest.mark.timeout(1800)]


@pytest.mark.filterwarnings("ignore:Failed to validate hooks:UserWarning")  # of Mesa's own view
@pytest.mark.parametrize("path", list(pages()), ids=lambda path: path.relative_to(PAGES).as_posix())
def test_a_page_prints_what_it_says(path, tmp_path):
    run_page(path, tmp_path)


@pytest.mark.filterwarnings("ignore")  # of the notebook libraries
@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_a_notebook_runs(path, tmp_path):
    pytest.importorskip("nbclient")
    notebook = executed(path, tmp_path)
    assert any(cell.get("outputs") for cell in notebook.cells)


def test_the_site_is_built_without_a_warning(tmp_path):
    pytest.importorskip("mkdocs")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(PAGES.parent / "mkdocs.yml"), "-d", str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    assert (tmp_path / "tutorials" / "policy_question.html").exists()
    assert "Park" in (tmp_path / "reference" / "python.html").read_text(encoding="utf-8")
