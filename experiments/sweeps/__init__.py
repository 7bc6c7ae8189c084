"""Sweeps: a study file becomes thousands to millions of runs, kept in Parquet parts that are their own ledger.

Reading order: `study` (what is asked), `designs` and `points` (where), `plan` (how much), `sweep` (the loop),
`chunks` (what a worker does), `guard` (a run that crashes or hangs), `archive` (what is kept), `results` (reading it).
"""
