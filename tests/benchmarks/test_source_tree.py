"""The benchmark finds the twin wherever it is called."""

import subprocess
import sys
from pathlib import Path

import pytest

from ecopark.experiments.benchmarks import source_tree as place
from ecopark.experiments.benchmarks.clock import SkippedError

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not Path(place.__file__).is_relative_to(ROOT), reason="ecopark is not installed from this checkout")
def test_the_twin_is_found_from_any_folder(tmp_path):
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.path.remove(''); from ecopark.experiments.benchmarks.reference_model import twin_model"
    found = subprocess.run(
        [sys.executable, "-c", f"{code}; print(twin_model().__name__)"], cwd=tmp_path, capture_output=True, text=True
    )
    assert found.stdout.strip() == "TwinModel", found.stderr


def test_without_sources_it_says_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(place, "__file__", str(tmp_path / "a" / "b" / "c.py"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SkippedError, match="source checkout"):
        place.checkout()
    monkeypatch.chdir(ROOT)
    assert place.checkout() == ROOT
