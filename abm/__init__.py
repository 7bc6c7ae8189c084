"""The park model: knows no screen, no command line, no other process."""

if __name__ == "abm":  # a script written for 0.1, run in a checkout
    raise ImportError(
        "ecopark 0.2 is one package: write `from ecopark import Park, ParkModel, load_scenario` in place of"
        " `from abm import ...` (CHANGELOG.md lists old and new lines)"
    )
