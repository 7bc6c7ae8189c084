"""The house checked by machine: who may import whom, what every rule, policy, indicator and scenario must have."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from ecopark.abm.input.loading import scenario_names
from ecopark.abm.numerics import compiled
from ecopark.abm.observation.indicators import INDICATORS
from ecopark.abm.policies import POLICIES

ROOT = Path(__file__).parents[1]
SUBMODELS = ROOT / "abm" / "submodels"
RULES = sorted(
    path.stem
    for folder in (SUBMODELS, SUBMODELS / "negotiation")
    for path in folder.glob("[a-z]*.py")
    if path.stem not in ("planner_solver", "flow_programme", "flow_limits")
)
PROTOCOLS = sorted(path.stem for path in (SUBMODELS / "negotiation" / "protocols").glob("[a-z]*.py"))

# Inside abm: a room imports only from the lines above its own.
LAYERS = (
    "input.plain_text numerics.code_cache numerics.linking",
    "numerics.kept_code",
    "numerics.compiled input.errors",
    "entities",
    "numerics policies observation.indicators",
    "strategies",
    "input",
    "submodels",
    "schedule initialization observation",
    "park",
    "agents interventions",
    "model odd_tables",
)
LEVEL = {name: level for level, line in enumerate(LAYERS) for name in line.split()}
# The object-per-company twin is a test; the benchmark measures the model against it where the source is at hand.
VISITS = {"experiments/benchmarks/reference_model.py": {"tests"}}


def sources(room):
    return sorted(path for path in (ROOT / room).rglob("*.py") if "__pycache__" not in path.parts)


def dotted(path):
    """Return the name that a file is imported by."""
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(["ecopark", *(parts[:-1] if parts[-1] == "__init__" else parts)])


def imports(path):
    """Return the modules that a file imports anywhere, those for the type checker included, by their whole names."""
    package = dotted(path) if path.name == "__init__.py" else dotted(path).rpartition(".")[0]
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.extend(alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package.split(".")[: len(package.split(".")) - node.level + 1]
            found.append(".".join([*base, *([node.module] if node.module else [])]))
        elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
            found.append(node.module)
    return found


def place_in_abm(module):
    """Return the entry of LAYERS that a module of abm belongs to; None for abm itself and for others."""
    parts = module.split(".")
    if parts[:2] != ["ecopark", "abm"] or len(parts) == 2:
        return None
    two = ".".join(parts[2:4])
    return two if two in LEVEL else parts[2]


def test_only_experiments_names_the_package():
    for room in ("abm", "analysis"):
        for path in sources(room):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            absolute = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level]
            assert not [name for name in absolute if name.split(".")[0] in ("ecopark", "tests")], path


def test_inside_abm_imports_go_one_way():
    for path in sources("abm"):
        here = place_in_abm(dotted(path))
        if here is None:
            continue
        assert here in LEVEL, f"{here} has no place in the layers of this test"
        for name in imports(path):
            there = place_in_abm(name)
            if there is not None and there != here:
                assert LEVEL[there] < LEVEL[here], f"{path.relative_to(ROOT)} imports {name}"


# analysis: a room imports only from the rooms before its own.
ANALYSIS = (
    "run_folder charts.colours charts.number_format",
    "network exchanges value validation inference",
    "charts",
    "report",
)
# experiments: likewise; the public face is imported by none of them.
EXPERIMENTS = (
    "commands.console commands.options",
    "runs sweeps",
    "bridges validation",
    "intake",
    "studies replications workshop benchmarks",
    "commands",
    "cli",
    "start docs",
)
WORKSHOP = ("stores", "view_models", "components", "server")


def levels(lines):
    return {name: level for level, line in enumerate(lines) for name in line.split()}


def place_in(root, known, module):
    """Return the entry of `known` that a module below `root` belongs to, the longest one first; None for others."""
    if not module.startswith(root + "."):
        return None
    parts = module.removeprefix(root + ".").split(".")
    return next((name for name in (".".join(parts[:2]), parts[0]) if name in known), parts[0])


@pytest.mark.parametrize(
    ("room", "lines"), [("analysis", ANALYSIS), ("experiments", EXPERIMENTS)], ids=["analysis", "experiments"]
)
def test_rooms_import_from_those_before_them(room, lines):
    known, root = levels(lines), f"ecopark.{room}"
    for path in sources(room):
        here = place_in(root, known, dotted(path))
        if here in (None, "ecopark"):
            continue
        assert here in known, f"{path.relative_to(ROOT)}: {here} has no place in the order of this test"
        for name in imports(path):
            there = place_in(root, known, name)
            if there is not None and there != here:
                reason = f"{path.relative_to(ROOT)} imports {name}: {here} stands before {there} in the order of {room}"
                assert known[there] <= known[here], reason


def test_the_model_and_the_analysis_do_not_know_each_other():
    for room, others in (("abm", ("analysis", "experiments")), ("analysis", ("abm", "experiments"))):
        for path in sources(room):
            strange = [name for name in imports(path) if name.startswith(tuple(f"ecopark.{other}" for other in others))]
            assert strange == [], path.relative_to(ROOT)


def test_no_files_import_each_other_in_a_circle():
    import networkx

    files = {dotted(path): path for room in ("abm", "analysis", "experiments") for path in sources(room)}
    graph = networkx.DiGraph()
    for module, path in files.items():
        graph.add_edges_from((module, name) for name in named_modules(path, files) if name != module)
    circles = [sorted(circle) for circle in networkx.strongly_connected_components(graph) if len(circle) > 1]
    assert circles == []


def named_modules(path, files):
    """Return the files that a file imports: a module, or the module that a name is taken from."""
    package = dotted(path) if path.name == "__init__.py" else dotted(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                name = f"{module}.{alias.name}"
                if name in files or module in files:
                    yield name if name in files else module


def test_every_folder_of_the_tree_is_listed_as_a_package():
    with (ROOT / "pyproject.toml").open("rb") as file:
        listed = tomllib.load(file)["tool"]["setuptools"]["packages"]
    there = ["ecopark", *(dotted(path) for room in ("abm", "analysis", "experiments") for path in sources(room)
             if path.name == "__init__.py" and dotted(path) != "ecopark.experiments.ecopark")]  # fmt: skip
    assert sorted(listed) == sorted(there)


def test_policies_write_levers_and_know_nothing_else():
    for path in sources("abm/policies"):
        if path.name not in ("__init__.py", "base.py"):
            allowed = {"dataclasses", "numpy", "ecopark.abm.policies.base", "ecopark.abm.entities.tables"}
            assert set(imports(path)) - {"ecopark.abm.policies"} <= allowed, path.name


def test_mesa_and_pandas_stay_where_they_belong():
    mesa = {path.name for path in sources("abm") if any(name.split(".")[0] == "mesa" for name in imports(path))}
    assert mesa == {"model.py", "agents.py"}
    code = (
        "import sys; from ecopark import Park, load_scenario; Park(load_scenario('kalundborg')).advance(1).yearly;"
        "print([name for name in ('mesa', 'pandas', 'matplotlib', 'solara') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_only_numerics_speaks_to_the_compiler():
    for path in sources("abm"):
        if path.stem not in ("compiled", "table_pointer", "linking", "kept_code", "calling"):
            assert not any(name.split(".")[0] == "numba" for name in imports(path)), path.name


def test_the_model_adds_numbers_one_after_another():
    """From Python 3.12 on `sum` makes up for rounding: bits of a run would depend on the version."""
    for path in sources("abm"):
        calls = (node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
        assert not any(isinstance(called, ast.Name) and called.id == "sum" for called in calls), path.name


def test_the_schedule_is_a_table_of_contents():
    """A screen of calls: no loop but that over months, no branch but for room."""
    text = (ROOT / "abm" / "schedule.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    month = next(
        node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name == "run_month"
    )
    assert not any(isinstance(node, ast.For | ast.While | ast.If) for node in ast.walk(month))
    steps = re.findall(r"^    # (\d+) (\w+)$", text, flags=re.MULTILINE)
    assert [int(number) for number, _ in steps] == list(range(1, 13))
    assert [name for _, name in steps] == [
        "governance", "markets", "production", "delivery", "settlement", "relations", "review", "attention", "negotiation",
        "investment", "turnover", "close",
    ]  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_its_test_its_twin_and_its_heading(rule):
    names = {path.name for path in (ROOT / "tests" / "abm").rglob("test_*.py")}
    assert f"test_{rule}.py" in names
    assert (ROOT / "tests" / "references" / f"{rule}.py").exists()
    page = (ROOT / "abm" / "ODD.md").read_text(encoding="utf-8")
    assert re.search(rf"^(### 7\.\d+|####) {rule}$", page, flags=re.MULTILINE)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_protocol_has_its_twin(protocol):
    assert (ROOT / "tests" / "references" / "protocols" / f"{protocol}.py").exists()


def words_of_tests():
    """Return every word that stands in a string, a name or a keyword of a test, this file left out."""
    words = set()
    for path in sources("tests"):
        if path == Path(__file__) or "references" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.update(re.findall(r"\w+", node.value))
            if isinstance(node, ast.Attribute):
                words.add(node.attr)
            if isinstance(node, ast.keyword) and node.arg:
                words.add(node.arg)
    return words


@pytest.mark.parametrize(
    "names",
    [POLICIES, INDICATORS, scenario_names(), PROTOCOLS],
    ids=["policies", "indicators", "scenarios", "protocols"],
)
def test_everything_declared_is_named_in_a_test(names):
    assert sorted(set(names) - words_of_tests()) == []


# Compiled functions: one signature each, none of them idle.

COUNT = """
import importlib, json, pkgutil
import ecopark.abm
from tests.abm.digest import cases, fingerprints

