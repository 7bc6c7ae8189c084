"""The format of a run folder: tables, columns, units."""
