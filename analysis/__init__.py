"""Tables in, numbers and figures out; no model, no command line.

run_folder: the format of a run and its light reader. network, exchanges, value, validation: what a run or an ensemble
says, alone or against history. inference: what two runs, or a sweep of many, say together: crossed designs, effects,
sensitivity, conditions, policies, and how sure that is. charts: figures. report: the pages made of them.
"""

if __name__ == "analysis":  # a script written for 0.1, run in a checkout
    raise ImportError(
        "ecopark 0.2 is one package: write `from ecopark.analysis...` in place of `from analysis...`"
        " (CHANGELOG.md lists old and new lines)"
    )