for terms in cases().values():
    fingerprints(*terms)
modules = [importlib.import_module(found.name) for found in pkgutil.walk_packages(ecopark.abm.__path__, "ecopark.abm.")]
rules = {
    f"{rule.py_func.__module__}.{rule.py_func.__name__}": rule
    for module in modules
    for rule in vars(module).values()
    if hasattr(rule, "py_func") and rule.py_func.__module__ not in ("ecopark.abm.numerics.compiled", "ecopark.abm.numerics.sorting")
}
print(json.dumps({name: max(len(rule.overloads), len(rule.inner.overloads if rule.inner else ())) for name, rule in rules.items()}))
"""


@pytest.mark.timeout(900)
@pytest.mark.skipif(not compiled.COMPILE, reason="nothing is compiled")
def test_one_signature_per_compiled_function(tmp_path):
    """Whole runs in a process with an empty cache show how often each function is compiled; the counts are kept.

    `ecopark.abm.numerics.sorting` serves whole numbers of any size.
    """
    kept = compiled.cache_folder().parent / "signatures" / f"{compiled.cache_folder().name}.json"
    if not kept.exists():
        environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", COUNT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(done.stdout)
    counts = json.loads(kept.read_text())
    assert len(counts) > 100
    apart = (
        "ecopark.abm.initialization.row_writers",
        "ecopark.abm.strategies.outside.helpers",
    )  # for code from outside
    monthly = {name: count for name, count in counts.items() if not name.startswith(apart)}
    assert {name: count for name, count in monthly.items() if count != 1} == {}
