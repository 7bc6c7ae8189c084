"""Samples of registers (all invented) and the parks that come of them."""

import json
from pathlib import Path

import pytest

from ecopark.experiments.intake.importing import import_park, write_park
from ecopark.experiments.intake.selection import Selection

SAMPLES = Path(__file__).parent / "samples"
CHOICES = {
    "eea": (["eea_sample"], Selection((55.2, 6.5), 10.0)),
    "irep": (["irep_sample"], Selection((47.0, -4.2), 8.0)),
    "us": (["us_sample"], Selection((41.0, -68.5), 8.0)),
    "workbook": (["park_sample.xlsx"], Selection()),
}


@pytest.fixture(scope="session")
def imported(tmp_path_factory):
    """Return {name: (what was imported, folder)} of every sample."""
    found = {}
    for name, (sources, selection) in CHOICES.items():
        folder = tmp_path_factory.mktemp("parks") / name
        park = import_park([SAMPLES / source for source in sources], folder, selection=selection)
        write_park(park, folder)
        found[name] = (park, folder)
    return found


def expected(name):
    """Return what a right import of a sample gives."""
    path = SAMPLES / ("park_sample_expected.json" if name == "workbook" else f"{name}_sample/expected.json")
    return json.loads(path.read_text(encoding="utf-8"))
