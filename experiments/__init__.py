"""Everything that runs the model: runs, sweeps, studies, replications and the workshop's browser view."""

if __name__ == "experiments":  # a script written for 0.1, run in a checkout
    raise ImportError(
        "ecopark 0.2 is one package: write `from ecopark import open_results, run_study` in place of"
        " `from experiments import ...` (CHANGELOG.md lists old and new lines)"
    )
