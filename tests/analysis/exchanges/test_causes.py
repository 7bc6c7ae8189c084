"""Why an exchange began and ended: every chain of causes has a first one."""

import pytest

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park
from ecopark.analysis.exchanges.causes import ORIGINS, chain_of
from ecopark.analysis.run_folder.tables import tables_of


def check_chains(run):
    for event in run.events[run.events["kind"].isin(["ended", "agreed"])]["event"]:
        chain = chain_of(run, int(event))
        assert chain[-1]["origin"] in ORIGINS
        months = [line["month"] for line in chain]
        assert months == sorted(months, reverse=True)


def test_the_why_of_every_exchange_ends_in_a_first_cause(run):
    check_chains(run)


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(20))
def test_the_why_of_every_exchange_of_twenty_runs(seed):
    """W18."""
    check_chains(tables_of(Park(load_scenario("kalundborg"), seed).run().results))
