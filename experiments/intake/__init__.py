"""From the data that people have to a park: registers, workbooks, units, places, kinds of company, questions.

A park that is written here is a scenario folder as any other; `abm` reads nothing else of it.
"""
