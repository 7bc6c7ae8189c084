"""Work aside is over before the process ends, wherever it is just then."""

import subprocess
import sys

CODE = """
import sys, time
from ecopark.abm.input.loading import load_scenario
from ecopark.experiments.workshop.stores.play.attainable import share_of_attainable
from ecopark.experiments.workshop.stores.play.registry import Registry
from ecopark.experiments.workshop.stores.play.scores import Scores
workshop, _ = Registry(load_scenario("harbour"), "harbour").open(14, 30, 3)
scores = Scores(workshop.play, share_of_attainable)
told = []
scores.prepare_aside(lambda: told.append(scores.par))
time.sleep(1.0)
print("ends", file=sys.stderr)  # a solver that is running keeps standard output to itself
"""


def test_a_process_that_ends_while_par_is_worked_out_ends_well():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, timeout=200, check=False)
    assert "ends" in done.stderr
    assert (done.returncode, "terminate" in done.stderr) == (0, False), done.stderr
