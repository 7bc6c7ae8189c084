"""The figures of the short report: tables in, a description of the figure out (`parts`), without any plot library.

`svg` writes a description as SVG for a page, in a millisecond; `ecopark.analysis.charts.matplotlib_figures.from_svg_marks` draws the same description
with matplotlib, for files.
"""
