"""Tables in, numbers and figures out; no model, no command line.

What a run or an ensemble says: tables, network, stages, survival, resilience, sharing, coalitions, optimum,
uncertainty.
What two of them, or history, say together: counterfactual, matching, history, closeness (history in nine numbers).
What a sweep says: design, effects, sensitivity, scenario_discovery, tree, phases, comparison.
How it is shown: drawings (the figures of the short report, without matplotlib and pandas: `sheet`), figures (all others,
one function per kind), exhibits (a figure and the table behind it), page (HTML), and the
reports made of them: brief, deep, surplus, paired -> report; sweep, sweep_parts -> sweep_report.
"""

if __name__ == "analysis":  # a script written for 0.1, run in a checkout
    raise ImportError(
        "ecopark 0.2 is one package: write `from ecopark.analysis...` in place of `from analysis...`"
        " (CHANGELOG.md lists old and new lines)"
    )
