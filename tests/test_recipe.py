"""What the ecosystem expects of a package beside its code: classifiers, a recipe for conda, a code of conduct."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OTHER_NAMES = {"matplotlib": "matplotlib-base"}  # how conda-forge calls it


def parts_of(requirement):
    """Return name, in small letters, and version of a requirement of pip or conda."""
    name, version = re.match(r"([A-Za-z0-9_.-]+?)\s*([<>=].*)?$", requirement).groups()
    name = name.lower()
    return OTHER_NAMES.get(name, name), version or ""


def test_the_recipe_asks_for_what_the_package_asks_for():
    yaml = pytest.importorskip("yaml")
    recipe = yaml.safe_load((ROOT / ".conda" / "recipe.yaml").read_text(encoding="utf-8"))
    assert recipe["schema_version"] == 1
    assert recipe["context"]["version"] == PROJECT["version"]
    asked = dict(map(parts_of, PROJECT["dependencies"])) | {"python": PROJECT["requires-python"]}
    assert dict(map(parts_of, recipe["requirements"]["run"])) == asked
    [(name, place)] = PROJECT["scripts"].items()
    assert recipe["build"]["python"]["entry_points"] == [f"{name} = {place}"]
    assert recipe["about"]["license"] == PROJECT["license"]
    assert (ROOT / recipe["about"]["license_file"]).exists()


def test_the_package_says_what_it_is():
    told = PROJECT["classifiers"]
    least = PROJECT["requires-python"].removeprefix(">=")
    assert f"Programming Language :: Python :: {least}" in told
    assert "Typing :: Typed" in told
    assert all((ROOT / room / "py.typed").exists() for room in ("abm", "analysis", "experiments/ecopark"))


def test_there_is_a_code_of_conduct_and_contributing_leads_to_it():
    assert (ROOT / ".github" / "CODE_OF_CONDUCT.md").exists()
    assert "CODE_OF_CONDUCT.md" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
