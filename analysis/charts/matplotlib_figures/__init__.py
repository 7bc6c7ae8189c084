"""Figures a paper or a workshop can use as they are: one function per kind, tables in, a matplotlib Figure out."""
