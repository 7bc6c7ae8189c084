"""One code, two speeds: machine code and plain Python give the same bits, with index checks and without."""

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import ecopark.abm.schedule  # with it every rule of a month is there
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


RULES = """
import math

import numpy as np

from ecopark.abm.numerics.compiled import choose, compiled


@compiled
def root(value):
    return math.sqrt(value)


@compiled
def third(value):
    return value / 3.0


pick = choose([root, third])


@compiled
def total(values, which):
    found = np.zeros(len(values))
    for row in range(len(values)):
        found[row] = pick(which, values[row]) + root(values[row])
    return found.sum()
"""

CALLS = """
import numpy as np
import rules
from ecopark.abm.numerics.compiled import _counts

called = [float(rules.total(np.arange(4.0), which)) for which in (0, 1)]
print([*called, float(rules.root(9.0)), _counts["compiled"]])
"""


@pytest.mark.skipif(not compiled.COMPILE, reason="nothing is compiled")
def test_code_from_disk_gives_the_same_in_a_second_process(tmp_path):
    """Inner rules are linked, entries are kept: the second process compiles nothing, and an inner rule can be called too."""
    (tmp_path / "rules.py").write_text(RULES)
    paths = {"PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    first, second = (json.loads(run_python("-c", CALLS, **paths)) for _ in range(2))
    assert first[:3] == second[:3] == pytest.approx([2 * (1 + 2**0.5 + 3**0.5), 2 + 1 + 2**0.5 + 3**0.5, 3.0])
    assert (first[3] > 0, second[3]) == (True, 0)


@pytest.mark.skipif(not compiled.COMPILE, reason="nothing is compiled")
def test_broken_code_on_disk_is_deleted_and_made_anew(tmp_path):
    (tmp_path / "rules.py").write_text(RULES)
    paths = {"PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    first = json.loads(run_python("-c", CALLS, **paths))
    kept = [*(tmp_path / "cache").rglob("*.nbi")]
    assert len(kept) == 2
    for path in kept:
        path.write_bytes(path.read_bytes()[:40])
    assert json.loads(run_python("-c", CALLS, **paths))[:3] == first[:3]
    assert json.loads(run_python("-c", CALLS, **paths))[3] == 0


@pytest.mark.skipif(not compiled.COMPILE, reason="nothing is compiled")
def test_without_the_linking_of_inner_rules_the_numbers_are_the_same(tmp_path):
    (tmp_path / "rules.py").write_text(RULES)
    paths = {"PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    linked = json.loads(run_python("-c", CALLS, **paths))
    paths["XDG_CACHE_HOME"] = str(tmp_path / "other")
    unlinked = "from ecopark.abm.numerics import linking; linking.TESTED = ()\n" + CALLS
    assert json.loads(run_python("-c", unlinked, **paths)) == linked


def test_hand_made_tables_run_as_plain_python_and_are_checked(tmp_path):
    from types import SimpleNamespace

    @compiled.compiled
    def beside(s):
        return s.rows[3]

    with pytest.raises(IndexError):
        beside(SimpleNamespace(rows=[1, 2]))


@pytest.mark.skipif(not compiled.COMPILE, reason="names of compiled rules")
def test_no_two_rules_have_one_name():
    """Kept code is linked by name: two choices of one name, compiled in two processes, once took each other's place."""
    rules = [rule.py_func for rule in gc.get_objects() if type(rule) is compiled._Rule]
    names = [(rule.__module__, rule.__qualname__) for rule in rules if rule.__module__.startswith("ecopark.")]
    assert len(names) > 300
    assert len(names) == len(set(names))
    assert ecopark.abm.schedule.run_months.py_func in rules
