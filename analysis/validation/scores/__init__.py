"""Scores of forecasts against what is documented: links, counts, timing, survival, and differences between parks."""
