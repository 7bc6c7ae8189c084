"""A whole run of Kalundborg for the tests of this folder."""

import pytest

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park
from ecopark.analysis.run_folder.tables import tables_of


@pytest.fixture(scope="session")
def run():
    return tables_of(Park(load_scenario("kalundborg"), 1).run().results)
