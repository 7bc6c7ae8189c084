"""The figures of the short report: tables in, a description of the figure out (`parts`), without any plot library.

`svg` writes a description as SVG for a page, in a millisecond; `analysis.figures.plotted` draws the same description
with matplotlib, for files.
"""
