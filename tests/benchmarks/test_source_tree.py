"""The benchmark finds the twin wherever it is called."""

import sys
from pathlib import Path

import pytest

from ecopark.experiments.benchmarks import source_tree as place
from ecopark.experiments.benchmarks.clock import SkippedError
from ecopark.experiments.benchmarks.reference_model import twin_model

ROOT = Path(__file__).parents[2]


def test_the_twin_is_found_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(place, "__file__", str(ROOT / "experiments" / "benchmarks" / "source_tree.py"))
    monkeypatch.chdir(tmp_path)
    assert place.checkout() == ROOT
    monkeypatch.setattr(sys, "path", [path for path in sys.path if path not in ("", str(ROOT))])
    place.make_tests_importable()
    assert sys.path[-1] == str(ROOT)
    assert twin_model().__name__ == "TwinModel"


def test_without_sources_it_says_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(place, "__file__", str(tmp_path / "a" / "b" / "c.py"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SkippedError, match="source checkout"):
        place.checkout()
    monkeypatch.chdir(ROOT)
    assert place.checkout() == ROOT
