"""The slow, obvious twin: the month of a park with one object per company, stream, opportunity, talk and exchange.

Written from the equations of the model (docstrings of `abm/rules/`, `abm/ODD.md`) and not from the compiled rules: it
imports none of them. It is the exact oracle of the core (equal bit by bit on small parks) and the baseline of the
benchmark, so it is written as a good Mesa user would write it and not made slow. Its only input is a scenario and the
state that `ecopark.abm.initialization.found.found` gives for it. One file here mirrors one file of `abm/rules/`.
"""
