"""Studies: one file per question."""
