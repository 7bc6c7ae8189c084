"""One code, two speeds: machine code and plain Python give the same bits, with index checks and without."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ecopark.abm.numerics import compiled
from tests.abm.digest import cases, fingerprints

ROOT = Path(__file__).parents[3]


def run_python(*arguments, **environment):
    """Run Python in the project's root; warnings are errors there, too."""
    command = [sys.executable, "-W", "error", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def compare(**environment):
    """Assert that every case has the same fingerprints in another process with this environment."""
    lines = [json.loads(line) for line in run_python("-m", "tests.abm.digest", **environment).splitlines()]
    others = {line["case"]: line["marks"] for line in lines}
    assert set(others) == set(cases())
    for case, terms in cases().items():
        mine = fingerprints(*terms)
        assert [name for name in mine if mine[name] != others[case][name]] == [], case


@pytest.mark.skipif(not compiled.COMPILE, reason="compares compiled with plain")
def test_compiled_equals_plain_python():
    compare(ECOPARK_COMPILE="0")


@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_no_rule_reads_beside_its_tables():
    compare(ECOPARK_BOUNDSCHECK="1", ECOPARK_COMPILE="1")


def test_cache_folder_belongs_to_the_text_of_every_compiled_file(tmp_path, monkeypatch):
    sources = {path.relative_to(compiled.MODEL) for path in compiled._compiled_sources()}
    rules = {path.relative_to(compiled.MODEL) for path in compiled.MODEL.glob("submodels/**/*.py")}
    assert rules < sources
    copies = [tmp_path / path.name for path in map(Path, ("schedule.py", "markets.py"))]
    for copy in copies:
        copy.write_text("before")
    monkeypatch.setattr(compiled, "_compiled_sources", lambda: copies)
    before = compiled.cache_folder()
    assert compiled.cache_folder() == before
    copies[1].write_text("after")
    assert compiled.cache_folder() != before
    monkeypatch.setattr(compiled, "BOUNDSCHECK", not compiled.BOUNDSCHECK)
    assert compiled.cache_folder().name.startswith(compiled.cache_folder().name.split("-")[0])
    assert len({compiled.cache_folder(), before}) == 2


def test_choose_calls_the_function_of_an_index():
    first = compiled.compiled(lambda value: value + 1.0)
    second = compiled.compiled(lambda value: value * 10.0)
    call = compiled.choose([first, second])
    assert [call(index, 3.0) for index in (0, 1)] == [4.0, 30.0]


def test_plain_python_needs_no_compiler():
    code = "import sys; from ecopark.abm.numerics.compiled import compiled; f = lambda x: x; assert compiled(f) is f; assert 'numba' not in sys.modules"
    run_python("-c", code, ECOPARK_COMPILE="0")
