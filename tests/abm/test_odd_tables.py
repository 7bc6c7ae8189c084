"""ODD.md describes the model as it is: tables from the declarations, a heading for every rule, every parameter named."""

import ast
import re
from pathlib import Path

import pytest

import ecopark.abm
from ecopark.abm import odd_tables as describing
from ecopark.abm.input.parameters import PARAMETERS
from ecopark.abm.observation.indicators import INDICATORS
from ecopark.abm.policies import POLICIES

ROOT = Path(ecopark.abm.__file__).parent
PAGE = describing.PAGE.read_text(encoding="utf-8")
PROSE = re.sub(r"<!-- table: \w+ -->.*?<!-- end -->", "", PAGE, flags=re.DOTALL)
RULES = sorted(
    path.stem
    for folder in ("submodels", "submodels/negotiation")
    for path in (ROOT / folder).glob("[a-z]*.py")
    if path.stem not in ("planner_solver", "flow_programme", "flow_limits")
)
PROTOCOLS = sorted(path.stem for path in (ROOT / "submodels" / "negotiation" / "protocols").glob("[a-z]*.py"))


def calls_of_the_month():
    """Return the names of the rules that the schedule calls, in order."""
    tree = ast.parse((ROOT / "schedule.py").read_text(encoding="utf-8"))
    body = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "run_month")
    calls = [node for node in ast.walk(body) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return [node.func.id for node in sorted(calls, key=lambda node: node.lineno)]


def test_tables_are_those_of_the_declarations():
    assert describing.renew(PAGE) == PAGE, "run: python -m ecopark.abm.odd_tables --write"


def test_every_rule_has_its_heading_in_section_7():
    headings = re.findall(r"^### 7\.(\d+) (\w+)$", PAGE, flags=re.MULTILINE)
    assert [int(number) for number, _ in headings] == list(range(1, len(headings) + 1))
    parts = set(re.findall(r"^#### (\w+)$", PAGE, flags=re.MULTILINE)) - set(PROTOCOLS)
    assert sorted([*parts, *(name for _, name in headings)]) == sorted([*RULES, "policies"])


def test_every_protocol_has_its_sub_heading_under_meetings():
    section = PAGE.split("### 7.12 meetings")[1].split("\n### ")[0]
    assert sorted(re.findall(r"^#### (\w+)$", section, flags=re.MULTILINE)) == PROTOCOLS


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_is_named_where_it_acts(name):
    assert re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", PROSE), f"{name} stands in the table only"


def test_only_parameters_that_exist_are_named():
    groups = {name.partition(".")[0] for name in PARAMETERS}
    named = set(re.findall(rf"\b(?:{'|'.join(groups)})\.[a-z_]+", PROSE)) - {f"{group}.csv" for group in groups}
    assert named <= set(PARAMETERS)


def test_the_schedule_names_every_function_of_the_month():
    schedule = PROSE.split("## 3 Process overview")[1].split("\n## 4 ")[0]
    missing = [call for call in calls_of_the_month() if f"`{call}`" not in schedule]
    assert missing == []


@pytest.mark.parametrize("table", ["policies", "indicators"])
def test_every_declaration_has_one_line(table):
    names = {"policies": POLICIES, "indicators": INDICATORS}[table]
    part = PAGE.split(f"<!-- table: {table} -->")[1].split("<!-- end -->")[0]
    assert re.findall(r"^\| `(\w+)` \|", part, flags=re.MULTILINE) == list(names)


def test_a_table_that_is_behind_is_noticed_and_renewed():
    stale = PAGE.replace(f"`{next(iter(INDICATORS))}`", "`forgotten`", 1)
    assert stale != PAGE
    assert describing.renew(stale) == PAGE


def test_a_page_without_a_place_for_a_table_is_refused():
    with pytest.raises(ValueError, match="policies"):
        describing.renew(PAGE.replace("<!-- table: policies -->", ""))
